// The bundle's main.js: runs api.js, and spares V8 to compile what the build has compiled already.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script, constants } = require("node:vm");

makeRoomForYoungObjects();

const filename = join(__dirname, "api.js");
// As a module of CommonJS is run. Put together here, the text stands in V8's own heap: from one outside of it, which is
// what Node reads, each start cost more in other threads.
const source = `(function (exports, require, module, __filename, __dirname) {${read("api.js", "latin1")}\n})`;
const script = new Script(source, {
  filename,
  // Of another release of Node it is refused, and V8 compiles as ever.
  cachedData: read("api.cache"),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
script.runInThisContext()(exports, require, module, filename, __dirname);
module.exports = script;

/** Undefined while the build has yet to make it. */
function read(name, encoding) {
  try {
    return readFileSync(join(__dirname, name), encoding);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}

/**
 * V8 begins with a megabyte for young objects and doubles it when as much has lived on: until the first answer that makes
 * five collections, each of which copies what lives, a tenth of a start. Here it has sixteen after the first two, and the
 * start ends before these are full. While any flag is set V8 takes no compiled code, Node's own neither: so this one is back
 * at its default when the script is read. tune-memory.ts keeps the sixteen.
 */
function makeRoomForYoungObjects() {
  setFlagsFromString("--semi-space-growth-factor=16");
  const living = [];
  while (living.length < 150) living.push(new Array(1_000));
  setFlagsFromString("--semi-space-growth-factor=2");
}
