import { findProduct, type Product, products } from "@whitelabel/shared-config";
import { type Command, Option } from "commander";
import { OpsError } from "./ops-error.ts";

const ids = products.map(({ id }) => id).join(", ");

/** Adds what every command over products takes: `<product>` or `--all`. */
export function withProducts(program: Command): Command {
  return program.argument("[product]", `which product: ${ids}`).addOption(new Option("--all", "every product"));
}

export function chooseProducts(id: string | undefined, { all }: { all?: boolean }): readonly Product[] {
  if (all && id !== undefined) throw new OpsError(`Either a product or --all, not both.`, `The products are: ${ids}.`);
  if (all) return products;
  if (id === undefined) throw new OpsError("Which product?", `Name one of ${ids}, or give --all.`);
  return [chooseProduct(id)];
}

export function chooseProduct(id: string): Product {
  const product = findProduct(id);
  if (!product) throw new OpsError(`There is no product "${id}".`, `The products are: ${ids}.`);
  return product;
}
