import type { Product } from "../products/define-product.ts";
import { defaultsFor } from "./defaults.ts";
import { docOf, type VariableName, variableNames } from "./variables.ts";

/**
 * The text of `apps/<product>-api/.env.example`, from the schema's own descriptions: what a developer sets stands
 * there to be filled in, what has a default stands behind a `#`. No real key is in it.
 */
export function envExample(product: Product): string {
  const defaults: Partial<Record<VariableName, unknown>> = defaultsFor(product, "development");
  const entries = variableNames.map((name) => {
    const { about, isSecret, example } = docOf(name);
    const file = isSecret ? ` (or ${name}_FILE)` : "";
    const line = example ? `${name}=${example(product)}` : `# ${name}=${defaults[name] ?? ""}`;
    return `# ${about}${file}\n${line}\n`;
  });
  return [header(product), ...entries].join("\n");
}

const header = (product: Product) =>
  [
    `# ${product.name}: every variable of its API, for development. Written by scripts/env-example.ts.`,
    "# `pnpm dev` needs none of it. In production, put secrets into files and name them with NAME_FILE.",
    "",
  ].join("\n");
