import { asSuperuser } from "./copy-database.ts";

/** Every row of every table as text, with the table's name before it: for sweeps, and to see that nothing changed. */
export async function dumpDatabase(url: string): Promise<string> {
  return await asSuperuser(url, async (sql) => {
    const tables = await sql<{ schema: string; name: string }[]>`
      select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      order by 1, 2`;
    const lines: string[] = [];
    for (const { schema, name } of tables) {
      // Through a subquery, for a sequence has no row of its own type.
      const rows = await sql<{ row: string }[]>`
        select t::text as row from (select * from ${sql(schema)}.${sql(name)}) t order by 1`;
      lines.push(`${schema}.${name}: ${rows.length}`, ...rows.map(({ row }) => row));
    }
    return lines.join("\n");
  });
}
