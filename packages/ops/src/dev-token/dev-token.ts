import type { Product } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { environmentOf, refuseDeployed } from "../dev/environment.ts";
import { findKeys } from "../dev/secrets.ts";
import { readDevState } from "../dev/state.ts";
import { type DevUser, devUsers } from "../seed/dev-users.ts";
import { signDevToken } from "./sign-dev-token.ts";

export type DevToken = { token: string; user: DevUser; expires_at: string; api_url: string };

/** A token for the seeded user of that role (its first, unless an e-mail names another). */
export async function createDevToken(
  product: Product,
  role: string,
  { email, ttlSeconds }: { email?: string | undefined; ttlSeconds: number },
): Promise<DevToken> {
  // Such a token is worth nothing elsewhere; asking for one there is a mistake to be told.
  refuseDeployed(environmentOf(product), { what: "Development tokens are", next: "Sign in through Clerk there." });
  const user = chooseUser(product, role, email);
  const keys = findKeys(product);
  const dev = readDevState()?.products[product.id];
  if (!keys || !dev) {
    throw new OpsError(`There is no development key of ${product.name} yet.`, "Run `pnpm dev` first; it makes one.");
  }
  if (!dev.has_development_key) {
    throw new OpsError(
      `${product.name} runs with a Clerk project of your own, and only Clerk can sign its tokens.`,
      "Sign in through its frontend, or take the Clerk keys out of your environment and start `pnpm dev` again.",
    );
  }
  const { issuer, frontend_url: frontendUrl } = dev;
  return {
    token: await signDevToken({ product, user, privateKey: keys.private_key, issuer, frontendUrl, ttlSeconds }),
    user,
    expires_at: new Date(Date.now() + ttlSeconds * 1000).toISOString(),
    api_url: dev.api_url,
  };
}

function chooseUser(product: Product, role: string, email: string | undefined): DevUser {
  const users = devUsers(product);
  const roles = [...new Set(users.map((user) => user.role))];
  if (!users.some((user) => user.role === role)) {
    throw new OpsError(`There is no seeded user with the role "${role}".`, `The roles are: ${roles.join(", ")}.`);
  }
  const user = users.find((one) => one.role === role && (email === undefined || one.email === email));
  if (user) return user;
  const emails = users.filter((one) => one.role === role).map((one) => one.email);
  throw new OpsError(`No seeded ${role} has the address ${email}.`, `There is: ${emails.join(", ")}.`);
}
