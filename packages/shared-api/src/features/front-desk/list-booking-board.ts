import type { BoardItem, BookingPosition, Core } from "@whitelabel/core-readonly";
import type { Env } from "@whitelabel/shared-config";
import { type Database, storeErrorIn } from "@whitelabel/shared-db";
import type { Logger } from "pino";
import type { Caller } from "../../auth/caller.ts";
import { type Cursors, invalidCursor } from "../../http/cursor.ts";
import { guestContext, recordView } from "./booking-context.ts";
import { todayIn, zoneOf } from "./branch-day.ts";
import { branchOf, noSuchBranch } from "./branches.ts";
import type { BoardQuery, BookingBoard, BookingItem } from "./schemas.ts";

type Stores = Readonly<{ env: Env; database: Database; core: Core; cursors: Cursors; log: Logger }>;

/** What a receptionist sees of a branch on a day, with each guest's name as core has it now. */
export async function listBookingBoard(stores: Stores, caller: Caller, query: BoardQuery): Promise<BookingBoard> {
  const { property_id, view } = query;
  branchOf(caller.user, stores.env, property_id);

  const from = startOf(stores.cursors, query);
  const board = { property_id, view, date: from.day ?? null, time_zone: null, items: [], next_cursor: null };
  const found = await findBoard(stores, query, from);
  if (found === "core is away") return { ...board, degraded: ["core"] };

  const { bookings, ...rest } = found;
  const viewed = { entity: "branch", entity_id: property_id, details: { date: found.date, view } };
  const mayShow = await recordView(
    stores,
    caller,
    viewed,
    bookings.map(({ booking_id }) => booking_id),
  );
  const items = bookings.map((booking) => (mayShow ? shown(booking) : hidden(booking)));
  return { ...board, ...rest, items, degraded: mayShow ? [] : ["audit"] };
}

type Start = Readonly<{ day: string | undefined; after?: BookingPosition }>;

/**
 * The day, if anybody has said it, and where the page begins. A cursor carries its day: without a date, a page asked
 * for after the branch's midnight goes on with the day it began with.
 */
function startOf(cursors: Cursors, { date, cursor, ...query }: BoardQuery): Start {
  if (cursor === undefined) return { day: date };
  const [day, check_in, booking_id, row_room_id] = cursors.open(listOf(query), cursor);
  if (date !== undefined && date !== day) throw invalidCursor();
  const after = {
    check_in: String(check_in),
    booking_id: String(booking_id),
    row_room_id: row_room_id as string | null,
  };
  return { day: String(day), after };
}

const listOf = ({ property_id, view }: Pick<BoardQuery, "property_id" | "view">) => `bookings ${property_id} ${view}`;

/** All of the board that core knows, in one query; without a date, another one asks for the branch's zone before. */
async function findBoard({ core, cursors }: Stores, query: BoardQuery, { day, after }: Start) {
  const { property_id, view, limit } = query;
  try {
    const date = day ?? (await todayOf(core, property_id));
    const page = { limit: limit + 1, ...(after && { after }) };
    const board = await core.findBoard({ property_id, day: date, view }, page);
    if (!board) throw noSuchBranch();
    const bookings = board.items.slice(0, limit);
    const last = board.items.length > limit ? bookings.at(-1) : undefined;
    return {
      time_zone: zoneOf(board.time_zone ?? "UTC"),
      date,
      next_cursor: last ? cursors.seal(listOf(query), [date, last.check_in, last.booking_id, last.row_room_id]) : null,
      bookings,
    };
  } catch (error) {
    if (storeErrorIn(error)?.store === "core") return "core is away" as const;
    throw error;
  }
}

async function todayOf(core: Core, property_id: string): Promise<string> {
  const branch = await core.findBranch(property_id);
  if (!branch) throw noSuchBranch();
  return todayIn(zoneOf(branch.time_zone ?? "UTC"));
}

function hidden({ booking_id, property_id, room_id, row_room_id }: BoardItem): BookingItem {
  return { booking_id, property_id, room_id, row_room_id, booking: null };
}

function shown(booking: BoardItem): BookingItem {
  const { booking_id, property_id, room_id, row_room_id } = booking;
  return { booking_id, property_id, room_id, row_room_id, booking: guestContext(booking) };
}
