/**
 * How a column of core reaches us. Core's owner may keep identifiers as integers or uuids, texts as varchar or an
 * enum, prices as integers: `select.ts` casts each family, `check.ts` tells what the cast accepts.
 */
export type Family = "identifier" | "text" | "date" | "timestamptz" | "integer" | "numeric";

/** The only list of what we read from core, all of it in its schema `public`. No other column is ever selected. */
export const coreColumns = {
  properties: { property_id: "identifier", name: "text", time_zone: "text", city: "text" },
  rooms: { room_id: "identifier", property_id: "identifier", name: "text", room_type: "text" },
  bookings: {
    booking_id: "identifier",
    property_id: "identifier",
    room_id: "identifier",
    row_room_id: "identifier",
    first_name: "text",
    last_name: "text",
    check_in: "date",
    check_out: "date",
    status: "text",
  },
  room_offers_daily: {
    property_id: "identifier",
    room_id: "identifier",
    date: "date",
    available: "integer",
    price: "numeric",
    currency: "text",
  },
  reception_notifications: {
    notification_id: "identifier",
    property_id: "identifier",
    booking_id: "identifier",
    kind: "text",
    created_at: "timestamptz",
  },
} as const satisfies Record<string, Record<string, Family>>;

export type CoreTable = keyof typeof coreColumns;

/** The same list for loops: one entry a column, in the order above. */
export const coreColumnList: readonly Readonly<{ table: CoreTable; column: string; family: Family }>[] = Object.entries(
  coreColumns,
).flatMap(([table, columns]) =>
  Object.entries(columns).map(([column, family]) => ({ table: table as CoreTable, column, family })),
);
