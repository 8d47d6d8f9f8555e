import { demoBranches, demoRooms } from "./branches.ts";
import type { Random } from "./random.ts";

/** When somebody has which rooms, in days from today. */
export type Stay = Readonly<{
  property_id: string;
  room_ids: readonly string[];
  from: number;
  to: number;
  status: string | null;
}>;

const FIRST_DAY = -60;
const LAST_DAY = 120;

/**
 * `count` stays, room after room without overlap, but for some that were cancelled. In each branch at least six guests
 * come and six leave yesterday, today and tomorrow: whatever today is where the branch is, its board is full.
 */
export function makeStays(count: number, random: Random): Stay[] {
  const cancelled = demoBranches.flatMap(({ property_id }) => cancelledToday(property_id));
  const planned = demoBranches.flatMap(({ property_id }) => staysOfBranch(property_id, random));
  const soonest = planned.toSorted((one, other) => one.from - other.from).slice(0, count - cancelled.length);
  if (soonest.length + cancelled.length < count) throw new Error(`The rooms hold only ${planned.length} stays`);
  return [...soonest, ...cancelled];
}

function staysOfBranch(property_id: string, random: Random): Stay[] {
  const room_ids = roomsOf(property_id);
  const alone = room_ids.slice(0, -2).map((room_id) => [room_id]);
  return [...alone, room_ids.slice(-2)].flatMap((rooms, index) => {
    const turnover = (index % 3) - 1;
    return [...staysBefore(turnover, random), ...staysAfter(turnover, random)].map(([from, to]) => ({
      property_id,
      room_ids: rooms,
      from,
      to,
      status: statusOf(from, to, random),
    }));
  });
}

function staysAfter(day: number, random: Random): [number, number][] {
  const stays: [number, number][] = [];
  for (let from = day; from < LAST_DAY; ) {
    const to = from + nights(from === day, random);
    stays.push([from, to]);
    from = to + random.between(0, 1);
  }
  return stays;
}

function staysBefore(day: number, random: Random): [number, number][] {
  const stays: [number, number][] = [];
  for (let to = day; to > FIRST_DAY; ) {
    const from = to - nights(to === day, random);
    stays.push([from, to]);
    to = from - random.between(0, 1);
  }
  return stays;
}

/** The stay before and the one after a turnover are long, so that the room is let on each of the three days. */
const nights = (isAtTurnover: boolean, random: Random) => (isAtTurnover ? random.between(3, 5) : random.between(1, 7));

function statusOf(from: number, to: number, random: Random): string | null {
  const isNear = from <= 1 && to >= -1;
  if (isNear) return to < 0 ? "checked_out" : from > 0 ? "confirmed" : from < 0 ? "checked_in" : random.pick(arriving);
  if (random.chance(8)) return "cancelled";
  if (from > 0) return "confirmed";
  return random.chance(6) ? random.pick(["no_show", null]) : "checked_out";
}
const arriving = ["confirmed", "confirmed", "checked_in"];

/** The board must leave them out, so there are some to leave out. */
function cancelledToday(property_id: string): Stay[] {
  return roomsOf(property_id)
    .slice(0, 2)
    .map((room_id) => ({ property_id, room_ids: [room_id], from: 0, to: 2, status: "cancelled" }));
}

function roomsOf(property_id: string): string[] {
  return demoRooms.filter((room) => room.property_id === property_id).map(({ room_id }) => room_id);
}
