import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nameCases, patternCases } from "./cases.ts";
import { findPii, type PiiName } from "./index.ts";

type Row = Readonly<{ guest: PiiName; text: string; expect: "refuse" | "accept"; why: string }>;

const rows: Row[] = readFileSync(new URL("./fixtures/pii-corpus.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

// What has been reached. These only rise.
const floors = { refuse: 1, accept: 1 };

const judge = (text: string, guest: PiiName, known: readonly string[] = []) =>
  findPii(text, { names: [guest], known }).length > 0 ? "refuse" : "accept";
const isRight = (row: Row) => judge(row.text, row.guest) === row.expect;
const nobody = { first_name: "Nobody", last_name: "Zzz" };

describe("the corpus", () => {
  const core = rows.filter((row) => row.why.startsWith("core/"));
  const hard = rows.filter((row) => row.why.startsWith("hard/"));

  it("has both tiers", () => {
    expect(core.length + hard.length).toBe(rows.length);
    expect(hard.length).toBeGreaterThan(30);
  });

  it.each(core)("$why: $expect", (row) => expect(judge(row.text, row.guest)).toBe(row.expect));

  it("stays at or above what tier hard has reached", () => {
    const figures = (["refuse", "accept"] as const).map((expected) => {
      const asked = hard.filter((row) => row.expect === expected);
      return { expected, right: asked.filter(isRight).length, of: asked.length };
    });
    const shown = figures.map(
      ({ expected, right, of }) => `hard ${expected} ${right}/${of} (${Math.floor((100 * right) / of)} %)`,
    );
    console.log(`pii corpus: core ${core.filter(isRight).length}/${core.length}, ${shown.join(", ")}`);
    for (const { expected, right, of } of figures)
      expect(right / of, expected).toBeGreaterThanOrEqual(floors[expected]);
  });
});

describe("our own cases", () => {
  it.each(nameCases)("%s %s: %s → %s", (first_name, last_name, text, expected, known) =>
    expect(judge(text, { first_name, last_name }, known)).toBe(expected),
  );
  it.each(patternCases)("%s → %s", (text, expected) => expect(judge(text, nobody)).toBe(expected));
});
