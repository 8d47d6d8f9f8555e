import path from "node:path";
import { workspaceRoot } from "../dev/workspace.ts";
import { spawnServer } from "./spawn-server.ts";
import type { Stage } from "./stage.ts";

/** The floor over the same databases, with as many connections as the API. */
export function startFloor({ product, databaseUrl, coreUrl, userId }: Stage, pool: number) {
  const env = { DATABASE_URL: databaseUrl, CORE_URL: coreUrl, POOL: String(pool), PRODUCT: product.id };
  return spawnServer([path.join(import.meta.dirname, "floor.ts")], {
    env: { ...env, USER_ID: String(userId) },
    cwd: workspaceRoot,
    path: "/api/health",
  });
}
