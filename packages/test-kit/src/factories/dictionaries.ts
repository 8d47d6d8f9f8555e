import { randomUUID } from "node:crypto";
import {
  type Amenity,
  amenities,
  amenityTranslations,
  type Db,
  type Policy,
  policies,
  policyTranslations,
} from "@whitelabel/shared-db";
import { inserted } from "./inserted.ts";

type Entry = { code?: string; category?: string; position?: number; names?: Record<string, string> };

/** An entry of the amenities' dictionary with its names by locale. */
export async function createAmenity(db: Db, { names = { en: "Pool" }, ...entry }: Entry = {}): Promise<Amenity> {
  const amenity = inserted(
    await db
      .insert(amenities)
      .values({ ...usual(), ...entry })
      .returning(),
  );
  const rows = Object.entries(names).map(([locale, name]) => ({ amenity_id: amenity.id, locale, name }));
  if (rows.length > 0) await db.insert(amenityTranslations).values(rows);
  return amenity;
}

/** An entry of the policies' dictionary with its names by locale. */
export async function createPolicy(db: Db, { names = { en: "No smoking" }, ...entry }: Entry = {}): Promise<Policy> {
  const policy = inserted(
    await db
      .insert(policies)
      .values({ ...usual(), ...entry })
      .returning(),
  );
  const rows = Object.entries(names).map(([locale, name]) => ({ policy_id: policy.id, locale, name }));
  if (rows.length > 0) await db.insert(policyTranslations).values(rows);
  return policy;
}

const usual = () => ({ code: `code_${randomUUID().replaceAll("-", "_")}`, category: "general" });
