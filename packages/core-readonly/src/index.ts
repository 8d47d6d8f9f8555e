export type { BookingState, DayCounts, DayRange } from "./booking-counts.ts";
export type {
  Board,
  BoardItem,
  Booking,
  BookingAndRoom,
  BookingPage,
  BookingPosition,
  BookingView,
  BranchDay,
  Stay,
} from "./bookings.ts";
export type { CoreDifference } from "./check.ts";
export { type CoreTable, coreColumns } from "./columns.ts";
export { type Core, type CoreOptions, openCore, openUncheckedCore } from "./core.ts";
export { coreGrantsSql } from "./grants.ts";
export type { NewNotifications, Notification, NotificationPage, NotificationPosition } from "./notifications.ts";
export { Pii } from "./pii.ts";
export type { Branch } from "./properties.ts";
export { type CoreProof, problemsOf, warningsOf } from "./prove.ts";
export type { OfferRange, RoomOffer } from "./room-offers.ts";
export type { Room } from "./rooms.ts";
