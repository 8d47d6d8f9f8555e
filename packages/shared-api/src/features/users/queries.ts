import type { Database, Statements } from "@whitelabel/shared-db";
import type { Values } from "../../http/cursor.ts";
import { conditions, containing } from "../../writes/conditions.ts";
import type { ListUsers, UserItem } from "./schemas.ts";

/** An account with what its own callers need not see. */
export type FoundUser = UserItem & Readonly<{ clerk_user_id: string; deleted_at: string | null }>;

const columns = "u.id, u.email, u.display_name, u.role, u.is_active, u.created_at, u.updated_at, u.version";
const branches =
  "array(select property_id from staff_assignments where user_id = u.id order by property_id) as property_ids";

/** Newest first, after a position; one more than `limit`, so that the caller sees whether there are more. */
export function listUsers({ query }: Database, filters: ListUsers, after: Values | undefined): Promise<UserItem[]> {
  const { role, is_active, property_id, q, limit } = filters;
  const where = conditions();
  const { param } = where;
  where.add("u.deleted_at is null");
  if (role) where.add(`u.role = ${param(role)}`);
  if (is_active !== undefined) where.add(`u.is_active = ${param(is_active)}`);
  if (property_id) {
    where.add(`u.id in (select user_id from staff_assignments where property_id = ${param(property_id)})`);
  }
  if (q) {
    const pattern = param(containing(q));
    where.add(`(u.email ilike ${pattern} or u.display_name ilike ${pattern})`);
  }
  if (after) where.add(`u.id < ${param(after[0])}`);
  return query<UserItem>(
    `select ${columns}, ${branches} from users u where ${where.text()} order by u.id desc limit ${param(limit + 1)}`,
    where.params,
  );
}

export async function findUserById({ query }: Database, id: number): Promise<FoundUser | undefined> {
  const [user] = await query<FoundUser>(findById, [id]);
  return user;
}

const findById = `select ${columns}, u.clerk_user_id, u.deleted_at, ${branches} from users u where u.id = $1`;

export type LockedUser = Omit<FoundUser, "property_ids">;

/**
 * These users and every active admin, as they are now, until the transaction ends. Always in the order of ids, so that
 * two admins who demote each other wait for one another and the second sees what the first has done. Rows that refer to
 * theirs can be written meanwhile.
 */
export function lockWithAdmins(tx: Statements, ids: readonly number[]): Promise<LockedUser[]> {
  return tx.query<LockedUser>(lock, [ids]);
}

const lock = `select ${columns}, u.clerk_user_id, u.deleted_at from users u
  where u.id = any($1::integer[]) or (u.role = 'admin' and u.is_active and u.deleted_at is null)
  order by u.id for no key update`;

/** Asked for apart from the lock: a statement that waited for a row still sees other tables as they were before. */
export async function branchesOf(tx: Statements, userId: number): Promise<string[]> {
  const rows = await tx.sql<{ property_id: string }>`
    select property_id from staff_assignments where user_id = ${userId}`;
  return rows.map(({ property_id }) => property_id).sort();
}

export async function assignBranches(tx: Statements, userId: number, propertyIds: readonly string[]): Promise<void> {
  await tx.sql`
    delete from staff_assignments where user_id = ${userId} and property_id <> all(${propertyIds}::text[])`;
  await tx.sql`
    insert into staff_assignments (user_id, property_id)
    select ${userId}::integer, property_id from unnest(${propertyIds}::text[]) as given(property_id)
    on conflict do nothing`;
}
