ALTER TABLE "webhook_events" DISABLE ROW LEVEL SECURITY;

ALTER TABLE "idempotency_keys" DISABLE ROW LEVEL SECURITY;

ALTER TABLE "audit_logs" DROP CONSTRAINT "audit_logs_actor_type_check";

ALTER TABLE "users" DROP COLUMN "clerk_updated_at";

ALTER TABLE "users" DROP COLUMN "promoted_at";

ALTER TABLE "audit_logs" ADD CONSTRAINT "audit_logs_actor_type_check" CHECK (actor_type in ('user', 'system'));

DROP TABLE "webhook_events";

DROP TABLE "idempotency_keys";
