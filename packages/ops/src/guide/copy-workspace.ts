import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { workspaceRoot } from "../dev/workspace.ts";

/** What a command needs of the workspace; the rest is not copied. */
const folders = ["apps", "packages", "scripts", "docs"];
const left = new Set(["dist", ".turbo", "coverage"]);

/**
 * A workspace of its own to change: the sources copied, their packages linked to each other, and what is installed
 * linked to the original's. Ends with its scope.
 */
export function copyWorkspace() {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), "whitelabel-workspace-")));
  for (const folder of folders) {
    cpSync(path.join(workspaceRoot, folder), path.join(root, folder), {
      recursive: true,
      verbatimSymlinks: true, // they are relative, so that the copy's lead into the copy
      filter: (file) => !left.has(path.basename(file)),
    });
  }
  cpSync(path.join(workspaceRoot, "package.json"), path.join(root, "package.json"));
  linkInstalled(path.join(workspaceRoot, "node_modules"), path.join(root, "node_modules"));
  return {
    root,
    read: (file: string) => readFileSync(path.join(root, file), "utf8"),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Packages of the workspace have relative links, which are kept; all others lead to the original's store. */
function linkInstalled(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (entry.name.startsWith("@")) linkInstalled(source, target);
    else if (entry.isDirectory()) symlinkSync(source, target);
  }
}
