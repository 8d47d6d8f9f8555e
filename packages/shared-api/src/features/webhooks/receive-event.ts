import type { Env } from "@whitelabel/shared-config";
import type { Database, Transaction } from "@whitelabel/shared-db";
import type { Author } from "../../auth/caller.ts";
import { change } from "../../writes/change.ts";
import { type Account, applyEvent } from "./apply-event.ts";
import type { ClerkEvent } from "./clerk-event.ts";
import { claimEvent, type KnownAccount, removeBranches, updateAccount } from "./queries.ts";

type Stores = Readonly<{ env: Pick<Env, "adminEmails">; database: Database }>;

/** Applies an event once, however often it is delivered: that it was is written with its effect, or neither is. */
export async function receiveEvent(
  { env, database }: Stores,
  delivery: Readonly<{ id: string; request_id: string }>,
  event: ClerkEvent,
): Promise<void> {
  const author: Author = { actor: { type: "system" }, request_id: delivery.request_id };
  await database.transaction(async (tx) => {
    const known = await claimEvent(tx, delivery.id, event);
    if (!known) return; // a repetition
    const account = applyEvent(known, event, env.adminEmails);
    await save(tx, author, known, account);
  });
}

async function save(tx: Transaction, author: Author, known: KnownAccount, account: Account): Promise<void> {
  const { email, role, is_active, clerk_updated_at, was_promoted, is_deleted } = account;
  const changed_fields = (["email", "role", "is_active"] as const).filter((field) => known[field] !== account[field]);
  const isVisible = known.is_new || changed_fields.length > 0 || known.is_deleted !== is_deleted;
  if (!isVisible && known.clerk_updated_at === clerk_updated_at && known.was_promoted === was_promoted) return;

  const params = [
    known.id,
    email,
    role,
    is_active,
    clerk_updated_at === null ? null : new Date(clerk_updated_at).toISOString(),
    was_promoted,
    is_deleted,
  ];
  if (is_deleted) await removeBranches(tx, known.id);
  // That Clerk has seen somebody again is no change of ours.
  if (!isVisible) await tx.query(updateAccount, params);
  else {
    const details = known.role === role ? {} : { before: { role: known.role }, after: { role } };
    const audit = { action: actionOf(known, account), entity: "user", changed_fields, details };
    await change(tx, author, { text: updateAccount, params, audit });
  }
}

function actionOf(known: KnownAccount, account: Account): string {
  if (account.is_deleted) return "user.deleted";
  if (known.role !== account.role) return "user.promoted";
  return known.is_new ? "user.created" : "user.updated";
}
