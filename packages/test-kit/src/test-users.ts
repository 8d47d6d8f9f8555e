import type { Product } from "@whitelabel/shared-config";
import type { Db, Role, User } from "@whitelabel/shared-db";
import { createAgent, createUser } from "./factories/index.ts";
import { type FakeClerk, fakeClerk } from "./fake-clerk.ts";

/** Users of one app under test, one for each role, made when a test first asks. */
export function testUsers(product: Product, db: () => Db) {
  const clerk: FakeClerk = fakeClerk(product);
  const known = new Map<Role, Promise<User>>();

  /** An agent works at the first of the product's development branches, and at no other. */
  async function create(role: Role): Promise<User> {
    const display_name = `Test ${role}`;
    const [branch = ""] = product.development.corePropertyIds;
    return role === "agent"
      ? await createAgent(db(), [branch], { display_name })
      : await createUser(db(), { role, display_name });
  }

  function userOf(role: Role): Promise<User> {
    const user = known.get(role) ?? create(role);
    known.set(role, user);
    return user;
  }

  return {
    userOf,
    /** A session token of the one user of that role, or of the user given. */
    async token(who: Role | User): Promise<string> {
      const { clerk_user_id } = typeof who === "string" ? await userOf(who) : who;
      return await clerk.sign({ sub: clerk_user_id });
    },
  };
}
