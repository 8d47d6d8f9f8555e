import type { Env } from "@whitelabel/shared-config";
import type { Database } from "@whitelabel/shared-db";
import { inScope, scopeOf } from "../features/front-desk/branches.ts";
import type { CurrentUser } from "./current-user.ts";

/** Which table an id in an address of the front desk is of. */
const tables: Readonly<Record<string, string>> = {
  tasks: "reception_tasks",
  "parking/spaces": "parking_spaces",
  "parking/reservations": "parking_reservations",
  "guest-requests": "guest_requests",
  "guest-links": "guest_links",
};

const address = new RegExp(
  `^/api/v1/front-desk/(${Object.keys(tables).join("|")})/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)`,
  "i",
);

/**
 * Whether what a caller was told is not there is a row of a branch that they do not work for. Every query of the front
 * desk asks for the caller's own branches only, so that it cannot tell the two apart; what is asked here comes after the
 * answer was made, and only when it was "not found".
 */
export async function isForeignRow(
  { env, database }: Readonly<{ env: Env; database: Database }>,
  user: CurrentUser | undefined,
  path: string,
): Promise<boolean> {
  const [, kind = "", id] = address.exec(path) ?? [];
  const table = tables[kind];
  if (!user || !table) return false;
  const [row] = await database.query<{ property_id: string }>(`select property_id from ${table} where id = $1`, [id]);
  return row !== undefined && !inScope(scopeOf(user, env), row.property_id);
}
