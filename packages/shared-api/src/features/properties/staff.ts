import type { Env } from "@whitelabel/shared-config";
import type { Context } from "hono";
import { type CurrentUser, hasRole } from "../../auth/current-user.ts";
import type { AppEnv } from "../../deps.ts";
import { AppError } from "../../http/app-error.ts";
import { inScope, scopeOf } from "../front-desk/branches.ts";

/** Whose listings somebody works on: those of no branch and of these; null is everybody's. */
export type Branches = readonly string[] | null;

/**
 * An admin works on all of the product's listings, whatever core shows today, an agent on those of no branch and of
 * the branches assigned to them.
 */
export function branchesOf(user: CurrentUser): Branches {
  return hasRole(user, "admin") ? null : user.property_ids;
}

export function isTheirs(branches: Branches, propertyId: string | null): boolean {
  return branches === null || propertyId === null || branches.includes(propertyId);
}

/** The branches of whoever calls a public route, if they are staff. */
export function staffBranches(c: Context<AppEnv>): { branches: Branches } | undefined {
  const user = c.get("user");
  return user && hasRole(user, "agent") ? { branches: branchesOf(user) } : undefined;
}

/** A listing may be linked to a branch that its author works for. Somebody else's and one that is not there are the same. */
export function expectOwnBranch(user: CurrentUser, env: Env, propertyId: string | null | undefined): void {
  if (propertyId === null || propertyId === undefined || inScope(scopeOf(user, env), propertyId)) return;
  throw new AppError("invalid", "The request is not valid", {
    errors: [{ path: "json.property_id", message: "Not a branch that you work for" }],
    isDenial: true,
  });
}
