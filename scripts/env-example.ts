import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { envExample, products } from "@whitelabel/shared-config";
import { readArguments } from "./read-arguments.ts";

const help = `pnpm env:example [--check]

Writes every app's .env.example from the schema; --check only judges, with exit code 1 if they differ.`;
const { values } = readArguments(help, { options: { check: { type: "boolean" } } });

for (const product of products) {
  const file = `apps/${product.id}-api/.env.example`;
  const path = new URL(`../${file}`, import.meta.url);
  const text = envExample(product);

  if (!values.check) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`${file} differs from the schema: run \`pnpm env:example\``);
    process.exitCode = 1;
  }
}
