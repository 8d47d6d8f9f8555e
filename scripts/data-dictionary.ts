// Writes docs/data-dictionary.md from the models and their dictionary; `--check` only judges.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dataDictionaryPage } from "@whitelabel/ops";

const file = "docs/data-dictionary.md";
const path = new URL(`../${file}`, import.meta.url);
const text = dataDictionaryPage();

if (!process.argv.includes("--check")) writeFileSync(path, text);
else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
  console.error(`${file} differs from the models: run \`pnpm data-dictionary\``);
  process.exitCode = 1;
}
