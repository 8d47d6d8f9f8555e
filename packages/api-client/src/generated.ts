// Generated from the API's OpenAPI document by `pnpm client:generate`; do not edit.
import type { Operation, PagedMethod, ReadOptions } from "./types.ts";

/**
 * A method for every operation of the API, named as its operation id in the OpenAPI document. Each throws ApiError;
 * beside the codes that are listed with it, each can fail with `unauthenticated`, `forbidden`, `rate_limited`, `internal`, `unavailable`, `wrong_database`, `schema_behind`.
 */
export interface Client {
  /**
   * What a frontend of this product has to know before it starts.
   *
   * `GET /api/v1/config`, for: anyone
   */
  getConfig(options?: ReadOptions): Promise<Config>;

  /**
   * A branch's arrivals, departures or guests in house on a day.
   *
   * Guests' names are read from core at this moment and stored nowhere; that they were shown is recorded.
   *
   * `GET /api/v1/front-desk/bookings`, for: agent
   *
   * @throws ApiError `not_found`, `feature_disabled`, `invalid`
   */
  listFrontDeskBookings: PagedMethod<[input: ListFrontDeskBookingsInput], FrontDeskBookingBoard>;

  /**
   * The branches that the caller works for.
   *
   * `GET /api/v1/front-desk/branches`, for: agent
   *
   * @throws ApiError `feature_disabled`
   */
  listBranches(options?: ReadOptions): Promise<BranchPage>;

  /**
   * Published listings.
   *
   * `GET /api/v1/properties`, for: anyone
   *
   * @throws ApiError `invalid`
   */
  listProperties: PagedMethod<[input?: ListPropertiesInput], PropertyPage>;

  /**
   * A published listing.
   *
   * `GET /api/v1/properties/{id}`, for: anyone
   *
   * @throws ApiError `not_found`, `gone`, `invalid`
   */
  getProperty(input: GetPropertyInput, options?: ReadOptions): Promise<Property>;

  /**
   * The caller's own account.
   *
   * `GET /api/v1/users/me`, for: who is signed in
   */
  getMe(options?: ReadOptions): Promise<User>;
}

export interface ListFrontDeskBookingsInput {
  /**
   * @minLength 1
   * @maxLength 64
   * @example BKK-01
   */
  property_id: string;
  /**
   * The branch's own today if left out.
   * @format date
   * @example 2026-11-21
   */
  date?: string | undefined;
  /** @default arrivals */
  view?: "arrivals" | "departures" | "in_house" | undefined;
  /**
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface ListPropertiesInput {
  property_type?:
    | "apartment"
    | "commercial"
    | "condo"
    | "house"
    | "land"
    | "office"
    | "retail"
    | "townhouse"
    | "villa"
    | "warehouse"
    | undefined;
  transaction_type?: "lease" | "rent" | "sale" | undefined;
  /**
   * Minor units, of the price of the listing's transaction.
   * @minimum 0
   */
  price_min?: number | undefined;
  /** @minimum 0 */
  price_max?: number | undefined;
  /**
   * At least so many.
   * @minimum 0
   * @maximum 100
   */
  bedrooms?: number | undefined;
  /**
   * Comma-separated; a listing must have all of them.
   * @example pool,gym
   */
  amenities?: string | undefined;
  /**
   * Comma-separated; a listing must have all of them.
   * @example riverside
   */
  tags?: string | undefined;
  featured?: boolean | undefined;
  /**
   * Text in title or description, in any locale.
   * @minLength 1
   * @maxLength 100
   */
  q?: string | undefined;
  /** @default priority */
  sort?: "priority" | "newest" | "price_asc" | "price_desc" | undefined;
  /** Beats `Accept-Language`. */
  locale?: "en" | "th" | undefined;
  /**
   * @minimum 1
   * @maximum 100
   * @default 20
   * @example 20
   */
  limit?: number | undefined;
  /**
   * `next_cursor` of the page before.
   * @minLength 1
   * @maxLength 500
   */
  cursor?: string | undefined;
}

export interface GetPropertyInput {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** Beats `Accept-Language`. */
  locale?: "en" | "th" | undefined;
}

export interface Branch {
  /** @example BKK-01 */
  property_id: string;
  /**
   * Null while core is away.
   * @example Bangkok Riverside
   */
  name: string | null;
  /** @example Asia/Bangkok */
  time_zone: string | null;
  /** @example Bangkok */
  city: string | null;
}

