import type { ErrorCode } from "./error-codes.ts";

/** Where the input is wrong and how, never the value itself. */
export type InputError = Readonly<{ path: string; message: string }>;

export type AppErrorOptions = Readonly<{
  errors?: readonly InputError[];
  headers?: Readonly<Record<string, string>>;
  /** Refused because of who calls, although the code does not say so: what they must not know of is "not found". */
  isDenial?: boolean;
  cause?: unknown;
}>;

/** The one error that reaches a caller as it is: a code of the closed list and a sentence that holds no personal value. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly errors: readonly InputError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it is recorded that this caller was refused. */
  readonly isDenial: boolean;

  constructor(code: ErrorCode, detail: string, options: AppErrorOptions = {}) {
    const { errors, headers = {}, isDenial = code === "forbidden", cause } = options;
    super(detail, cause === undefined ? undefined : { cause });
    this.code = code;
    this.errors = errors;
    this.headers = headers;
    this.isDenial = isDenial;
  }
}

export function orNotFound<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new AppError("not_found", `There is no such ${what}`);
  return value;
}
