import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";

/** Writes a file that only its owner may read, whole or not at all. */
export function writePrivateJson(file: string, value: unknown): void {
  const fresh = `${file}.${process.pid}.new`;
  try {
    mkdirSync(path.dirname(file), { recursive: true }); // without a mode: PostgreSQL's account must pass through .data
    writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    renameSync(fresh, file);
  } catch (cause) {
    throw new OpsError(
      `The file ${file} cannot be written (${(cause as NodeJS.ErrnoException).code}).`,
      "Put the workspace on a disk you may write to, or set WHITELABEL_DATA to a folder that is.",
      { cause },
    );
  }
}

export function readPrivateJson<T>(file: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new OpsError(`The file ${file} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, undefined, {
      cause,
    });
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new OpsError(`The file ${file} is damaged.`, "Delete it, or start over with `pnpm dev --reset`.", { cause });
  }
}
