import type { Database } from "@whitelabel/shared-db";
import { uuidv7 } from "uuidv7";
import type { CurrentUser } from "./current-user.ts";

/** The row of a Clerk user, with the branches assigned to them. */
export async function findUser({ sql }: Database, clerkUserId: string): Promise<CurrentUser | undefined> {
  const [user] = await sql<CurrentUser>`
    select id, clerk_user_id, email, display_name, role, is_active, deleted_at, promoted_at is not null as was_promoted,
      created_at, updated_at, version,
      array(select property_id from staff_assignments where user_id = users.id order by property_id) as property_ids
    from users where clerk_user_id = ${clerkUserId}`;
  return user;
}

/** The same of many, in one statement. */
export async function findUsers({ sql }: Database, clerkUserIds: readonly string[]): Promise<CurrentUser[]> {
  return await sql<CurrentUser>`
    select id, clerk_user_id, email, display_name, role, is_active, deleted_at, promoted_at is not null as was_promoted,
      created_at, updated_at, version,
      array(select property_id from staff_assignments where user_id = users.id order by property_id) as property_ids
    from users where clerk_user_id = any(${clerkUserIds}::text[])`;
}

/** Makes the row of a user unknown so far; of requests that race, one makes it and the others find it made. */
export async function createUser({ sql }: Database, clerkUserId: string): Promise<void> {
  await sql`
    with made as (
      insert into users (clerk_user_id) values (${clerkUserId}) on conflict (clerk_user_id) do nothing returning id
    )
    insert into audit_logs (id, actor_type, actor_id, action, entity, entity_id, details)
    select ${uuidv7()}, 'user', made.id, 'user.created', 'user', made.id::text, '{"by": "token"}'::jsonb from made`;
}

/** Makes an admin of whoever ADMIN_EMAILS has not made one yet. */
export async function promoteUser({ sql }: Database, id: number, request_id: string): Promise<void> {
  await sql`
    with promoted as (
      update users set role = 'admin', promoted_at = now()
      where id = ${id} and promoted_at is null and deleted_at is null returning id
    )
    insert into audit_logs (id, actor_type, action, entity, entity_id, changed_fields, details, request_id)
    select ${uuidv7()}, 'system', 'user.promoted', 'user', promoted.id::text, '["role"]'::jsonb,
      '{"by": "token"}'::jsonb, ${request_id}
    from promoted`;
}
