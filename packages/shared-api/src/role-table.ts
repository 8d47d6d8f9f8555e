import type { Role } from "@whitelabel/shared-db";

/**
 * `open` does not even read the Authorization header; `public` serves anyone, but refuses a bad token; `guest` serves
 * a guest with a link to one booking, and nobody else; a role serves those who have it or a higher one.
 */
export type Access = "open" | "public" | "guest" | Role;

/** Who may use which route. A route that is missing here is denied to everybody, and a test says so. */
export const roleTable: Readonly<Record<string, Access>> = {
  "GET /api/health": "open",
  "GET /api/health/db": "open",
  "GET /api/health/ready": "open",
  "GET /api/openapi.json": "open",
  "GET /api/docs": "open",
  "GET /api/docs/scalar.js": "open",
  "POST /api/webhooks/clerk": "open",

  "GET /api/v1/config": "public",
  "GET /api/v1/users/me": "user",
  "PATCH /api/v1/users/me": "user",
  "GET /api/v1/users": "admin",
  "GET /api/v1/users/:id": "admin",
  "PATCH /api/v1/users/:id": "admin",
  "GET /api/v1/audit-logs": "admin",
  "GET /api/v1/properties": "public",
  "GET /api/v1/properties/:id": "public",
  "POST /api/v1/properties": "agent",
  "PATCH /api/v1/properties/:id": "agent",
  "DELETE /api/v1/properties/:id": "agent",
  "PUT /api/v1/properties/:id/publication": "agent",
  "DELETE /api/v1/properties/:id/publication": "agent",
  "PUT /api/v1/properties/:id/translations/:locale": "agent",
  "DELETE /api/v1/properties/:id/translations/:locale": "agent",
  "GET /api/v1/amenities": "public",
  "GET /api/v1/policies": "public",

  "GET /api/v1/front-desk/branches": "agent",
  "GET /api/v1/front-desk/bookings": "agent",
  "GET /api/v1/front-desk/task-presets": "agent",
  "GET /api/v1/front-desk/tasks": "agent",
  "POST /api/v1/front-desk/tasks": "agent",
  "GET /api/v1/front-desk/tasks/:id": "agent",
  "PATCH /api/v1/front-desk/tasks/:id": "agent",
  "GET /api/v1/front-desk/tasks/:id/history": "agent",
  "POST /api/v1/front-desk/task-claims": "agent",
  "PUT /api/v1/front-desk/tasks/:id/claim": "agent",
  "DELETE /api/v1/front-desk/tasks/:id/claim": "agent",
  "PUT /api/v1/front-desk/tasks/:id/completion": "agent",
  "PUT /api/v1/front-desk/tasks/:id/cancellation": "agent",
  "GET /api/v1/front-desk/events": "agent",
  "GET /api/v1/front-desk/branches/:property_id/rooms": "agent",
  "GET /api/v1/front-desk/branches/:property_id/availability": "agent",
  "GET /api/v1/front-desk/bookings/:booking_id": "agent",
  "GET /api/v1/front-desk/notifications": "agent",
  "PUT /api/v1/front-desk/notifications/:id/receipt": "agent",
  "GET /api/v1/front-desk/summary": "agent",
  "GET /api/v1/front-desk/parking/spaces": "agent",
  "POST /api/v1/front-desk/parking/spaces": "agent",
  "GET /api/v1/front-desk/parking/spaces/:id": "agent",
  "PATCH /api/v1/front-desk/parking/spaces/:id": "agent",
  "GET /api/v1/front-desk/parking/availability": "agent",
  "GET /api/v1/front-desk/parking/reservations": "agent",
  "POST /api/v1/front-desk/parking/reservations": "agent",
  "GET /api/v1/front-desk/parking/reservations/:id": "agent",
  "PUT /api/v1/front-desk/parking/reservations/:id/arrival": "agent",
  "PUT /api/v1/front-desk/parking/reservations/:id/departure": "agent",
  "DELETE /api/v1/front-desk/parking/reservations/:id": "agent",
  "POST /api/v1/front-desk/parking/plate-lookups": "agent",
  "GET /api/v1/front-desk/guest-requests": "agent",
  "POST /api/v1/front-desk/guest-requests": "agent",
  "GET /api/v1/front-desk/guest-requests/:id": "agent",
  "PATCH /api/v1/front-desk/guest-requests/:id": "agent",
  "POST /api/v1/front-desk/bookings/:booking_id/guest-links": "agent",
  "GET /api/v1/front-desk/bookings/:booking_id/guest-links": "agent",
  "DELETE /api/v1/front-desk/guest-links/:id": "agent",

  "GET /api/v1/guest/booking": "guest",
  "GET /api/v1/guest/requests": "guest",
  "POST /api/v1/guest/requests": "guest",
  "DELETE /api/v1/guest/requests/:id": "guest",
  "GET /api/v1/guest/parking/availability": "guest",
  "GET /api/v1/guest/parking/reservations": "guest",
  "POST /api/v1/guest/parking/reservations": "guest",
  "DELETE /api/v1/guest/parking/reservations/:id": "guest",
};

export function accessTo(method: string, path: string): Access | undefined {
  return table.get(`${method} ${path}`);
}

// A Map, for an object would also know `constructor`.
const table = new Map(Object.entries(roleTable));
