// Until core-readonly exports it: see provision-core.ts.
const columns = {
  properties: ["property_id", "name", "time_zone", "city"],
  rooms: ["room_id", "property_id", "name", "room_type"],
  bookings: [
    "booking_id",
    "property_id",
    "room_id",
    "row_room_id",
    "first_name",
    "last_name",
    "check_in",
    "check_out",
    "status",
  ],
  room_offers_daily: ["property_id", "room_id", "date", "available", "price", "currency"],
  reception_notifications: ["notification_id", "property_id", "booking_id", "kind", "created_at"],
};

export const coreGrantsSql = (role: string): string =>
  Object.entries(columns)
    .map(([table, names]) => `GRANT SELECT (${names.join(", ")}) ON public.${table} TO "${role}";`)
    .join("\n");
