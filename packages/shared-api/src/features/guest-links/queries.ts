import type { Database, Statements } from "@whitelabel/shared-db";
import { uuidv7 } from "uuidv7";
import type { Caller } from "../../auth/caller.ts";
import { change } from "../../writes/change.ts";
import type { Scope } from "../front-desk/branches.ts";
import type { GuestLinkItem } from "./schemas.ts";

const columns = `id, property_id, booking_id, expires_at, revoked_at,
  revoked_at is null and expires_at > now() as is_open, created_at, version`;

const branchesIn = (scope: Scope) => (scope === "*" ? null : scope);
const audit = (what: string, changed_fields: readonly string[]) => ({
  action: `guest_link.${what}`,
  entity: "guest_links",
  changed_fields,
});
const event = (what: string) => ({ kind: `guest_link.${what}`, entity: "guest_link" });

/** The newest first; a booking has few. */
export function listLinks({ query }: Database, scope: Scope, booking_id: string): Promise<GuestLinkItem[]> {
  return query<GuestLinkItem>(
    `select ${columns} from guest_links
    where booking_id = $1 and ($2::text[] is null or property_id = any($2)) order by id desc limit 1000`,
    [booking_id, branchesIn(scope)],
  );
}

export async function findLink({ query }: Statements, scope: Scope, id: string): Promise<GuestLinkItem | undefined> {
  const [link] = await query<GuestLinkItem>(
    `select ${columns} from guest_links where id = $1 and ($2::text[] is null or property_id = any($2))`,
    [id, branchesIn(scope)],
  );
  return link;
}

/** Undefined if it would have expired already. */
export function insertLink(
  to: Statements,
  caller: Caller,
  link: Readonly<{ property_id: string; booking_id: string; expires_at: string }>,
): Promise<GuestLinkItem | undefined> {
  return change<GuestLinkItem>(to, caller, {
    text: `insert into guest_links (id, property_id, booking_id, expires_at, created_by)
      select $1::uuid, $2::text, $3::text, $4::timestamptz, $5::integer where $4::timestamptz > now()
      returning ${columns}`,
    params: [uuidv7(), link.property_id, link.booking_id, link.expires_at, caller.user.id],
    audit: audit("created", ["property_id", "booking_id", "expires_at"]),
    event: event("created"),
  });
}

/** Undefined if it is not there, or revoked already. */
export function revokeLink(
  to: Statements,
  caller: Caller,
  scope: Scope,
  id: string,
): Promise<GuestLinkItem | undefined> {
  return change<GuestLinkItem>(to, caller, {
    text: `update guest_links set revoked_at = now()
      where id = $1 and ($2::text[] is null or property_id = any($2)) and revoked_at is null returning ${columns}`,
    params: [id, branchesIn(scope)],
    audit: audit("revoked", ["revoked_at"]),
    event: event("revoked"),
  });
}
