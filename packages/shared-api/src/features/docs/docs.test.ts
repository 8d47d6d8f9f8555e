import { gunzipSync } from "node:zlib";
import { products } from "@whitelabel/shared-config";
import { useApp } from "@whitelabel/test-kit";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../test-support.ts";

type Operation = {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: object[];
  responses: Record<string, { description: string; content?: object }>;
};
type Document = {
  openapi: string;
  info: { title: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: object };
};

for (const product of products) {
  describe(`${product.id}: the OpenAPI document`, () => {
    const kit = useApp(product);
    const read = () => bodyOf<Document>(kit.request("/api/openapi.json"));
    const operationsOf = ({ paths }: Document) =>
      Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
      );

    it("is 3.1 and names the product", async () => {
      const document = await read();
      expect(document.openapi).toBe("3.1.0");
      expect(document.info.title).toContain(product.name);
      expect(document.components.securitySchemes).toHaveProperty("session");
    });

    it("names every operation once, says what it does and what can go wrong", async () => {
      const operations = operationsOf(await read());
      const ids = operations.map(({ operationId }) => operationId);
      expect(ids.every(Boolean)).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { name, summary, tags, responses, security } of operations) {
        expect([name, typeof summary, tags?.length]).toEqual([name, "string", 1]);
        expect([name, "500" in responses]).toEqual([name, true]);
        expect([name, Array.isArray(security)]).toEqual([name, true]);
        const isClosed = security?.length === 1;
        if (isClosed) expect(Object.keys(responses)).toEqual(expect.arrayContaining(["401", "403", "503"]));
      }
    });

    it("refers to nothing that it does not hold", async () => {
      const document = await read();
      const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
      expect(refs.length).toBeGreaterThan(5);
      for (const [, name = ""] of refs) expect(document.components.schemas).toHaveProperty(name);
    });

    it("offers the product's own vocabulary", async () => {
      const text = JSON.stringify((await read()).paths["/api/v1/properties"]);
      for (const type of [...product.propertyTypes, ...product.locales]) expect(text).toContain(`"${type}"`);
    });
  });

  describe(`${product.id}: the docs page`, () => {
    const kit = useApp(product);

    it("takes everything from here and nothing from anywhere else", async () => {
      const response = await kit.request("/api/docs");
      expect(response.headers.get("content-type")).toContain("text/html");
      const policy = response.headers.get("content-security-policy");
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      const html = await response.text();
      expect(html).toContain(product.name);
      expect(html).not.toMatch(/https?:\/\//);
      expect(html).toContain('src="/api/docs/scalar.js"');
    });

    it("gets its script compressed, whole, and only once", async () => {
      const zipped = await kit.request("/api/docs/scalar.js", { headers: { "accept-encoding": "br, gzip" } });
      expect(zipped.headers.get("content-encoding")).toBe("gzip");
      expect(zipped.headers.get("content-type")).toContain("text/javascript");
      expect(zipped.headers.get("vary")).toContain("Accept-Encoding");
      const text = gunzipSync(await zipped.bytes()).toString();
      expect(text).toContain("api-reference");

      const plain = await kit.request("/api/docs/scalar.js");
      expect(plain.headers.get("content-encoding")).toBeNull();
      expect(await plain.text()).toBe(text);

      const etag = zipped.headers.get("etag") ?? "";
      expect((await kit.request("/api/docs/scalar.js", { headers: { "if-none-match": etag } })).status).toBe(304);
    });
  });
}
