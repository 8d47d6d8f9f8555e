CREATE TABLE "properties" (
  "id" uuid PRIMARY KEY NOT NULL,
  "title" text NOT NULL,
  "description" text DEFAULT '' NOT NULL,
  "transaction_type" text NOT NULL,
  "property_type" text NOT NULL,
  "rent_price" bigint,
  "sale_price" bigint,
  "lease_price" bigint,
  "currency" text NOT NULL,
  "physical_specs" jsonb DEFAULT '{}'::jsonb NOT NULL,
  "location_details" jsonb DEFAULT '{}'::jsonb NOT NULL,
  "amenities" jsonb DEFAULT '[]'::jsonb NOT NULL,
  "policies" jsonb DEFAULT '[]'::jsonb NOT NULL,
  "contact_info" jsonb DEFAULT '{}'::jsonb NOT NULL,
  "cover_image" text,
  "images" jsonb DEFAULT '[]'::jsonb NOT NULL,
  "tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
  "is_published" boolean DEFAULT false NOT NULL,
  "is_featured" boolean DEFAULT false NOT NULL,
  "listing_priority" integer DEFAULT 0 NOT NULL,
  "property_id" text,
  "created_by" integer,
  "updated_by" integer,
  "deleted_at" timestamp with time zone,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "properties_title_check" CHECK (title ~ '\S'),
  CONSTRAINT "properties_transaction_type_check" CHECK (transaction_type in ('rent', 'sale', 'lease')),
  CONSTRAINT "properties_property_type_check" CHECK (property_type in ('villa', 'condo', 'apartment', 'townhouse', 'house', 'commercial', 'land', 'office', 'retail', 'warehouse')),
  CONSTRAINT "properties_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  CONSTRAINT "properties_rent_price_check" CHECK (rent_price between 0 and 9007199254740991),
  CONSTRAINT "properties_sale_price_check" CHECK (sale_price between 0 and 9007199254740991),
  CONSTRAINT "properties_lease_price_check" CHECK (lease_price between 0 and 9007199254740991),
  CONSTRAINT "properties_price_check" CHECK (coalesce(case transaction_type when 'rent' then rent_price when 'sale' then sale_price when 'lease' then lease_price end, 0) > 0),
  CONSTRAINT "properties_physical_specs_check" CHECK (jsonb_typeof(physical_specs) = 'object'),
  CONSTRAINT "properties_bedrooms_check" CHECK (coalesce(jsonb_typeof(physical_specs -> 'bedrooms'), 'number') = 'number'),
  CONSTRAINT "properties_location_details_check" CHECK (jsonb_typeof(location_details) = 'object'),
  CONSTRAINT "properties_amenities_check" CHECK (jsonb_typeof(amenities) = 'array' and not jsonb_path_exists(amenities, 'strict $[*] ? (@.type() != "string")')),
  CONSTRAINT "properties_policies_check" CHECK (jsonb_typeof(policies) = 'array' and not jsonb_path_exists(policies, 'strict $[*] ? (@.type() != "string")')),
  CONSTRAINT "properties_contact_info_check" CHECK (jsonb_typeof(contact_info) = 'object'),
  CONSTRAINT "properties_images_check" CHECK (jsonb_typeof(images) = 'array' and not jsonb_path_exists(images, 'strict $[*] ? (@.type() != "string")')),
  CONSTRAINT "properties_tags_check" CHECK (jsonb_typeof(tags) = 'array' and not jsonb_path_exists(tags, 'strict $[*] ? (@.type() != "string")')),
  CONSTRAINT "properties_listing_priority_check" CHECK (listing_priority between 0 and 999)
);

