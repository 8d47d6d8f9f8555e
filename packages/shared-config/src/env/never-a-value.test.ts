import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { products } from "../products/index.ts";
import { EnvError } from "./env-error.ts";
import { readEnv } from "./read-env.ts";
import { secretNames, variableNames } from "./variables.ts";

const names = [...variableNames, ...secretNames.map((name) => `${name}_FILE`)];

// Junk that gets past different parts of the parsers, each with the canary inside.
const shapes: ((canary: string) => string)[] = [
  (canary) => canary,
  (canary) => `postgresql://${canary}:${canary}@${canary}:99999/${canary}`,
  (canary) => `postgresql://u:${canary}%zz@h/d`,
  (canary) => `redis://u:${canary}@h/${canary}`,
  (canary) => `https://${canary}/${canary}`,
  (canary) => `sk_test_${canary}`,
  (canary) => `pk_test_${btoa(`${canary}$`)}`,
  (canary) => `-----BEGIN PUBLIC KEY-----\n${canary}\n-----END PUBLIC KEY-----`,
  (canary) => `k1:${canary}`,
  (canary) => `/tmp/${canary}`,
  (canary) => `whsec_${canary},${canary}`,
];

describe("an EnvError", () => {
  it("never shows a value, whatever stands in the variables", () => {
    const value = fc.tuple(fc.stringMatching(/^[a-z]{12}$/), fc.constantFrom(...shapes));
    const source = fc.dictionary(fc.constantFrom(...names), value, { minKeys: 1, maxKeys: names.length });

    fc.assert(
      fc.property(fc.constantFrom(...products), source, (product, planted) => {
        const entries = Object.entries(planted).map(([name, [canary, shape]]) => [name, shape(canary)]);
        const canaries = Object.values(planted).flatMap(([canary]) => [canary, btoa(`${canary}$`)]);
        const error = errorOf(() => readEnv(product, Object.fromEntries(entries)));
        const told = error ? `${error.message}\n${error.stack}\n${inspect(error, { depth: 9, showHidden: true })}` : "";
        for (const canary of canaries) expect(told).not.toContain(canary);
      }),
      { numRuns: 500 },
    );
  });
});

function errorOf(work: () => unknown): EnvError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof EnvError) return error;
    throw error;
  }
}
