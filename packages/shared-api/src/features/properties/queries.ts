import type { Database } from "@whitelabel/shared-db";
import type { Values } from "../../http/cursor.ts";
import { conditions, containing } from "../../writes/conditions.ts";
import type { ListQuery, PublicProperty, Sort } from "./schemas.ts";

const columns = `p.id, p.transaction_type, p.property_type, p.rent_price, p.sale_price, p.lease_price, p.currency,
  p.physical_specs, p.location_details, p.amenities, p.policies, p.cover_image, p.images, p.tags,
  p.is_featured, p.listing_priority, p.property_id, p.created_at, p.updated_at, p.version`;

const texts = "coalesce(t.title, p.title) as title, coalesce(t.description, p.description) as description";

const price =
  "case p.transaction_type when 'rent' then p.rent_price when 'sale' then p.sale_price else p.lease_price end";

/** Published listings that fit, in order, after a position; one more than `limit`, so that the caller sees whether there are more. */
export function listPublished(
  { query }: Database,
  filters: ListQuery,
  locale: string,
  after: Values | undefined,
): Promise<PublicProperty[]> {
  const where = conditions();
  const { param } = where;
  const join = `left join property_translations t on t.listing_id = p.id and t.locale = ${param(locale)}`;
  // With a transaction chosen its price is a column, and a column has an index.
  const amount = filters.transaction_type ? `p.${filters.transaction_type}_price` : price;

  where.add("p.is_published and p.deleted_at is null");
  if (filters.property_type) where.add(`p.property_type = ${param(filters.property_type)}`);
  if (filters.transaction_type) where.add(`p.transaction_type = ${param(filters.transaction_type)}`);
  if (filters.price_min !== undefined) where.add(`${amount} >= ${param(filters.price_min)}::bigint`);
  if (filters.price_max !== undefined) where.add(`${amount} <= ${param(filters.price_max)}::bigint`);
  if (filters.bedrooms !== undefined)
    where.add(`(p.physical_specs -> 'bedrooms')::numeric >= ${param(filters.bedrooms)}`);
  if (filters.amenities) where.add(`p.amenities @> ${param(JSON.stringify(filters.amenities))}::jsonb`);
  if (filters.tags) where.add(`p.tags @> ${param(JSON.stringify(filters.tags))}::jsonb`);
  if (filters.featured !== undefined) where.add(`p.is_featured = ${param(filters.featured)}`);
  if (filters.q) where.add(hasText(param(containing(filters.q))));

  const { keys, direction } = orderOf(filters.sort, amount);
  if (after) where.add(`(${keys.join(", ")}) ${direction === "asc" ? ">" : "<"} (${after.map(param).join(", ")})`);

  return query<PublicProperty>(
    `select ${columns}, ${texts} from properties p ${join}
    where ${where.text()}
    order by ${keys.map((key) => `${key} ${direction}`).join(", ")}
    limit ${param(filters.limit + 1)}`,
    where.params,
  );
}

/** In any locale; a union, because an OR over two tables would use neither trigram index. */
function hasText(pattern: string): string {
  return `p.id in (
    select id from properties where title ilike ${pattern} or description ilike ${pattern}
    union select listing_id from property_translations where title ilike ${pattern} or description ilike ${pattern})`;
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
export function positionOf(sort: Sort, listing: PublicProperty): Values {
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

export type FoundProperty = PublicProperty & { is_published: boolean; deleted_at: string | null };

export async function findProperty(
  { query }: Database,
  id: string,
  locale: string,
): Promise<FoundProperty | undefined> {
  const [property] = await query<FoundProperty>(findById, [id, locale]);
  return property;
}

const findById = `select ${columns}, ${texts}, p.is_published, p.deleted_at
  from properties p left join property_translations t on t.listing_id = p.id and t.locale = $2
  where p.id = $1`;
