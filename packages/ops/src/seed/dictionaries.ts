import type { Amenity } from "@whitelabel/shared-db";
import type { TransactionSql } from "postgres";
import { amenityEntries, policyEntries } from "./dictionary-entries.ts";
import { fixedId, fixedInstant } from "./fixed.ts";
import { insertMissing } from "./insert-missing.ts";

/** Adds what the dictionaries lack, each entry with its names in every locale. */
export async function seedDictionaries(tx: TransactionSql) {
  return {
    amenities: await seedDictionary(
      tx,
      "amenities",
      amenityEntries.map(([code, category, en, th]) => ({
        code,
        category,
        names: { en: { name: en }, th: { name: th } },
      })),
    ),
    policies: await seedDictionary(
      tx,
      "policies",
      policyEntries.map(([code, category, en, th, about_en, about_th]) => ({
        code,
        category,
        names: { en: { name: en, description: about_en }, th: { name: th, description: about_th } },
      })),
    ),
  };
}

type Entry = { code: string; category: string; names: Record<string, Record<string, string>> };

const translationsOf = {
  amenities: { table: "amenity_translations", key: "amenity_id" },
  policies: { table: "policy_translations", key: "policy_id" },
};

async function seedDictionary(tx: TransactionSql, table: keyof typeof translationsOf, entries: readonly Entry[]) {
  // The same entry has the same id in every product: dictionaries are no product's own.
  const made_at = fixedInstant(0);
  const rows = entries.map(({ code, category }, index) => ({
    id: fixedId(made_at, table, code),
    code,
    category,
    position: (index + 1) * 10,
  }));
  const added = new Map((await insertMissing<Amenity>(tx, table, rows)).map(({ code, id }) => [code, id]));
  const translations = entries.flatMap(({ code, names }) => {
    const id = added.get(code);
    if (id === undefined) return [];
    const { key } = translationsOf[table];
    const texts = Object.entries(names);
    return texts.map(([locale, text]) => ({ [key]: id, locale, ...text }));
  });
  await insertMissing(tx, translationsOf[table].table, translations);
  return added.size;
}
