/** What a column that can hold text may be. Every such column is one of these, or it is not made. */
export const textKinds = {
  identifier: "names a row, a person's account, a branch of core, a code or a locale; says nothing by itself",
  workflow_state: "a value from a closed list, or what a program wrote about its own work",
  staff_data: "about staff or an office, for staff; never about a guest",
  guarded_text: "free text linked to a booking: checked for that booking's guest before it is stored",
  listing_content: "what a listing or a dictionary shows to everybody; has no way to a guest",
  forbidden: "a guest's data: belongs in core. Named here only to be refused",
} as const;

export type TextKind = keyof typeof textKinds;

/**
 * Every column that can hold text, as `table.column`. A new one is a decision: `pnpm migration:check` refuses a column
 * that is not here, and `pnpm data-dictionary` writes docs/data-dictionary.md from it.
 */
export const dataDictionary: Readonly<Record<string, TextKind>> = {
  "users.clerk_user_id": "identifier",
  "users.email": "staff_data",
  "users.display_name": "staff_data",
  "users.role": "workflow_state",
  "staff_assignments.property_id": "identifier",
  "properties.title": "listing_content",
  "properties.description": "listing_content",
  "properties.transaction_type": "workflow_state",
  "properties.property_type": "workflow_state",
  "properties.currency": "identifier",
  "properties.physical_specs": "listing_content",
  "properties.location_details": "listing_content",
  "properties.amenities": "identifier",
  "properties.policies": "identifier",
  "properties.contact_info": "staff_data",
  "properties.cover_image": "listing_content",
  "properties.images": "listing_content",
  "properties.tags": "listing_content",
  "properties.property_id": "identifier",
  "property_translations.locale": "identifier",
  "property_translations.title": "listing_content",
  "property_translations.description": "listing_content",
  "amenities.code": "identifier",
  "amenities.category": "listing_content",
  "amenity_translations.locale": "identifier",
  "amenity_translations.name": "listing_content",
  "policies.code": "identifier",
  "policies.category": "listing_content",
  "policy_translations.locale": "identifier",
  "policy_translations.name": "listing_content",
  "policy_translations.description": "listing_content",
  "audit_logs.actor_type": "workflow_state",
  "audit_logs.action": "workflow_state",
  "audit_logs.entity": "identifier",
  "audit_logs.entity_id": "identifier",
  "audit_logs.changed_fields": "identifier",
  "audit_logs.details": "workflow_state",
  "audit_logs.request_id": "identifier",
  // The runner's own tables.
  "app_meta.product_id": "identifier",
  "schema_migrations.name": "identifier",
  "schema_migrations.sha256": "identifier",
  "schema_migrations.version": "identifier",
};

const withoutText = new RegExp(
  `^(${[
    "smallint|integer|bigint|numeric|real|double precision|boolean|uuid|oid",
    "date|interval|time|timestamp",
    "(int4|int8|num|ts|tstz|date)(multi)?range",
  ].join("|")})\\b`,
);

/** Whether a column of this type can hold text, and so has to be in the dictionary. Arrays are as their elements. */
export const canHoldText = (type: string): boolean => !withoutText.test(type.toLowerCase());
