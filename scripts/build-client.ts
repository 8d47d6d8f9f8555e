import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { clientText } from "./client-generate.ts";
import { readArguments } from "./read-arguments.ts";

const root = join(import.meta.dirname, "..");
const sources = join(root, "packages/api-client/src");

/**
 * Builds the client into a folder: one ESM file and its declarations. What follows the API is generated from the API
 * at this moment, so that a package can never be older than the API it is built beside.
 */
async function buildClient(dist: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "api-client-"));
  try {
    for (const file of globSync("*.ts", { cwd: sources, exclude: ["*.test.ts"] })) {
      cpSync(join(sources, file), join(folder, "src", file));
    }
    writeFileSync(join(folder, "src/generated.ts"), await clientText());
    rmSync(dist, { recursive: true, force: true });
    mkdirSync(dist, { recursive: true });
    declare(folder);
    writeFileSync(join(dist, "index.d.ts"), declarations(join(folder, "types")));
    await bundle(folder, dist);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Against a browser's library and nothing of Node's, so that neither can be needed by accident. */
function declare(folder: string): void {
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable"],
    types: [],
    rootDir: "src",
    outDir: "types",
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const config = { extends: join(root, "tsconfig.base.json"), compilerOptions, include: ["src"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { stdio: "inherit" });
}

/** What `index.ts` exports, in one file that reads from top to bottom. */
function declarations(folder: string): string {
  const files = ["create-client", "generated", "types", "api-error"];
  const index = readFileSync(join(folder, "index.d.ts"), "utf8");
  const named = [...index.matchAll(/ from "\.\/([\w-]+)\.ts";/g)].map(([, name]) => name);
  const missing = named.find((name) => !files.includes(String(name)));
  if (missing !== undefined) throw new Error(`${missing}.ts is exported, but its types are not put into the package`);

  const texts = files.map((file) => readFileSync(join(folder, `${file}.d.ts`), "utf8"));
  return texts.map((text) => text.replaceAll(/^(import|export) .* from "\.\/.*";\n/gm, "")).join("\n");
}

async function bundle(folder: string, dist: string): Promise<void> {
  const bundle = await rolldown({
    cwd: folder, // its paths are told in comments
    input: "src/index.ts",
    platform: "neutral",
    onLog: (level, log, next) => (level === "warn" ? next("error", log) : next(level, log)),
  });
  await bundle.write({ file: join(dist, "index.js"), format: "esm", codeSplitting: false, minify: false });
  await bundle.close();
}

const help = `node ../../scripts/build-client.ts [folder]

Builds packages/api-client into the folder (dist, if nothing is said), which it empties first.`;
const { positionals } = readArguments(help, { allowPositionals: true });
await buildClient(resolve(positionals[0] ?? "dist"));
