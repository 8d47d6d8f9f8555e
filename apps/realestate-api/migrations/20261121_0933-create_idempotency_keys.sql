-- allow constraint-missing-not-valid: the wider list accepts every row that the narrower one did, and the log is still short
CREATE TABLE "webhook_events" (
  "id" text PRIMARY KEY NOT NULL,
  "kind" text NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "webhook_events_id_check" CHECK (id ~ '\S')
);

CREATE TABLE "idempotency_keys" (
  "caller" text NOT NULL,
  "key_hmac" text NOT NULL,
  "request_hmac" text NOT NULL,
  "status" integer NOT NULL,
  "result_id" text,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("caller","key_hmac"),
  CONSTRAINT "idempotency_keys_caller_check" CHECK (caller ~ '\S'),
  CONSTRAINT "idempotency_keys_status_check" CHECK (status between 200 and 299)
);

ALTER TABLE "audit_logs" DROP CONSTRAINT "audit_logs_actor_type_check";

ALTER TABLE "users" ADD COLUMN "clerk_updated_at" timestamp with time zone;

ALTER TABLE "users" ADD COLUMN "promoted_at" timestamp with time zone;

CREATE INDEX "webhook_events_by_created_idx" ON "webhook_events" USING btree ("created_at");

CREATE INDEX "idempotency_keys_by_created_idx" ON "idempotency_keys" USING btree ("created_at");

ALTER TABLE "audit_logs" ADD CONSTRAINT "audit_logs_actor_type_check" CHECK (actor_type in ('user', 'guest', 'system'));

COMMENT ON TABLE "webhook_events" IS 'Webhooks that took effect, by the sender''s own id: a repetition has none.';
COMMENT ON TABLE "idempotency_keys" IS 'What was made under an Idempotency-Key: hashes and ids, for 24 hours.';
COMMENT ON COLUMN "idempotency_keys"."result_id" IS 'The id of what was made; null where nothing was.';
COMMENT ON COLUMN "users"."clerk_updated_at" IS 'Clerk''s own updated_at of the newest event applied: events come in any order.';
COMMENT ON COLUMN "users"."promoted_at" IS 'When ADMIN_EMAILS made them admin. It does so once.';
