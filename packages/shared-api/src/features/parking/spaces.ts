import type { Database, Statements } from "@whitelabel/shared-db";
import { uuidv7 } from "uuidv7";
import type { Caller } from "../../auth/caller.ts";
import { AppError } from "../../http/app-error.ts";
import { sqlStateOf, UNIQUE_VIOLATION } from "../../http/sql-state.ts";
import { change } from "../../writes/change.ts";
import { conditions } from "../../writes/conditions.ts";
import type { Scope } from "../front-desk/branches.ts";
import type { Period } from "./period.ts";
import type { AvailableSpace, NewSpace, Space, SpacePatch, SpaceQuery } from "./schemas.ts";

const columns = "id, property_id, label, kind, is_active, created_at, updated_at, version";

/** Branches as a parameter: null is all of them. */
export const branchesIn = (scope: Scope) => (scope === "*" ? null : scope);

export type SpacePosition = Readonly<{ property_id: string; label: string; id: string }>;

/** By branch and label; one more than `limit`. */
export function listSpaces(
  { query }: Database,
  scope: Scope,
  filters: SpaceQuery,
  after: SpacePosition | undefined,
): Promise<Space[]> {
  const where = conditions();
  const { param } = where;
  where.add(`(${param(branchesIn(scope))}::text[] is null or property_id = any($1))`);
  if (filters.property_id !== undefined) where.add(`property_id = ${param(filters.property_id)}`);
  if (filters.kind !== undefined) where.add(`kind = ${param(filters.kind)}`);
  if (filters.is_active !== undefined) where.add(`is_active = ${param(filters.is_active)}`);
  if (after) {
    const { property_id, label, id } = after;
    where.add(`(property_id, label, id) > (${param(property_id)}, ${param(label)}, ${param(id)}::uuid)`);
  }
  return query<Space>(
    `select ${columns} from parking_spaces where ${where.text()}
    order by property_id, label, id limit ${param(filters.limit + 1)}`,
    where.params,
  );
}

export async function findSpace({ sql }: Statements, scope: Scope, id: string): Promise<Space | undefined> {
  const [space] = await sql<Space>`
    select id, property_id, label, kind, is_active, created_at, updated_at, version from parking_spaces
    where id = ${id} and (${branchesIn(scope)}::text[] is null or property_id = any(${branchesIn(scope)}))`;
  return space;
}

const audit = (what: string, changed_fields: readonly string[]) => ({
  action: `parking_space.${what}`,
  entity: "parking_spaces",
  changed_fields,
});
const event = (what: string) => ({ kind: `parking_space.${what}`, entity: "parking_space" });

export async function insertSpace(to: Statements, caller: Caller, space: NewSpace): Promise<Space> {
  const made = await withOwnLabel(() =>
    change<Space>(to, caller, {
      text: `insert into parking_spaces (id, property_id, label, kind) values ($1, $2, $3, $4) returning ${columns}`,
      params: [uuidv7(), space.property_id, space.label, space.kind],
      audit: audit("created", ["property_id", "label", "kind"]),
      event: event("created"),
    }),
  );
  if (!made) throw new Error("A parking space was made and is not there");
  return made;
}

/** Undefined if it is not there, or not in this version. */
export function updateSpace(
  to: Statements,
  caller: Caller,
  { id, scope, version }: Readonly<{ id: string; scope: Scope; version: number | null }>,
  { label, kind, is_active }: SpacePatch,
): Promise<Space | undefined> {
  const given = Object.entries({ label, kind, is_active }).filter(([, value]) => value !== undefined);
  return withOwnLabel(() =>
    change<Space>(to, caller, {
      text: `update parking_spaces set label = coalesce($4::text, label), kind = coalesce($5::text, kind),
        is_active = coalesce($6::boolean, is_active)
        where id = $1 and ($2::text[] is null or property_id = any($2)) and ($3::integer is null or version = $3)
        returning ${columns}`,
      params: [id, branchesIn(scope), version, label ?? null, kind ?? null, is_active ?? null],
      audit: audit(
        "updated",
        given.map(([name]) => name),
      ),
      event: event("updated"),
    }),
  );
}

async function withOwnLabel<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== UNIQUE_VIOLATION) throw error;
    throw new AppError("conflict", "The branch has a space with this label");
  }
}

/** A branch's spaces that are let, each with whether it is free for the whole period. */
export function listAvailability(
  { sql }: Database,
  property_id: string,
  { from, to }: Period,
  kind: string | undefined,
): Promise<AvailableSpace[]> {
  return sql<AvailableSpace>`
    select id, label, kind,
      not exists (
        select from parking_reservations r where r.space_id = s.id and r.state in ('reserved', 'arrived')
          and r.period && tstzrange(${from}::timestamptz, ${to}::timestamptz)) as is_available,
      exists (select from parking_reservations r where r.space_id = s.id and r.state = 'arrived') as is_occupied
    from parking_spaces s
    where property_id = ${property_id} and is_active and (${kind ?? null}::text is null or kind = ${kind ?? null}::text)
    order by label, id limit 1000`;
}
