import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, isNotBlank } from "./columns.ts";

/**
 * What was made under an `Idempotency-Key`, written in the transaction of the effect. Only hashes and ids: the answer
 * is rendered anew when it is asked for again, so that no guest's name is stored.
 */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    // `user:7` or `guest:<link id>`.
    caller: text().notNull(),
    // HMACs, hex: a key is the caller's own text, and a body may hold anything.
    key_hmac: text().notNull(),
    request_hmac: text().notNull(),
    status: integer().notNull(),
    // Null where nothing was made, as when no task was left to claim.
    result_id: text(),
    ...createdAt,
  },
  (table) => [
    primaryKey({ name: "idempotency_keys_pkey", columns: [table.caller, table.key_hmac] }),
    check("idempotency_keys_caller_check", isNotBlank("caller")),
    check("idempotency_keys_status_check", sql.raw("status between 200 and 299")),
    index("idempotency_keys_by_created_idx").on(table.created_at),
  ],
);

export type IdempotencyKey = typeof idempotencyKeys.$inferSelect;
