import { amenities, amenityTranslations } from "./amenities.ts";
import { auditLogs } from "./audit-logs.ts";
import { frontDeskEvents, frontDeskPosition } from "./front-desk-events.ts";
import { guestLinks } from "./guest-links.ts";
import { guestRequests } from "./guest-requests.ts";
import { idempotencyKeys } from "./idempotency-keys.ts";
import { jobLeases } from "./job-leases.ts";
import { notificationReceipts } from "./notification-receipts.ts";
import { parkingReservations } from "./parking-reservations.ts";
import { parkingSpaces } from "./parking-spaces.ts";
import { policies, policyTranslations } from "./policies.ts";
import { properties } from "./properties.ts";
import { propertyTranslations } from "./property-translations.ts";
import { receptionTasks } from "./reception-tasks.ts";
import { staffAssignments } from "./staff-assignments.ts";
import { users } from "./users.ts";
import { webhookEvents } from "./webhook-events.ts";

export * from "./amenities.ts";
export * from "./app-meta.ts";
export * from "./audit-logs.ts";
export * from "./front-desk-events.ts";
export * from "./guest-links.ts";
export * from "./guest-requests.ts";
export * from "./idempotency-keys.ts";
export * from "./job-leases.ts";
export * from "./notification-receipts.ts";
export * from "./parking-reservations.ts";
export * from "./parking-spaces.ts";
export * from "./policies.ts";
export * from "./properties.ts";
export * from "./property-details.ts";
export * from "./property-translations.ts";
export * from "./reception-tasks.ts";
export * from "./staff-assignments.ts";
export * from "./users.ts";
export * from "./values.ts";
export * from "./webhook-events.ts";

/** Every table that migrations make, in an order in which each refers only to those before it. */
export const tables = {
  users,
  staffAssignments,
  properties,
  propertyTranslations,
  amenities,
  amenityTranslations,
  policies,
  policyTranslations,
  auditLogs,
  webhookEvents,
  idempotencyKeys,
  jobLeases,
  frontDeskPosition,
  frontDeskEvents,
  parkingSpaces,
  parkingReservations,
  guestLinks,
  guestRequests,
  receptionTasks,
  notificationReceipts,
};
