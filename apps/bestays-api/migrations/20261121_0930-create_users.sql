-- One trigger for every table whose rows change. An UPDATE that changes nothing leaves the row as it is; one that has
-- to raise the version without another change (a listing whose translation was written) sets updated_at = now().
CREATE FUNCTION touch_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.created_at := OLD.created_at;
  NEW.updated_at := now();
  NEW.version := OLD.version + 1;
  RETURN NEW;
END;
$$;

CREATE TABLE "users" (
  "id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
  "clerk_user_id" text NOT NULL,
  "email" text,
  "display_name" text,
  "role" text DEFAULT 'user' NOT NULL,
  "is_active" boolean DEFAULT true NOT NULL,
  "deleted_at" timestamp with time zone,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "users_clerk_user_id_key" UNIQUE("clerk_user_id"),
  CONSTRAINT "users_role_check" CHECK (role in ('user', 'agent', 'admin')),
  CONSTRAINT "users_clerk_user_id_check" CHECK (clerk_user_id ~ '\S')
);

CREATE TABLE "staff_assignments" (
  "user_id" integer NOT NULL,
  "property_id" text NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "staff_assignments_pkey" PRIMARY KEY("user_id","property_id"),
  CONSTRAINT "staff_assignments_property_id_check" CHECK (property_id ~ '\S')
);

ALTER TABLE "staff_assignments" ADD CONSTRAINT "staff_assignments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
CREATE INDEX "users_email_idx" ON "users" USING btree ("email");

CREATE TRIGGER "touch_row" BEFORE UPDATE ON "users" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();

COMMENT ON FUNCTION touch_row() IS 'Keeps created_at, updated_at and version, whatever an UPDATE says.';
COMMENT ON TABLE "users" IS 'Accounts, by Clerk''s id. Never removed: a deletion leaves a tombstone that no token revives.';
COMMENT ON COLUMN "users"."email" IS 'The account''s own, from Clerk. Not unique: identity is clerk_user_id.';
COMMENT ON TABLE "staff_assignments" IS 'The branches of core that an agent works for.';
COMMENT ON COLUMN "staff_assignments"."property_id" IS 'A branch of core (core.properties.property_id). Another database: text without a foreign key.';
