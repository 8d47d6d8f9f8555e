import type { Product } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { environmentOf } from "../dev/environment.ts";
import { overridesOf, prefixed, readSecret } from "../dev/product-env.ts";
import { readDevState } from "../dev/state.ts";

type Source = Record<string, string | undefined>;

/**
 * Where a product's database is, as its migrator's role: BESTAYS_MIGRATION_DATABASE_URL; for a command over one
 * product plain MIGRATION_DATABASE_URL too; outside production DATABASE_URL in their place, as for the app; at last
 * what `pnpm dev` made.
 */
export function migrationUrlOf(
  product: Product,
  { isOnly, source = process.env }: { isOnly: boolean; source?: Source },
) {
  const own = overridesOf(product, source);
  const plain = isOnly ? source : {};
  const named = readSecret(own, "MIGRATION_DATABASE_URL") ?? readSecret(plain, "MIGRATION_DATABASE_URL");
  if (named) return named;

  const isProduction = environmentOf(product, source) === "production";
  const fallback = isProduction ? undefined : (readSecret(own, "DATABASE_URL") ?? readSecret(plain, "DATABASE_URL"));
  const url = fallback ?? (isProduction ? undefined : readDevState()?.products[product.id]?.migration_database_url);
  if (url) return url;
  throw new OpsError(
    `Nobody said where the database of ${product.id} is.`,
    `Set ${prefixed(product, "MIGRATION_DATABASE_URL")}${isProduction ? "" : ", or run `pnpm dev` once"}.`,
  );
}
