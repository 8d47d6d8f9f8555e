import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateClient, type OpenApiDocument } from "@whitelabel/api-client/generate";
import { describeApi } from "@whitelabel/shared-api";
import { products } from "@whitelabel/shared-config";
import { readArguments } from "./read-arguments.ts";

const root = join(import.meta.dirname, "..");
const file = "packages/api-client/src/generated.ts";

/** The client's generated part as the API is now. */
export async function clientText(): Promise<string> {
  const text = generateClient((await describeApi(products)) as OpenApiDocument);
  const biome = join(root, "node_modules/.bin/biome");
  return execFileSync(biome, ["format", `--stdin-file-path=${file}`], { cwd: root, input: text, encoding: "utf8" });
}

if (import.meta.main) {
  const help = `pnpm client:generate [--check]

Writes the part of the client that follows the API, ${file}, from the OpenAPI document.
--check only judges, with exit code 1 if the file is not what the API is now.`;
  const { values } = readArguments(help, { options: { check: { type: "boolean" } } });
  const text = await clientText();

  if (!values.check) writeFileSync(join(root, file), text);
  else if (readFileSync(join(root, file), "utf8") !== text) {
    console.error(`${file} is not what the API is now: run \`pnpm client:generate\``);
    process.exitCode = 1;
  }
}
