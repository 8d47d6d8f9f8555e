import { type ErrorCode, errorCodes } from "../http/error-codes.ts";

/** An example of every problem, under its code. */
export function problemExamples(product: string): Record<string, object> {
  return Object.fromEntries(
    Object.entries(errorCodes).map(([code, { status, title }]) => [
      code,
      {
        summary: title,
        value: {
          type: `urn:whitelabel:problem:${code}`,
          title,
          status,
          detail: title,
          instance: "/api/v1/properties",
          code,
          product,
          request_id: "4f6c0c35-6a2e-4d5f-9a52-0f4d5c0a9d1e",
          ...errorsOf(code as ErrorCode),
        },
      },
    ]),
  );
}

function errorsOf(code: ErrorCode): object {
  if (code === "invalid") return { errors: [{ path: "query.limit", message: "Too big: expected number to be <=100" }] };
  if (code === "pii_detected") return { errors: [{ path: "json.title", message: "phone" }] };
  return {};
}
