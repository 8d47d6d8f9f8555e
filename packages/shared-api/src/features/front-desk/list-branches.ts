import type { Core } from "@whitelabel/core-readonly";
import type { Env } from "@whitelabel/shared-config";
import { storeErrorIn } from "@whitelabel/shared-db";
import type { CurrentUser } from "../../auth/current-user.ts";
import { inScope, scopeOf } from "./branches.ts";
import type { BranchItem } from "./schemas.ts";

export type BranchPage = { items: BranchItem[]; next_cursor: null; degraded: "core"[] };

/** The caller's branches as core knows them; while core is away, the ids that we know ourselves. */
export async function listBranches({ env, core }: { env: Env; core: Core }, user: CurrentUser): Promise<BranchPage> {
  const scope = scopeOf(user, env);
  try {
    const branches = await core.listBranches();
    return {
      items: branches.filter(({ property_id }) => inScope(scope, property_id)),
      next_cursor: null,
      degraded: [],
    };
  } catch (error) {
    if (!storeErrorIn(error)) throw error;
    const items = (scope === "*" ? [] : scope).map((property_id) => ({
      property_id,
      name: null,
      time_zone: null,
      city: null,
    }));
    return { items, next_cursor: null, degraded: ["core"] };
  }
}
