import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";

// Who may import whom. Everything not listed is refused; a package may always import itself.
const arrows: Record<string, readonly string[]> = {
  apps: ["shared-api", "shared-config"],
  scripts: ["ops", "shared-config", "shared-api", "api-client"],
  "shared-api": ["shared-config", "shared-db", "core-readonly", "shared-redis", "pii-guard"],
  ops: ["shared-config", "shared-db", "core-readonly", "shared-redis", "pii-guard"],
  "api-client": [], // and the types of shared-api
  "shared-db": ["resilience"],
  "core-readonly": ["resilience"],
  "shared-redis": ["resilience"],
  "shared-config": [],
  "pii-guard": [],
  resilience: [],
};

type Dependency = ICruiseResult["modules"][number]["dependencies"][number];

/** Every import in the workspace at `root` that its arrows forbid, each as a sentence. Throws if it did not see all sources. */
export async function findWrongArrows(root: string, sources: readonly string[]): Promise<string[]> {
  const { output } = await cruise(
    [...sources],
    {
      baseDir: root,
      doNotFollow: { path: "node_modules" },
      tsPreCompilationDeps: true, // counts `import type` too
      validate: true,
      ruleSet: { forbidden: [{ name: "no-cycles", severity: "error", from: {}, to: { circular: true } }] },
    },
    { exportsFields: ["exports"], conditionNames: ["import", "node", "default"], bustTheCache: true },
  );
  const { modules, summary } = output as ICruiseResult;

  // Without a TypeScript that it can load, dependency-cruiser sees no module and finds no fault.
  const seen = new Set(modules.map((module) => module.source));
  const unseen = sources.filter((source) => !seen.has(source));
  if (unseen.length > 0) throw new Error(`${unseen.length} of ${sources.length} files were not read: ${unseen[0]} …`);

  const wrong = modules
    .filter((module) => seen.has(module.source) && placeOf(module.source) !== undefined)
    .flatMap((module) => module.dependencies.map((dependency) => judge(module.source, dependency)));
  const cycles = summary.violations
    .filter((violation) => violation.rule.name === "no-cycles")
    .map(({ from, cycle }) => `${[from, ...(cycle ?? []).map((step) => step.name)].join(" → ")} is a cycle`);

  return [...new Set([...wrong.filter((sentence) => sentence !== undefined), ...cycles])].sort();
}

function judge(from: string, { module, resolved, dependencyTypes }: Dependency): string | undefined {
  const here = placeOf(from);
  const there = placeOf(resolved) ?? /^@whitelabel\/([\w-]+)/.exec(module)?.[1];
  if (here === undefined || there === undefined || here === there) return undefined;

  if (!module.startsWith("@whitelabel/"))
    return `${from} imports ${resolved} by its path instead of its package's name`;
  if (/\/src\//.test(module)) return `${from} reaches into ${module}`;
  if (here === "test-kit") return undefined;
  if (there === "test-kit") return isTest(from) ? undefined : `${from} imports test-kit, which is for tests only`;
  if (here === "api-client" && there === "shared-api" && dependencyTypes.includes("type-only")) return undefined;

  return arrows[here]?.includes(there) ? undefined : `${from} imports ${there}, which ${here} may not`;
}

function placeOf(path: string): string | undefined {
  const [top, name] = path.split("/");
  return top === "packages" ? name : top === "apps" || top === "scripts" ? top : undefined;
}

// And the command that runs them.
const isTest = (path: string) => path.endsWith(".test.ts") || path === "scripts/test.ts";

/** The sources of the workspace, tracked or new, as git knows them. */
export function listSources(root: string): string[] {
  const patterns = ["apps/*/src/**/*.ts", "packages/*/src/**/*.ts", "scripts/**/*.ts"].map((glob) => `:(glob)${glob}`);
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...patterns], {
    cwd: root,
    encoding: "utf8",
  });
  return [...new Set(listed.split("\n"))].filter((path) => path !== "" && existsSync(join(root, path)));
}

if (import.meta.main) {
  const root = join(import.meta.dirname, "..");
  const sources = listSources(root);
  const wrong = await findWrongArrows(root, sources);
  for (const sentence of wrong) console.error(sentence);
  console.log(wrong.length === 0 ? `${sources.length} files, no wrong arrow` : `${wrong.length} wrong arrows`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
