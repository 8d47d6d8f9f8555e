import type { Role } from "@whitelabel/shared-db";
import type { Route } from "./http/route.ts";

/**
 * `open` does not even read the Authorization header; `public` serves anyone, but refuses a bad token; `guest` serves
 * a guest with a link to one booking, and nobody else; a role serves those who have it or a higher one.
 */
export type Access = "open" | "public" | "guest" | Role;

/** Who may use which route, under the feature that serves it. A route that is missing here is not served. */
const features = {
  health: {
    "GET /api/health": "open",
    "GET /api/health/db": "open",
    "GET /api/health/ready": "open",
  },
  config: {
    "GET /api/v1/config": "public",
  },
  users: {
    "GET /api/v1/users/me": "user",
    "PATCH /api/v1/users/me": "user",
    "GET /api/v1/users": "admin",
    "GET /api/v1/users/:id": "admin",
    "PATCH /api/v1/users/:id": "admin",
  },
  webhooks: {
    "POST /api/webhooks/clerk": "open",
  },
  "audit-logs": {
    "GET /api/v1/audit-logs": "admin",
  },
  properties: {
    "GET /api/v1/properties": "public",
    "GET /api/v1/properties/:id": "public",
    "POST /api/v1/properties": "agent",
    "PATCH /api/v1/properties/:id": "agent",
    "DELETE /api/v1/properties/:id": "agent",
    "PUT /api/v1/properties/:id/publication": "agent",
    "DELETE /api/v1/properties/:id/publication": "agent",
    "PUT /api/v1/properties/:id/translations/:locale": "agent",
    "DELETE /api/v1/properties/:id/translations/:locale": "agent",
  },
  dictionaries: {
    "GET /api/v1/amenities": "public",
    "GET /api/v1/policies": "public",
  },
  "front-desk": {
    "GET /api/v1/front-desk/branches": "agent",
    "GET /api/v1/front-desk/bookings": "agent",
  },
  "reception-tasks": {
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
  },
  parking: {
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
  },
  "guest-requests": {
    "GET /api/v1/front-desk/guest-requests": "agent",
    "POST /api/v1/front-desk/guest-requests": "agent",
    "GET /api/v1/front-desk/guest-requests/:id": "agent",
    "PATCH /api/v1/front-desk/guest-requests/:id": "agent",
  },
  "guest-links": {
    "POST /api/v1/front-desk/bookings/:booking_id/guest-links": "agent",
    "GET /api/v1/front-desk/bookings/:booking_id/guest-links": "agent",
    "DELETE /api/v1/front-desk/guest-links/:id": "agent",
  },
  guest: {
    "GET /api/v1/guest/booking": "guest",
    "GET /api/v1/guest/requests": "guest",
    "POST /api/v1/guest/requests": "guest",
    "DELETE /api/v1/guest/requests/:id": "guest",
    "GET /api/v1/guest/parking/availability": "guest",
    "GET /api/v1/guest/parking/reservations": "guest",
    "POST /api/v1/guest/parking/reservations": "guest",
    "DELETE /api/v1/guest/parking/reservations/:id": "guest",
  },
  "front-desk-events": {
    "GET /api/v1/front-desk/events": "agent",
  },
  notifications: {
    "GET /api/v1/front-desk/notifications": "agent",
    "PUT /api/v1/front-desk/notifications/:id/receipt": "agent",
  },
  availability: {
    "GET /api/v1/front-desk/branches/:property_id/rooms": "agent",
    "GET /api/v1/front-desk/branches/:property_id/availability": "agent",
  },
  "front-desk-summary": {
    "GET /api/v1/front-desk/bookings/:booking_id": "agent",
    "GET /api/v1/front-desk/summary": "agent",
  },
  docs: {
    "GET /api/openapi.json": "open",
    "GET /api/docs": "open",
    "GET /api/docs/scalar.js": "open",
  },
} satisfies Record<string, Readonly<Record<string, Access>>>;

export type FeatureName = keyof typeof features;

/** All of it. */
export const roleTable: Readonly<Record<string, Access>> = Object.assign({}, ...Object.values(features));

/** The routes of a feature, of two that fit one path the first to be asked before the other. */
export function routesOf(feature: FeatureName): Route[] {
  return Object.keys(features[feature]).map((route) => {
    const [method = "", path = ""] = route.split(" ");
    return { method, path };
  });
}

export function accessTo(method: string, path: string): Access | undefined {
  return table.get(`${method} ${path}`);
}

// A Map, for an object would also know `constructor`.
const table = new Map(Object.entries(roleTable));
