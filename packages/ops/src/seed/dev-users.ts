import type { Product } from "@whitelabel/shared-config";
import type { Role } from "@whitelabel/shared-db";

export type DevUser = Readonly<{
  clerk_user_id: string;
  email: string;
  display_name: string;
  role: Role;
  /** The branches of core an agent works for. */
  branches: readonly string[];
}>;

/**
 * The users that seeding makes and development tokens are signed for. Each agent has one branch, so that whatever
 * must not be seen from another can be tried.
 */
export function devUsers(product: Product): readonly DevUser[] {
  const [first, second] = product.development.corePropertyIds;
  const branch = (id: string | undefined) => (id === undefined ? [] : [id]);
  return [
    devUser(product, "admin", "admin", "Ada Admin", []),
    devUser(product, "agent", "agent", "Anong Agent", branch(first)),
    devUser(product, "agent2", "agent", "Artur Agent", branch(second)),
    devUser(product, "user", "user", "Una User", []),
  ];
}

function devUser(product: Product, name: string, role: Role, display_name: string, branches: string[]): DevUser {
  return {
    clerk_user_id: `user_dev_${product.id}_${name}`,
    email: `${name}.dev@${product.development.emailDomain}`,
    display_name,
    role,
    branches,
  };
}
