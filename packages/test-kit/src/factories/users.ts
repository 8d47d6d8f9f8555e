import { randomUUID } from "node:crypto";
import { type Db, type NewUser, staffAssignments, type User, users } from "@whitelabel/shared-db";
import { inserted } from "./inserted.ts";

/** A user of nobody's; `role` and the rest as asked. */
export async function createUser(db: Db, overrides: Partial<NewUser> = {}): Promise<User> {
  const clerk_user_id = `user_${randomUUID().replaceAll("-", "")}`;
  return inserted(
    await db
      .insert(users)
      .values({ clerk_user_id, ...overrides })
      .returning(),
  );
}

/** An agent who works at these branches of core. */
export async function createAgent(
  db: Db,
  branches: readonly string[],
  overrides: Partial<NewUser> = {},
): Promise<User> {
  const user = await createUser(db, { role: "agent", display_name: "Agent of the tests", ...overrides });
  for (const property_id of branches) await assignBranch(db, user.id, property_id);
  return user;
}

export async function assignBranch(db: Db, user_id: number, property_id: string): Promise<void> {
  await db.insert(staffAssignments).values({ user_id, property_id });
}
