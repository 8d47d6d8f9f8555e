import type { Context } from "hono";
import type { AppEnv } from "../deps.ts";
import type { InputError } from "./app-error.ts";
import { type ErrorCode, errorCodes, statusOf } from "./error-codes.ts";

/** RFC 9457, and our own four members after it. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: ErrorCode;
  product: string;
  request_id: string;
  errors?: readonly InputError[];
};

export type ProblemOptions = Readonly<{
  detail?: string;
  errors?: readonly InputError[] | undefined;
  headers?: Readonly<Record<string, string>>;
}>;

/** A store that is away is usually back within two seconds. */
export const RETRY_AFTER_SECONDS = "1";

/** The answer to a request that failed. */
export function problem(
  c: Context<AppEnv>,
  product: string,
  code: ErrorCode,
  { detail = errorCodes[code].title, errors, headers = {} }: ProblemOptions = {},
): Response {
  const status = statusOf(code);
  c.set("code", code);
  const text = problemText({ code, detail, instance: c.req.path, product, request_id: c.get("request_id"), errors });
  return new Response(text, {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...(status === 503 && { "Retry-After": RETRY_AFTER_SECONDS }),
      ...headers,
    },
  });
}

type Occurrence = Pick<Problem, "code" | "detail" | "instance" | "product" | "request_id"> &
  Pick<ProblemOptions, "errors">;

/** The body of a problem, its members in the order of the RFC. */
export function problemText({ code, detail, instance, product, request_id, errors }: Occurrence): string {
  const { status, title } = errorCodes[code];
  const body: Problem = {
    type: `urn:whitelabel:problem:${code}`,
    title,
    status,
    detail,
    instance,
    code,
    product,
    request_id,
    ...(errors && { errors }),
  };
  return JSON.stringify(body);
}
