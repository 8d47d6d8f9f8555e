import { grants as declaredGrants, type Privilege } from "@whitelabel/shared-db";
import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { expectLock, isLostLock } from "./lock.ts";

export type Grants = Readonly<Record<string, readonly Privilege[]>>;

/**
 * Makes the runtime role's rights in this database exactly the declared ones, whatever they were: everything is
 * revoked from it and from PUBLIC, then granted anew, in one statement, so that no request in between is refused.
 * The text depends on no catalogue, so that a plan can show it before there is a table.
 */
export const grantsSql = (role: string, grants: Grants = declaredGrants): string => `
do $grants$
declare o record;
begin
  revoke all on schema public from public, "${role}";
  grant usage on schema public to "${role}";
  for o in ${owned}
  loop
    execute format('revoke all on %s %s from public, %I', o.kind, o.name, '${role}');
  end loop;
${Object.entries(grants)
  .map(
    ([table, privileges]) =>
      `  if to_regclass('public.${table}') is not null then ` +
      `grant ${privileges.join(", ")} on public.${table} to "${role}"; end if;`,
  )
  .join("\n")}
end $grants$;
`;

/**
 * Applies the grants, unless they are as they should be. Returns whether it had to. Only in the session that holds the
 * migration lock: another would take away what a migrator of newer code has just granted.
 */
export async function applyGrants(sql: Sql, role: string, grants: Grants = declaredGrants): Promise<boolean> {
  if (await areGranted(sql, role, grants)) return false;
  try {
    await sql.unsafe(expectLock + grantsSql(role, grants)).simple();
  } catch (cause) {
    if (!isLostLock(cause)) throw cause;
    throw new OpsError(
      `The connection was lost before the rights of ${role} were set; what was applied before stays applied.`,
      "Run `pnpm migrate` again: it sets them.",
      { cause },
    );
  }
  await expectNoDdl(sql, role);
  return true;
}

/** Whether the runtime role and PUBLIC have just the declared rights. Reads only. */
export async function areGranted(sql: Sql, role: string, grants: Grants = declaredGrants): Promise<boolean> {
  const [found] = await sql`
    select current_user = ${role} as is_itself, (select oid from pg_roles where rolname = ${role}) as oid,
      (select has_schema_privilege(oid, 'public', 'create') from pg_roles where rolname = ${role}) as creates`;
  // One role for both, as somebody's own development server may have it: an owner's rights are not ours to cut.
  if (found?.is_itself) return true;
  if (!found?.oid) {
    throw new OpsError(`The runtime role ${role} does not exist on this server.`, "Provision the product first.");
  }
  if (found.creates) return false;
  const rows = await sql.unsafe<{ kind: string; name: string; held: string }[]>(held, [found.oid]);
  return rows.every(
    ({ kind, name, held }) =>
      held.split(",").filter(Boolean).sort().join() === expected(kind, name, grants).sort().join(),
  );
}

function expected(kind: string, name: string, grants: Grants): string[] {
  if (kind === "schema") return ["USAGE"];
  return kind === "table" && Object.hasOwn(grants, name) ? [...(grants[name] ?? [])] : [];
}

// What the migrator owns in `public`. An extension's objects are the superuser's and stay as they are.
const owned = `
    select case relkind when 'S' then 'sequence' else 'table' end as kind, 'public.' || quote_ident(relname) as name,
      relname as plain_name, coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner)) as acl,
      oid as table_oid
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      and pg_has_role(relowner, 'usage')
    union all
    select 'routine', p.oid::regprocedure::text, p.proname, coalesce(proacl, acldefault('f', proowner)), null
    from pg_proc p
    where pronamespace = 'public'::regnamespace and pg_has_role(proowner, 'usage')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;

// The rights of the role ($1) and of PUBLIC, which is 0; PUBLIC's and those that may be passed on are marked as odd.
const held = `
  select o.kind, o.plain_name as name, array_to_string(array(
    select case when grantee = 0 then 'PUBLIC ' else '' end || privilege_type
      || case when is_grantable then ' WITH GRANT OPTION' else '' end
    from aclexplode(o.acl) where grantee in (0, $1::oid)
    union
    select 'COLUMN ' || attname from pg_attribute cross join lateral aclexplode(attacl)
    where attrelid = o.table_oid and attacl is not null and grantee in (0, $1::oid)
  ), ',') as held
  from (${owned}
    union all
    select 'schema', 'public', 'public', coalesce(nspacl, acldefault('n', nspowner)), null
    from pg_namespace where nspname = 'public'
  ) o`;

async function expectNoDdl(sql: Sql, role: string): Promise<void> {
  const [right] = await sql`
    select has_schema_privilege(${role}, 'public', 'create') as creates, has_schema_privilege(${role}, 'public', 'usage') as uses`;
  if (right?.creates || !right?.uses) {
    throw new OpsError(
      `The runtime role ${role} ${right?.creates ? "may create tables" : "cannot use the schema public"} in this database.`,
      "The schema public must belong to the migrator's role: provision the product again.",
    );
  }
}
