import { byId, type Select, selectFrom } from "./select.ts";

export type Room = Readonly<{ room_id: string; property_id: string; name: string | null; room_type: string | null }>;

const roomsOfBranch = `${selectFrom("rooms")} and property_id::text = $2 order by name, room_id`;
const roomsById = `${selectFrom("rooms")} and room_id::text = any($2::text[])`;

export function listRooms(select: Select, property_id: string): Promise<Room[]> {
  return select<Room>(roomsOfBranch, property_id);
}

/** One query, however many ids. */
export async function findRooms(select: Select, room_ids: readonly string[]): Promise<Map<string, Room>> {
  if (room_ids.length === 0) return new Map();
  return byId(await select<Room>(roomsById, room_ids), (room) => room.room_id);
}
