import { type EnvironmentName, environments, type Product } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { prefixed } from "./product-env.ts";

type Source = Record<string, string | undefined>;

/**
 * The environment that ENVIRONMENT and the product's own, BESTAYS_ENVIRONMENT, name: the one nearer production where
 * they differ, undefined where neither is set. A word that is none of ours is refused, for it may mean production.
 */
export function environmentOf(product: Product, source: Source = process.env): EnvironmentName | undefined {
  const named = ["ENVIRONMENT", prefixed(product, "ENVIRONMENT")].flatMap((variable) => {
    const word = source[variable]?.trim();
    if (!word) return [];
    const known = environments.find((one) => one === word);
    if (!known) throw new OpsError(`${variable} is none of ${environments.join(", ")}.`);
    return [known];
  });
  return environments.findLast((environment) => named.includes(environment));
}

/** For what belongs to development and tests alone. */
export function refuseDeployed(
  environment: EnvironmentName | undefined,
  { what, next }: { what: string; next: string },
): void {
  if (environment !== "staging" && environment !== "production") return;
  throw new OpsError(`${what} refused in ${environment}; nothing was changed.`, next);
}
