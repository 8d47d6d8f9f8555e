import type { Role } from "@whitelabel/shared-db";
import type { ClerkEvent } from "./clerk-event.ts";

/** What Clerk has a say in. */
export type Account = Readonly<{
  email: string | null;
  role: Role;
  is_active: boolean;
  /** Clerk's `updated_at` of the newest event applied, in milliseconds. */
  clerk_updated_at: number | null;
  /** Whether ADMIN_EMAILS has made them admin before, whatever became of it. */
  was_promoted: boolean;
  is_deleted: boolean;
}>;

const tombstone: Account = {
  email: null,
  role: "user",
  is_active: false,
  clerk_updated_at: null,
  was_promoted: false,
  is_deleted: true,
};

/**
 * The account after an event. Events come in any order and more than once, so each rule gives the same in the end
 * whichever came first: a deletion stays; of two e-mails the one of the newer event counts, and of two events of one
 * millisecond the larger text; an address of ADMIN_EMAILS makes admin whenever it is proved, once.
 */
export function applyEvent(account: Account, event: ClerkEvent, adminEmails: readonly string[]): Account {
  if (account.is_deleted || event.kind === "deleted") return tombstone;
  return withPromotion(withNewest(account, event), event.email, adminEmails);
}

function withNewest(account: Account, { updated_at, email }: { updated_at: number; email: string | null }): Account {
  const known = account.clerk_updated_at ?? Number.NEGATIVE_INFINITY;
  const isNewer = updated_at > known || (updated_at === known && (email ?? "") > (account.email ?? ""));
  return isNewer ? { ...account, email, clerk_updated_at: updated_at } : account;
}

/** The address was proved, even if a newer event has come before this one. */
function withPromotion(account: Account, email: string | null, adminEmails: readonly string[]): Account {
  const isProved = email !== null && adminEmails.includes(email.toLowerCase());
  return isProved && !account.was_promoted ? { ...account, role: "admin", was_promoted: true } : account;
}
