import type { Core } from "@whitelabel/core-readonly";
import type { Deps } from "../../deps.ts";

export const readinessReasons = [
  "shutting_down",
  "database_disconnected",
  "database_wrong_database",
  "database_schema_behind",
  "core_unavailable",
  "redis_unavailable",
] as const;

export type Readiness = Readonly<{
  status: "ok" | "degraded" | "unavailable";
  reasons: (typeof readinessReasons)[number][];
}>;

/** What is said from the moment on that the process begins to end. */
export const closing: Readiness = { status: "unavailable", reasons: ["shutting_down"] };

/** Without its own database a replica is of no use; without core or Redis it is of less. */
export async function readinessOf({ database, core, redis, lifecycle }: Deps): Promise<Readiness> {
  if (lifecycle.isClosing) return closing;

  const [{ database: state }, isCoreThere, isRedisThere] = await Promise.all([
    database.health(),
    core === undefined || answers(readCore(core)),
    redis.state() === "absent" || answers(redis.ping()), // without a REDIS_URL there is none to miss
  ]);
  if (state !== "connected") return { status: "unavailable", reasons: [`database_${state}`] };

  const reasons: Readiness["reasons"] = [];
  if (!isCoreThere) reasons.push("core_unavailable");
  if (!isRedisThere) reasons.push("redis_unavailable");
  return { status: reasons.length === 0 ? "ok" : "degraded", reasons };
}

/** Reads what a board reads, every column of it, but of no booking: an answer without rows is planned and never run. */
function readCore(core: Core): Promise<unknown> {
  const nowhere = { property_id: "", day: "2000-01-01", view: "arrivals" } as const;
  return Promise.all([core.listBranches(), core.listRooms(""), core.listBookings(nowhere, { limit: 0 })]);
}

function answers(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  );
}
