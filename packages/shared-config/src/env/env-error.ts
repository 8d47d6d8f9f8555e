import type { Product } from "../products/define-product.ts";

/** One wrong variable. The text never holds the variable's value: it ends in logs and terminals. */
export type EnvProblem = Readonly<{ variable: string; problem: string }>;

/** Says everything that is wrong with an environment at once, one line each. */
export class EnvError extends Error {
  readonly problems: readonly EnvProblem[];

  constructor(product: Product, problems: readonly EnvProblem[]) {
    const lines = problems.map(({ variable, problem }) => `  ${variable}: ${problem}`);
    super([`The environment of ${product.id} is not valid:`, ...lines].join("\n"));
    this.name = "EnvError";
    this.problems = problems;
  }
}
