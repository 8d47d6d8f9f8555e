import type { Booking, BookingPosition, Core, Room } from "@whitelabel/core-readonly";
import type { Env } from "@whitelabel/shared-config";
import { type Database, storeErrorIn } from "@whitelabel/shared-db";
import type { Logger } from "pino";
import type { CurrentUser } from "../../auth/current-user.ts";
import { AppError } from "../../http/app-error.ts";
import { type Cursors, invalidCursor } from "../../http/cursor.ts";
import { errorDetails } from "../../http/error-details.ts";
import { todayIn, zoneOf } from "./branch-day.ts";
import { inScope, scopeOf } from "./branches.ts";
import { recordGuestDataView } from "./queries.ts";
import type { BoardQuery, BookingBoard, BookingItem } from "./schemas.ts";

type Stores = Readonly<{ env: Env; database: Database; core: Core; cursors: Cursors; log: Logger }>;
type Caller = Readonly<{ user: CurrentUser; request_id: string }>;

/** What a receptionist sees of a branch on a day, with each guest's name as core has it now. */
export async function listBookingBoard(stores: Stores, caller: Caller, query: BoardQuery): Promise<BookingBoard> {
  const { property_id, view } = query;
  if (!inScope(scopeOf(caller.user, stores.env), property_id)) throw noSuchBranch();

  const from = startOf(stores.cursors, query);
  const board = { property_id, view, date: from.day ?? null, time_zone: null, items: [], next_cursor: null };
  const found = await findBookings(stores, query, from);
  if (found === "core is away") return { ...board, degraded: ["core"] };

  const { bookings, rooms, ...rest } = found;
  const mayShow = await recordView(stores, caller, { ...rest, property_id, view }, bookings);
  const items = bookings.map((booking) => (mayShow ? shown(booking, rooms) : hidden(booking)));
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

/** All of the board that core knows. The look-ups run side by side; without a date, bookings wait for the branch's zone. */
async function findBookings({ core, cursors }: Stores, query: BoardQuery, from: Start) {
  const { property_id, view, limit } = query;
  const { after } = from;
  const listFrom = (day: string) =>
    core.listBookings({ property_id, day, view }, { limit: limit + 1, ...(after && { after }) });
  try {
    const zoned = core.findBranch(property_id).then((branch) => {
      if (!branch) throw noSuchBranch();
      return zoneOf(branch.time_zone ?? "UTC");
    });
    const dated = from.day === undefined ? zoned.then((zone) => todayIn(zone)) : Promise.resolve(from.day);
    const [time_zone, day, found, rooms] = await Promise.all([
      zoned,
      dated,
      dated.then(listFrom),
      core.listRooms(property_id),
    ]);
    const bookings = found.slice(0, limit);
    const last = found.length > limit ? bookings.at(-1) : undefined;
    return {
      time_zone,
      date: day,
      next_cursor: last ? cursors.seal(listOf(query), [day, last.check_in, last.booking_id, last.row_room_id]) : null,
      bookings,
      rooms: new Map(rooms.map((room) => [room.room_id, room])),
    };
  } catch (error) {
    if (storeErrorIn(error)?.store === "core") return "core is away" as const;
    throw error;
  }
}

/** Whether it was recorded that these guests are about to be shown; nobody is shown what was not recorded. */
async function recordView(
  { database, log }: Stores,
  { user, request_id }: Caller,
  board: Readonly<{ property_id: string; date: string; view: string }>,
  bookings: readonly Booking[],
): Promise<boolean> {
  if (bookings.length === 0) return true;
  const booking_ids = bookings.map(({ booking_id }) => booking_id);
  try {
    await recordGuestDataView(database, { ...board, viewer: user.id, booking_ids, request_id });
    return true;
  } catch (error) {
    log.warn({ request_id, error: errorDetails(error) }, "a view of guest data could not be recorded");
    return false;
  }
}

function hidden({ booking_id, property_id, room_id, row_room_id }: Booking): BookingItem {
  return { booking_id, property_id, room_id, row_room_id, booking: null };
}

function shown(booking: Booking, rooms: ReadonlyMap<string, Room>): BookingItem {
  const { room_id, guest_name, check_in, check_out, status } = booking;
  const room = room_id === null ? undefined : rooms.get(room_id);
  return {
    ...hidden(booking),
    booking: {
      guest_name: guest_name.reveal(),
      room_name: room?.name ?? null,
      room_type: room?.room_type ?? null,
      check_in,
      check_out,
      status,
    },
  };
}

/** Somebody else's branch and one that does not exist get the same answer. */
function noSuchBranch(): AppError {
  return new AppError("not_found", "There is no such branch");
}
