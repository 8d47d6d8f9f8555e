import type { Statements } from "@whitelabel/shared-db";
import { uuidv7 } from "uuidv7";
import type { Caller } from "../../auth/caller.ts";
import { type AuditEntry, change } from "../../writes/change.ts";
import { staffListing, translations } from "./columns.ts";
import type { ListingPatch, NewListing, Translation } from "./inputs.ts";
import { isOf } from "./queries.ts";
import type { StaffProperty } from "./schemas.ts";
import type { Branches } from "./staff.ts";

/** Which listing, as whoever changes it knows it. */
export type Target = Readonly<{ id: string; version: number | null; branches: Branches; fallback: string }>;

/** The first five params of every change of a listing: the four of the target, and who changes it. */
const first = ({ id, version, branches, fallback }: Target, { user }: Caller) => [
  id,
  version,
  branches,
  fallback,
  user.id,
];
const isTarget = `p.id = $1 and p.deleted_at is null and ($2::integer is null or p.version = $2) and ${isOf("$3")}`;
const author = "updated_by = $5::integer";

const entry = (action: string, changed_fields: readonly string[] = [], details = {}): AuditEntry => ({
  action: `listing.${action}`,
  entity: "properties",
  changed_fields,
  details,
});

export async function insertListing(
  to: Statements,
  caller: Caller,
  listing: NewListing,
  fallback: string,
): Promise<StaffProperty> {
  const id = uuidv7();
  const made = await change<StaffProperty>(to, caller, {
    text: insert,
    params: [
      id,
      fallback,
      caller.user.id,
      ...texts.map((name) => listing[name]),
      ...jsons.map((name) => json(listing[name])),
    ],
    audit: entry("created", [...texts, ...jsons]),
  });
  if (!made) throw new Error("A listing was made and is not there");
  return made;
}

const texts = [
  ...([
    "title",
    "description",
    "transaction_type",
    "property_type",
    "rent_price",
    "sale_price",
    "lease_price",
  ] as const),
  ...(["currency", "cover_image", "is_featured", "listing_priority", "property_id"] as const),
];
const jsons = [
  "physical_specs",
  "location_details",
  "amenities",
  "policies",
  "contact_info",
  "images",
  "tags",
] as const;
const json = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...new Set(value)] : value);

const insert = `insert into properties as p (id, created_by, updated_by, ${[...texts, ...jsons].join(", ")})
  values ($1, $3, $3, ${[...texts, ...jsons].map((_, index) => `$${index + 4}`).join(", ")})
  returning ${staffListing(translations("$2"))}`;

/** Undefined if the target is not there, or not in this version. */
export function updateListing(
  to: Statements,
  caller: Caller,
  target: Target,
  patch: ListingPatch,
): Promise<StaffProperty | undefined> {
  const sets = Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [name, Array.isArray(value) ? [...new Set(value)] : value]),
  );
  return change(to, caller, {
    text: update,
    params: [...first(target, caller), JSON.stringify(sets)],
    audit: entry("updated", Object.keys(patch)),
  });
}

// One text for every patch: a statement of its own for each choice of fields would fill the server with prepared ones.
const whole = (column: string, type: string, cleared = "null") =>
  `${column} = case when $6::jsonb ? '${column}' then coalesce(($6::jsonb ->> '${column}')::${type}, ${cleared}) else p.${column} end`;
const list = (column: string) => whole(column, "jsonb", "'[]'");
const merged = (column: string) => `${column} = case when $6::jsonb ? '${column}'
    then coalesce(jsonb_strip_nulls(p.${column} || nullif($6::jsonb -> '${column}', 'null')), '{}') else p.${column} end`;

const update = `update properties p set ${[
  ...["title", "transaction_type", "property_type", "currency", "cover_image", "property_id"].map((column) =>
    whole(column, "text"),
  ),
  whole("description", "text", "''"),
  ...["rent_price", "sale_price", "lease_price"].map((column) => whole(column, "bigint")),
  whole("is_featured", "boolean"),
  whole("listing_priority", "integer"),
  ...["physical_specs", "location_details", "contact_info"].map(merged),
  ...["amenities", "policies", "images", "tags"].map(list),
  author,
].join(",\n  ")}
  where ${isTarget} returning ${staffListing(translations("$4"))}`;

/** Undefined if it is already so, too. */
export function setPublication(
  to: Statements,
  caller: Caller,
  target: Target,
  isPublished: boolean,
): Promise<StaffProperty | undefined> {
  return change(to, caller, {
    text: publish,
    params: [...first(target, caller), isPublished],
    audit: entry(isPublished ? "published" : "unpublished", ["is_published"]),
  });
}

const publish = `update properties p set is_published = $6, ${author}
  where ${isTarget} and p.is_published is distinct from $6 returning ${staffListing(translations("$4"))}`;

export function deleteListing(to: Statements, caller: Caller, target: Target): Promise<{ id: string } | undefined> {
  return change(to, caller, {
    text: `update properties p set deleted_at = now(), ${author} where ${isTarget} and $4::text is not null returning p.id`,
    params: first(target, caller),
    audit: entry("deleted"),
  });
}

/** Raises the listing's version. Undefined if the texts are already these, too. */
export function putTranslation(
  to: Statements,
  caller: Caller,
  target: Target,
  locale: string,
  { title, description }: Translation,
): Promise<StaffProperty | undefined> {
  return change(to, caller, {
    text: touchForTranslation,
    params: [...first(target, caller), locale, title, description],
    also: upsertTranslation,
    audit: entry("translated", ["title", "description"], { locale }),
  });
}

// The listing's row first: whoever translates it at the same time waits for it.
const touchForTranslation = `update properties p set updated_at = now(), ${author}
  where ${isTarget} and not exists (
    select from property_translations o
    where o.listing_id = p.id and o.locale = $6::text and o.title = $7::text and o.description = $8::text)
  returning ${staffListing(
    `${translations("$4")} || jsonb_build_object($6::text, jsonb_build_object('title', $7::text, 'description', $8::text))`,
  )}`;

const upsertTranslation = `insert into property_translations (listing_id, locale, title, description)
  select changed.id, $6::text, $7::text, $8::text from changed
  on conflict (listing_id, locale) do update set title = excluded.title, description = excluded.description`;

/** Raises the listing's version. Undefined if there is no such translation, too. */
export function deleteTranslation(
  to: Statements,
  caller: Caller,
  target: Target,
  locale: string,
): Promise<StaffProperty | undefined> {
  return change(to, caller, {
    text: `update properties p set updated_at = now(), ${author}
      where ${isTarget}
        and exists (select from property_translations o where o.listing_id = p.id and o.locale = $6::text)
      returning ${staffListing(`(${translations("$4")}) - $6::text`)}`,
    params: [...first(target, caller), locale],
    also: `delete from property_translations o using changed where o.listing_id = changed.id and o.locale = $6::text`,
    audit: entry("translation_deleted", ["title", "description"], { locale }),
  });
}
