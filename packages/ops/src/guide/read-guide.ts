import { readFileSync } from "node:fs";
import path from "node:path";
import { workspaceRoot } from "../dev/workspace.ts";

/** A fenced block of docs/migrations.md: its language, the file that it is about, and its text. */
export type Block = Readonly<{ language: string; file: string; text: string }>;

/** The guide's blocks in order, so that tests do what a reader does. */
export function readGuide(section?: string): Block[] {
  const text = readFileSync(path.join(workspaceRoot, "docs/migrations.md"), "utf8");
  const from = section === undefined ? 0 : text.indexOf(`\n## ${section}\n`);
  if (from < 0) throw new Error(`The guide has no section "${section}"`);
  const to = section === undefined ? -1 : text.indexOf("\n## ", from + 1);
  const part = text.slice(from, to < 0 ? undefined : to);
  return [...part.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", file = "", body = ""]) => ({
      language,
      file,
      text: body,
    }),
  );
}
