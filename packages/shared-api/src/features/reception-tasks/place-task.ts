import type { Booking, Core } from "@whitelabel/core-readonly";
import { AppError } from "../../http/app-error.ts";
import type { NewTask } from "./inputs.ts";

/** Where a task belongs in core, copied when it is made. */
export type Place = Readonly<{
  booking_id: string | null;
  room_id: string | null;
  row_room_id: string | null;
  /** Core's rooms of the booking. */
  rooms: readonly Booking[];
}>;

/**
 * The booking and the room that a new task names, as core has them: in its branch, or not found. Of a booking with one
 * room that room is the task's; of one with several nobody knows which, unless it is named.
 */
export async function placeTask(core: Core, task: NewTask): Promise<Place> {
  const { property_id, row_room_id } = task;
  const booking_id = await bookingOf(core, task);
  const [rooms] = await Promise.all([
    booking_id === null ? [] : core.listBookingRooms(booking_id),
    task.room_id !== undefined && expectRoom(core, property_id, task.room_id),
  ]);
  const ours = rooms.filter((room) => room.property_id === property_id);
  if (booking_id === null) return { booking_id, room_id: task.room_id ?? null, row_room_id: null, rooms };
  if (ours.length === 0) throw new AppError("not_found", "There is no such booking in this branch");

  const named = row_room_id === undefined ? undefined : ours.find((room) => room.row_room_id === row_room_id);
  if (row_room_id !== undefined && !named) throw wrong("row_room_id", "Not a room of this booking");
  const room = named ?? (ours.length === 1 ? ours[0] : undefined);
  if (named?.room_id && task.room_id !== undefined && task.room_id !== named.room_id) {
    throw wrong("room_id", "Not the room that row_room_id names");
  }
  return {
    booking_id,
    room_id: task.room_id ?? room?.room_id ?? null,
    row_room_id: room?.row_room_id ?? null,
    rooms,
  };
}

/** The booking that is named, or that the notification tells of. */
async function bookingOf(core: Core, { property_id, booking_id, notification_id }: NewTask): Promise<string | null> {
  if (notification_id === undefined) return booking_id ?? null;
  const notification = (await core.findNotifications([notification_id])).get(notification_id);
  if (notification?.property_id !== property_id) {
    throw new AppError("not_found", "There is no such notification in this branch");
  }
  if (booking_id !== undefined && notification.booking_id !== null && notification.booking_id !== booking_id) {
    throw wrong("booking_id", "Not the booking that the notification tells of");
  }
  return booking_id ?? notification.booking_id;
}

async function expectRoom(core: Core, property_id: string, room_id: string): Promise<void> {
  const room = (await core.findRooms([room_id])).get(room_id);
  if (room?.property_id !== property_id) throw new AppError("not_found", "There is no such room in this branch");
}

function wrong(field: string, message: string): AppError {
  return new AppError("invalid", "The request is not valid", { errors: [{ path: `json.${field}`, message }] });
}
