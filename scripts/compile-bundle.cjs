// node compile-bundle.cjs <dist> <product>: starts the bundle and writes what V8 has compiled of it by its first answer.
const { writeFileSync } = require("node:fs");
const { get } = require("node:http");
const { createServer } = require("node:net");
const { join } = require("node:path");
const standIn = require("./stand-in-postgres.cjs");

const [, , dist, product] = process.argv;
setTimeout(() => process.exit(1), 60_000);

/** The first and the last question of the proof. */
const asked = { app_meta: false, pg_try_advisory_xact_lock: false };

/** What a start asks of its stores, as the right ones answer. */
function rowOf(statement) {
  for (const name in asked) asked[name] ||= statement.includes(name);
  if (statement.includes("app_meta")) return { product_id: product, fits: true };
  if (statement.includes("can_write")) return { can_write: false };
}

standIn.listen(rowOf, (url) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => {
      Object.assign(process.env, { HOST: "127.0.0.1", PORT: port, METRICS_PORT: "0", LOG_LEVEL: "fatal" });
      Object.assign(process.env, { DATABASE_URL: `${url}/ours`, CORE_DATABASE_URL_RO: `${url}/core` });
      const script = require(join(dist, "main.js"));
      answer(`http://127.0.0.1:${port}/api/health`, () => {
        const missing = Object.keys(asked).filter((name) => !asked[name]);
        if (missing.length > 0)
          fail(`A start no longer asks its stores for ${missing.join(" and ")}: compile-bundle.cjs`);
        writeFileSync(join(dist, "api.cache"), script.createCachedData());
        process.exit();
      });
    });
  });
});

/** Not thrown: the API that runs here too would log it, and no log shows what an error says. */
function fail(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

function answer(url, then) {
  const again = () => setTimeout(answer, 20, url, then);
  get(url, (response) => response.resume().on("end", response.statusCode === 200 ? then : again)).on("error", again);
}
