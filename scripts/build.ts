import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { products, standInVariables } from "@whitelabel/shared-config";
import { type RolldownLog, rolldown } from "rolldown";
import { readArguments } from "./read-arguments.ts";

const GUARD = "@whitelabel/pii-guard";
const packages = join(import.meta.dirname, "../packages");
const honoServer = realpathSync(join(packages, "shared-api/node_modules/@hono/node-server/dist/index.mjs"));
/** Where the API finds the page's script while it runs from its sources. */
const scalarScript = join(packages, "shared-api/node_modules/@scalar/api-reference/dist/browser/standalone.js");

/**
 * Bundles the app in the current directory into the folder `dist` or another one, which plain `node` starts without any
 * node_modules: `main.js` runs `api.js` by the compiled code that stands in `api.cache`. Beside them are the guard of
 * texts, which is as big as all the rest and loaded when it is first needed, and the docs page's script, compressed once
 * here instead of at each start.
 */
async function build(app: string, dist: string): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });

  writeFileSync(join(dist, "api.js"), await bundled(join(app, "src/main.ts"), { [GUARD]: "./pii-guard.js" }));
  writeFileSync(join(dist, "pii-guard.js"), await bundled(join(packages, "pii-guard/src/index.ts")));
  writeFileSync(join(dist, "package.json"), '{ "type": "commonjs" }\n');
  copyFileSync(join(import.meta.dirname, "start-bundle.cjs"), join(dist, "main.js"));
  compile(app, dist);
  writeFileSync(join(dist, "scalar.js.gz"), gzipSync(readFileSync(scalarScript), { level: 9 }));
}

/** One script in ASCII; `beside` says of packages that it does not hold where they are. */
async function bundled(input: string, beside: Record<string, string> = {}): Promise<string> {
  const bundle = await rolldown({
    input,
    external: Object.keys(beside),
    platform: "node",
    plugins: [onlyEnglish, lateModules],
    // Node's own of these bring all of its fetch, a sixth of a start; those of Hono's server load it when it is needed.
    transform: { inject: { Request: [honoServer, "Request"], Response: [honoServer, "Response"] } },
    optimization: { pifeForModuleWrappers: false }, // what is run later is compiled later
    onLog: (level, log, next) => (level === "warn" && !isHarmless(log) ? next("error", log) : undefined),
  });
  const { output } = await bundle.generate({
    // V8 keeps the compiled code of a script, and of a module only behind a flag.
    format: "cjs",
    paths: beside,
    // What a start does not need is not evaluated before it is, though it stands in the same file.
    codeSplitting: false,
    // Names are kept: they are what a stack in the log says.
    minify: { mangle: false, compress: true, codegen: true },
    sourcemap: false,
  });
  await bundle.close();
  return inAscii(output[0].code);
}

/** `import.meta` in what a bundle does not run: a search for Vite's variables, and for a package that stands beside it. */
const isHarmless = ({ code }: RolldownLog) => code === "EMPTY_IMPORT_META";

/** zod brings its messages in fifty languages, a sixth of the bundle; ours are in English. */
const onlyEnglish = {
  name: "only-english",
  load: (id: string) =>
    /\/zod\/v4\/locales\/index\.js$/.test(id) ? 'export { default as en } from "./en.js";' : undefined,
};

/**
 * Modules of Node that a start need not wait for, up to 10 ms each. Compression and TLS are loaded by their first call,
 * others with the first module that imports them; a script would load all before its first line. HTTP/2 is not for us,
 * whose servers speak HTTP/1.1 while Hono's only asks of each request whether it is of the other kind.
 */
const lateModules = {
  name: "late-modules",
  resolveId(id: string, _importer: string | undefined, { kind }: { kind: string }) {
    if (/^(node:)?(zlib|http2)$/.test(id)) return `\0${id.replace("node:", "")}`;
    if (kind === "require-call") return undefined;
    if (id === "tls") return "\0tls";
    return Object.hasOwn(withTheirImporter, id) ? `\0${id}` : undefined;
  },
  load(id: string) {
    for (const [name, module] of Object.entries(leftOut)) {
      if (module.test(id))
        return `module.exports = class { constructor() { throw new Error("${name} is left out"); } };`;
    }
    if (id === "\0http2") return "export class Http2ServerRequest {} export const constants = {};";
    if (id === "\0tls") return `${load}export default { connect: (options) => load("node:tls").connect(options) };`;
    if (id === "\0zlib") {
      return (
        load +
        byFirstCall.map((name) => `export const ${name} = (...all) => load("node:zlib").${name}(...all);`).join("")
      );
    }
    const names = id.startsWith("\0") ? withTheirImporter[id.slice(1)] : undefined;
    return names && `${load}export const { ${names} } = load("${id.slice(1)}");`;
  },
};
/**
 * Classes that nobody makes an object of here, for we push no metrics, and write the log to a stream of our own. The
 * second loads `assert` for a thread, which opens stderr to learn whether it has colours: 4 ms.
 */
const leftOut = {
  Pushgateway: /prom-client.lib.pushgateway\.js$/,
  ThreadStream: /thread-stream.index\.js$/,
  SonicBoom: /sonic-boom.index\.js$/,
};
const load = 'import { createRequire } from "node:module"; const load = createRequire("/");';
/** All that is used of them; a bundle that uses more cannot be made. */
const byFirstCall = ["createGzip", "gunzip", "gzip", "gzipSync"];
const withTheirImporter: Record<string, string> = {
  "node:http": "createServer, ServerResponse, STATUS_CODES",
  "node:v8": "getHeapSpaceStatistics, setFlagsFromString",
  "node:vm": "runInNewContext",
  "node:fs/promises": "readFile",
  "node:async_hooks": "AsyncLocalStorage, executionAsyncResource",
  "node:perf_hooks": "PerformanceObserver",
};

/** V8 keeps a text with one other letter in two bytes for each of all its letters. */
function inAscii(code: string): string {
  return code.replaceAll(/\P{ASCII}/gu, (letter) => {
    const digits = letter.codePointAt(0)?.toString(16) ?? "";
    return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits.padStart(4, "0")}`;
  });
}

/** Starts the bundle once, with stand-ins for its stores, and keeps what V8 has compiled until its first answer. */
function compile(app: string, dist: string): void {
  const product = products.find(({ id }) => basename(app) === `${id}-api`);
  if (!product) throw new Error(`${app} is no product's API`);
  const env = { PATH: process.env.PATH, ...standInVariables(product) };
  execFileSync(process.execPath, [join(import.meta.dirname, "compile-bundle.cjs"), dist, product.id], {
    env,
    stdio: "inherit",
  });
}

const help = `node ../../scripts/build.ts [folder]

Bundles the app in the current directory into the folder (dist, if nothing is said), which it empties first.`;
const { positionals } = readArguments(help, { allowPositionals: true });
await build(process.cwd(), resolve(positionals[0] ?? "dist"));
