import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { products, standInVariables } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { bundleOf } from "./bundle.ts";

for (const product of products) {
  describe(`${product.id}: the bundle`, { timeout: 60_000 }, () => {
    const saidBy = async (script: string) =>
      execFileSync(process.execPath, ["-e", script], {
        cwd: await bundleOf(product),
        env: { PATH: process.env.PATH, ...standInVariables(product) },
        encoding: "utf8",
      });

    it("is run by the code that the build has compiled", async () => {
      const said = await saidBy(
        'const { cachedDataRejected } = require("./main.js"); process.stdout.write(String(cachedDataRejected)); process.exit();',
      );
      expect(said).toBe("false");
    });

    it("has room for young objects at once, and every flag of V8 as it was", async () => {
      const said = await saidBy(`
        const { Script } = require("node:vm");
        const { getHeapSpaceStatistics } = require("node:v8");
        const cachedData = new Script("1").createCachedData(); // for any text as long, while the flags are the same
        require("./main.js");
        const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
        const mb = (young.space_used_size + young.space_available_size) / 2 ** 20;
        const { cachedDataRejected } = new Script("2", { cachedData });
        process.stdout.write(JSON.stringify({ mb, cachedDataRejected }));
        process.exit();`);
      const { mb, cachedDataRejected } = JSON.parse(said);
      expect(mb).toBeGreaterThan(12);
      expect(cachedDataRejected).toBe(false);
    });

    it("listens before it has loaded what a start can do without", async () => {
      const said = await saidBy(`
        process.env.LOG_LEVEL = "fatal";
        require("node:http").Server.prototype.listen = () => {
          const known = process.moduleLoadList.map((name) => name.replace("NativeModule ", ""));
          const late = ["internal/deps/undici/undici", "http2", "tls", "assert", "internal/blocklist"];
          const early = late.filter((name) => known.includes(name));
          process.stdout.write("listens " + early);
          process.exit();
        };
        require("./main.js");`);
      expect(said).toBe("listens ");
    });

    it("is in ASCII, and all that a start needs in one file", async () => {
      const folder = await bundleOf(product);
      expect(readdirSync(folder).sort()).toEqual([
        "api.cache",
        "api.js",
        "main.js",
        "package.json",
        "pii-guard.js",
        "scalar.js.gz",
      ]);
      const code = readFileSync(join(folder, "api.js"), "utf8");
      expect(code).not.toMatch(/\P{ASCII}/u);
      expect(code).not.toContain("pgTable"); // Drizzle's tables are for migrations and tests
    });
  });
}
