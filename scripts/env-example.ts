// Writes every app's .env.example from the schema; `--check` only judges.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { envExample, products } from "@whitelabel/shared-config";

for (const product of products) {
  const file = `apps/${product.id}-api/.env.example`;
  const path = new URL(`../${file}`, import.meta.url);
  const text = envExample(product);

  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`${file} differs from the schema: run \`pnpm env:example\``);
    process.exitCode = 1;
  }
}