export interface BranchPage {
  items: Branch[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: "core"[];
}

export interface Config {
  /** @example bestays */
  product: string;
  /** @example Bestays */
  name: string;
  theme: {
    /** @example #FF6B6B */
    primary_color: string;
  };
  /**
   * The first is the fallback.
   * @example ["en","th"]
   */
  locales: string[];
  /**
   * What this deployment serves.
   * @example ["front_desk"]
   */
  features: string[];
  /** @example pk_test_c2FjcmVkLW1heWZseS01NS5jbGVyay5hY2NvdW50cy5kZXYk */
  clerk_publishable_key: string;
}

export interface FrontDeskBooking {
  /** @example B-1042 */
  booking_id: string;
  /** @example BKK-01 */
  property_id: string;
  /** @example BKK-01-204 */
  room_id: string | null;
  /**
   * The room within the booking.
   * @example B-1042-1
   */
  row_room_id: string | null;
  booking: GuestContext;
}

export interface FrontDeskBookingBoard {
  items: FrontDeskBooking[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
  /** @example BKK-01 */
  property_id: string;
  /**
   * Null if it was not asked for and core, which knows the time zone, is away.
   * @format date
   * @example 2026-11-21
   */
  date: string | null;
  view: "arrivals" | "departures" | "in_house";
  /** @example Asia/Bangkok */
  time_zone: string | null;
  /**
   * Empty when the answer is whole. `core`: guest data could not be read; `audit`: nor be shown, because viewing it could not be recorded.
   * @example []
   */
  degraded: ("core" | "audit")[];
}

/** Looked up in core now. Null when `degraded`. */
export type GuestContext = {
  /** @example Ada Example */
  guest_name: string;
  /** @example 204 */
  room_name: string | null;
  /** @example Deluxe */
  room_type: string | null;
  /**
   * @format date
   * @example 2026-11-21
   */
  check_in: string;
  /**
   * @format date
   * @example 2026-11-21
   */
  check_out: string;
  /**
   * As core says: confirmed, checked_in, …
   * @example confirmed
   */
  status: string;
} | null;

/** RFC 9457, with a stable `code` from a closed list. */
export interface Problem {
  /** @example urn:whitelabel:problem:not_found */
  type: string;
  /** @example Not found */
  title: string;
  /** @example 404 */
  status: number;
  /** @example There is no such property */
  detail: string;
  /** @example /api/v1/properties/0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10 */
  instance: string;
  /** @example not_found */
  code:
    | "bad_request"
    | "invalid"
    | "unauthenticated"
    | "forbidden"
    | "not_found"
    | "method_not_allowed"
    | "timeout"
    | "conflict"
    | "gone"
    | "precondition_failed"
    | "too_large"
    | "unsupported_media"
    | "expectation_failed"
    | "rate_limited"
    | "header_too_large"
    | "feature_disabled"
    | "pii_detected"
    | "core_unavailable"
    | "unavailable"
    | "wrong_database"
    | "schema_behind"
    | "internal";
  /** @example bestays */
  product: string;
  /** @example 4f6c0c35-6a2e-4d5f-9a52-0f4d5c0a9d1e */
  request_id: string;
  /** What is wrong with the input, field by field. Never holds a value. */
  errors?: {
    path: string;
    message: string;
  }[];
}

export interface Property {
  /**
   * @format uuid
   * @example 0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10
   */
  id: string;
  /** @example Two-bedroom condo near the river */
  title: string;
  description: string;
  transaction_type: "rent" | "sale" | "lease";
  property_type:
    | "villa"
    | "condo"
    | "apartment"
    | "townhouse"
    | "house"
    | "commercial"
    | "land"
    | "office"
    | "retail"
    | "warehouse";
  /**
   * Minor units of `currency`: 2500000 is 25,000 baht a month.
   * @format int64
   * @example 2500000
   */
  rent_price: number | null;
  /** @format int64 */
  sale_price: number | null;
  /** @format int64 */
  lease_price: number | null;
  /** @example THB */
  currency: string;
  /** @example {"bedrooms":2,"bathrooms":2,"area_sqm":84} */
  physical_specs: {
    bedrooms?: number;
    bathrooms?: number;
    area_sqm?: number;
    land_sqm?: number;
    floors?: number;
    floor?: number;
    parking_spaces?: number;
    year_built?: number;
    furnishing?: "furnished" | "partly_furnished" | "unfurnished";
  };
  /** @example {"district":"Watthana","city":"Bangkok","country":"TH"} */
  location_details: {
    district?: string;
    city?: string;
    region?: string;
    country?: string;
    postal_code?: string;
    latitude?: number;
    longitude?: number;
  };
  /** @example ["pool","gym"] */
  amenities: string[];
  /** @example ["no_smoking"] */
  policies: string[];
  cover_image: string | null;
  images: string[];
  /** @example ["riverside"] */
  tags: string[];
  is_featured: boolean;
  /** @example 100 */
  listing_priority: number;
  /**
   * The branch it belongs to, if any.
   * @example BKK-01
   */
  property_id: string | null;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
}

export interface PropertyPage {
  items: Property[];
  /** Give it as `cursor` to get the next page; null on the last one. */
  next_cursor: string | null;
}

export interface User {
  /** @example 7 */
  id: number;
  /**
   * Null until Clerk tells us.
   * @example agent.dev@bestays.app
   */
  email: string | null;
  /** @example Somchai */
  display_name: string | null;
  role: "user" | "agent" | "admin";
  /**
   * The branches an agent works for.
   * @example ["BKK-01"]
   */
  property_ids: string[];
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  created_at: string;
  /**
   * @format date-time
   * @example 2026-11-21T04:00:00.123Z
   */
  updated_at: string;
  /** @example 1 */
  version: number;
}

/** The closed list of what the API answers when it does not do what was asked. */
export type ErrorCode = Problem["code"];

/** @internal What of the routes has to be known at run time. */
export const operations: Readonly<Record<keyof Client, Operation>> = {
  getConfig: { method: "GET", path: "/api/v1/config", bare: true },
  listFrontDeskBookings: { method: "GET", path: "/api/v1/front-desk/bookings", paged: true },
  listBranches: { method: "GET", path: "/api/v1/front-desk/branches", bare: true },
  listProperties: { method: "GET", path: "/api/v1/properties", paged: true },
  getProperty: { method: "GET", path: "/api/v1/properties/{id}" },
  getMe: { method: "GET", path: "/api/v1/users/me", bare: true },
};
