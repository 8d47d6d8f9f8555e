import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const beside = (folder: string, what: "next" | "previous") =>
  path.join(path.dirname(folder), `.${path.basename(folder)}-${what}`);

/** Whether a run was killed in the moment between taking the old folder away and putting the new one there. */
export const wasInterrupted = (folder: string): boolean =>
  !existsSync(folder) && existsSync(beside(folder, "previous"));

/** Puts back what a killed run took away, and removes what it left. */
export function recover(folder: string): void {
  if (wasInterrupted(folder)) renameSync(beside(folder, "previous"), folder);
  for (const what of ["next", "previous"] as const) rmSync(beside(folder, what), { recursive: true, force: true });
}

/** The files of a folder and its subfolders, by their path in it. None if there is no such folder. */
export function readFiles(folder: string): Map<string, Buffer> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return new Map(files.map((file) => [path.relative(folder, file), readFileSync(file)]));
}

/**
 * Adds and replaces files, all or none: the folder is made anew beside itself and put in its place whole. Killed on
 * the way, the folder is as before or complete, or was taken away a moment before; then `recover` brings it back.
 */
export function writeFiles(folder: string, written: ReadonlyMap<string, Buffer>): void {
  const [next, previous] = [beside(folder, "next"), beside(folder, "previous")];
  recover(folder);
  mkdirSync(next, { recursive: true });
  for (const [file, bytes] of new Map([...readFiles(folder), ...written])) {
    mkdirSync(path.dirname(path.join(next, file)), { recursive: true });
    writeFileSync(path.join(next, file), bytes, { flush: true });
  }
  if (existsSync(folder)) renameSync(folder, previous);
  renameSync(next, folder);
  rmSync(previous, { recursive: true, force: true });
}
