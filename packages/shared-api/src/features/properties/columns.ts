/** What anyone may see of a listing `p`, but its texts. */
export const columns = `p.id, p.transaction_type, p.property_type, p.rent_price, p.sale_price, p.lease_price, p.currency,
  p.physical_specs, p.location_details, p.amenities, p.policies, p.cover_image, p.images, p.tags,
  p.is_featured, p.listing_priority, p.property_id, p.created_at, p.updated_at, p.version`;

/** Beside a translation `t` of the asked locale, which may be missing. */
export const texts = "coalesce(t.title, p.title) as title, coalesce(t.description, p.description) as description";

/** What staff see beyond that, but the texts of the locales. */
export const staffColumns = "p.is_published, p.contact_info, p.created_by, p.updated_by";

/** The texts in every locale; `fallback` is the placeholder of the fallback locale. */
export const translations = (fallback: string) => `
  jsonb_build_object(${fallback}::text, jsonb_build_object('title', p.title, 'description', p.description)) || coalesce(
    (select jsonb_object_agg(o.locale, jsonb_build_object('title', o.title, 'description', o.description))
    from property_translations o where o.listing_id = p.id), '{}')`;

/** A whole listing in the fallback locale, for RETURNING; `texts` stands for its texts in every locale. */
export const staffListing = (texts: string) =>
  `${columns}, p.title, p.description, ${staffColumns}, ${texts} as translations`;
