import type { PropertyType, TransactionType } from "@whitelabel/shared-db";

export type Kind = Readonly<{
  en: string;
  th: string;
  use: "living" | "business" | "land";
  bedrooms: readonly [number, number] | undefined;
  /** Of the unit, or of the plot for land. */
  area_sqm: readonly [number, number];
  land_sqm?: readonly [number, number];
  floors?: readonly [number, number];
  /** On which floor it can be. */
  floor?: readonly [number, number];
  /** Baht in Hua Hin: a month's rent for a square metre, and its price. */
  rentPerSqm: number;
  salePerSqm: number;
  amenities: readonly string[];
}>;

const home = ["wifi", "air_conditioning", "kitchen", "washing_machine", "bathtub", "workspace"];
const house = [...home, "private_pool", "garden", "rooftop", "barbecue", "parking", "ev_charging", "security"];
const flat = [...home, "balcony", "shared_pool", "gym", "sauna", "lift", "parking", "ev_charging", "security"];
const business = ["air_conditioning", "lift", "parking", "ev_charging", "security", "fibre", "three_phase_power"];

export const kinds: Readonly<Record<PropertyType, Kind>> = {
  villa: {
    en: "villa",
    th: "วิลล่า",
    use: "living",
    bedrooms: [2, 6],
    area_sqm: [160, 620],
    land_sqm: [300, 1600],
    floors: [1, 3],
    rentPerSqm: 290,
    salePerSqm: 68_000,
    amenities: house,
  },
  condo: {
    en: "condo",
    th: "คอนโด",
    use: "living",
    bedrooms: [1, 3],
    area_sqm: [32, 140],
    floor: [2, 38],
    rentPerSqm: 420,
    salePerSqm: 92_000,
    amenities: flat,
  },
  apartment: {
    en: "apartment",
    th: "อพาร์ตเมนต์",
    use: "living",
    bedrooms: [0, 3],
    area_sqm: [26, 120],
    floor: [1, 12],
    rentPerSqm: 330,
    salePerSqm: 74_000,
    amenities: flat,
  },
  townhouse: {
    en: "townhouse",
    th: "ทาวน์เฮาส์",
    use: "living",
    bedrooms: [2, 4],
    area_sqm: [95, 220],
    land_sqm: [70, 160],
    floors: [2, 4],
    rentPerSqm: 190,
    salePerSqm: 41_000,
    amenities: house,
  },
  house: {
    en: "house",
    th: "บ้านเดี่ยว",
    use: "living",
    bedrooms: [2, 5],
    area_sqm: [120, 360],
    land_sqm: [200, 900],
    floors: [1, 2],
    rentPerSqm: 180,
    salePerSqm: 45_000,
    amenities: house,
  },
  commercial: {
    en: "shophouse",
    th: "อาคารพาณิชย์",
    use: "business",
    bedrooms: undefined,
    area_sqm: [140, 520],
    land_sqm: [60, 200],
    floors: [2, 5],
    rentPerSqm: 240,
    salePerSqm: 52_000,
    amenities: business,
  },
  land: {
    en: "plot of land",
    th: "ที่ดิน",
    use: "land",
    bedrooms: undefined,
    area_sqm: [400, 9600],
    rentPerSqm: 6,
    salePerSqm: 9_500,
    amenities: ["road_access", "mains_water"],
  },
  office: {
    en: "office",
    th: "สำนักงาน",
    use: "business",
    bedrooms: undefined,
    area_sqm: [60, 900],
    floor: [2, 30],
    rentPerSqm: 520,
    salePerSqm: 88_000,
    amenities: [...business, "meeting_rooms", "gym"],
  },
  retail: {
    en: "shop",
    th: "พื้นที่ร้านค้า",
    use: "business",
    bedrooms: undefined,
    area_sqm: [30, 260],
    floor: [1, 3],
    rentPerSqm: 780,
    salePerSqm: 96_000,
    amenities: business,
  },
  warehouse: {
    en: "warehouse",
    th: "โกดัง",
    use: "business",
    bedrooms: undefined,
    area_sqm: [300, 4200],
    land_sqm: [600, 8000],
    floors: [1, 1],
    rentPerSqm: 130,
    salePerSqm: 21_000,
    amenities: ["parking", "security", "fibre", "three_phase_power", "loading_dock"],
  },
};

/** What is offered how often, for each kind of transaction. */
export const offers: Readonly<Record<TransactionType, Partial<Record<PropertyType, number>>>> = {
  rent: { condo: 6, apartment: 5, villa: 5, house: 4, townhouse: 3, office: 1, retail: 1, commercial: 1 },
  sale: { villa: 5, condo: 5, house: 5, land: 4, townhouse: 3, commercial: 2, apartment: 1, office: 1, warehouse: 1 },
  lease: { commercial: 3, office: 3, retail: 3, warehouse: 3, land: 3, villa: 1 },
};
