import { execFileSync } from "node:child_process";
import path from "node:path";
import { bestays, products, realestate } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { readFolder } from "../migrate/read-folder.ts";
import { copyFolder, folderOf } from "../migrate/test-databases.ts";
import { readFacts } from "./facts.ts";
import { readPortStatus } from "./port-status.ts";

const third = { ...bestays, id: "third", features: { ...bestays.features, parking: false } };

describe("port:status", () => {
  it("lists every migration for every product of this workspace, and finds none missing", () => {
    const script = path.resolve(import.meta.dirname, "../../../../scripts/port-status.ts");
    const run = (...args: string[]) =>
      execFileSync(process.execPath, [script, ...args], { env: { ...process.env, NO_COLOR: "1" } }).toString();
    const status = JSON.parse(run("--json"));
    expect(status.products).toEqual(products.map(({ id }) => id));
    const names = new Set(products.flatMap((product) => readFolder(folderOf(product)).map(({ name }) => name)));
    expect(status.migrations.map(({ name }: { name: string }) => name)).toEqual([...names].sort());
    for (const { name, next } of status.migrations) expect([name, next]).toEqual([name, null]);
    const table = run();
    expect(table).toMatch(new RegExp(`${status.migrations[0].name} +│ ✓ +│ ✓`));
    expect(table).toMatch(/features\.parking +│ on +│ on/);
  });

  it("says what a product lacks and the command that brings it, from whoever has it", () => {
    using one = copyFolder(bestays);
    using other = copyFolder(realestate);
    one.write("20990101_0900-chores", "select 1;\n");
    other.write("20990101_0901-vaults", "select 2;\n");
    const { migrations } = readPortStatus([
      { product: bestays, folder: one.folder },
      { product: realestate, folder: other.folder },
      { product: third, folder: "/nonexistent" },
    ]);
    expect(migrations.slice(-2)).toEqual([
      {
        name: "20990101_0900-chores",
        products: { bestays: "yes", realestate: "missing", third: "missing" },
        product_only: null,
        next: "pnpm sync-migrations",
      },
      {
        name: "20990101_0901-vaults",
        products: { bestays: "missing", realestate: "yes", third: "missing" },
        product_only: null,
        next: "pnpm sync-migrations --from realestate --to bestays third",
      },
    ]);
  });

  it("gives the reason of one that is meant for one product, and does not miss it in the others", () => {
    using other = copyFolder(realestate);
    other.write("20990101_0901-vaults", "-- product-only realestate: villas have vaults\nselect 2;\n");
    const { migrations } = readPortStatus([
      { product: bestays, folder: folderOf(bestays) },
      { product: realestate, folder: other.folder },
    ]);
    expect(migrations.at(-1)).toEqual({
      name: "20990101_0901-vaults",
      products: { bestays: "not for it", realestate: "yes" },
      product_only: { product: "realestate", reason: "villas have vaults" },
      next: null,
    });
  });

  it("takes neither an edited copy nor another product's migration for the real one", () => {
    using other = copyFolder(realestate);
    const edited = readFolder(other.folder)[0]?.name ?? "";
    other.write(edited, "select 1;\n");
    other.write("20990101_0900-theirs", "-- product-only bestays: a test\nselect 1;\n");
    const { migrations } = readPortStatus([
      { product: bestays, folder: folderOf(bestays) },
      { product: realestate, folder: other.folder },
    ]);
    const odd = migrations.filter(({ next }) => next !== null);
    expect(odd.map(({ name, products, next }) => [name, products.realestate, next])).toEqual([
      [edited, "edited", "pnpm sync-migrations --check"],
      ["20990101_0900-theirs", "foreign", "pnpm sync-migrations --check"],
    ]);
  });

  it("shows every feature switch, whatever else differs, and why", () => {
    const facts = readFacts([bestays, { ...third, reasons: { "features.parking": "it has no ground" } }]);
    expect(facts.filter(({ differs }) => differs)).toEqual([
      {
        fact: "features.parking",
        products: { bestays: true, third: false },
        differs: true,
        reasons: { third: "it has no ground" },
      },
    ]);
    expect(facts.map(({ fact }) => fact)).toEqual(Object.keys(bestays.features).map((name) => `features.${name}`));
  });

  it("finds a reason for each difference of the products there are", () => {
    for (const { fact, differs, reasons } of readFacts(products))
      if (differs) expect(Object.keys(reasons), fact).not.toHaveLength(0);
  });
});
