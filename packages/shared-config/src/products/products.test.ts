import { describe, expect, it } from "vitest";
import { environments } from "../environment.ts";
import { databaseNameFor, defineProduct } from "./define-product.ts";
import { bestays, findProduct, products, realestate } from "./index.ts";

describe("the products", () => {
  it("have the names of the documents, derived from the id", () => {
    expect(bestays).toMatchObject({
      databaseName: "bestays_db",
      runtimeRole: "bestays_user",
      migratorRole: "bestays_migrator",
      coreReaderRole: "bestays_core_reader",
      redisPrefix: "bestays:",
    });
    expect(environments.map((environment) => databaseNameFor(realestate, environment))).toEqual([
      "realestate_db_dev",
      "realestate_db_test",
      "realestate_db_staging",
      "realestate_db",
    ]);
  });

  it("share nothing that would let one reach the other", () => {
    const unshared = [
      ...(["id", "name", "port", "redisDb", "databaseName", "runtimeRole", "migratorRole", "redisPrefix"] as const),
      ...(["redisUser", "coreReaderRole"] as const),
    ];
    for (const fact of unshared) expect(new Set(products.map((product) => product[fact])).size).toBe(products.length);

    const places = products.flatMap(({ clerkInstances, frontendUrl, port }) => [
      ...Object.values(clerkInstances),
      ...Object.values(frontendUrl),
      port,
      port + 1000, // metrics in development
    ]);
    expect(new Set(places).size).toBe(places.length);
  });

  it("are found by their id, and by nothing else", () => {
    expect(findProduct("bestays")).toBe(bestays);
    expect(findProduct("toString")).toBeUndefined();
  });

  it("take every default from the definition's facts left out", () => {
    const third = defineProduct({ ...factsOf(), id: "third", features: { parking: false } });
    expect(third).toMatchObject({ databaseName: "third_db", redisPrefix: "third:", currency: "THB" });
    expect(third.locales).toEqual(["en", "th"]);
    expect(third.propertyTypes).toHaveLength(10);
    expect(third.features).toEqual({ front_desk: true, faq: true, chat: true, parking: false });
  });

  it("have the usual task presets, their own beside them and in their place", () => {
    const usual = defineProduct({ ...factsOf(), id: "third" }).taskPresets;
    expect(Object.keys(bestays.taskPresets)).toEqual([...Object.keys(usual), "change_linen"]);
    expect(realestate.taskPresets.extra_towels).toMatchObject({ due: { minutes: 15 } });
    expect(usual.extra_towels).toMatchObject({ due: { minutes: 30 } });
  });

  it.each([
    ["no title in a locale", { titles: { en: "Towels", th: " " } }, /no title in "th"/],
    ["no such category", { category: "towels" as never }, /category/],
    ["no such priority", { priority: "highest" as never }, /priority/],
    ["no such time", { due: { at: "24:00" } }, /clock/],
    ["no whole minutes", { due: { minutes: 0.5 } }, /in no time/],
  ])("have no task preset with %s", (_, wrong, message) => {
    const preset = { titles: { en: "Towels", th: "ผ้าเช็ดตัว" }, category: "other", priority: "low", ...wrong } as const;
    expect(() => defineProduct({ ...factsOf(), id: "third", taskPresets: { towels: preset } })).toThrow(message);
    expect(() => defineProduct({ ...factsOf(), id: "third", taskPresets: { "a b": preset } })).toThrow(/"a b"/);
  });

  it.each(["", "a", "Bestays", "best-ays", "1st", "a b", "a_b", 'x";drop', "x".repeat(32)])(
    "cannot be called %j: the id becomes names in SQL, Redis and files",
    (id) => {
      expect(() => defineProduct({ ...factsOf(), id })).toThrow(/product's id/);
    },
  );
});

function factsOf() {
  return {
    name: "Third",
    port: 8103,
    redisDb: 2,
    theme: { primary_color: "#000000" },
    frontendUrl: { development: "http://localhost:5275", production: "https://third.test" },
    clerkInstances: {},
    limits: { anonymousChatMessages: 1 },
    development: { emailDomain: "third.test", corePropertyIds: ["LIS-01"] },
  } as const;
}
