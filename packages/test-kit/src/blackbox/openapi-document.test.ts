import spectral from "@stoplight/spectral-core";
import { oas } from "@stoplight/spectral-rulesets";
import { products } from "@whitelabel/shared-config";
import { beforeAll, describe, expect, it } from "vitest";
import { newAjv } from "../openapi/check-answers.ts";
import { closeSchema } from "../openapi/close-schema.ts";
import type { Media, Operation } from "../openapi/document.ts";
import { useApi } from "../openapi/use-api.ts";

for (const product of products)
  describe(`${product.id}: the OpenAPI document`, () => {
    const api = useApi(product);
    let operations: Operation[] = [];
    beforeAll(() => {
      operations = api.operations;
    });
    const lacking = (has: (operation: Operation) => boolean) =>
      operations.filter((one) => !has(one)).map(({ id }) => id);

    it("has nothing that Spectral complains about", async () => {
      const linter = new spectral.Spectral();
      linter.setRuleset({ extends: [[oas, "recommended"]] } as Parameters<typeof linter.setRuleset>[0]);
      const found = await linter.run(JSON.stringify(withoutRepetition(api.document)));
      expect(found.map(({ code, path, message }) => `${code} ${path.join(".")}: ${message}`)).toEqual([]);
    }, 60_000);

    it("names each operation once, and says what it does in words of its own", () => {
      expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
      expect(lacking(({ object }) => (object.summary ?? "").length > 5)).toEqual([]);
      expect(lacking(({ object }) => (object.description ?? "").length > 5)).toEqual([]);
      expect(lacking(({ id }) => /^[a-z][a-zA-Z]+$/.test(id))).toEqual([]);
    });

    it("describes every tag, and has none that nothing is under", () => {
      const used = new Set(operations.flatMap(({ object }) => object.tags ?? []));
      expect(api.document.tags.map(({ name }) => name).sort()).toEqual([...used].sort());
      for (const { description = "" } of api.document.tags) expect(description.length).toBeGreaterThan(5);
      expect(lacking(({ object }) => object.tags?.length === 1)).toEqual([]);
    });

    it("has an example of every body, of every parameter and of every answer", () => {
      const isShown = (media: Media) => media.example !== undefined || Object.keys(media.examples ?? {}).length > 0;
      const isNoJson = (type: string) => !/\bjson\b/.test(type);
      expect(lacking(({ body }) => body === undefined || isShown(body))).toEqual([]);
      expect(lacking(({ parameters }) => parameters.every(({ example }) => example !== undefined))).toEqual([]);
      expect(
        lacking(({ responses }) =>
          Object.values(responses)
            .flatMap(({ content = {} }) => Object.entries(content))
            .every(([type, media]) => isNoJson(type) || isShown(media)),
        ),
      ).toEqual([]);
    });

    it("says of every answer what it means, and which headers it has", () => {
      const answers = operations.flatMap(({ responses }) => Object.values(responses));
      for (const { description = "", headers = {} } of answers) {
        expect(description.length).toBeGreaterThan(1);
        expect(Object.keys(headers)).toContain("X-Request-Id");
      }
      for (const { description = "" } of Object.values(api.document.components.headers ?? {})) {
        expect(description.length).toBeGreaterThan(5);
      }
    });

    it("says of every operation who may call it", () => {
      const needed = { open: "[]", user: '[{"session":[]}]', agent: '[{"session":[]}]', admin: '[{"session":[]}]' };
      for (const { id, access, object } of operations) {
        const security = JSON.stringify(object.security);
        if (access === "guest") expect([id, security]).toEqual([id, '[{"guest_link":[]}]']);
        else if (access === "public") expect([id, security]).toEqual([id, '[{},{"session":[]},{"guest_link":[]}]']);
        else expect([id, security]).toEqual([id, needed[access]]);
      }
    });

    it("is made of schemas that JSON Schema knows every word of", () => {
      const schemas = api.document.components.schemas ?? {};
      const ajv = newAjv();
      expect(Object.keys(schemas).length).toBeGreaterThan(5);
      for (const schema of Object.values(schemas))
        expect(() => ajv.compile(closeSchema(schema, schemas))).not.toThrow();
    });
  });

/**
 * Each header and example that answers refer to by name, once: Spectral looks at a reference as often as it stands
 * there, which takes it half a minute.
 */
function withoutRepetition(document: object): object {
  const seen = new Set<string>();
  const isRepeated = (value: unknown) => {
    const ref = (value as { $ref?: string } | null)?.$ref;
    if (ref === undefined || !/^#.components.(headers|examples)./.test(ref)) return false;
    return seen.size === seen.add(ref).size;
  };
  return JSON.parse(JSON.stringify(document, (_, value) => (isRepeated(value) ? undefined : value))) as object;
}
