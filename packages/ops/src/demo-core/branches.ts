export const demoBranches = [
  {
    property_id: "BKK-01",
    name: "Riverside Bangkok",
    time_zone: "Asia/Bangkok",
    city: "Bangkok",
    currency: "THB",
    manager_name: "Malee Example",
    manager_phone: "+44 7700 900001",
  },
  {
    property_id: "LIS-01",
    name: "Alfama Lisbon",
    time_zone: "Europe/Lisbon",
    city: "Lisbon",
    currency: "EUR",
    manager_name: "Inês Exemplo",
    manager_phone: "+44 7700 900002",
  },
  {
    property_id: "NYC-01",
    name: "Hudson New York",
    time_zone: "America/New_York",
    city: "New York",
    currency: "USD",
    manager_name: "Jordan Sample",
    manager_phone: "+1 202 555 0103",
  },
] as const;

export type Room = Readonly<{
  room_id: string;
  property_id: string;
  name: string;
  room_type: string;
  base_price: number;
  door_code: string;
}>;

const ROOMS_PER_BRANCH = 20;
/** A night in euros; the last two rooms of a branch are always let together. */
const types = [
  { room_type: "Standard", base_price: 80 },
  { room_type: "Superior", base_price: 110 },
  { room_type: "Deluxe", base_price: 150 },
  { room_type: "Suite", base_price: 260 },
] as const;
const connecting = { room_type: "Connecting", base_price: 130 };
const rates: Record<string, number> = { THB: 38, EUR: 1, USD: 1.1 };

/** Four floors of five rooms in each branch. */
export const demoRooms: readonly Room[] = demoBranches.flatMap(({ property_id, currency }) =>
  Array.from({ length: ROOMS_PER_BRANCH }, (_, index) => {
    const floor = 1 + Math.floor(index / 5);
    const name = `${floor}0${1 + (index % 5)}`;
    const type = index >= ROOMS_PER_BRANCH - 2 ? connecting : (types[floor - 1] ?? types[0]);
    return {
      room_id: `${property_id}-${name}`,
      property_id,
      name,
      room_type: type.room_type,
      base_price: Math.round(type.base_price * (rates[currency] ?? 1)),
      door_code: String(1000 + ((index * 7919) % 9000)),
    };
  }),
);
