import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import type { EnvProblem } from "./env-error.ts";

type Source = Readonly<Record<string, string | undefined>>;

/**
 * The source with blank variables left out and each secret read from the file that `NAME_FILE` names.
 * A path is a value too: problems name the variable and the kind of failure only.
 */
export function secretsFromFiles(source: Source, secrets: readonly string[]) {
  const values = withoutBlanks(source);
  const problems: EnvProblem[] = [];

  for (const name of secrets) {
    const fileVariable = `${name}_FILE`;
    const path = values[fileVariable];
    if (path === undefined) continue;

    if (values[name] !== undefined) {
      problems.push({ variable: name, problem: `is set twice, by itself and by ${fileVariable}: keep one` });
      continue;
    }
    const content = readSecret(path);
    if ("problem" in content) problems.push({ variable: fileVariable, problem: content.problem });
    else values[name] = content.secret;
  }
  return { values, problems };
}

function withoutBlanks(source: Source): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) {
    const trimmed = value?.trim();
    if (trimmed) values[name] = trimmed;
  }
  return values;
}

/** A secret is a few lines; this much is a mistyped path. */
const MAX_BYTES = 65_536;

function readSecret(path: string): { secret: string } | { problem: string } {
  let file: number | undefined;
  try {
    // Without waiting: a named pipe opens when somebody writes into it, which may be never.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(file);
    if (!stats.isFile()) return { problem: "the file cannot be read (it is not a regular file)" };
    if (stats.size > MAX_BYTES) return { problem: `the file is larger than ${MAX_BYTES / 1024} KiB` };
    const secret = readFileSync(file, "utf8").trim(); // editors and `echo` end a file with a newline
    return secret ? { secret } : { problem: "the file is empty" };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // the message would show the path
    return { problem: `the file cannot be read (${code ?? "unknown reason"})` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
