import { format, inspect } from "node:util";
import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { Pii } from "./pii.ts";

const name = "Žofie Nováková";
const pii = new Pii(name);

describe("Pii", () => {
  it("is revealed on request and only then", () => {
    expect(pii.reveal()).toBe(name);
  });

  it.each([
    ["JSON", () => JSON.stringify({ guest: pii, list: [pii] })],
    ["a template", () => `${pii}`],
    ["String()", () => String(pii)],
    ["concatenation", () => `${"guest: "}${pii as unknown as string}`],
    ["joining a list", () => [pii, pii].join(", ")],
    ["inspect", () => inspect({ deep: { er: [pii] } }, { depth: null, showHidden: true })],
    ["console formats", () => format("%s %o %O %j", pii, pii, pii, pii)],
    ["an error's message", () => new Error(`no room for ${pii}`).message],
    ["a Map", () => inspect(new Map([["guest", pii]]))],
  ])("prints [redacted] in %s", (_where, print) => {
    expect(print()).toContain("[redacted]");
    expect(print()).not.toContain("Nov");
    expect(print()).not.toContain("Žofie");
  });

  it.each([
    ["inspect without custom inspection", () => inspect(pii, { customInspect: false, showHidden: true })],
    ["a structured clone", () => inspect(structuredClone({ pii }))],
    ["V8's serializer", () => inspect(deserialize(serialize({ pii })))],
    ["its own keys and entries", () => JSON.stringify([Reflect.ownKeys(pii), Object.entries(pii), { ...pii }])],
    ["a number", () => String(Number(pii))],
  ])("does not leak through %s", (_where, print) => {
    expect(print()).not.toContain("Nov");
  });

  it("offers no comparison of values", () => {
    expect(pii === new Pii(name)).toBe(false);
    expect("equals" in pii).toBe(false);
  });
});
