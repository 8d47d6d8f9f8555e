import { findProduct, type Product, products } from "@whitelabel/shared-config";
import { type Command, Option } from "commander";
import { OpsError } from "./ops-error.ts";

/** The ids of every product, as help and errors name them. */
export const productIds = products.map(({ id }) => id).join(", ");

/** Adds what every command over products takes: `<product>` or `--all`. */
export function withProducts(program: Command): Command {
  return program.argument("[product]", `which product: ${productIds}`).addOption(new Option("--all", "every product"));
}

export function chooseProducts(id: string | undefined, { all }: { all?: boolean }): readonly Product[] {
  if (all && id !== undefined)
    throw new OpsError(`Either a product or --all, not both.`, `The products are: ${productIds}.`);
  if (all) return products;
  if (id === undefined) throw new OpsError("Which product?", `Name one of ${productIds}, or give --all.`);
  return [chooseProduct(id)];
}

export function chooseProduct(id: string): Product {
  const product = findProduct(id);
  if (!product) throw new OpsError(`There is no product "${id}".`, `The products are: ${productIds}.`);
  return product;
}
