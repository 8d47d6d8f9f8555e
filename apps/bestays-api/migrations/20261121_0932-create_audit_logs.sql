CREATE TABLE "audit_logs" (
  "id" uuid PRIMARY KEY NOT NULL,
  "actor_type" text NOT NULL,
  "actor_id" integer,
  "action" text NOT NULL,
  "entity" text NOT NULL,
  "entity_id" text,
  "changed_fields" jsonb DEFAULT '[]'::jsonb NOT NULL,
  "details" jsonb DEFAULT '{}'::jsonb NOT NULL,
  "request_id" text,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "audit_logs_actor_type_check" CHECK (actor_type in ('user', 'system')),
  CONSTRAINT "audit_logs_actor_check" CHECK ((actor_type = 'user') = (actor_id is not null)),
  CONSTRAINT "audit_logs_action_check" CHECK (action ~ '\S'),
  CONSTRAINT "audit_logs_entity_check" CHECK (entity ~ '\S'),
  CONSTRAINT "audit_logs_changed_fields_check" CHECK (jsonb_typeof(changed_fields) = 'array' and not jsonb_path_exists(changed_fields, 'strict $[*] ? (@.type() != "string")')),
  CONSTRAINT "audit_logs_details_check" CHECK (jsonb_typeof(details) = 'object')
);

CREATE INDEX "audit_logs_by_entity_idx" ON "audit_logs" USING btree ("entity","entity_id","id");
CREATE INDEX "audit_logs_by_actor_idx" ON "audit_logs" USING btree ("actor_id","id");

COMMENT ON TABLE "audit_logs" IS 'Who did what, denials and views of guest data too. The runtime role can only add to it.';
COMMENT ON COLUMN "audit_logs"."actor_id" IS 'users.id, null for the system itself. No foreign key: a log outlives what it speaks of.';
COMMENT ON COLUMN "audit_logs"."changed_fields" IS 'Names of the fields that changed.';
COMMENT ON COLUMN "audit_logs"."details" IS 'Identifiers and non-personal values only.';
