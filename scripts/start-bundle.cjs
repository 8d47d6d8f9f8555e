// The bundle's main.js: runs api.js, and spares V8 to compile what the build has compiled already.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script, constants } = require("node:vm");

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
