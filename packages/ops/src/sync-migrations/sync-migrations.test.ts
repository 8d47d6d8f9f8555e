import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bestays } from "@whitelabel/shared-config";
import { tables } from "@whitelabel/shared-db";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { newMigration } from "../migrate/new-migration.ts";
import { readFolder } from "../migrate/read-folder.ts";
import { difference, readLastSnapshot, takeSnapshot } from "../migrate/snapshot.ts";
import { folderOf } from "../migrate/test-databases.ts";
import { syncMigrations } from "./sync-migrations.ts";
import { readFiles } from "./write-folder.ts";

// What every product has of the migrations there are: one of bestays' own would be in the others' way.
const shared = mkdtempSync(path.join(os.tmpdir(), "whitelabel-shared-"));
rmSync(shared, { recursive: true });
syncMigrations({
  source: { product: "bestays", folder: folderOf(bestays) },
  targets: [{ product: "realestate", folder: shared }],
});
const first = readFolder(shared)[0]?.name;
afterAll(() => rmSync(shared, { recursive: true }));

let root: string;
const sideOf = (product: string) => ({ product, folder: path.join(root, product) });
const source = () => sideOf("bestays");
const targets = () => [sideOf("realestate"), sideOf("third")];

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "whitelabel-sync-"));
  for (const product of ["bestays", "realestate", "third"])
    cpSync(shared, path.join(root, product), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (product: string, file: string, text: string) => writeFileSync(path.join(root, product, file), text);
const read = (product: string, file: string) => readFileSync(path.join(root, product, file), "utf8");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const sync = (isDry = false) => syncMigrations({ source: source(), targets: targets(), isDry });
const state = (product: string) => [...readFiles(path.join(root, product))].map(([file, bytes]) => [file, `${bytes}`]);

function writeThree() {
  for (const [index, name] of ["20990101_0900-a", "20990101_0901-b", "20990101_0902-c"].entries()) {
    write("bestays", `${name}.sql`, `-- irreversible: a test\ncreate table t${index} (id integer);\n`);
  }
}

describe("sync-migrations", () => {
  it("brings three new migrations as exactly three files, byte for byte, to every product; and again nothing", () => {
    writeThree();
    const before = readdirSync(path.join(root, "third"));
    for (const report of sync()) {
      expect(report).toMatchObject({ state: "synced", meta: [], problems: [] });
      expect(report.copied.map(({ name }) => name)).toEqual(["20990101_0900-a", "20990101_0901-b", "20990101_0902-c"]);
      for (const { name, sha256: hash } of report.copied) expect(sha256(read(report.to, `${name}.sql`))).toBe(hash);
      expect(state(report.to)).toEqual(state("bestays"));
    }
    expect(readdirSync(path.join(root, "third")).length).toBe(before.length + 3);
    expect(readdirSync(root).sort()).toEqual(["bestays", "realestate", "third"]);

    expect(sync().map((report) => [report.state, report.files.size])).toEqual([
      ["current", 0],
      ["current", 0],
    ]);
  });

  it("brings one that is older than the target's newest, and a reverse that got lost", () => {
    write("bestays", "20200101_0900-old.sql", "select 1;\n");
    write("bestays", "20200101_0900-old.down.sql", "select 1;\n");
    rmSync(path.join(root, "third", `${first}.down.sql`));
    const [realestate, third] = sync();
    expect(realestate?.copied.map(({ name }) => name)).toEqual(["20200101_0900-old"]);
    // Without its reverse the folder cannot be read at all: named, and not guessed at.
    expect(third).toMatchObject({ state: "refused", problems: [{ message: expect.stringContaining("no reverse") }] });
  });

  it("shows, dry, what it would bring, and writes nothing", () => {
    writeThree();
    const before = state("third");
    expect(sync(true)[1]).toMatchObject({ state: "behind", copied: [{}, {}, {}] });
    expect(state("third")).toEqual(before);
  });

  it.each([`${first}.sql`, `${first}.down.sql`])(
    "refuses a target whose %s was edited, with both hashes, and does the other",
    (file) => {
      writeThree();
      write("realestate", file, "select 2;\n");
      const before = state("realestate");
      const [realestate, third] = sync();
      expect(realestate?.state).toBe("refused");
      expect(realestate?.problems).toHaveLength(1);
      const { message = "", rule } = realestate?.problems[0] ?? {};
      expect(rule).toBe("edited");
      expect(message).toContain(path.join(root, "realestate", file));
      expect(message).toContain(sha256("select 2;\n"));
      expect(message).toContain(sha256(read("bestays", file)));
      expect(state("realestate")).toEqual(before);
      expect(third?.state).toBe("synced");
    },
  );

  it("leaves a product's own migrations where they are, and takes those of the source to nobody", () => {
    const own = (product: string) => `-- product-only ${product}: a test\n-- irreversible: a test\nselect 1;\n`;
    write("realestate", "20990101_0800-own.sql", own("realestate"));
    write("bestays", "20990101_0801-own.sql", own("bestays"));
    const before = state("realestate");
    expect(sync()[0]).toMatchObject({ state: "current", product_only: ["20990101_0800-own"], problems: [] });
    expect(state("realestate")).toEqual(before);
    write("third", "20990101_0802-own.sql", own("realestate"));
    expect(sync()[1]).toMatchObject({ state: "refused", problems: [{ rule: "misplaced" }] });
  });

  it("names what only the target has, and brings it back from there when asked", () => {
    writeThree();
    write("realestate", "20990102_0800-lost.sql", "-- irreversible: a test\nselect 1;\n");
    const [realestate] = sync();
    expect(realestate).toMatchObject({ state: "foreign", problems: [{ rule: "foreign" }] });
    expect(realestate?.problems[0]?.next).toContain("--from realestate --to bestays");
    expect(realestate?.copied).toHaveLength(3);
    const [back] = syncMigrations({ source: sideOf("realestate"), targets: [source()] });
    expect(back).toMatchObject({ state: "synced", copied: [{ name: "20990102_0800-lost" }] });
    expect(sync().map((report) => report.state)).toEqual(["current", "synced"]);
  });

  it("makes the folder of a product that is new", () => {
    rmSync(path.join(root, "third"), { recursive: true });
    expect(sync()[1]).toMatchObject({ state: "synced" });
    expect(state("third")).toEqual(state("bestays"));
  });

  it("computes the meta, so that the next difference is right where the target has migrations of its own", async () => {
    const vaults = pgTable("vaults", { id: integer().primaryKey(), code: text() });
    const chores = pgTable("chores", { id: integer().primaryKey() });
    const make = (product: string, title: string, models: object, now: string) =>
      newMigration({ folder: path.join(root, product), title, models: { ...models }, now: new Date(now) });
    const own = await make("realestate", "vaults", { ...tables, vaults }, "2099-02-01T09:00:00Z");
    const file = path.join(root, "realestate", `${own.name}.sql`);
    writeFileSync(file, `-- product-only realestate: a test\n${readFileSync(file)}`);
    // One before it and one after it, which change a table, add one and drop one.
    const { policyTranslations: _, ...fewer } = tables;
    await make("bestays", "chores", { ...tables, chores }, "2099-01-01T09:00:00Z");
    await make("bestays", "fewer", { ...fewer, chores }, "2099-03-01T09:00:00Z");

    const [realestate] = sync();
    expect(realestate).toMatchObject({ state: "synced", product_only: [own.name] });
    expect(realestate?.meta).toHaveLength(3); // its own too, which stands after another one now
    const last = readLastSnapshot(path.join(root, "realestate"));
    const models = { ...fewer, chores, vaults };
    expect(await difference(last, takeSnapshot("now", last, models))).toEqual({ up: [], down: [] });
    expect(last.prevId).not.toBe(readLastSnapshot(path.join(root, "bestays")).prevId);
    expect(state("third")).toEqual(state("bestays"));
    expect(sync().map((report) => report.state)).toEqual(["current", "current"]);
  });
});

describe("a run that is killed", () => {
  // In the child every call that writes is counted, and the one that was asked for is the last.
  const program = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    let left = Number(process.argv[1]);
    for (const name of ["writeFileSync", "mkdirSync", "renameSync", "rmSync"]) {
      const real = fs[name];
      fs[name] = (...args) => {
        if (name !== "rmSync" || fs.existsSync(args[0])) if (left-- === 0) process.kill(process.pid, "SIGKILL");
        return real(...args);
      };
    }
    syncBuiltinESMExports();
    const { syncMigrations } = await import(process.argv[2]);
    const [, , , source, target] = process.argv;
    syncMigrations({ source: { product: "bestays", folder: source }, targets: [{ product: "realestate", folder: target }] });
    console.log("ended");
  `;
  const run = (step: number) =>
    spawnSync(
      process.execPath,
      [
        ...["--input-type=module", "-e", program, String(step)],
        path.join(import.meta.dirname, "sync-migrations.ts"),
        ...[source().folder, path.join(root, "realestate")],
      ],
      { env: { ...process.env, NODE_COMPILE_CACHE: path.join(cache, "compiled") } },
    );
  const cache = mkdtempSync(path.join(os.tmpdir(), "whitelabel-sync-cache-"));
  afterAll(() => rmSync(cache, { recursive: true }));

  it("at any write leaves the folder as before or complete, and the next run ends it", () => {
    // As many writes however many migrations there are: the first two, and three new ones.
    for (const product of ["bestays", "realestate"])
      for (const { name } of readFolder(path.join(root, product)).slice(2))
        for (const file of [`${name}.sql`, `${name}.down.sql`, `meta/${name}.json`])
          rmSync(path.join(root, product, file), { force: true });
    cpSync(path.join(root, "realestate"), path.join(cache, "first"), { recursive: true });
    writeThree();
    const [before, after] = [JSON.stringify(state("realestate")), JSON.stringify(state("bestays"))];
    const seen: string[] = [];
    for (let step = 0; ; step++) {
      rmSync(path.join(root, "realestate"), { recursive: true });
      cpSync(path.join(cache, "first"), path.join(root, "realestate"), { recursive: true });
      const child = run(step);
      if (child.stdout.includes("ended")) break;
      expect(child.signal).toBe("SIGKILL");

      const left = JSON.stringify(state("realestate"));
      seen.push(left === before ? "before" : left === after ? "complete" : left === "[]" ? "away" : "torn");
      expect(syncMigrations({ source: source(), targets: [sideOf("realestate")] })[0]?.problems).toEqual([]);
      expect(JSON.stringify(state("realestate"))).toBe(after);
      expect(readdirSync(root).sort()).toEqual(["bestays", "realestate", "third"]);
    }
    expect(seen.length).toBeGreaterThan(12);
    expect(new Set(seen)).toEqual(new Set(["before", "away", "complete"]));
    expect(seen.filter((one) => one === "away")).toHaveLength(1);
  }, 60_000);
});