CREATE TABLE "property_translations" (
  "listing_id" uuid NOT NULL,
  "locale" text NOT NULL,
  "title" text NOT NULL,
  "description" text DEFAULT '' NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "property_translations_pkey" PRIMARY KEY("listing_id","locale"),
  CONSTRAINT "property_translations_locale_check" CHECK (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  CONSTRAINT "property_translations_title_check" CHECK (title ~ '\S')
);

CREATE TABLE "amenities" (
  "id" uuid PRIMARY KEY NOT NULL,
  "code" text NOT NULL,
  "category" text NOT NULL,
  "position" integer DEFAULT 0 NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "amenities_code_key" UNIQUE("code"),
  CONSTRAINT "amenities_code_check" CHECK (code ~ '^[a-z][a-z0-9_]{0,63}$'),
  CONSTRAINT "amenities_category_check" CHECK (category ~ '\S')
);

CREATE TABLE "amenity_translations" (
  "amenity_id" uuid NOT NULL,
  "locale" text NOT NULL,
  "name" text NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "amenity_translations_pkey" PRIMARY KEY("amenity_id","locale"),
  CONSTRAINT "amenity_translations_locale_check" CHECK (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  CONSTRAINT "amenity_translations_name_check" CHECK (name ~ '\S')
);

CREATE TABLE "policies" (
  "id" uuid PRIMARY KEY NOT NULL,
  "code" text NOT NULL,
  "category" text NOT NULL,
  "position" integer DEFAULT 0 NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "policies_code_key" UNIQUE("code"),
  CONSTRAINT "policies_code_check" CHECK (code ~ '^[a-z][a-z0-9_]{0,63}$'),
  CONSTRAINT "policies_category_check" CHECK (category ~ '\S')
);

CREATE TABLE "policy_translations" (
  "policy_id" uuid NOT NULL,
  "locale" text NOT NULL,
  "name" text NOT NULL,
  "description" text DEFAULT '' NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  "version" integer DEFAULT 1 NOT NULL,
  CONSTRAINT "policy_translations_pkey" PRIMARY KEY("policy_id","locale"),
  CONSTRAINT "policy_translations_locale_check" CHECK (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  CONSTRAINT "policy_translations_name_check" CHECK (name ~ '\S')
);

ALTER TABLE "properties" ADD CONSTRAINT "properties_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "properties" ADD CONSTRAINT "properties_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "property_translations" ADD CONSTRAINT "property_translations_listing_id_properties_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."properties"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "amenity_translations" ADD CONSTRAINT "amenity_translations_amenity_id_amenities_id_fk" FOREIGN KEY ("amenity_id") REFERENCES "public"."amenities"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "policy_translations" ADD CONSTRAINT "policy_translations_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;

CREATE INDEX "properties_by_priority_idx" ON "properties" USING btree ("listing_priority","created_at","id") WHERE is_published and deleted_at is null;
CREATE INDEX "properties_by_created_idx" ON "properties" USING btree ("created_at","id") WHERE is_published and deleted_at is null;
CREATE INDEX "properties_by_type_idx" ON "properties" USING btree ("transaction_type","property_type","listing_priority","created_at","id") WHERE is_published and deleted_at is null;
CREATE INDEX "properties_by_rent_price_idx" ON "properties" USING btree ("rent_price","id") WHERE is_published and deleted_at is null;
CREATE INDEX "properties_by_sale_price_idx" ON "properties" USING btree ("sale_price","id") WHERE is_published and deleted_at is null;
CREATE INDEX "properties_by_lease_price_idx" ON "properties" USING btree ("lease_price","id") WHERE is_published and deleted_at is null;
CREATE INDEX "properties_facets_idx" ON "properties" USING gin ("amenities","tags");
CREATE INDEX "properties_text_idx" ON "properties" USING gin ("title" gin_trgm_ops,"description" gin_trgm_ops);
CREATE INDEX "property_translations_text_idx" ON "property_translations" USING gin ("title" gin_trgm_ops,"description" gin_trgm_ops);

CREATE TRIGGER "touch_row" BEFORE UPDATE ON "properties" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();
CREATE TRIGGER "touch_row" BEFORE UPDATE ON "property_translations" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();
CREATE TRIGGER "touch_row" BEFORE UPDATE ON "amenities" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();
CREATE TRIGGER "touch_row" BEFORE UPDATE ON "amenity_translations" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();
CREATE TRIGGER "touch_row" BEFORE UPDATE ON "policies" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();
CREATE TRIGGER "touch_row" BEFORE UPDATE ON "policy_translations" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_row();

COMMENT ON TABLE "properties" IS 'Listings: what this product offers. Title and description are in the fallback locale (en).';
COMMENT ON COLUMN "properties"."rent_price" IS 'Minor units of the currency, like sale_price and lease_price.';
COMMENT ON COLUMN "properties"."amenities" IS 'Codes of the dictionary amenities.';
COMMENT ON COLUMN "properties"."policies" IS 'Codes of the dictionary policies.';
COMMENT ON COLUMN "properties"."contact_info" IS 'An office''s mailbox and hours, for staff. Never in a public answer.';
COMMENT ON COLUMN "properties"."property_id" IS 'A branch of core (core.properties.property_id), or null. Another database: text without a foreign key.';
COMMENT ON TABLE "property_translations" IS 'Listings in the locales other than the fallback.';
COMMENT ON COLUMN "property_translations"."listing_id" IS 'properties.id. The name property_id always means a branch of core.';
COMMENT ON TABLE "amenities" IS 'The dictionary of what a listing can offer.';
COMMENT ON TABLE "amenity_translations" IS 'Names of amenities by locale.';
COMMENT ON TABLE "policies" IS 'The dictionary of rules a listing can have.';
COMMENT ON TABLE "policy_translations" IS 'Names of policies by locale.';
