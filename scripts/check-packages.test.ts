import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { findSharedNames } from "./check-packages.ts";

const root = mkdtempSync(join(tmpdir(), "packages-"));
afterAll(() => rmSync(root, { recursive: true }));

function write(folder: string, name: string) {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, "package.json"), JSON.stringify({ name }));
}

it("two packages of one name are named with both their folders, others are not", () => {
  write("apps/one-api", "@whitelabel/one-api");
  write("packages/shared", "@whitelabel/shared");
  expect(findSharedNames(root)).toEqual([]);
  write("apps/copy-api", "@whitelabel/one-api");
  expect(findSharedNames(root)).toEqual([
    expect.stringMatching(/^apps\/copy-api\/package.json and apps\/one-api\/package.json .* @whitelabel\/one-api/),
  ]);
});

it("this workspace has none", () => {
  expect(findSharedNames(join(import.meta.dirname, ".."))).toEqual([]);
});
