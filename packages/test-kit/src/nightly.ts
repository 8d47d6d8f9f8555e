import { type Product, products } from "@whitelabel/shared-config";

/** Whether this run has the full counts, as `pnpm test:nightly` does; docs/testing.md has the table. */
export const isNightly = process.env.NIGHTLY === "1";

/**
 * For a suite over whole processes, which are the same code in every product: one product in each run, every product at
 * night. Suites give different turns, so that each product has its share of them. Not for what keeps products apart.
 */
export function productsOfTheDay(turn: number): readonly Product[] {
  const first = turn % products.length;
  return isNightly ? products : products.slice(first, first + 1);
}
