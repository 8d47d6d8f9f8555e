import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names that more than one folder of the workspace goes by, each as a sentence: pnpm takes one of them, silently. */
export function findSharedNames(root: string): string[] {
  const files = globSync(["apps/*/package.json", "packages/*/package.json", "package.json"], { cwd: root }).sort();
  const names = Map.groupBy(
    files,
    (file) => (JSON.parse(readFileSync(join(root, file), "utf8")) as { name: string }).name,
  );
  return [...names]
    .filter(([, files]) => files.length > 1)
    .map(([name, files]) => `${files.join(" and ")} are both called ${name}: give each package a name of its own`);
}

if (import.meta.main) {
  const problems = findSharedNames(join(import.meta.dirname, ".."));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
