import { products } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { fuzz, printable } from "../openapi/fuzz.ts";
import { statementErrors } from "../openapi/statement-errors.ts";
import { useApi } from "../openapi/use-api.ts";

// `pnpm fuzz` asks for more than a run of all tests has time for.
const requests = Number(process.env.FUZZ_REQUESTS ?? 800);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const isCommand = process.env.FUZZ_REQUESTS !== undefined;

for (const product of products)
  describe(`${product.id}: requests made from its document`, () => {
    const api = useApi(product, { env: { RATE_LIMIT_PER_MINUTE: "1000000" } });

    it("are all answered as the document says, and none by a failure", async () => {
      const report = await fuzz(api, { requests: Math.ceil(requests / products.length), seed });
      if (isCommand || report.failures.length > 0) console.log(printable(product.id, report));
      expect(report.failures).toEqual([]);
      expect([...api.differences.values()]).toEqual([]);
      expect(statementErrors(api.kit.database.name)).toEqual([]);
      // As many as were sent, and of each operation some that it did.
      expect(report.statuses.size).toBe(api.operations.length);
    }, 3_600_000);
  });
