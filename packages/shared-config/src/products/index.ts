import { bestays } from "./bestays.ts";
import type { Product } from "./define-product.ts";
import { realestate } from "./realestate.ts";

/** Every product there is: scripts, provisioning and tests loop over this list. */
export const products: readonly Product[] = [bestays, realestate];

export function findProduct(id: string): Product | undefined {
  return products.find((product) => product.id === id);
}

export { bestays, realestate };
