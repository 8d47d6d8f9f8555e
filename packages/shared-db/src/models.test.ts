import { getTableColumns, getTableName } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { canHoldText, dataDictionary } from "./data-dictionary.ts";
import { grants } from "./grants.ts";
import { tables } from "./models/index.ts";
import { allowedPersonalColumns, isPersonalColumn } from "./personal-columns.ts";

const all = Object.values(tables);
const columns = all.flatMap((table) =>
  Object.entries(getTableColumns(table)).map(([property, column]) => ({
    property,
    column,
    path: `${getTableName(table)}.${column.name}`,
  })),
);

describe("models", () => {
  it("have at least the tables that are served or seeded", () => {
    expect(all.length).toBeGreaterThanOrEqual(9);
    expect(columns.length).toBeGreaterThan(60);
  });

  it("call a field what its column is called", () => {
    for (const { property, column } of columns) expect(property).toBe(column.name);
  });

  it("keep an instant as text, with its zone", () => {
    for (const { column } of columns.filter(({ property }) => property.endsWith("_at")))
      expect(column).toMatchObject({ columnType: "PgTimestampString", withTimezone: true });
  });

  it("let the app make every uuid", () => {
    for (const { column } of columns.filter(({ column }) => column.columnType === "PgUUID"))
      expect(column.default, column.name).toBeUndefined();
  });

  it("know when each row was made, and where rows change, when and how often they did", () => {
    for (const table of all) {
      const names = Object.keys(getTableColumns(table));
      expect(names).toContain("created_at");
      expect(names.includes("updated_at"), getTableName(table)).toBe(names.includes("version"));
    }
  });

  it("have no foreign key on an identifier of core", () => {
    for (const table of all)
      for (const key of getTableConfig(table).foreignKeys) {
        const { columns, foreignColumns } = key.reference();
        // A branch may be part of a key that ties two rows of ours to the same one.
        if (foreignColumns.some(({ name }) => name === "id") && columns.length > 1) continue;
        for (const column of columns) expect(column.name).not.toMatch(/^(property|booking|room)_id$/);
      }
  });

  it("say for each table what the runtime role may do with it", () => {
    expect(Object.keys(grants).sort()).toEqual(
      [...all.map((table) => getTableName(table)), "app_meta", "schema_migrations"].sort(),
    );
    expect(grants.audit_logs).toEqual(["SELECT", "INSERT"]);
  });
});

describe("guests' data", () => {
  it("has no column, but for those with a reason", () => {
    const found = columns.filter(({ column }) => isPersonalColumn(column.name)).map(({ path }) => path);
    expect(found.sort()).toEqual(Object.keys(allowedPersonalColumns).sort());
  });

  it("is not in any text column that nobody thought about", () => {
    const texts = columns.filter(({ column }) => canHoldText(column.getSQLType())).map(({ path }) => path);
    const runners = /^(app_meta|schema_migrations)\./;
    expect(
      Object.keys(dataDictionary)
        .filter((path) => !runners.test(path))
        .sort(),
    ).toEqual(texts.sort());
    expect(Object.values(dataDictionary)).not.toContain("forbidden");
  });

  it.each(["text", "varchar(20)", "character varying", "jsonb", "text[]", "citext", "xml", "bytea", "mood"])(
    "could be in a column of type %s",
    (type) => expect(canHoldText(type)).toBe(true),
  );

  it.each(["integer", "bigint", "numeric(10,2)", "real[]", "timestamp with time zone", "tstzrange", "uuid", "boolean"])(
    "could not be in a column of type %s",
    (type) => expect(canHoldText(type)).toBe(false),
  );

  it.each([
    ["first_name"],
    ["last_name"],
    ["guest_name"],
    ["guest_email"],
    ["email"],
    ["phone"],
    ["phone_number"],
    ["passport"],
    ["passport_number"],
    ["birth_date"],
    ["date_of_birth"],
    ["nationality"],
    ["plate"],
    ["home_address"],
    ["guest_notes"],
    ["notes"],
    ["contact_email"],
    ["national_id"],
    ["id_card_number"],
    ["guestEmail"],
    ["Guest_Email"],
  ])("would be found in a column called %s", (name) => {
    expect(isPersonalColumn(name)).toBe(true);
  });

  it.each([["name"], ["title"], ["booking_id"], ["guest_link_id"], ["property_id"], ["notification_id"], ["template"]])(
    "is not suspected in a column called %s",
    (name) => {
      expect(isPersonalColumn(name)).toBe(false);
    },
  );
});
