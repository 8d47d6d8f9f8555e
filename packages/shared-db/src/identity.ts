import { StoreError, type StoreReason, storeErrorIn } from "@whitelabel/resilience";
import { type ConnectionCheck, openPool, type Pool } from "@whitelabel/resilience/postgres";
import { BREAKING_MIGRATIONS, REQUIRED_MIGRATION } from "./required-migration.ts";

/** What the server's refusal of the question means. Anything else is a server in trouble, not a wrong one. */
const meaning: Record<string, StoreReason> = {
  "42P01": "schema_behind", // no such table: never migrated
  "42501": "wrong_database", // not ours to read
  "42703": "wrong_database", // no such column: somebody else's table
};

/**
 * Whether this code can live with the migrations that a database has: it has the one that is needed, and none that
 * breaks code older than itself, but for those that this code knows. A ledger of the first runner has no such column.
 */
export const schemaFits = (required = REQUIRED_MIGRATION, known = BREAKING_MIGRATIONS): string => `
  exists (select from public.schema_migrations where name = '${required}' and applied_at is not null)
  and not exists (
    select from public.schema_migrations m
    where (to_jsonb(m) ->> 'is_breaking')::boolean and name <> all('{${known.join(",")}}')
  )`;

/**
 * What each new connection must show before it is used: the marker of this product, and a schema that fits. A server
 * that takes over the address is thus asked before a statement of ours reaches it.
 */
export function identityCheck(productId: string): ConnectionCheck {
  return {
    sql: `select (select product_id from public.app_meta) as product_id, ${schemaFits()} as fits`,
    refusal: ([row], failure) => {
      if (failure) return new StoreError("database", meaning[failure.code ?? ""] ?? "lost", { cause: failure });
      if (row?.product_id !== productId) return new StoreError("database", "wrong_database");
      // Behind, or with a breaking migration ahead: either way the two do not go together.
      return row.fits ? undefined : new StoreError("database", "schema_behind");
    },
  };
}

export type DatabaseState = "connected" | "disconnected" | "wrong_database" | "schema_behind";

/** One connection for proofs, which is not checked for the marker: the database is judged wherever the URL leads. */
export function openUnchecked(url: string): Pool {
  return openPool({ store: "database", url, max: 1, applicationName: "proof" });
}

/** What the check of each new connection would say, asked over one that is not checked. */
export async function proveIdentity(unchecked: Pick<Pool, "query">, productId: string): Promise<DatabaseState> {
  const { sql, refusal } = identityCheck(productId);
  try {
    const failure = refusal(await unchecked.query(sql), null);
    return failure ? stateAfter(failure) : "connected";
  } catch (error) {
    return stateAfter(storeErrorIn(error) ?? refusal([], error as Error));
  }
}

/** What a failure tells of the database. */
export function stateAfter(error: unknown): DatabaseState {
  const reason = storeErrorIn(error)?.reason;
  return reason === "wrong_database" || reason === "schema_behind" ? reason : "disconnected";
}
