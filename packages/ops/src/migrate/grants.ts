import { grants as declaredGrants } from "@whitelabel/shared-db";
import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";

/**
 * Makes the runtime role's rights in this database exactly the declared ones, whatever they were: everything is
 * revoked from it and from PUBLIC, then granted anew, in one transaction, so that no request in between is refused.
 */
export async function applyGrants(sql: Sql, role: string, grants = declaredGrants): Promise<void> {
  const [found] = await sql`
    select current_user = ${role} as is_itself, exists (select from pg_roles where rolname = ${role}) as is_there`;
  // One role for both, as somebody's own development server may have it: an owner's rights are not ours to cut.
  if (found?.is_itself) return;
  if (!found?.is_there) {
    throw new OpsError(`The runtime role ${role} does not exist on this server.`, "Provision the product first.");
  }
  const owned = await listOwned(sql);
  const tables = owned.filter(({ kind }) => kind === "table").map(({ name }) => name);

  // One message is one transaction. Names come from the catalogue, quoted by it, or from our own list.
  await sql
    .unsafe(
      [
        `revoke all on schema public from public, "${role}"`,
        `grant usage on schema public to "${role}"`,
        ...owned.map(({ kind, name }) => `revoke all on ${kind} ${name} from public, "${role}"`),
        ...Object.entries(grants)
          .filter(([table]) => tables.includes(table))
          .map(([table, privileges]) => `grant ${privileges.join(", ")} on ${table} to "${role}"`),
      ].join(";\n"),
    )
    .simple();
  await expectNoDdl(sql, role);
}

/** What the migrator owns in `public`. An extension's objects are the superuser's and stay as they are. */
async function listOwned(sql: Sql) {
  return sql<{ kind: "table" | "sequence" | "routine"; name: string }[]>`
    select case relkind when 'S' then 'sequence' else 'table' end as kind, quote_ident(relname) as name
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      and pg_has_role(relowner, 'usage')
    union all
    select 'routine', p.oid::regprocedure::text
    from pg_proc p
    where pronamespace = 'public'::regnamespace and pg_has_role(proowner, 'usage')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;
}

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
