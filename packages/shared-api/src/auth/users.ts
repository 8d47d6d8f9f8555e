import type { Database } from "@whitelabel/shared-db";
import { boundedCache } from "../bounded-cache.ts";
import type { CurrentUser } from "./current-user.ts";
import { createUser, findUser } from "./queries.ts";

export type Users = Readonly<{
  /** The row of whoever holds a verified token; made now if this is the first we see of them. */
  of(clerkUserId: string): Promise<CurrentUser>;
  /** Forgets what is cached of a user: after a change of their row, so that it acts with the next request here. */
  forget(clerkUserId: string): void;
}>;

/** How long a change made by another replica may stay unseen. Counted from before the row was read. */
const MAX_AGE_MS = 1_000;

export function cacheUsers(database: Database): Users {
  const rows = boundedCache<CurrentUser>({ most: 10_000, ttl: MAX_AGE_MS });
  let changes = 0;

  return {
    of: async (clerkUserId) => {
      const cached = rows.get(clerkUserId);
      if (cached) return cached;

      const [start, seen] = [performance.now(), changes];
      const user = await findOrCreate(database, clerkUserId);
      // A row read before a change must not outlive it.
      if (seen === changes) rows.set(clerkUserId, user, { start });
      return user;
    },
    forget: (clerkUserId) => {
      changes += 1;
      rows.delete(clerkUserId);
    },
  };
}

async function findOrCreate(database: Database, clerkUserId: string): Promise<CurrentUser> {
  const known = await findUser(database, clerkUserId);
  if (known) return known;
  await createUser(database, clerkUserId);
  const created = await findUser(database, clerkUserId);
  if (!created) throw new Error("A user's row was made and is not there");
  return created;
}
