import { type StoreError, storeErrorIn } from "@whitelabel/shared-db";
import type { ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Logger } from "pino";
import type { AppEnv } from "../deps.ts";
import { allowedMethods, type Router } from "./allowed-methods.ts";
import { AppError } from "./app-error.ts";
import { type ErrorCode, statusOf } from "./error-codes.ts";
import { errorDetails } from "./error-details.ts";
import { problem } from "./problem.ts";

/** The one place that turns an error into an answer. */
export function answerError(product: string, log: Logger): ErrorHandler<AppEnv> {
  return (error, c) => {
    const known = asAppError(error);
    const code: ErrorCode = known?.code ?? "internal";
    if (!(error instanceof AppError) && statusOf(code) >= 500) {
      const level = known ? "warn" : "error";
      const details = errorDetails(error);
      const isTold = c.get("failure")?.tell(level, details);
      if (!isTold) log[level]({ request_id: c.get("request_id"), code, error: details }, "failed after its answer");
    }
    return problem(c, product, code, known && { detail: known.message, errors: known.errors, headers: known.headers });
  };
}

function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof HTTPException) return fromHono(error);
  const failure = storeErrorIn(error);
  return failure && fromStore(failure);
}

/** Hono and its validators know three ways to refuse a body. */
function fromHono({ status }: HTTPException): AppError | undefined {
  if (status === 400) return new AppError("invalid", "The body is not valid JSON");
  if (status === 413) return new AppError("too_large", "The body is too large");
  if (status === 415) return new AppError("unsupported_media", "Send application/json");
  return undefined;
}

function fromStore({ store, reason }: StoreError): AppError {
  if (store === "core") return new AppError("core_unavailable", "Guest data is not available right now");
  // Waiting does not end these two: whoever operates us has to know which one it is.
  const code = reason === "wrong_database" || reason === "schema_behind" ? reason : "unavailable";
  return new AppError(code, "The service is not available right now");
}

/** Nothing is served under this path, or not with this method. */
export function answerNotFound(product: string, router: Router): NotFoundHandler<AppEnv> {
  return (c) => {
    const allowed = allowedMethods(router, c.req.path);
    if (allowed.length === 0) return problem(c, product, "not_found", { detail: "There is nothing at this address" });
    const headers = { Allow: allowed.join(", ") };
    if (c.req.method === "OPTIONS") return new Response(null, { status: 204, headers });
    return problem(c, product, "method_not_allowed", { headers });
  };
}
