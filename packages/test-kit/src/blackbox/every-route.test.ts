import { products } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { callerFor, inputFor } from "../openapi/fixtures.ts";
import { useApi } from "../openapi/use-api.ts";

for (const product of products)
  describe(`${product.id}: every route of the document`, () => {
    const api = useApi(product);

    it("can be used as the document says, and answers as it says", async () => {
      const failed: string[] = [];
      for (const operation of api.operations) {
        const { status, text } = await api.send(operation, await inputFor(operation, api.world), callerFor(operation));
        if (status >= 300) failed.push(`${operation.id} answered ${status}: ${text}`);
      }
      expect(failed).toEqual([]);
      expect([...api.differences.values()]).toEqual([]);
    });
  });
