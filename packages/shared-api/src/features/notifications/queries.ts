import type { Notification } from "@whitelabel/core-readonly";
import type { Statements } from "@whitelabel/shared-db";
import type { Caller } from "../../auth/caller.ts";
import { change } from "../../writes/change.ts";
import type { Receipt } from "./schemas.ts";

const columns = "notification_id, property_id, acknowledged_by, created_at as acknowledged_at";

export async function findReceipts(
  { query }: Pick<Statements, "query">,
  notification_ids: readonly string[],
): Promise<Map<string, Receipt>> {
  if (notification_ids.length === 0) return new Map();
  const rows = await query<Receipt>(
    `select ${columns} from notification_receipts where notification_id = any($1::text[])`,
    [notification_ids],
  );
  return new Map(rows.map((receipt) => [receipt.notification_id, receipt]));
}

/** Undefined if somebody has acknowledged it before. */
export async function insertReceipt(
  to: Statements,
  caller: Caller,
  { notification_id, property_id }: Notification,
): Promise<Receipt | undefined> {
  const row = await change<Receipt & { id: string }>(to, caller, {
    text: `insert into notification_receipts (notification_id, property_id, acknowledged_by) values ($1, $2, $3)
      on conflict (notification_id) do nothing returning notification_id as id, ${columns}`,
    params: [notification_id, property_id, caller.user.id],
    audit: { action: "notification.acknowledged", entity: "notification" },
    event: { kind: "notification.acknowledged", entity: "notification" },
  });
  if (!row) return undefined;
  const { id: _, ...receipt } = row;
  return receipt;
}
