-- allow core-reference: the key ties a reservation to a space of ours in the same branch; no row of core is referred to
CREATE TABLE "job_leases" (
  "job" text PRIMARY KEY NOT NULL,
  "holder" text NOT NULL,
  "lease_until" timestamp with time zone NOT NULL,
  "seen_until" timestamp with time zone,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "job_leases_job_check" CHECK (job ~ '\S')
);

CREATE TABLE "front_desk_position" (
  "is_counter" boolean PRIMARY KEY DEFAULT true NOT NULL,
  "position" bigint DEFAULT 0 NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "front_desk_position_one_row_check" CHECK (is_counter)
);

CREATE TABLE "front_desk_events" (
  "position" bigint PRIMARY KEY NOT NULL,
  "kind" text NOT NULL,
  "property_id" text NOT NULL,
  "entity" text NOT NULL,
  "entity_id" text NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "front_desk_events_kind_check" CHECK (kind ~ '\S'),
  CONSTRAINT "front_desk_events_entity_id_check" CHECK (entity_id ~ '\S')
);

CREATE TABLE "parking_spaces" (
  "id" uuid PRIMARY KEY NOT NULL,
  "property_id" text NOT NULL,
  "label" text NOT NULL,
  "kind" text DEFAULT 'car' NOT NULL,
  "is_active" boolean DEFAULT true NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "parking_spaces_label_key" UNIQUE("property_id","label"),
  CONSTRAINT "parking_spaces_branch_key" UNIQUE("id","property_id"),
  CONSTRAINT "parking_spaces_property_id_check" CHECK (property_id ~ '\S'),
  CONSTRAINT "parking_spaces_label_check" CHECK (label ~ '\S'),
  CONSTRAINT "parking_spaces_kind_check" CHECK (kind in ('car', 'large_car', 'electric', 'accessible', 'motorcycle'))
);

CREATE TABLE "parking_reservations" (
  "id" uuid PRIMARY KEY NOT NULL,
  "space_id" uuid NOT NULL,
  "property_id" text NOT NULL,
  "booking_id" text NOT NULL,
  "period" "tstzrange" NOT NULL,
  "state" text DEFAULT 'reserved' NOT NULL,
  "plate_hmac" text,
  "arrived_at" timestamp with time zone,
  "departed_at" timestamp with time zone,
  "created_by" integer,
  "orphaned_at" timestamp with time zone,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "parking_reservations_booking_id_check" CHECK (booking_id ~ '\S'),
  CONSTRAINT "parking_reservations_state_check" CHECK (state in ('reserved', 'arrived', 'departed', 'cancelled')),
  CONSTRAINT "parking_reservations_period_check" CHECK (not isempty(period) and lower_inc(period) and not upper_inc(period) and coalesce(isfinite(lower(period)) and isfinite(upper(period)), false)),
  CONSTRAINT "parking_reservations_plate_hmac_check" CHECK (plate_hmac is null or plate_hmac ~ '^[0-9a-f]{64}$'),
  CONSTRAINT "parking_reservations_departed_check" CHECK ((state = 'departed') = (departed_at is not null))
);

CREATE TABLE "guest_links" (
  "id" uuid PRIMARY KEY NOT NULL,
  "property_id" text NOT NULL,
  "booking_id" text NOT NULL,
  "expires_at" timestamp with time zone NOT NULL,
  "revoked_at" timestamp with time zone,
  "created_by" integer,
  "orphaned_at" timestamp with time zone,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "guest_links_property_id_check" CHECK (property_id ~ '\S'),
  CONSTRAINT "guest_links_booking_id_check" CHECK (booking_id ~ '\S')
);

CREATE TABLE "guest_requests" (
  "id" uuid PRIMARY KEY NOT NULL,
  "property_id" text NOT NULL,
  "booking_id" text NOT NULL,
  "room_id" text,
  "kind" text NOT NULL,
  "text" text NOT NULL,
  "state" text DEFAULT 'waiting' NOT NULL,
  "resolution" text,
  "guest_link_id" uuid,
  "created_by" integer,
  "closed_at" timestamp with time zone,
  "orphaned_at" timestamp with time zone,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "guest_requests_property_id_check" CHECK (property_id ~ '\S'),
  CONSTRAINT "guest_requests_booking_id_check" CHECK (booking_id ~ '\S'),
  CONSTRAINT "guest_requests_kind_check" CHECK (kind in ('housekeeping', 'maintenance', 'amenity', 'food', 'transport', 'late_checkout', 'early_checkin', 'other')),
  CONSTRAINT "guest_requests_state_check" CHECK (state in ('waiting', 'accepted', 'declined', 'done', 'withdrawn')),
  CONSTRAINT "guest_requests_text_check" CHECK (text ~ '\S')
);

