import { StoreError } from "@whitelabel/shared-db";
import { AppError } from "./app-error.ts";

const MAX_FRAMES = 12;

/**
 * What may be logged of an error. Messages are left out unless they are ours: a driver's message, detail and
 * parameters carry values of rows, and a parser's message quotes what it could not read.
 */
export function errorDetails(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, constraint_name, table_name, column_name } = error as Error & Record<string, unknown>;
  return {
    name: isName(error.name) ? error.name : "Error",
    ...(error instanceof AppError || error instanceof StoreError ? { message: error.message } : {}),
    ...onlyNames({ code, constraint_name, table_name, column_name }),
    frames: framesOf(error),
    ...(error.cause !== undefined && depth < 4 ? { cause: errorDetails(error.cause, depth + 1) } : {}),
  };
}

/** Codes and names of the schema; anything that does not look like one is no name. */
function onlyNames(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => {
      const [, value] = entry;
      return isName(value);
    }),
  );
}

function isName(value: unknown): value is string {
  return typeof value === "string" && /^\w{1,64}$/.test(value);
}

/**
 * The stack without its head, which repeats the message; a message of many lines could look like frames. Of an error
 * whose message was changed later nobody knows where its head ends.
 */
function framesOf({ stack = "", message }: Error): string[] {
  const head = stack.indexOf(message);
  if (head < 0) return [];
  const frames = stack.slice(head + message.length).split("\n");
  return frames
    .filter((line) => /^ {4}at \S.*[:>)]/.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim());
}
