import type { MiddlewareHandler } from "hono";
import { bodyLimit as limitBody } from "hono/body-limit";
import type { AppEnv } from "../deps.ts";
import { AppError } from "./app-error.ts";

/** 1 MiB: the largest listing with its texts is a few tens of kilobytes. */
const MAX_BYTES = 1_048_576;

const tooLarge = () => {
  throw new AppError("too_large", "A body may have 1 MiB at most");
};

const limit: MiddlewareHandler = limitBody({ maxSize: MAX_BYTES, onError: tooLarge });

/** Refuses a body by its declared length before a byte of it is read, and one without a length while it is read. */
export const bodyLimit: MiddlewareHandler<AppEnv> = (c, next) => {
  if (c.req.method === "GET" || c.req.method === "HEAD") return next();
  return limit(c, next);
};