CREATE TABLE "reception_tasks" (
  "id" uuid PRIMARY KEY NOT NULL,
  "property_id" text NOT NULL,
  "booking_id" text,
  "room_id" text,
  "row_room_id" text,
  "title" text NOT NULL,
  "details" text DEFAULT '' NOT NULL,
  "resolution" text,
  "category" text DEFAULT 'other' NOT NULL,
  "priority" text DEFAULT 'normal' NOT NULL,
  "preset" text,
  "due_at" timestamp with time zone,
  "escalated_at" timestamp with time zone,
  "state" text DEFAULT 'open' NOT NULL,
  "assignee_id" integer,
  "lease_until" timestamp with time zone,
  "fencing_token" bigint DEFAULT 0 NOT NULL,
  "notification_id" text,
  "guest_request_id" uuid,
  "created_by" integer,
  "closed_at" timestamp with time zone,
  "orphaned_at" timestamp with time zone,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "reception_tasks_notification_id_key" UNIQUE("notification_id"),
  CONSTRAINT "reception_tasks_guest_request_id_key" UNIQUE("guest_request_id"),
  CONSTRAINT "reception_tasks_property_id_check" CHECK (property_id ~ '\S'),
  CONSTRAINT "reception_tasks_title_check" CHECK (title ~ '\S'),
  CONSTRAINT "reception_tasks_category_check" CHECK (category in ('arrival', 'departure', 'housekeeping', 'maintenance', 'guest_request', 'transport', 'parking', 'payment', 'other')),
  CONSTRAINT "reception_tasks_priority_check" CHECK (priority in ('urgent', 'high', 'normal', 'low')),
  CONSTRAINT "reception_tasks_state_check" CHECK (state in ('open', 'claimed', 'done', 'cancelled')),
  CONSTRAINT "reception_tasks_lease_check" CHECK ((state = 'claimed') = (lease_until is not null)),
  CONSTRAINT "reception_tasks_closed_check" CHECK ((state in ('done', 'cancelled')) = (closed_at is not null))
);

CREATE TABLE "notification_receipts" (
  "notification_id" text PRIMARY KEY NOT NULL,
  "property_id" text NOT NULL,
  "acknowledged_by" integer,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "notification_receipts_notification_id_check" CHECK (notification_id ~ '\S'),
  CONSTRAINT "notification_receipts_property_id_check" CHECK (property_id ~ '\S')
);

ALTER TABLE "parking_reservations" ADD CONSTRAINT "parking_reservations_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;

ALTER TABLE "parking_reservations" ADD CONSTRAINT "parking_reservations_space_fk" FOREIGN KEY ("space_id","property_id") REFERENCES "public"."parking_spaces"("id","property_id") ON DELETE no action ON UPDATE no action;

ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;

ALTER TABLE "guest_requests" ADD CONSTRAINT "guest_requests_guest_link_id_guest_links_id_fk" FOREIGN KEY ("guest_link_id") REFERENCES "public"."guest_links"("id") ON DELETE no action ON UPDATE no action;

ALTER TABLE "guest_requests" ADD CONSTRAINT "guest_requests_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;

ALTER TABLE "reception_tasks" ADD CONSTRAINT "reception_tasks_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;

ALTER TABLE "reception_tasks" ADD CONSTRAINT "reception_tasks_guest_request_id_guest_requests_id_fk" FOREIGN KEY ("guest_request_id") REFERENCES "public"."guest_requests"("id") ON DELETE no action ON UPDATE no action;

ALTER TABLE "reception_tasks" ADD CONSTRAINT "reception_tasks_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;

