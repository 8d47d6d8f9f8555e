import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../.changeset");
const classes = ["minor", "phase", "big"];

/** What is wrong with a changeset's text: a sentence, or nothing. The classes are explained in docs/changes/README.md. */
export function problemOf(text: string): string | undefined {
  const body = /^---\n[\s\S]*?\n---\n([\s\S]*)$/.exec(text.replaceAll("\r\n", "\n"))?.[1];
  if (body === undefined) return "has no head between two lines of ---; make it with `pnpm changeset`";

  const named = [...body.matchAll(/^Class:[ \t]*(.*?)[ \t]*$/gm)].map(([, name = ""]) => name);
  const [name] = named;
  const hint = `a line \`Class: ${classes.join(" | ")}\` (docs/changes/README.md)`;
  if (name === undefined) return `names no class: add ${hint}`;
  if (named.length > 1) return `names ${named.length} classes: keep one of them`;
  if (!classes.includes(name)) return `names a class that there is not: give it ${hint}`;
  if (body.replace(/^Class:.*$/m, "").trim() === "")
    return "says nothing: add a sentence on what changes, and for whom";
  return undefined;
}

if (import.meta.main) {
  const files = readdirSync(folder).filter((file) => file.endsWith(".md") && file !== "README.md");
  const problems = files.flatMap((file) => {
    const problem = problemOf(readFileSync(join(folder, file), "utf8"));
    return problem ? [`.changeset/${file} ${problem}`] : [];
  });
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
