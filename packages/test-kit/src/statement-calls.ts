import { asSuperuser } from "./copy-database.ts";
import { useStores } from "./stores.ts";

/**
 * How often each statement has been run in the database that a URL leads to, by the server's own statistics
 * (pg_stat_statements); the texts are as they were sent, with each constant as a parameter.
 */
export async function statementCalls(url: string): Promise<ReadonlyMap<string, number>> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const rows = await asSuperuser(useStores().superuserUrl, async (sql) => {
    return await sql<{ query: string; calls: number }[]>`
      select s.query, sum(s.calls)::integer as calls from pg_stat_statements s join pg_database d on d.oid = s.dbid
      where d.datname = ${name} group by s.query`;
  });
  return new Map(rows.map(({ query, calls }) => [query, calls]));
}
