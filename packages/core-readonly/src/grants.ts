import { type CoreTable, coreColumns } from "./columns.ts";

/**
 * What core's owner runs, in core's database, to give our reader exactly our columns. Running it again changes
 * nothing, or takes back what an older list gave too much. The role itself must exist.
 */
export function coreGrantsSql(role: string): string {
  const reader = quoteName(role);
  const tables = Object.keys(coreColumns) as CoreTable[];
  return `-- Rights of ${reader.replace(/\s/g, " ")} in core: reading the columns below and nothing else.
-- Run it as the owner of core's database and tables, at once: psql --single-transaction --file <this file>
-- The role, made beforehand by somebody who may:
--   create role ${reader.replace(/\s/g, " ")} login password '…' nosuperuser nocreatedb nocreaterole noreplication nobypassrls
--     connection limit 25; -- 5 connections × products × replicas

-- Nobody makes temporary tables here unless named. Give it back by name to a role that needs it.
do $$ begin
  execute format('revoke temporary on database %I from public', current_database());
  execute format('revoke all on database %I from %I', current_database(), ${quoteText(role)});
  execute format('grant connect on database %I to %I', current_database(), ${quoteText(role)});
end $$;

revoke create on schema public from public;
revoke all on schema public from ${reader};
grant usage on schema public to ${reader};

${tables.map((table) => `revoke all on public.${table} from ${reader};\n${grantColumns(table, reader)}`).join("\n\n")}

-- Large objects: only a superuser can take these from everybody. Without it the app starts and warns.
do $$ declare function regprocedure; begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    raise notice 'Not a superuser: the functions of large objects stay open to everybody';
    return;
  end if;
  for function in select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace
    and proname ~ '${writesLargeObjects}'
  loop
    execute format('revoke execute on function %s from public', function);
  end loop;
end $$;
`;
}

/** Functions that make or change large objects; PUBLIC may call most of them by default. */
export const writesLargeObjects = "^(lo_(creat|create|from_bytea|import|put|truncate|truncate64|unlink)|lowrite)$";

/** The grant of our columns of one table; empty for a table that is not ours. `reader` is quoted already. */
export function grantColumns(table: string, reader: string): string {
  if (!Object.hasOwn(coreColumns, table)) return "";
  return `grant select (${Object.keys(coreColumns[table as CoreTable]).join(", ")})\n  on public.${table} to ${reader};`;
}

const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;
const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`;
