import { bestays } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { fanOut, mapSome, type Target } from "./fan-out.ts";
import { folderOf, makeFolder, useDatabases } from "./test-databases.ts";

const { create, createCopies, open } = useDatabases();
const folder = folderOf(bestays);

const targetsOf = (databases: { name: string; migrationUrl: string }[], over: Partial<Target> = {}): Target[] =>
  databases.map(({ name, migrationUrl }) => ({ name, product: bestays, migrationUrl, folder, ...over }));

/** Fifty at night. */
const many = process.env.NIGHTLY === "1" ? 50 : 12;

describe(`a fan-out over ${many} databases with one broken`, () => {
  it("migrates the others, names the broken one, and finishes it alone the next time", async () => {
    const databases = await createCopies(bestays, many);
    const broken = databases[7] as (typeof databases)[number];
    const inBroken = open(broken.migrationUrl);
    await inBroken`create table in_the_way (id integer)`;

    using made = makeFolder({
      "20270101_0001-one": "create table one (id integer primary key);",
      "20270101_0002-two": "create table two (id integer primary key);",
    });
    const targets = targetsOf(databases, { folder: made.folder });
    const done: number[] = [];
    const first = await fanOut(targets, { onDone: (_, count) => done.push(count) });
    expect(first.filter(({ state }) => state === "migrated")).toHaveLength(many - 1);
    expect(first.filter(({ state }) => state === "failed")).toMatchObject([
      { target: { name: broken.name }, applied: [], error: { message: expect.stringContaining("carries no marker") } },
    ]);
    for (const { report, applied } of first.filter(({ state }) => state !== "failed")) {
      expect(applied.map(({ name }) => name)).toEqual(["20270101_0001-one", "20270101_0002-two"]);
      expect(report?.schema_version).toBe("20270101_0002-two");
    }
    expect(done).toEqual(databases.map((_, index) => index + 1));

    await inBroken`drop table in_the_way`;
    const second = await fanOut(targets);
    expect(second.filter(({ state }) => state === "migrated")).toMatchObject([{ target: { name: broken.name } }]);
    expect(second.filter(({ state }) => state === "current")).toHaveLength(many - 1);
  }, 60_000);
});

describe("a fan-out", () => {
  it("keeps what a failing target had applied, and says so", async () => {
    const { migrationUrl } = await create(bestays);
    using made = makeFolder({
      "20270101_0001-works": "create table works (id integer);",
      "20270101_0002-fails": "select 1 / 0;",
    });
    const [outcome] = await fanOut(targetsOf([{ name: "one", migrationUrl }], { folder: made.folder }));
    expect(outcome).toMatchObject({ state: "failed", applied: [{ name: "20270101_0001-works" }] });
  });

  it("lets a URL or a folder that cannot be had be its own target's failure only", async () => {
    const { name, migrationUrl } = await create(bestays);
    const targets: Target[] = [
      {
        name: "nowhere",
        product: bestays,
        folder,
        migrationUrl: () => {
          throw new Error("Nobody said where");
        },
      },
      { name: "no folder", product: bestays, folder: "/nonexistent", migrationUrl },
      { name, product: bestays, folder, migrationUrl },
    ];
    expect((await fanOut(targets)).map(({ state }) => state)).toEqual(["failed", "failed", "migrated"]);
  });

  it("works on no more at a time than it is told", async () => {
    let now = 0;
    let most = 0;
    const results = await mapSome([1, 2, 3, 4, 5, 6, 7], 3, async (n) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return n * 2;
    });
    expect(most).toBe(3);
    expect(results).toEqual([2, 4, 6, 8, 10, 12, 14]);
  });
});
