export type Privilege = "SELECT" | "INSERT" | "UPDATE" | "DELETE";

/**
 * What the runtime role may do with each table; a table that is not here is closed to it. The migration runner
 * applies this after each run. Users and listings are marked as deleted and never removed, the dictionaries have no
 * route that writes them, and the log only grows.
 */
export const grants: Readonly<Record<string, readonly Privilege[]>> = {
  app_meta: ["SELECT"],
  schema_migrations: ["SELECT"],
  users: ["SELECT", "INSERT", "UPDATE"],
  staff_assignments: ["SELECT", "INSERT", "DELETE"],
  properties: ["SELECT", "INSERT", "UPDATE"],
  property_translations: ["SELECT", "INSERT", "UPDATE", "DELETE"],
  amenities: ["SELECT"],
  amenity_translations: ["SELECT"],
  policies: ["SELECT"],
  policy_translations: ["SELECT"],
  audit_logs: ["SELECT", "INSERT"],
};
