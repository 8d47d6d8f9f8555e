export type Privilege = "SELECT" | "INSERT" | "UPDATE" | "DELETE";

/**
 * What the runtime role may do with each table; a table that is not here is closed to it. The migration runner
 * applies this after each run. Users and listings are marked as deleted and never removed, workflow rows end in a state, the dictionaries have no
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
  webhook_events: ["SELECT", "INSERT", "DELETE"],
  idempotency_keys: ["SELECT", "INSERT", "DELETE"],
  job_leases: ["SELECT", "INSERT", "UPDATE"],
  front_desk_position: ["SELECT", "UPDATE"],
  front_desk_events: ["SELECT", "INSERT", "DELETE"],
  parking_spaces: ["SELECT", "INSERT", "UPDATE"],
  parking_reservations: ["SELECT", "INSERT", "UPDATE"],
  guest_links: ["SELECT", "INSERT", "UPDATE"],
  guest_requests: ["SELECT", "INSERT", "UPDATE"],
  reception_tasks: ["SELECT", "INSERT", "UPDATE"],
  notification_receipts: ["SELECT", "INSERT"],
};
