import type { Product } from "@whitelabel/shared-config";
import type { PhysicalSpecs, Property, PropertyType, TransactionType } from "@whitelabel/shared-db";
import { type Chooser, chooser, fixedId, fixedInstant } from "./fixed.ts";
import { type ListingTexts, writeTexts } from "./listing-texts.ts";
import { type Place, places } from "./places.ts";
import { type Kind, kinds, offers } from "./property-kinds.ts";

export type SeedListing = Omit<Property, "created_by" | "updated_by" | "version"> & {
  translation: ListingTexts["th"];
};

/** The same listings at every run; mostly of the transaction that the product names first. */
export function makeListings(product: Product, count = 240): SeedListing[] {
  return Array.from({ length: count }, (_, index) => makeListing(product, index));
}

function makeListing(product: Product, index: number): SeedListing {
  const choose = chooser(product.id, "listing", index);
  const transaction_type = chooseTransaction(choose, product);
  const property_type = choose.weighted<PropertyType>(allowed(offers[transaction_type], product));
  const kind = kinds[property_type];
  const place = choose.one(places);
  const [district, district_th, postal_code, latitude, longitude] = choose.one(place.districts);
  const physical_specs = measure(choose, kind);
  const texts = writeTexts(choose, kind, place, [district, district_th], transaction_type, physical_specs);
  const images = listImages(choose, property_type);
  const is_featured = index % 9 === 0;
  const created_at = fixedInstant(index);
  return {
    id: fixedId(created_at, product.id, "listing", index),
    ...texts.en,
    translation: texts.th,
    transaction_type,
    property_type,
    ...price(choose, kind, place, transaction_type, physical_specs),
    currency: product.currency,
    physical_specs,
    location_details: {
      district,
      city: place.en,
      region: place.region,
      country: "TH",
      postal_code,
      latitude: offset(choose, latitude),
      longitude: offset(choose, longitude),
    },
    amenities: choose.some(kind.amenities, choose.between(2, 8)),
    policies: choosePolicies(choose, kind, transaction_type),
    contact_info: {
      office: `${product.name} ${place.en}`,
      email: `${place.en.toLowerCase().replaceAll(" ", "-")}@${product.development.emailDomain}`,
      hours: "09:00-18:00",
    },
    cover_image: images[0] ?? null,
    images,
    tags: chooseTags(choose, kind, place, transaction_type),
    // Every twelfth is a draft, and a few were taken down again.
    is_published: index % 12 !== 5,
    is_featured,
    listing_priority: is_featured ? choose.between(500, 999) : choose.between(0, 20) * 10,
    property_id: branchOf(product, place),
    deleted_at: index % 48 === 31 ? fixedInstant(index + 20) : null,
    created_at,
    updated_at: created_at,
  };
}

function chooseTransaction(choose: Chooser, product: Product): TransactionType {
  const [first, ...others] = product.transactionTypes as readonly TransactionType[];
  return others.length === 0 || choose.chance(80) ? (first ?? "rent") : choose.one(others);
}

type Weights = Partial<Record<PropertyType, number>>;

function allowed(weights: Weights, product: Product): Weights {
  return Object.fromEntries(Object.entries(weights).filter(([type]) => product.propertyTypes.includes(type)));
}

function measure(choose: Chooser, kind: Kind): PhysicalSpecs {
  const between = (range: readonly [number, number]) => choose.between(...range);
  const bedrooms = kind.bedrooms && between(kind.bedrooms);
  // Within its kind, more bedrooms mean more room.
  const [small, large] = kind.area_sqm;
  const [few, many] = kind.bedrooms ?? [0, 0];
  const share =
    bedrooms === undefined
      ? choose.between(0, 100) / 100
      : (bedrooms - few + choose.between(0, 9) / 10) / (many - few + 1);
  const area = Math.round(small + (large - small) * share);
  const floors = kind.floors && between(kind.floors);
  if (kind.use === "land") return { land_sqm: Math.ceil(area / 100) * 100 };
  return {
    ...(bedrooms !== undefined && { bedrooms, bathrooms: Math.max(1, bedrooms - choose.between(0, 1)) }),
    area_sqm: area,
    ...(floors && { floors }),
    // A building leaves a fifth of its plot free.
    ...(kind.land_sqm && { land_sqm: Math.max(between(kind.land_sqm), Math.ceil((area / (floors ?? 1)) * 1.2)) }),
    ...(kind.floor && { floor: between(kind.floor) }),
    parking_spaces: choose.between(0, 3),
    year_built: choose.between(1998, 2026),
    ...(kind.use === "living" && { furnishing: choose.one(["furnished", "partly_furnished", "unfurnished"] as const) }),
  };
}

// Minor units, rounded as prices are: to 500 baht a month, to 50,000 baht for good.
function price(choose: Chooser, kind: Kind, place: Place, transaction: TransactionType, specs: PhysicalSpecs) {
  const size = specs.area_sqm ?? specs.land_sqm ?? 1;
  const factor = (place.prices / 100) * (choose.between(80, 130) / 100);
  const satang = (baht: number, step: number) => Math.max(step, Math.round(baht / step) * step) * 100;
  const monthly = satang(size * kind.rentPerSqm * factor, 500);
  const total = satang(size * kind.salePerSqm * factor, 50_000);
  // Some owners would do either.
  const isEither = transaction !== "lease" && choose.chance(12);
  return {
    rent_price: transaction === "rent" || isEither ? monthly : null,
    sale_price: transaction === "sale" || isEither ? total : null,
    lease_price: transaction === "lease" ? satang((monthly / 100) * 0.85, 500) : null,
  };
}

function choosePolicies(choose: Chooser, kind: Kind, transaction: TransactionType): string[] {
  if (transaction === "sale") {
    const ownership = kind.use === "living" && kind.floor ? ["foreign_quota"] : ["freehold"];
    return [...(choose.chance(70) ? ["transfer_fee_shared"] : []), ...ownership];
  }
  const term = transaction === "lease" ? "minimum_year" : "minimum_month";
  if (kind.use !== "living") return [term, "deposit_two_months"];
  return [
    choose.one(["pets_allowed", "no_pets"]),
    ...choose.some(
      ["no_smoking", "no_parties", "children_welcome", "check_in_14", "check_out_11"],
      choose.between(1, 4),
    ),
    ...(choose.chance(50) ? [term, "deposit_two_months"] : []),
  ];
}

function chooseTags(choose: Chooser, kind: Kind, place: Place, transaction: TransactionType): string[] {
  const fitting = [place.setting, ...(kind.use === "living" ? ["family", "couple", "remote_work"] : ["investment"])];
  const terms = transaction === "rent" ? ["long_stay", "short_stay"] : ["investment", "price_reduced"];
  return choose.some([...new Set([...fitting, ...terms, "new"])], choose.between(1, 4));
}

function listImages(choose: Chooser, type: PropertyType): string[] {
  const first = choose.between(1, 24);
  return Array.from(
    { length: choose.between(3, 7) },
    (_, i) => `listings/${type}/${String(first + i).padStart(2, "0")}.jpg`,
  );
}

// Somewhere within a kilometre of the district's middle.
const offset = (choose: Chooser, degrees: number) => Number((degrees + choose.between(-90, 90) / 10_000).toFixed(4));

// A branch's id begins with its city's airport; a listing in its city belongs to it.
const branchOf = (product: Product, { en }: Place) =>
  (en === "Bangkok" && product.development.corePropertyIds.find((id) => id.startsWith("BKK"))) || null;
