import { type Select, selectFrom } from "./select.ts";

export type RoomOffer = Readonly<{
  property_id: string;
  room_id: string;
  date: string;
  available: number | null;
  /** In major units, as decimal text. */
  price: string | null;
  currency: string | null;
}>;

/** The days from `from` up to and without `to`, in the branch's own calendar. */
export type OfferRange = Readonly<{ property_id: string; from: string; to: string }>;

const offers = `${selectFrom("room_offers_daily")} and property_id::text = $2
  and date::date >= $3::date and date::date < $4::date order by date::date, room_id::text`;

export function listRoomOffers(select: Select, { property_id, from, to }: OfferRange): Promise<RoomOffer[]> {
  return select<RoomOffer>(offers, property_id, from, to);
}
