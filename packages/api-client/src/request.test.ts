import { describe, expect, it } from "vitest";
import { addressOf, entityTag, newIdempotencyKey } from "./request.ts";

const get = (path: string) => ({ method: "GET", path }) as const;

describe("the address of a call", () => {
  it("puts fields of the path into the path and the others into the query", () => {
    const input = { id: "a/b ?", q: "sea & sun", limit: 5, featured: false };
    expect(addressOf("https://api.example.test", get("/api/v1/things/{id}"), input)).toBe(
      "https://api.example.test/api/v1/things/a%2Fb%20%3F?q=sea+%26+sun&limit=5&featured=false",
    );
  });

  it("leaves out what is not set, and repeats what is a list", () => {
    const input = { state: ["open", "done"], q: undefined, cursor: null, body: { no: "query" } };
    expect(addressOf("", get("/api/v1/things"), input)).toBe("/api/v1/things?state=open&state=done");
  });

  it("takes a base with a slash or a path of its own", () => {
    expect(addressOf("https://example.test/bestays/", get("/api/v1/things"), {})).toBe(
      "https://example.test/bestays/api/v1/things",
    );
  });

  it("refuses a field of the path that would lead elsewhere", () => {
    for (const id of ["", ".", "..", undefined]) {
      expect(() => addressOf("", get("/api/v1/things/{id}"), { id })).toThrow(
        expect.objectContaining({ code: "invalid", errors: [expect.objectContaining({ path: "param.id" })] }),
      );
    }
  });
});

describe("a version", () => {
  it("is sent as an entity tag, whether it was read from the row or from the header", () => {
    expect([3, "3", '"3"', 'W/"3"'].map(entityTag)).toEqual(['"3"', '"3"', '"3"', 'W/"3"']);
  });
});

describe("an idempotency key", () => {
  it("is never the same twice", () => {
    const keys = Array.from({ length: 1000 }, newIdempotencyKey);
    expect(new Set(keys).size).toBe(1000);
    expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
  });
});
