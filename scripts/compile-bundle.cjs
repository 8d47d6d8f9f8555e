// node compile-bundle.cjs <dist>: starts the bundle and writes what V8 has compiled of it by its first answer.
const { writeFileSync } = require("node:fs");
const { get } = require("node:http");
const { createServer } = require("node:net");
const { join } = require("node:path");

const dist = process.argv[2];
setTimeout(() => process.exit(1), 60_000);
const probe = createServer().listen(0, "127.0.0.1", () => {
  const { port } = probe.address();
  probe.close(() => {
    Object.assign(process.env, { HOST: "127.0.0.1", PORT: port, METRICS_PORT: "0", LOG_LEVEL: "fatal" });
    const script = require(join(dist, "main.js"));
    answer(`http://127.0.0.1:${port}/api/health`, () => {
      writeFileSync(join(dist, "api.cache"), script.createCachedData());
      process.exit();
    });
  });
});

function answer(url, then) {
  const again = () => setTimeout(answer, 20, url, then);
  get(url, (response) => response.resume().on("end", response.statusCode === 200 ? then : again)).on("error", again);
}
