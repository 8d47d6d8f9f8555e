export { ApiError, type ApiErrorCode } from "./api-error.ts";
export { createClient } from "./create-client.ts";
export type * from "./generated.ts";
export type {
  ChangeOptions,
  ClientOptions,
  CreateOptions,
  PagedMethod,
  ReadOptions,
  StreamEvent,
  StreamOptions,
  Version,
} from "./types.ts";
