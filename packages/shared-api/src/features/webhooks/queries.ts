import type { Role, Statements } from "@whitelabel/shared-db";
import type { Account } from "./apply-event.ts";
import type { ClerkEvent } from "./clerk-event.ts";

export type KnownAccount = Account & Readonly<{ id: number; is_new: boolean }>;

type AccountRow = Readonly<{
  id: number;
  email: string | null;
  role: Role;
  is_active: boolean;
  clerk_updated_at: string | null;
  was_promoted: boolean;
  is_deleted: boolean;
  is_new: boolean;
}>;

/**
 * The account that an event is about, made if nobody knows it, locked until the transaction ends; undefined if the
 * message was received before. Deliveries of one message wait for each other at its key.
 */
export async function claimEvent(tx: Statements, id: string, event: ClerkEvent): Promise<KnownAccount | undefined> {
  const [row] = await tx.query<AccountRow>(claim, [id, event.kind, event.clerk_user_id]);
  if (!row) return undefined;
  return { ...row, clerk_updated_at: row.clerk_updated_at === null ? null : Date.parse(row.clerk_updated_at) };
}

// The update changes nothing and raises no version: it locks the row and returns what another transaction just left.
// `xmax` is 0 in a row that this statement has made. A key among what is set would lock out those who refer to the row.
const claim = `
  with received as (
    insert into webhook_events (id, kind) values ($1, 'user.' || $2) on conflict (id) do nothing returning id
  )
  insert into users (clerk_user_id) select $3::text from received
  on conflict (clerk_user_id) do update set email = users.email
  returning id, email, role, is_active, clerk_updated_at, promoted_at is not null as was_promoted,
    deleted_at is not null as is_deleted, xmax = 0 as is_new`;

/** Of $1: e-mail, role, activity, Clerk's time, whether it was promoted, whether it is deleted. */
export const updateAccount = `
  update users set email = $2, role = $3, is_active = $4, clerk_updated_at = $5::timestamptz,
    promoted_at = case when $6::boolean then coalesce(promoted_at, now()) end,
    deleted_at = case when $7::boolean then coalesce(deleted_at, now()) end,
    display_name = case when $7::boolean then null else display_name end
  where id = $1 returning id`;

export async function removeBranches({ sql }: Statements, userId: number): Promise<void> {
  await sql`delete from staff_assignments where user_id = ${userId}`;
}
