export { type App, createApp } from "./app.ts";
export { openGuestTokens } from "./auth/guest-links.ts";
export type { AppEnv, Deps } from "./deps.ts";
export { describeApi } from "./describe-api.ts";
export { type ErrorCode, errorCodes } from "./http/error-codes.ts";
export type { Problem } from "./http/problem.ts";
export type { Lifecycle } from "./process/lifecycle.ts";
export { type Access, roleTable } from "./role-table.ts";
