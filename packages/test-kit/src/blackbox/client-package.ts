import { execFile } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../../../..");
const run = promisify(execFile);

/** The client as `pnpm pack` makes it, installed in a project outside the workspace. */
export async function installPackedClient() {
  const project = mkdtempSync(join(tmpdir(), "client-project-"));
  const pnpm = process.env.npm_execpath ?? "pnpm";
  await run(pnpm, ["pack", "--pack-destination", project], { cwd: join(root, "packages/api-client") });
  const [tarball = ""] = globSync("*.tgz", { cwd: project });

  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  };
  const dependencies = { "@whitelabel/api-client": `file:./${tarball}` };
  write("package.json", JSON.stringify({ name: "frontend", private: true, type: "module", dependencies }));
  await run(pnpm, ["install", "--offline", "--ignore-workspace"], { cwd: project, env: withoutPnpm() });

  return {
    path: (name: string) => join(project, name),
    read: (name: string) => readFileSync(join(project, name), "utf8"),
    write,
    /** Compiles the project; fails with what the compiler said. */
    compile: (options: object, files: readonly string[]) => compile(project, options, files),
    /** What a compiled file prints, under this Node or another. */
    run: async (file: string, env: Record<string, string>, node = process.execPath) =>
      (await run(node, [file], { cwd: project, env: { PATH: process.env.PATH, ...env } })).stdout,
    remove: () => rmSync(project, { recursive: true }),
  };
}

const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false, // our own declarations are checked too
  target: "ES2022",
};

async function compile(project: string, options: object, files: readonly string[]): Promise<void> {
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...strict, ...options }, files }));
  await run(join(root, "node_modules/.bin/tsc"), ["-p", project], { cwd: project }).catch((error) => {
    throw new Error(error.stdout || error.message);
  });
}

/** What pnpm tells the scripts it runs would bind the project to this workspace. */
function withoutPnpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name)));
}
