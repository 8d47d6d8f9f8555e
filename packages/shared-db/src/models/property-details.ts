/** What can be measured about a listing. Fields that nobody gave are absent. */
export type PhysicalSpecs = {
  bedrooms?: number;
  bathrooms?: number;
  area_sqm?: number;
  land_sqm?: number;
  /** How many floors the building has, or the unit itself. */
  floors?: number;
  /** On which floor a condo, an apartment or an office is. */
  floor?: number;
  parking_spaces?: number;
  year_built?: number;
  furnishing?: "furnished" | "partly_furnished" | "unfurnished";
};

/** Where a listing is, in the fallback locale's spelling. */
export type LocationDetails = {
  district?: string;
  city?: string;
  region?: string;
  /** ISO 3166-1, two letters. */
  country?: string;
  postal_code?: string;
  latitude?: number;
  longitude?: number;
};

/** How staff reach whoever offers the listing: an office's mailbox, never a guest's. */
export type ContactInfo = {
  office?: string;
  email?: string;
  hours?: string;
};
