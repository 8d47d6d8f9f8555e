import { readFileSync } from "node:fs";
import type { Product } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { overridesOf } from "../dev/product-env.ts";
import { readDevState } from "../dev/state.ts";

/** Where core is for a product, as its reader: the product's own variable, the app's, or what `pnpm dev` made. */
export function coreUrlOf(product: Product): string {
  const own = overridesOf(product);
  const file = own.CORE_DATABASE_URL_RO_FILE ?? process.env.CORE_DATABASE_URL_RO_FILE;
  const url =
    own.CORE_DATABASE_URL_RO ||
    process.env.CORE_DATABASE_URL_RO ||
    (file && readFileSync(file, "utf8").trim()) ||
    (process.env.ENVIRONMENT === "production" ? "" : readDevState()?.products[product.id]?.core_database_url_ro);
  if (url) return url.replace(/^postgres(ql)?(\+\w+)?:/, "postgres:");
  throw new OpsError(
    `Nobody said where core is for ${product.id}.`,
    `Set ${product.id.toUpperCase()}_CORE_DATABASE_URL_RO, or run \`pnpm dev\` once.`,
  );
}
