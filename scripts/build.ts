import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { readArguments } from "./read-arguments.ts";

/**
 * Bundles the app in the current directory into `dist/main.js` (or into another folder), which plain `node` starts
 * without any node_modules. Beside it are a file for each part that is loaded when it is first needed, and the docs
 * page's script, compressed once here instead of at each start.
 */
async function build(app: string, dist: string): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });

  const bundle = await rolldown({
    input: join(app, "src/main.ts"),
    platform: "node",
    plugins: [onlyEnglish],
    onLog: (level, log, next) => (level === "warn" ? next("error", log) : next(level, log)),
  });
  await bundle.write({
    dir: dist,
    entryFileNames: "main.js",
    // A part is named after its package.
    chunkFileNames: ({ facadeModuleId }) =>
      `${/packages\/([\w-]+)\/src\/index/.exec(facadeModuleId ?? "")?.[1] ?? "[name]"}.js`,
    format: "esm",
    // Names are kept: they are what a stack in the log says.
    minify: { mangle: false, compress: true, codegen: true },
    sourcemap: false,
  });
  await bundle.close();

  writeFileSync(join(dist, "scalar.js.gz"), gzipSync(readFileSync(scalarScript), { level: 9 }));
}

/** zod brings its messages in fifty languages, a sixth of the bundle; ours are in English. */
const onlyEnglish = {
  name: "only-english",
  load: (id: string) =>
    /\/zod\/v4\/locales\/index\.js$/.test(id) ? 'export { default as en } from "./en.js";' : undefined,
};

/** Where the API finds the page's script while it runs from its sources. */
const scalarScript = join(
  import.meta.dirname,
  "../packages/shared-api/node_modules/@scalar/api-reference/dist/browser/standalone.js",
);

const help = `node ../../scripts/build.ts [folder]

Bundles the app in the current directory into the folder (dist, if nothing is said), which it empties first.`;
const { positionals } = readArguments(help, { allowPositionals: true });
await build(process.cwd(), resolve(positionals[0] ?? "dist"));
