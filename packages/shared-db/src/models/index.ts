import { amenities, amenityTranslations } from "./amenities.ts";
import { auditLogs } from "./audit-logs.ts";
import { policies, policyTranslations } from "./policies.ts";
import { properties } from "./properties.ts";
import { propertyTranslations } from "./property-translations.ts";
import { staffAssignments } from "./staff-assignments.ts";
import { users } from "./users.ts";

export * from "./amenities.ts";
export * from "./app-meta.ts";
export * from "./audit-logs.ts";
export * from "./policies.ts";
export * from "./properties.ts";
export * from "./property-details.ts";
export * from "./property-translations.ts";
export * from "./staff-assignments.ts";
export * from "./users.ts";

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
};
