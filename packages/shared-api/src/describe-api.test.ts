import { products } from "@whitelabel/shared-config";
import { useApp } from "@whitelabel/test-kit";
import { describe, expect, it } from "vitest";
import { describeApi } from "./describe-api.ts";
import { bodyOf } from "./test-support.ts";

type Document = { paths: Record<string, Record<string, { operationId: string }>> };

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId }]) => `${operationId}: ${method} ${path}`),
  );

describe("the document of all products, which needs no store", () => {
  for (const product of products) {
    const kit = useApp(product);

    it(`has the operations that ${product.id} serves, and its vocabulary`, async () => {
      const all = (await describeApi(products)) as Document;
      expect(operationsOf(all)).toEqual(operationsOf(await bodyOf<Document>(kit.request("/api/openapi.json"))));
      const text = JSON.stringify(all.paths["/api/v1/properties"]);
      for (const word of [...product.propertyTypes, ...product.transactionTypes, ...product.locales]) {
        expect(text).toContain(`"${word}"`);
      }
    });
  }

  it("knows a word that only one product has", async () => {
    const [last] = products.slice(-1);
    const odd = products.map((one) => (one === last ? { ...one, propertyTypes: ["castle"] } : one));
    expect(JSON.stringify(await describeApi(odd))).toContain('"castle"');
  });

  it("is the same whichever product comes first, but for its name", async () => {
    const forwards = (await describeApi(products)) as Document;
    const backwards = (await describeApi(products.toReversed())) as Document;
    expect(backwards.paths["/api/v1/properties"]).toEqual(forwards.paths["/api/v1/properties"]);
  });
});
