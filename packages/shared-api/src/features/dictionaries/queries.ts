import type { Statements } from "@whitelabel/shared-db";
import type { Amenity, Policy } from "./schemas.ts";

/** Each entry's texts in the first of these locales that it has; by its code where it has none. */
type Locales = readonly [asked: string, fallback: string];

export function listAmenities({ query }: Statements, locales: Locales): Promise<Amenity[]> {
  return query(
    `select a.code, a.category, coalesce(t.name, f.name, a.code) as name
    from amenities a
    left join amenity_translations t on t.amenity_id = a.id and t.locale = $1
    left join amenity_translations f on f.amenity_id = a.id and f.locale = $2
    order by a.position, a.code`,
    locales,
  );
}

export function listPolicies({ query }: Statements, locales: Locales): Promise<Policy[]> {
  return query(
    `select p.code, p.category, coalesce(t.name, f.name, p.code) as name,
      coalesce(t.description, f.description, '') as description
    from policies p
    left join policy_translations t on t.policy_id = p.id and t.locale = $1
    left join policy_translations f on f.policy_id = p.id and f.locale = $2
    order by p.position, p.code`,
    locales,
  );
}

type UnknownCode = Readonly<{ list: "amenities" | "policies"; index: number }>;

/** Where these lists name what the dictionaries do not have. */
export function findUnknownCodes(
  { query }: Statements,
  amenities: readonly string[],
  policies: readonly string[],
): Promise<UnknownCode[]> {
  return query(
    `select 'amenities' as list, (n - 1)::integer as index from unnest($1::text[]) with ordinality as given (code, n)
    where not exists (select from amenities where amenities.code = given.code)
    union all
    select 'policies', (n - 1)::integer from unnest($2::text[]) with ordinality as given (code, n)
    where not exists (select from policies where policies.code = given.code)
    order by 1, 2`,
    [amenities, policies],
  );
}
