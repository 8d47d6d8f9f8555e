import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isCancel, select } from "@clack/prompts";
import { products } from "@whitelabel/shared-config";
import { Command } from "commander";
import { chooseProduct } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson } from "../cli/print.ts";
import { migrationsFolder, workspaceRoot } from "../dev/workspace.ts";
import { type Doubt, type Rename, readRename } from "./renames.ts";
import { noteMigration } from "./required-file.ts";

type Options = {
  product: string;
  empty?: boolean;
  rename: true | false | Rename[];
  breaking?: string;
  productOnly?: string;
  json?: boolean;
};

/** `pnpm migration:new <name>`: in the source product's folder; the others get it by sync. */
export function newMigrationCommand(): Command {
  return new Command("migration:new")
    .description("Writes a migration, its reverse and its meta from the difference between models and folder.")
    .argument("<name>", "what happens, such as create_tasks")
    .option("--product <product>", "whose folder", products[0]?.id)
    .option("--empty", "a pair of empty files, for SQL by hand")
    .option("--rename <old:new>", "table.old_column:new_column or old_table:new_table; again for more", collect)
    .option("--no-rename", "nothing is renamed: what is gone is dropped with its data")
    .option("--breaking <reason>", "code older than this cannot live with it")
    .option("--product-only <reason>", "it stays in this product")
    .option("--json", "for programs: one JSON document on stdout")
    .action(async (title: string, { product: id, empty = false, json, ...options }: Options) => {
      // drizzle-kit takes half a second to load, which no other command has to wait for.
      const { newMigration } = await import("./new-migration.ts");
      const product = chooseProduct(id);
      const { rename, breaking, productOnly } = options;
      const renames = Array.isArray(rename) ? rename : [];
      const written = await newMigration({
        folder: migrationsFolder(product),
        title,
        isEmpty: empty,
        header: [
          ...(productOnly ? [`-- product-only ${product.id}: ${productOnly}`] : []),
          ...(breaking ? [`-- breaking: ${breaking}`] : []),
        ],
        renames,
        decide: decider(rename === false),
      });
      const noted = note(written.name, { isBreaking: Boolean(breaking), isShared: !productOnly });
      if (json) return printJson({ ...written, required_migration: noted });
      process.stdout.write(`${written.files.map((file) => path.relative(workspaceRoot, file)).join("\n")}\n\n`);
      const next = productOnly
        ? `it stays in ${product.id}, and \`pnpm migrate ${product.id}\` applies it`
        : "`pnpm sync-migrations` brings it to the other products";
      process.stdout.write(`${noted}\n${empty ? "Write" : "Read"} the SQL; then ${next}.\n`);
      if (renames.length > 0 && !breaking) {
        process.stdout.write(
          "A rename breaks the code that runs now: do it in two releases (docs/migrations.md), or give --breaking.\n",
        );
      }
    });
}

const collect = (text: string, before: unknown) => [...(Array.isArray(before) ? before : []), readRename(text)];

/** Undefined where nobody can be asked: then it is refused, with the option to give. */
function decider(isNoRename: boolean): ((doubt: Doubt) => Promise<readonly Rename[]>) | undefined {
  if (isNoRename) return async () => [];
  return process.stdin.isTTY && process.stdout.isTTY ? ask : undefined;
}

async function ask({ table, gone, fresh }: Doubt): Promise<Rename[]> {
  const left = [...gone];
  const renames: Rename[] = [];
  for (const to of fresh) {
    if (left.length === 0) break;
    const from = await select<string>({
      message: `${table === undefined ? "The table" : `${table}:`} ${to} is new. Was it called something else before?`,
      options: [
        { value: "", label: "No: it is made, and what is gone is dropped with its data" },
        ...left.map((name) => ({ value: name, label: `It was ${name}` })),
      ],
    });
    if (isCancel(from)) throw new OpsError("Nothing was written.");
    if (from === "") continue;
    left.splice(left.indexOf(from), 1);
    renames.push({ table, from, to });
  }
  return renames;
}

/** The code says which migration it needs, so that no API serves from a database without it. */
function note(name: string, what: { isBreaking: boolean; isShared: boolean }): string {
  const file = path.join(workspaceRoot, "packages/shared-db/src/required-migration.ts");
  const before = readFileSync(file, "utf8");
  const after = noteMigration(before, name, what);
  if (after !== before) writeFileSync(file, after);
  const list = what.isBreaking ? `BREAKING_MIGRATIONS names ${name}` : `REQUIRED_MIGRATION is ${name}`;
  return after === before ? "packages/shared-db/src/required-migration.ts stays as it is." : `${list} now.`;
}