ALTER TABLE "notification_receipts" ADD CONSTRAINT "notification_receipts_acknowledged_by_users_id_fk" FOREIGN KEY ("acknowledged_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;

CREATE INDEX "front_desk_events_by_created_idx" ON "front_desk_events" USING btree ("created_at");

CREATE UNIQUE INDEX "front_desk_events_notification_key" ON "front_desk_events" USING btree ("entity_id") WHERE kind = 'notification.created';

CREATE INDEX "parking_reservations_by_branch_idx" ON "parking_reservations" USING btree ("property_id","id");

CREATE INDEX "parking_reservations_by_booking_idx" ON "parking_reservations" USING btree ("booking_id");

CREATE INDEX "parking_reservations_by_plate_idx" ON "parking_reservations" USING btree ("plate_hmac");

CREATE INDEX "guest_links_by_booking_idx" ON "guest_links" USING btree ("booking_id");

CREATE INDEX "guest_requests_by_branch_idx" ON "guest_requests" USING btree ("property_id","state","id");

CREATE INDEX "guest_requests_by_booking_idx" ON "guest_requests" USING btree ("booking_id","id");

CREATE INDEX "reception_tasks_by_branch_idx" ON "reception_tasks" USING btree ("property_id","id");

CREATE INDEX "reception_tasks_next_idx" ON "reception_tasks" USING btree ("property_id",(case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end),"due_at","id") WHERE state in ('open', 'claimed');

CREATE INDEX "reception_tasks_by_assignee_idx" ON "reception_tasks" USING btree ("assignee_id","id") WHERE state in ('open', 'claimed');

CREATE INDEX "reception_tasks_by_booking_idx" ON "reception_tasks" USING btree ("booking_id");

CREATE INDEX "notification_receipts_by_branch_idx" ON "notification_receipts" USING btree ("property_id","created_at");

CREATE TRIGGER "touch_row" BEFORE UPDATE ON "parking_spaces" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();

CREATE TRIGGER "touch_row" BEFORE UPDATE ON "parking_reservations" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();

CREATE TRIGGER "touch_row" BEFORE UPDATE ON "guest_links" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();

CREATE TRIGGER "touch_row" BEFORE UPDATE ON "guest_requests" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();

-- A heartbeat moves the lease and is no change: version and updated_at stay.
CREATE TRIGGER "touch_row" BEFORE UPDATE ON "reception_tasks" FOR EACH ROW WHEN (to_jsonb(OLD) - 'lease_until' IS DISTINCT FROM to_jsonb(NEW) - 'lease_until') EXECUTE FUNCTION touch_row();

-- A space is never double-booked: spans that touch may follow each other, spans that overlap may not.
ALTER TABLE "parking_reservations" ADD CONSTRAINT "parking_reservations_no_overlap" EXCLUDE USING gist ("space_id" WITH =, "period" WITH &&) WHERE (state in ('reserved', 'arrived'));

INSERT INTO "front_desk_position" DEFAULT VALUES;

COMMENT ON TABLE "job_leases" IS 'Which replica runs a job of which there is one per product.';
COMMENT ON TABLE "front_desk_position" IS 'One row, the newest position: updated last in a transaction, its lock makes commits follow this order.';
COMMENT ON TABLE "front_desk_events" IS 'The ordered outbox behind the live stream: ids and kinds only, written in the transaction of the change.';
COMMENT ON COLUMN "front_desk_events"."property_id" IS 'A branch of core. Another database: text without a foreign key.';
COMMENT ON TABLE "parking_spaces" IS 'The spaces of a branch. One that is no longer let is inactive and keeps its reservations.';
COMMENT ON COLUMN "parking_spaces"."property_id" IS 'A branch of core. Another database: text without a foreign key.';
COMMENT ON TABLE "parking_reservations" IS 'Who has a space when. No plate in clear.';
COMMENT ON COLUMN "parking_reservations"."booking_id" IS 'A booking of core. Another database: text without a foreign key.';
COMMENT ON COLUMN "parking_reservations"."plate_hmac" IS 'HMAC of the licence plate: staff can look a plate up, nobody can read one.';
COMMENT ON TABLE "guest_links" IS 'A link to one booking for its guest. The token is an HMAC of the id and is not stored.';
COMMENT ON COLUMN "guest_links"."booking_id" IS 'A booking of core. Another database: text without a foreign key.';
COMMENT ON TABLE "guest_requests" IS 'What guests ask for. Text is checked for the guest''s data before it is stored.';
COMMENT ON COLUMN "guest_requests"."booking_id" IS 'A booking of core. Another database: text without a foreign key.';
COMMENT ON COLUMN "guest_requests"."room_id" IS 'A room of core. Another database: text without a foreign key.';
COMMENT ON TABLE "reception_tasks" IS 'What reception has to do. Text is checked for the guest''s data before it is stored.';
COMMENT ON COLUMN "reception_tasks"."booking_id" IS 'A booking of core. Another database: text without a foreign key.';
COMMENT ON COLUMN "reception_tasks"."room_id" IS 'A room of core. Another database: text without a foreign key.';
COMMENT ON COLUMN "reception_tasks"."row_room_id" IS 'The room''s row within a booking of core. Another database: text without a foreign key.';
COMMENT ON COLUMN "reception_tasks"."notification_id" IS 'A notification of core. Another database: text without a foreign key. Unique: one task each, ever.';
COMMENT ON TABLE "notification_receipts" IS 'That a notification of core was acknowledged.';
COMMENT ON COLUMN "notification_receipts"."notification_id" IS 'A notification of core. Another database: text without a foreign key.';
