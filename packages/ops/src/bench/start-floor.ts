import path from "node:path";
import { pathToFileURL } from "node:url";
import { workspaceRoot } from "../dev/workspace.ts";
import { spawnServer } from "./spawn-server.ts";
import type { Stage } from "./stage.ts";

/** `repaired` is postgres.js with its queue repaired, over which the goals were set; `ours` has all of our patch. */
export const floorDrivers = ["repaired", "ours"] as const;
export type FloorDriver = (typeof floorDrivers)[number];

/** The floor over the same databases, with as many connections as the API. */
export function startFloor(
  { product, databaseUrl, coreUrl, userId }: Stage,
  { pool, floorDriver }: Readonly<{ pool: number; floorDriver: FloorDriver }>,
) {
  const env = { DATABASE_URL: databaseUrl, CORE_URL: coreUrl, POOL: String(pool), PRODUCT: product.id };
  const repaired = ["--import", pathToFileURL(path.join(import.meta.dirname, "repaired-driver.ts")).href];
  return spawnServer([...(floorDriver === "repaired" ? repaired : []), path.join(import.meta.dirname, "floor.ts")], {
    env: { ...env, USER_ID: String(userId) },
    cwd: workspaceRoot,
    path: "/api/health",
  });
}
