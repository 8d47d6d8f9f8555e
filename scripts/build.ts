import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { readArguments } from "./read-arguments.ts";

/**
 * Bundles the app in the current directory into `dist/main.js` (or into another folder), one ESM file that plain
 * `node` starts without any node_modules, and puts the docs page's script beside it, compressed once here instead of
 * at each start.
 */
async function build(app: string, dist: string): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });

  const bundle = await rolldown({
    input: join(app, "src/main.ts"),
    platform: "node",
    onLog: (level, log, next) => (level === "warn" ? next("error", log) : next(level, log)),
  });
  await bundle.write({
    file: join(dist, "main.js"),
    format: "esm",
    codeSplitting: false,
    // Names are kept: they are what a stack in the log says.
    minify: { mangle: false, compress: true, codegen: true },
    sourcemap: false,
  });
  await bundle.close();

  writeFileSync(join(dist, "scalar.js.gz"), gzipSync(readFileSync(scalarScript), { level: 9 }));
}

/** Where the API finds the page's script while it runs from its sources. */
const scalarScript = join(
  import.meta.dirname,
  "../packages/shared-api/node_modules/@scalar/api-reference/dist/browser/standalone.js",
);

const help = `node ../../scripts/build.ts [folder]

Bundles the app in the current directory into the folder (dist, if nothing is said), which it empties first.`;
const { positionals } = readArguments(help, { allowPositionals: true });
await build(process.cwd(), resolve(positionals[0] ?? "dist"));
