import { type AuditLog, auditLogs, type Db, type NewAuditLog } from "@whitelabel/shared-db";
import { inserted } from "./inserted.ts";

export async function createAuditLog(db: Db, overrides: Partial<NewAuditLog> = {}): Promise<AuditLog> {
  const usual: NewAuditLog = { actor_type: "system", action: "listing.created", entity: "properties" };
  return inserted(
    await db
      .insert(auditLogs)
      .values({ ...usual, ...overrides })
      .returning(),
  );
}
