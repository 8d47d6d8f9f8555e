import type { Product } from "@whitelabel/shared-config";
import { importPKCS8, SignJWT } from "jose";
import type { DevUser } from "../seed/dev-users.ts";

export type DevTokenOptions = {
  product: Product;
  user: Pick<DevUser, "clerk_user_id">;
  /** PKCS #8 in PEM: the other half of the API's CLERK_JWT_KEY. */
  privateKey: string;
  issuer: string;
  /** The frontend's origin, which Clerk writes into `azp`. */
  frontendUrl: string;
  ttlSeconds: number;
};

/** A session token as Clerk would sign it for this user, good for this product's development API only. */
export async function signDevToken(options: DevTokenOptions): Promise<string> {
  const { product, user, privateKey, issuer, frontendUrl, ttlSeconds } = options;
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ azp: frontendUrl, sid: `sess_dev_${product.id}` })
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: `ins_dev_${product.id}` })
    .setIssuer(issuer)
    .setSubject(user.clerk_user_id)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + ttlSeconds)
    .sign(await importPKCS8(privateKey, "RS256"));
}
