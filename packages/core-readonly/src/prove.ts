import type { Statements } from "@whitelabel/resilience/postgres";
import { coreColumnList } from "./columns.ts";
import { grantColumns, writesLargeObjects } from "./grants.ts";
import { granteeName, isUserSchema, reachableRoles, toUs, waysToWrite } from "./writable.ts";

export type CoreProof = Readonly<{
  /** Ways in which our role could change core. With a single one the app must not start. */
  problems: readonly string[];
  /** What only core's owner can close, each with the SQL that does. Names of objects only, never a value. */
  warnings: readonly string[];
}>;

type Sql = Pick<Statements, "query">;

/** Looks, on a live connection, for everything that our role may do beyond reading our columns. */
export async function proveReadOnly(sql: Sql): Promise<CoreProof> {
  const [problems, warnings] = await Promise.all([problemsOf(sql), warningsOf(sql)]);
  return { problems, warnings };
}

/** Ways in which our role could change core. One question, for a start waits for its answer. */
export async function problemsOf(sql: Sql): Promise<string[]> {
  return (await waysOf(sql)).map(toSentence);
}

export async function warningsOf(sql: Sql): Promise<string[]> {
  const asked = [writableSession, temporaryTables, largeObjects, moreColumns, definerFunctions];
  return (await Promise.all(asked.map((ask) => ask(sql)))).flat();
}

/** Our own role's name and the database's are parts of our URL, whose values no message shows. */
function waysOf(sql: Sql) {
  return sql.query<{ who: string; may: string; what: string }>(
    `${waysToWrite} select distinct case who when quote_ident(session_user) then 'our role' else who end as who, may, what
    from ways order by what, who, may`,
  );
}

const toSentence = ({ who, may, what }: { who: string; may: string; what: string }) =>
  /^(is|owns)/.test(may) ? `${who} ${may} ${what}` : `${who} has ${may} ${what}`;

async function writableSession(sql: Sql): Promise<string[]> {
  const [row] = await sql.query<{ is_on: boolean }>(
    "select current_setting('default_transaction_read_only') = 'on' as is_on",
  );
  if (row?.is_on) return [];
  return ["Our session does not start read-only: a pooler before core drops the setting."];
}

async function temporaryTables(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ close: string }>(`with ${reachableRoles}
    select format('revoke temporary on database %I from %s;', datname, string_agg(${granteeName}, ', ')) as close
    from pg_database cross join aclexplode(coalesce(datacl, acldefault('d', datdba))) as a
    where datname = current_database() and a.privilege_type = 'TEMPORARY' and ${toUs} group by datname`);
  return rows.map(({ close }) => `Our role can make temporary tables. ${close}`);
}

async function largeObjects(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ functions: string; who: string }>(
    `with ${reachableRoles}
    select string_agg(distinct format('pg_catalog.%I(%s)', proname, pg_get_function_identity_arguments(p.oid)), ', ') as functions,
      string_agg(distinct ${granteeName}, ', ') as who
    from pg_proc p cross join aclexplode(coalesce(proacl, acldefault('f', proowner))) as a
    where pronamespace = 'pg_catalog'::regnamespace and proname ~ $1 and ${toUs}`,
    [writesLargeObjects],
  );
  return rows
    .filter(({ functions }) => functions)
    .map(
      ({ functions, who }) => `Our role can make large objects. revoke execute on function ${functions} from ${who};`,
    );
}

async function moreColumns(sql: Sql): Promise<string[]> {
  const ours = coreColumnList.map(({ table, column }) => `public.${table}.${column}`);
  const rows = await sql.query<{
    relation: string;
    table: string | null;
    columns: string;
    who: string | null;
    us: string;
  }>(
    `with ${reachableRoles}
    select format('%I.%I', nspname, relname) as relation, case nspname when 'public' then relname end as table,
      string_agg(quote_ident(attname), ', ' order by attnum) as columns, quote_ident(session_user) as us,
      (select string_agg(distinct ${granteeName}, ', ')
        from (select relacl as acl union all select attacl from pg_attribute where attrelid = c.oid) as acls
        cross join aclexplode(acl) as a where a.privilege_type = 'SELECT' and ${toUs}) as who
    from pg_class c join pg_namespace n on n.oid = relnamespace join pg_attribute on attrelid = c.oid
    where relkind in ('r', 'p', 'v', 'm', 'f') and ${isUserSchema} and attnum > 0 and not attisdropped
      and nspname || '.' || relname || '.' || attname <> all ($1::text[])
      and exists (select from me
        where has_schema_privilege(me.oid, n.oid, 'USAGE') and has_column_privilege(me.oid, c.oid, attnum, 'SELECT'))
    group by c.oid, nspname, relname, relacl order by nspname, relname`,
    [ours],
  );
  return rows.map(({ relation, table, columns, who, us }) => {
    const close = who ? `revoke select on ${relation} from ${who};` : `revoke pg_read_all_data from ${us};`;
    const again = table ? grantColumns(table, us) : "";
    return `Our role can read more of ${relation} than our columns: ${columns}. ${[close, again].join(" ").trim()}`;
  });
}

/** They run with their owner's rights, so they may write whatever our role may not. */
async function definerFunctions(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ name: string; who: string }>(`with ${reachableRoles}
    select format('%I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(p.oid)) as name,
      string_agg(distinct ${granteeName}, ', ') as who
    from pg_proc p join pg_namespace n on n.oid = pronamespace
    cross join aclexplode(coalesce(proacl, acldefault('f', proowner))) as a
    where prosecdef and ${isUserSchema} and ${toUs}
      and exists (select from me where has_schema_privilege(me.oid, n.oid, 'USAGE'))
    group by p.oid, nspname, proname order by 1`);
  return rows.map(
    ({ name, who }) =>
      `Our role can call ${name} with its owner's rights. revoke execute on routine ${name} from ${who};`,
  );
}
