import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dataDictionaryPage } from "@whitelabel/ops";
import { readArguments } from "./read-arguments.ts";

const help = `pnpm data-dictionary [--check]

Writes docs/data-dictionary.md from the models and their dictionary; --check only judges, with exit code 1 if they differ.`;
const { values } = readArguments(help, { options: { check: { type: "boolean" } } });

const file = "docs/data-dictionary.md";
const path = new URL(`../${file}`, import.meta.url);
const text = dataDictionaryPage();

if (!values.check) writeFileSync(path, text);
else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
  console.error(`${file} differs from the models: run \`pnpm data-dictionary\``);
  process.exitCode = 1;
}
