/**
 * The values that columns may have, beside the tables: whoever needs only these does not load Drizzle, which takes a
 * fortieth of a start.
 */

export const roles = ["user", "agent", "admin"] as const;
export type Role = (typeof roles)[number];

export const actorTypes = ["user", "guest", "system"] as const;
export type ActorType = (typeof actorTypes)[number];

export const transactionTypes = ["rent", "sale", "lease"] as const;
export type TransactionType = (typeof transactionTypes)[number];

export const propertyTypes = [
  "villa",
  "condo",
  "apartment",
  "townhouse",
  "house",
  "commercial",
  "land",
  "office",
  "retail",
  "warehouse",
] as const;
export type PropertyType = (typeof propertyTypes)[number];

export const requestKinds = [
  "housekeeping",
  "maintenance",
  "amenity",
  "food",
  "transport",
  "late_checkout",
  "early_checkin",
  "other",
] as const;
export type RequestKind = (typeof requestKinds)[number];

export const requestStates = ["waiting", "accepted", "declined", "done", "withdrawn"] as const;
export type RequestState = (typeof requestStates)[number];

export const parkingKinds = ["car", "large_car", "electric", "accessible", "motorcycle"] as const;
export type ParkingKind = (typeof parkingKinds)[number];

export const parkingStates = ["reserved", "arrived", "departed", "cancelled"] as const;
export type ParkingState = (typeof parkingStates)[number];

export const taskCategories = [
  "arrival",
  "departure",
  "housekeeping",
  "maintenance",
  "guest_request",
  "transport",
  "parking",
  "payment",
  "other",
] as const;
export type TaskCategory = (typeof taskCategories)[number];

/** From the most to the least pressing. */
export const taskPriorities = ["urgent", "high", "normal", "low"] as const;
export type TaskPriority = (typeof taskPriorities)[number];

export const taskStates = ["open", "claimed", "done", "cancelled"] as const;
export type TaskState = (typeof taskStates)[number];

/** The order of priorities as an expression: an index has it, so write exactly this in `order by`. */
export const priorityRank = "(case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end)";
