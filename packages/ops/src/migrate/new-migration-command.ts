import path from "node:path";
import { products } from "@whitelabel/shared-config";
import { Command } from "commander";
import { chooseProduct } from "../cli/choose-products.ts";
import { printJson } from "../cli/print.ts";
import { migrationsFolder, workspaceRoot } from "../dev/workspace.ts";

type Options = { product: string; empty?: boolean; json?: boolean };

/** `pnpm migration:new <name>`: in the source product's folder; the others get it by sync. */
export function newMigrationCommand(): Command {
  return new Command("migration:new")
    .description("Writes a migration, its reverse and its meta from the difference between models and folder.")
    .argument("<name>", "what happens, such as create_tasks")
    .option("--product <product>", "whose folder", products[0]?.id)
    .option("--empty", "a pair of empty files, for SQL by hand")
    .option("--json", "for programs: one JSON document")
    .action(async (title: string, { product, empty = false, json }: Options) => {
      // drizzle-kit takes half a second to load, which no other command has to wait for.
      const { newMigration } = await import("./new-migration.ts");
      const written = await newMigration({ folder: migrationsFolder(chooseProduct(product)), title, isEmpty: empty });
      if (json) return printJson(written);
      process.stdout.write(`${written.files.map((file) => path.relative(workspaceRoot, file)).join("\n")}\n\n`);
      process.stdout.write(`Read the SQL, then set REQUIRED_MIGRATION to ${written.name} if the code needs it.\n`);
    });
}
