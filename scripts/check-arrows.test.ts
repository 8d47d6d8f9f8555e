import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findWrongArrows, listSources } from "./check-arrows.ts";

let root: string;
const sources: string[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "arrows-"));
  sources.length = 0;
  for (const name of ["shared-db", "core-readonly", "resilience", "shared-api", "api-client", "test-kit"]) {
    write(`packages/${name}/package.json`, JSON.stringify({ name: `@whitelabel/${name}`, exports: "./src/index.ts" }));
    write(`packages/${name}/src/index.ts`, "export const x = 1;\nexport type X = number;\n");
    mkdirSync(join(root, "node_modules/@whitelabel"), { recursive: true });
    symlinkSync(join(root, "packages", name), join(root, "node_modules/@whitelabel", name));
  }
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  if (path.endsWith(".ts")) sources.push(path);
}

async function wrong(path: string, text: string) {
  write(path, text);
  return await findWrongArrows(root, sources);
}

describe("the arrows between packages", () => {
  it("hold in a workspace that follows the table", async () => {
    expect(await wrong("packages/shared-db/src/a.ts", 'import { x } from "@whitelabel/resilience";\nx;\n')).toEqual([]);
  });

  it("refuse shared-db that imports core-readonly, even only its types", async () => {
    const sentence = "packages/shared-db/src/a.ts imports core-readonly, which shared-db may not";
    const path = "packages/shared-db/src/a.ts";
    expect(await wrong(path, 'import { x } from "@whitelabel/core-readonly";\nx;\n')).toEqual([sentence]);
    expect(await wrong(path, 'import type { X } from "@whitelabel/core-readonly";\ntype Y = X;\n')).toEqual([sentence]);
  });

  it("refuse a path into another package's sources", async () => {
    expect(
      await wrong("packages/shared-db/src/a.ts", 'import { x } from "../../resilience/src/index.ts";\nx;\n'),
    ).toEqual([
      "packages/shared-db/src/a.ts imports packages/resilience/src/index.ts by its path instead of its package's name",
    ]);
  });

  it("let the client have the types of the API and nothing at run time", async () => {
    const path = "packages/api-client/src/a.ts";
    expect(await wrong(path, 'import type { X } from "@whitelabel/shared-api";\ntype Y = X;\n')).toEqual([]);
    expect(await wrong(path, 'import { x } from "@whitelabel/shared-api";\nx;\n')).toHaveLength(1);
  });

  it("let tests alone use test-kit", async () => {
    const text = 'import { x } from "@whitelabel/test-kit";\nx;\n';
    expect(await wrong("packages/shared-db/src/a.test.ts", text)).toEqual([]);
    expect(await wrong("packages/shared-db/src/a.ts", text)).toEqual([
      "packages/shared-db/src/a.ts imports test-kit, which is for tests only",
    ]);
  });

  it("refuse a cycle of files", async () => {
    write("packages/shared-db/src/a.ts", 'import "./b.ts";\n');
    expect((await wrong("packages/shared-db/src/b.ts", 'import "./a.ts";\n')).join()).toMatch(/is a cycle/);
  });

  it("are not taken for granted when a file is missing from what was read", async () => {
    const asked = [...sources, "./packages/shared-db/src/index.ts"]; // reported under its plain name only
    await expect(findWrongArrows(root, asked)).rejects.toThrow(/1 of 7 files were not read/);
  });

  it("are checked over every source of this workspace", () => {
    const all = listSources(join(import.meta.dirname, ".."));
    expect(all).toContain("scripts/check-arrows.ts");
    expect(all).toContain("packages/shared-config/src/index.ts");
  });
});
