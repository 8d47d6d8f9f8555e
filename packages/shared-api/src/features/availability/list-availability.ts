import type { Core, Room, RoomOffer } from "@whitelabel/core-readonly";
import { groupBy } from "../../group-by.ts";
import { toMinorUnits } from "./minor-units.ts";
import type { AvailabilityQuery, OfferedDay, RoomTypeAvailability } from "./schemas.ts";

/** What is left of a branch's rooms, by type and night. Two queries, however many days. A StoreError while core is away. */
export async function listAvailability(
  core: Core,
  property_id: string,
  range: AvailabilityQuery,
): Promise<RoomTypeAvailability[]> {
  const [rooms, offers] = await Promise.all([
    core.listRooms(property_id),
    core.listRoomOffers({ property_id, ...range }),
  ]);
  const typeOf = new Map(rooms.map(({ room_id, room_type }) => [room_id, room_type]));
  // A room that core offers and does not list is still a room.
  const offersOf = groupBy(offers, ({ room_id }) => typeOf.get(room_id) ?? null);
  const roomsOf = groupBy(rooms, ({ room_type }) => room_type);
  const types = [...new Set([...roomsOf.keys(), ...offersOf.keys()])].sort(byName);
  return types.map((room_type) => ({
    room_type,
    rooms: countRooms(roomsOf.get(room_type) ?? [], offersOf.get(room_type) ?? []),
    days: daysOf(offersOf.get(room_type) ?? []),
  }));
}

function byName(one: string | null, other: string | null): number {
  return (one ?? "\uffff") < (other ?? "\uffff") ? -1 : 1;
}

function countRooms(rooms: readonly Room[], offers: readonly RoomOffer[]): number {
  return new Set([...rooms, ...offers].map(({ room_id }) => room_id)).size;
}

function daysOf(offers: readonly RoomOffer[]): OfferedDay[] {
  return [...groupBy(offers, ({ date }) => date)]
    .map(([date, ofDay]) => {
      const left = ofDay.filter(({ available }) => (available ?? 0) > 0);
      return { date, available: sum(left), ...lowestOf(left) };
    })
    .sort((one, other) => (one.date < other.date ? -1 : 1));
}

const sum = (offers: readonly RoomOffer[]) => offers.reduce((total, { available }) => total + (available ?? 0), 0);

/** Amounts of different currencies cannot be compared: it is the lowest in the one that most rooms have. */
function lowestOf(offers: readonly RoomOffer[]): Pick<OfferedDay, "lowest_price" | "currency"> {
  const priced = offers.flatMap(({ price, currency: given }) => {
    const currency = given?.trim().toUpperCase() ?? "";
    const minor = toMinorUnits(price ?? "", currency);
    return minor === undefined ? [] : [{ minor, currency }];
  });
  const [most] = [...groupBy(priced, ({ currency }) => currency)].sort(
    ([one, ones], [other, others]) => others.length - ones.length || (one < other ? -1 : 1),
  );
  if (!most) return { lowest_price: null, currency: null };
  const [currency, ofCurrency] = most;
  return { lowest_price: Math.min(...ofCurrency.map(({ minor }) => minor)), currency };
}
