import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { workspaceRoot } from "../dev/workspace.ts";

let known: string | undefined;

/** Of the code that migrates, for the ledger: APP_VERSION, or the workspace's own with its commit. */
export function codeVersion(): string {
  known ??= process.env.APP_VERSION || [packageVersion(), commit()].filter(Boolean).join("+");
  return known;
}

function packageVersion(): string {
  const text = readFileSync(path.join(workspaceRoot, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function commit(): string | undefined {
  try {
    const args = ["rev-parse", "--short=10", "HEAD"];
    return execFileSync("git", args, { cwd: workspaceRoot, stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim();
  } catch {
    return undefined; // an image or an archive has no history
  }
}
