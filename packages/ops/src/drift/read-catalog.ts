import type { Product } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { catalogSql } from "./catalog-sql.ts";

export type Kind =
  | "extension"
  | "schema"
  | "server"
  | "type"
  | "sequence"
  | "table"
  | "column"
  | "constraint"
  | "index"
  | "view"
  | "function"
  | "trigger"
  | "policy"
  | "grant"
  | "comment";

/** One object of a database: what can be said of it, each fact as text. */
export type Part = Readonly<{ kind: Kind; name: string; is: Readonly<Record<string, string>> }>;

/** Everything in a database by kind and name, such as `column users.email`. The order of columns is not in it. */
export type Catalog = ReadonlyMap<string, Part>;

/** The runner's own tables, which no migration makes. */
export const runnersTables: readonly string[] = ["app_meta", "schema_migrations"];

/** What an earlier keeper of the database wrote down for itself, and `db:adopt` leaves alone: Alembic's table. */
export const residue = "alembic_version";

/**
 * Reads the catalogues. What extensions brought is theirs and left out; the product's roles get names that every
 * product shares, so that two products can be compared. The connection's search_path must be `public`.
 */
export async function readCatalog(sql: Sql, { runtimeRole, migratorRole }: Product): Promise<Catalog> {
  const [me] = await sql`select current_user as name`;
  const named: Record<string, string> = { [runtimeRole]: "the runtime role", PUBLIC: "everybody" };
  // The name last: one role for both, as somebody's own server may have it, is its owner first.
  for (const role of [migratorRole, me?.name as string]) named[role] = "the migrator";
  const rows =
    await sql.unsafe<{ kind: Kind; name: string; is: Record<string, string>; role: string | null }[]>(catalogSql);
  const parts = rows.map(({ kind, name, is, role }): Part => {
    const owner = is.owner === undefined ? {} : { owner: named[is.owner] ?? is.owner };
    return { kind, name: role === null ? name : `${name} to ${named[role] ?? role}`, is: { ...is, ...owner } };
  });
  return new Map(parts.map((part) => [`${part.kind} ${part.name}`, part]));
}

/** Without the table that an earlier keeper left, and whether there was one. */
export function withoutResidue(catalog: Catalog): { catalog: Catalog; hasResidue: boolean } {
  const isResidue = ({ name }: Part) => name.split(/[. ]/, 1)[0] === residue;
  return {
    catalog: new Map([...catalog].filter(([, part]) => !isResidue(part))),
    hasResidue: catalog.has(`table ${residue}`),
  };
}

/** The table that a part belongs to; undefined for one that belongs to none. */
export function tableOf({ kind, name }: Part): string | undefined {
  if (kind === "table") return name;
  if (["column", "constraint", "trigger", "policy"].includes(kind)) return name.slice(0, name.lastIndexOf("."));
  return undefined;
}
