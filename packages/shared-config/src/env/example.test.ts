import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { products } from "../products/index.ts";
import { envExample } from "./example.ts";
import { readEnv } from "./read-env.ts";
import { docOf, variableNames } from "./variables.ts";

for (const product of products) {
  describe(`${product.id}: .env.example`, () => {
    const text = envExample(product);

    it("is the file beside the app", () => {
      const path = new URL(`../../../../apps/${product.id}-api/.env.example`, import.meta.url);
      expect(readFileSync(path, "utf8")).toBe(text);
    });

    it("describes every variable, once", () => {
      for (const name of variableNames) {
        expect(text.match(new RegExp(`^(# )?${name}=`, "gm")), name).toHaveLength(1);
        expect(docOf(name).about.length, name).toBeGreaterThan(10);
      }
    });

    it("is read once the keys are filled in, with everything on", () => {
      const env = readEnv(product, { ...parseEnv(text), ...filledIn });
      expect(env.features).toEqual(product.features);
      expect(env.core?.propertyIds).toEqual(product.development.corePropertyIds);
      expect(env.database.url).toContain(product.runtimeRole);
    });

    it("shows the defaults that hold: the same is read with every line uncommented", () => {
      const uncommented = text.replace(/^# ([A-Z_]+=)/gm, "$1");
      expect(readEnv(product, { ...parseEnv(uncommented), ...filledIn })).toEqual(
        readEnv(product, { ...parseEnv(text), ...filledIn }),
      );
    });

    it("holds no key", () => {
      expect(text).not.toMatch(/(sk|pk)_(test|live)_\w|whsec_\w|BEGIN|:[^@\s]+@(?<!:change-me@)/);
    });
  });
}

const filledIn = {
  CLERK_PUBLISHABLE_KEY: `pk_test_${btoa("an-instance-1.clerk.accounts.dev$")}`,
  CLERK_SECRET_KEY: "sk_test_generated",
  APP_SECRET: `k1:${"s".repeat(32)}`,
};
