import { StoreError, type StoreReason } from "@whitelabel/resilience";
import type { ConnectionCheck } from "@whitelabel/resilience/postgres";
import { REQUIRED_MIGRATION } from "./required-migration.ts";

/** What the server's refusal of the question means. Anything else is a server in trouble, not a wrong one. */
const meaning: Record<string, StoreReason> = {
  "42P01": "schema_behind", // no such table: never migrated
  "42501": "wrong_database", // not ours to read
  "42703": "wrong_database", // no such column: somebody else's table
};

/**
 * What each new connection must show before it is used: the marker of this product, and the newest migration that
 * this code needs. A server that takes over the address is thus asked before a statement of ours reaches it.
 */
export function identityCheck(productId: string): ConnectionCheck {
  return {
    sql: `select (select product_id from public.app_meta) as product_id,
      exists (select from public.schema_migrations where name = '${REQUIRED_MIGRATION}') as is_current`,
    refusal: ([row], failure) => {
      if (failure) return new StoreError("database", meaning[failure.code ?? ""] ?? "lost", { cause: failure });
      if (row?.product_id !== productId) return new StoreError("database", "wrong_database");
      return row.is_current ? undefined : new StoreError("database", "schema_behind");
    },
  };
}
