import type { Call } from "../bench-overload/load.ts";
import type { Stage } from "./stage.ts";

/** What is asked of the API, and of the floor where that differs. `goal` is the least ratio of the two. */
export type Route = Readonly<{ name: string; about: string; goal: number; calls: Both }>;
type Both = Readonly<{ api: readonly Call[]; floor: readonly Call[] }>;

export const routeNames: readonly string[] = ["health", "listing", "listings", "board", "tasks", "write"];

const PAGE = 20;

/** The main routes. Cursors are the API's own, so it is asked for them. */
export async function routesOf(stage: Stage, port: number): Promise<Route[]> {
  const { branch, today, token, listings } = stage;
  const headers = { Authorization: `Bearer ${token}` };
  const of = `property_id=${branch}`;
  const board = `/api/v1/front-desk/bookings?${of}&date=${today}&view=in_house&limit=50`;
  const tasks = `/api/v1/front-desk/tasks?${of}&state=open&limit=50`;
  const write = { method: "POST", path: "/api/v1/properties", headers, body: newListing(stage) };
  return [
    { name: "health", about: "no store", goal: 0.45, calls: same([{ path: "/api/health" }]) },
    {
      name: "listing",
      about: "by id",
      goal: 0.72,
      calls: same(listings.map(({ id }) => ({ path: `/api/v1/properties/${id}` }))),
    },
    { name: "listings", about: `${PAGE} by filter and cursor`, goal: 0.9, calls: await pagesOf(stage, port) },
    { name: "board", about: "bookings, live from core", goal: 0.8, calls: same([{ path: board, headers }]) },
    { name: "tasks", about: "50, with core's context", goal: 0.95, calls: same([{ path: tasks, headers }]) },
    { name: "write", about: "a listing and its audit row", goal: 1.5, calls: same([write]) },
  ];
}

const same = (calls: readonly Call[]): Both => ({ api: calls, floor: calls });

async function pagesOf({ product, listings }: Stage, port: number): Promise<Both> {
  const first = `/api/v1/properties?transaction_type=${product.transactionTypes[0]}&sort=newest&limit=${PAGE}`;
  const [api, floor]: [Call[], Call[]] = [[], []];
  let path = first;
  for (let from = PAGE; from < listings.length; from += PAGE) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    const { next_cursor } = (await response.json()) as { next_cursor: string };
    const { created_at, id } = listings[from - 1] as Stage["listings"][number];
    path = `${first}&cursor=${next_cursor}`;
    api.push({ path });
    floor.push({ path: `${first}&cursor=${encodeURIComponent(JSON.stringify([created_at, id]))}` });
  }
  return { api, floor };
}

/** Without codes of the dictionaries, which the API would look up first. */
function newListing({ product }: Stage) {
  const transaction_type = product.transactionTypes[0];
  return {
    title: "Two-bedroom condo near the river",
    description: "Bright and quiet, five minutes from the pier. ".repeat(8).trim(),
    transaction_type,
    property_type: "condo",
    [`${transaction_type}_price`]: 2_500_000,
    currency: product.currency,
    physical_specs: { bedrooms: 2, bathrooms: 1.5, area_sqm: 84, floor: 12, furnishing: "furnished" },
    location_details: { district: "Watthana", city: "Bangkok", country: "TH", latitude: 13.73, longitude: 100.57 },
    contact_info: { office: "Riverside office", hours: "09:00-18:00" },
    images: ["https://images.example.com/1.jpg", "https://images.example.com/2.jpg"],
    tags: ["riverside", "family"],
  };
}
