import { openPool, type Pool, type PoolOptions } from "@whitelabel/resilience/postgres";
import {
  type BookingState,
  countBookings,
  type DayCounts,
  type DayRange,
  findBookingStates,
} from "./booking-counts.ts";
import {
  type Board,
  type Booking,
  type BookingAndRoom,
  type BookingPage,
  type BranchDay,
  findBoard,
  findBookings,
  findStays,
  listBookingRooms,
  listBookings,
  type Stay,
} from "./bookings.ts";
import { type CoreDifference, compareColumns } from "./check.ts";
import {
  findNotifications,
  listNewNotifications,
  listNotifications,
  type NewNotifications,
  type Notification,
  type NotificationPage,
} from "./notifications.ts";
import { type Branch, findBranch, listBranches } from "./properties.ts";
import { type CoreProof, proveReadOnly } from "./prove.ts";
import { listRoomOffers, type OfferRange, type RoomOffer } from "./room-offers.ts";
import { findRooms, listRooms, type Room } from "./rooms.ts";
import type { Select } from "./select.ts";
import { connectionCheck } from "./writable.ts";

export type CoreOptions = Readonly<{
  url: string;
  /** The branches that this product may see, or all. Of any other, core answers as if it were not there. */
  propertyIds: "*" | readonly string[];
  max?: number;
  deadlineMs?: number;
  applicationName?: string;
  onQuery?: PoolOptions["onQuery"];
  onAnswer?: PoolOptions["onAnswer"];
  onFailure?: PoolOptions["onFailure"];
  onChange?: PoolOptions["onChange"];
}>;

/** Core, as far as we read it. Nothing here writes, and no other statement can be sent. */
export type Core = Readonly<{
  listBranches(): Promise<Branch[]>;
  findBranch(property_id: string): Promise<Branch | undefined>;
  listRooms(property_id: string): Promise<Room[]>;
  findRooms(room_ids: readonly string[]): Promise<Map<string, Room>>;
  listBookings(of: BranchDay, page?: BookingPage): Promise<Booking[]>;
  findBoard(of: BranchDay, page?: BookingPage): Promise<Board | undefined>;
  findStays(asked: readonly BookingAndRoom[]): Promise<(Stay | undefined)[]>;
  findBooking(booking_id: string): Promise<Booking | undefined>;
  findBookings(booking_ids: readonly string[]): Promise<Map<string, Booking>>;
  listBookingRooms(booking_id: string): Promise<Booking[]>;
  countBookings(range: DayRange): Promise<DayCounts[]>;
  findBookingStates(booking_ids: readonly string[]): Promise<Map<string, BookingState>>;
  listRoomOffers(range: OfferRange): Promise<RoomOffer[]>;
  listNotifications(property_id: string, page?: NotificationPage): Promise<Notification[]>;
  listNewNotifications(since: NewNotifications): Promise<Notification[]>;
  findNotifications(notification_ids: readonly string[]): Promise<Map<string, Notification>>;

  /** What our role may do beyond reading our columns. */
  prove(): Promise<CoreProof>;
  /** How core's columns differ from our list. */
  check(): Promise<CoreDifference[]>;
  state: Pool["state"];
  reason: Pool["reason"];
  connections: Pool["connections"];
  close(): Promise<void>;
}>;

/** SQLSTATEs that tell of core having changed under us: a table, a column, its type, our grant, or text we cannot cast. */
const schemaChanged = Object.fromEntries(
  ["42P01", "42703", "42804", "42846", "42883", "42501", "3F000", "22003", "22007", "22008", "22P02"].map((code) => [
    code,
    "schema_changed" as const,
  ]),
);

const settingsOf = (options: Omit<CoreOptions, "propertyIds" | "max">) =>
  ({
    ...options,
    store: "core",
    reasons: schemaChanged,
    session: { default_transaction_read_only: "on" }, // the second wall; the grant is the first
  }) as const;

type Unchecked = Pick<CoreOptions, "url" | "deadlineMs" | "applicationName">;

/** One connection for proofs, which a role that may write gets, too: to be told what is wrong. */
export function openUncheckedCore({ url, deadlineMs, applicationName = "proof" }: Unchecked): Pool {
  const settings = settingsOf({ url, applicationName, ...(deadlineMs !== undefined && { deadlineMs }) });
  return openPool({ ...settings, max: 1 });
}

/** Opens core as its reader. Connects when first used; every failure of the store is a StoreError "core". */
export function openCore({ propertyIds, max = 5, ...options }: CoreOptions): Core {
  // Core serves every product: 2 apps × 2 replicas × 5 stays under the 25 connections that our grant allows.
  const pool = openPool({ ...settingsOf(options), max, check: connectionCheck });

  const once = async <T>(ask: (pool: Pool) => Promise<T>): Promise<T> => {
    const pool = openUncheckedCore(options);
    return await ask(pool).finally(pool.close);
  };

  const branches = propertyIds === "*" ? null : propertyIds;
  // No text in PostgreSQL holds a NUL: an id with one names nothing, and sent it would be an error.
  const select: Select = async (text, ...params) =>
    params.some(hasNul) ? [] : await pool.query(text, [branches, ...params.map(withoutNul)]);

  return {
    listBranches: () => listBranches(select),
    findBranch: (property_id) => findBranch(select, property_id),
    listRooms: (property_id) => listRooms(select, property_id),
    findRooms: (room_ids) => findRooms(select, room_ids),
    listBookings: (of, page) => listBookings(select, of, page),
    findBoard: (of, page) => findBoard(select, of, page),
    findStays: (asked) => findStays(select, asked),
    findBooking: async (booking_id) => (await findBookings(select, [booking_id])).get(booking_id),
    findBookings: (booking_ids) => findBookings(select, booking_ids),
    listBookingRooms: (booking_id) => listBookingRooms(select, booking_id),
    countBookings: (range) => countBookings(select, range),
    findBookingStates: (booking_ids) => findBookingStates(select, booking_ids),
    listRoomOffers: (range) => listRoomOffers(select, range),
    listNotifications: (property_id, page) => listNotifications(select, property_id, page),
    listNewNotifications: (since) => listNewNotifications(select, since),
    findNotifications: (notification_ids) => findNotifications(select, notification_ids),
    prove: () => once(proveReadOnly),
    check: () => once(compareColumns),
    state: pool.state,
    reason: pool.reason,
    connections: pool.connections,
    close: pool.close,
  };
}

const hasNul = (param: unknown) => typeof param === "string" && param.includes("\0");
/** The places of the others stay, for two lists may belong together. */
const withoutNul = (param: unknown) =>
  Array.isArray(param) && param.some(hasNul) ? param.map((item) => (hasNul(item) ? null : item)) : param;
