import { describe, expect, it } from "vitest";
import { brokenJsonRule } from "./json-rules.ts";

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("JSON that readers may disagree on", () => {
  it.each([
    ['{"a":1,"a":2}', "json", "The same key twice"],
    ['{"a":1,"\\u0061":2}', "json", "The same key twice"],
    ['{"a":{"b":[{"c":1},{"d":1,"d":2}]}}', "json.a.b.1", "The same key twice"],
    ['{"__proto__":{}}', "json", "A key that is not allowed"],
    ['{"a":{"\\u005f_proto__":1}}', "json.a", "A key that is not allowed"],
    ['[{"constructor":1}]', "json.0", "A key that is not allowed"],
    ['{"a":"x\\u0000"}', "json.a", "Must not contain NUL"],
    ['{"a\\u0000":1}', "json", "Must not contain NUL"],
    ['{"a":[1,"\\ud800"]}', "json.a.1", "Must be whole characters"],
    ['"\\udc00\\ud800"', "json", "Must be whole characters"],
    ['{"what somebody wrote":{"a":1,"a":1}}', "json", "The same key twice"],
  ])("is refused: %s", (text, path, message) => {
    expect(brokenJsonRule(text)).toMatchObject({ message });
    expect(path.startsWith(brokenJsonRule(text)?.path ?? "none")).toBe(true);
  });

  it("is refused beyond 32 levels", () => {
    expect(brokenJsonRule(nested(32))).toBeUndefined();
    expect(brokenJsonRule(nested(33))?.message).toContain("32 levels");
    expect(brokenJsonRule("[".repeat(1_000_000))?.message).toContain("32 levels");
  });

  it.each([
    '{"a":{"b":1},"b":{"b":1},"c":["b","b"]}',
    '{"a":"a","b":"{\\"a\\":1,\\"a\\":2}","c":"\\\\"}',
    '{"a":"__proto__","b":"constructor"}',
    '{"a":"\\ud83d\\ude00 \\\\u0000 \u{1f600}","b":null,"c":-1.5e9,"d":[true,false,[],{}]}',
    "[]",
    '""',
    "1",
    "",
    '{"a":1',
    '{"a',
    '"\\',
    "}]",
  ])("is all that is: %s", (text) => expect(brokenJsonRule(text)).toBeUndefined());

  it("is found in time that grows with the text alone", () => {
    const texts = [
      `{${Array.from({ length: 80_000 }, (_, index) => `"${index}":1`).join()}}`,
      `["${"\\\\".repeat(500_000)}"]`,
      `[${'"\\"",'.repeat(200_000)}1]`,
      '"'.repeat(1_000_000),
      '{"a":'.repeat(200_000),
    ];
    const started = performance.now();
    for (const text of texts) brokenJsonRule(text);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
