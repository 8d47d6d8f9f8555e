import type { Role } from "@whitelabel/shared-db";

/** The caller's row and the branches of core that they work for. */
export type CurrentUser = Readonly<{
  id: number;
  clerk_user_id: string;
  email: string | null;
  display_name: string | null;
  role: Role;
  is_active: boolean;
  deleted_at: string | null;
  /** Whether ADMIN_EMAILS has made them admin before, whatever became of it. */
  was_promoted: boolean;
  property_ids: readonly string[];
  created_at: string;
  updated_at: string;
  version: number;
}>;

/** Whoever may do more may do less. */
const ranks: Record<Role, number> = { user: 0, agent: 1, admin: 2 };

export function hasRole(user: CurrentUser, needed: Role): boolean {
  return ranks[user.role] >= ranks[needed];
}
