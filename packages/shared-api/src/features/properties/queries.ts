import { asJson, type JsonRow, type Statements } from "@whitelabel/shared-db";
import type { Values } from "../../http/cursor.ts";
import { conditions, containing } from "../../writes/conditions.ts";
import { columns, staffColumns, texts, translations } from "./columns.ts";
import type { ListQuery, Sort, Status } from "./list-query.ts";
import type { PublicProperty, StaffProperty } from "./schemas.ts";
import type { Branches } from "./staff.ts";

const price =
  "case p.transaction_type when 'rent' then p.rent_price when 'sale' then p.sale_price else p.lease_price end";

export type Asked = Readonly<{
  filters: ListQuery;
  locale: string;
  after: Values | undefined;
  /** Who asks, if they are staff; drafts are theirs alone. */
  staff: Readonly<{ branches: Branches }> | undefined;
}>;

/** Listings that fit, in order, after a position; one more than `limit`, so that the caller sees whether there are more. */
export function listListings({ query }: Statements, asked: Asked): Promise<JsonRow[]> {
  const { text, params } = listStatement(asked);
  return query<JsonRow>(text, params, { isKept: isUsual(asked.filters), reader: listingTexts });
}
const listingTexts = asJson();

/**
 * Whether the question is one of the few hundred kinds that most questions are. There are more than ten thousand, and
 * whoever asked them all would fill the server's memory with prepared statements.
 */
export function isUsual({ price_min, price_max, bedrooms, amenities, tags, featured, q, status }: ListQuery): boolean {
  const rare = [price_min ?? price_max, bedrooms, amenities, tags, featured, q];
  return status === "published" && rare.filter((filter) => filter !== undefined).length <= 1;
}

export function listStatement(asked: Asked): Readonly<{ text: string; params: readonly unknown[] }> {
  const { filters, locale, after, staff } = asked;
  const where = conditions();
  const { param } = where;
  const join = `left join property_translations t on t.listing_id = p.id and t.locale = ${param(locale)}`;
  // With a transaction chosen its price is a column, and a column has an index.
  const amount = filters.transaction_type ? `p.${filters.transaction_type}_price` : price;

  where.add(isShown(filters.status, () => isOf(param(staff?.branches ?? null))));
  if (filters.property_type) where.add(`p.property_type = ${param(filters.property_type)}`);
  if (filters.transaction_type) where.add(`p.transaction_type = ${param(filters.transaction_type)}`);
  const { price_min, price_max } = filters;
  if (price_min !== undefined || price_max !== undefined) {
    const [min, max] = [param(price_min ?? 0), param(price_max ?? Number.MAX_SAFE_INTEGER)];
    where.add(`${amount} between ${min}::bigint and ${max}::bigint`);
  }
  if (filters.bedrooms !== undefined)
    where.add(`(p.physical_specs -> 'bedrooms')::numeric >= ${param(filters.bedrooms)}`);
  if (filters.amenities) where.add(`p.amenities @> ${param(JSON.stringify(filters.amenities))}::jsonb`);
  if (filters.tags) where.add(`p.tags @> ${param(JSON.stringify(filters.tags))}::jsonb`);
  if (filters.featured !== undefined) where.add(`p.is_featured = ${param(filters.featured)}`);
  if (filters.q) where.add(hasText(filters.q, param(containing(filters.q))));

  const { keys, direction } = orderOf(filters.sort, amount);
  if (after) where.add(`(${keys.join(", ")}) ${direction === "asc" ? ">" : "<"} (${after.map(param).join(", ")})`);

  return {
    text: `select ${columns}, ${texts}${staff ? ", p.is_published" : ""} from properties p ${join}
    where ${where.text()}
    order by ${keys.map((key) => `${key} ${direction}`).join(", ")}
    limit ${param(filters.limit + 1)}`,
    params: where.params,
  };
}

/** `theirs` says which drafts the caller may see. */
function isShown(status: Status, theirs: () => string): string {
  switch (status) {
    case "published":
      return "p.is_published and p.deleted_at is null";
    case "draft":
      return `not p.is_published and p.deleted_at is null and ${theirs()}`;
    case "all":
      return `p.deleted_at is null and (p.is_published or ${theirs()})`;
  }
}

/** That a listing is of no branch or of one of these; `branches` is the placeholder of a `Branches`. */
export const isOf = (branches: string) =>
  `(${branches}::text[] is null or p.property_id is null or p.property_id = any(${branches}::text[]))`;

/**
 * In any locale; a union, because an OR over two tables would use neither trigram index. What has no three letters in
 * a row has no trigram to be found by: reading every description for it would take too long, the titles do not.
 */
function hasText(text: string, pattern: string): string {
  const fits = /[\p{L}\p{N}]{3}/u.test(text)
    ? `(title ilike ${pattern} or description ilike ${pattern})`
    : `title ilike ${pattern}`;
  return `p.id in (
    select id from properties where ${fits} union select listing_id from property_translations where ${fits})`;
}

function orderOf(sort: Sort, amount: string): { keys: string[]; direction: "asc" | "desc" } {
  switch (sort) {
    case "priority":
      return { keys: ["p.listing_priority", "p.created_at", "p.id"], direction: "desc" };
    case "newest":
      return { keys: ["p.created_at", "p.id"], direction: "desc" };
    case "price_asc":
      return { keys: [amount, "p.id"], direction: "asc" };
    case "price_desc":
      return { keys: [amount, "p.id"], direction: "desc" };
  }
}

/** Where a page that ends with this listing ends. */
export function positionOf(sort: Sort, { json }: JsonRow): Values {
  const listing = JSON.parse(json) as PublicProperty;
  const { id, listing_priority, created_at, transaction_type } = listing;
  switch (sort) {
    case "priority":
      return [listing_priority, created_at, id];
    case "newest":
      return [created_at, id];
    default:
      return [listing[`${transaction_type}_price`] ?? 0, id];
  }
}

/** A published listing as the answer's text. */
export type ListingText = JsonRow<Pick<PublicProperty, "version">>;

export async function findPublished(
  { query }: Statements,
  id: string,
  locale: string,
): Promise<ListingText | undefined> {
  const [listing] = await query<ListingText>(findPublishedById, [id, locale], { reader: listingText });
  return listing;
}
const listingText = asJson("version");

const findPublishedById = `select ${columns}, ${texts}
  from properties p left join property_translations t on t.listing_id = p.id and t.locale = $2
  where p.id = $1 and p.is_published and p.deleted_at is null`;

/** Whether there was such a listing and it was deleted. */
export async function isDeleted({ sql }: Statements, id: string): Promise<boolean> {
  const [found] = await sql`select from properties where id = ${id} and deleted_at is not null`;
  return found !== undefined;
}

export type FoundForStaff = StaffProperty & { deleted_at: string | null };

/** With all that staff see; whoever asks must be known to work on it. */
export async function findForStaff(
  { query }: Statements,
  id: string,
  { locale, fallback }: Readonly<{ locale: string; fallback: string }>,
): Promise<FoundForStaff | undefined> {
  const [property] = await query<FoundForStaff>(findByIdForStaff, [id, locale, fallback]);
  return property;
}

const findByIdForStaff = `select ${columns}, ${texts}, ${staffColumns}, ${translations("$3")} as translations, p.deleted_at
  from properties p left join property_translations t on t.listing_id = p.id and t.locale = $2
  where p.id = $1`;
