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

    it("that takes If-Match changes no other version than the one that was read", async () => {
      const versioned = api.operations.filter(({ parameters }) => parameters.some(({ name }) => name === "If-Match"));
      expect(versioned.length).toBeGreaterThan(15);
      for (const operation of versioned) {
        const input = await inputFor(operation, api.world);
        const as = callerFor(operation);
        const sendIf = async (version: string) =>
          (await api.send(operation, { ...input, headers: { "If-Match": version } }, as)).status;
        for (const version of ['"987654321"', 'W/"1"', '"1", "2"', "1"])
          expect([operation.id, version, await sendIf(version)]).toEqual([operation.id, version, 412]);
        // Nothing was done by that, so that it can be now.
        expect([operation.id, (await sendIf("*")) < 300]).toEqual([operation.id, true]);
      }
      expect([...api.differences.values()]).toEqual([]);
    });
  });
