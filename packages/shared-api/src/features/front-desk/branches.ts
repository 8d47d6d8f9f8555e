import type { Env } from "@whitelabel/shared-config";
import type { CurrentUser } from "../../auth/current-user.ts";
import { AppError } from "../../http/app-error.ts";

/** The branches that somebody may look at: `*` is every branch that core shows this product. */
export type Scope = "*" | readonly string[];

/** An admin sees all of the product's branches, an agent those assigned to them. Core is not asked, so it may be away. */
export function scopeOf(user: CurrentUser, { core }: Pick<Env, "core">): Scope {
  const ours = core?.propertyIds ?? [];
  if (user.role === "admin") return ours;
  return ours === "*" ? user.property_ids : user.property_ids.filter((id) => ours.includes(id));
}

export function inScope(scope: Scope, propertyId: string): boolean {
  return scope === "*" || scope.includes(propertyId);
}

/** The branch, if the caller may look at it. */
export function branchOf(user: CurrentUser, env: Pick<Env, "core">, propertyId: string): string {
  if (!inScope(scopeOf(user, env), propertyId)) throw noSuchBranch();
  return propertyId;
}

/** Somebody else's branch and one that does not exist get the same answer. */
export function noSuchBranch(): AppError {
  return new AppError("not_found", "There is no such branch", { isDenial: true });
}
