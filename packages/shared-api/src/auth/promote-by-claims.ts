import type { Env } from "@whitelabel/shared-config";
import type { Database } from "@whitelabel/shared-db";
import type { CurrentUser } from "./current-user.ts";
import { promoteUser } from "./queries.ts";
import type { Users } from "./users.ts";

type Options = Readonly<{ env: Pick<Env, "adminEmails">; database: Database; users: Users }>;

/**
 * Makes an admin, once, of whose token proves an address of ADMIN_EMAILS: Clerk can be told to put the claims `email` and
 * `email_verified` into its tokens. The token was verified before. Returns the user as they are now.
 */
export function promoteByClaims({ env: { adminEmails }, database, users }: Options) {
  return async (user: CurrentUser, token: string, requestId: string): Promise<CurrentUser> => {
    if (adminEmails.length === 0 || user.was_promoted) return user;
    const email = verifiedEmailIn(token);
    if (email === undefined || !adminEmails.includes(email.toLowerCase())) return user;
    await promoteUser(database, user.id, requestId);
    users.forget(user.clerk_user_id);
    return await users.of(user.clerk_user_id);
  };
}

/** A claim of another type proves nothing: `"true"` is a text. */
function verifiedEmailIn(token: string): string | undefined {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  const { email, email_verified } = JSON.parse(payload) as Record<string, unknown>;
  return email_verified === true && typeof email === "string" ? email.trim() : undefined;
}
