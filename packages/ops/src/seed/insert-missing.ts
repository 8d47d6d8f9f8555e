import type { TransactionSql } from "postgres";

/**
 * Inserts the rows that are not there yet, in one statement, and returns those inserted. What is there stays as it
 * is: a developer's change to a seeded row outlives the next start.
 */
export async function insertMissing<Added extends object = Record<string, unknown>>(
  tx: TransactionSql,
  table: string,
  rows: readonly object[],
): Promise<Added[]> {
  const [first] = rows;
  if (!first) return [];
  const columns = tx(Object.keys(first));
  // json_populate_recordset reads the table's own types, jsonb and instants among them.
  return tx<Added[]>`
    insert into ${tx(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${tx(table)}, ${JSON.stringify(rows)}::text::json)
    on conflict do nothing
    returning *`;
}
