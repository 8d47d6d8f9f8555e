import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { products, standInVariables } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { bundleOf } from "./bundle.ts";

for (const product of products) {
  describe(`${product.id}: the bundle`, { timeout: 60_000 }, () => {
    it("is run by the code that the build has compiled", async () => {
      const script =
        'const { cachedDataRejected } = require("./main.js"); process.stdout.write(String(cachedDataRejected)); process.exit()';
      const env = { PATH: process.env.PATH, ...standInVariables(product) };
      const said = execFileSync(process.execPath, ["-e", script], {
        cwd: await bundleOf(product),
        env,
        encoding: "utf8",
      });
      expect(said).toBe("false");
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
      expect(readFileSync(join(folder, "api.js"), "utf8")).not.toMatch(/\P{ASCII}/u);
    });
  });
}
