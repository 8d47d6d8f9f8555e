import { openPool, type Pool, type PoolOptions } from "@whitelabel/resilience/postgres";
import { type DatabaseState, identityCheck, schemaFits, stateAfter } from "./identity.ts";

export type DatabaseOptions = Readonly<{
  url: string;
  /** Whose database this must be; another product's is refused on every connection. */
  productId: string;
  max: number;
  prePing?: boolean;
  deadlineMs?: number;
  applicationName?: string;
  onQuery?: ((text: string) => void) | undefined;
  onAnswer?: PoolOptions["onAnswer"];
  onFailure?: PoolOptions["onFailure"];
  onChange?: PoolOptions["onChange"];
}>;

export type DatabaseHealth = Readonly<{
  database: DatabaseState;
  /** The newest applied migration. */
  schema_version: string | null;
}>;

export type Database = Pick<
  Pool,
  "sql" | "query" | "values" | "transaction" | "state" | "reason" | "connections" | "close"
> &
  Readonly<{ pool: Pool; health(): Promise<DatabaseHealth> }>;

/** The product's own database. Connects when first used; every failure of the store is a StoreError "database". */
export function openDatabase({ productId, ...options }: DatabaseOptions): Database {
  const pool = openPool({ ...(options as PoolOptions), store: "database", check: identityCheck(productId) });
  return {
    pool,
    sql: pool.sql,
    query: pool.query,
    values: pool.values,
    transaction: pool.transaction,
    state: pool.state,
    reason: pool.reason,
    connections: pool.connections,
    close: pool.close,
    health: () => healthOf(pool),
  };
}

/** Asks for the schema anew: a breaking migration may have been applied under the connections that are open. */
async function healthOf(pool: Pool): Promise<DatabaseHealth> {
  try {
    const [row] = await pool.query<{ schema_version: string | null; fits: boolean }>(`
      select ${schemaFits()} as fits,
        (select name from public.schema_migrations where applied_at is not null order by name desc limit 1) as schema_version`);
    if (!row?.fits) return { database: "schema_behind", schema_version: null };
    return { database: "connected", schema_version: row.schema_version };
  } catch (error) {
    return { database: stateAfter(error), schema_version: null };
  }
}
