import { createHmac, timingSafeEqual } from "node:crypto";
import type { Database } from "@whitelabel/shared-db";
import { deriveKey } from "../http/derived-keys.ts";

/** The one booking that a guest's link opens. */
export type CurrentGuest = Readonly<{ link_id: string; property_id: string; booking_id: string }>;

export type GuestTokens = Readonly<{
  /** The token of a link, `gl_…`: shown once and stored nowhere, for it can be made again from the id. */
  sign(linkId: string): string;
  /** The id of the link, if we made the token. */
  verify(token: string): string | undefined;
}>;

const ID_BYTES = 16;
const MAC_BYTES = 24;
const LENGTH = ((ID_BYTES + MAC_BYTES) * 4) / 3;
const form = new RegExp(`^gl_[\\w-]{${Math.ceil(LENGTH)}}$`);

export const isGuestToken = (token: string): boolean => token.startsWith("gl_");

export function openGuestTokens(secret: string): GuestTokens {
  const key = deriveKey(secret, "guest-link");
  const macOf = (id: Buffer) => createHmac("sha256", key).update(id).digest().subarray(0, MAC_BYTES);
  return {
    sign: (linkId) => {
      const id = Buffer.from(linkId.replaceAll("-", ""), "hex");
      return `gl_${Buffer.concat([id, macOf(id)]).toString("base64url")}`;
    },
    verify: (token) => {
      if (!form.test(token)) return undefined;
      const bytes = Buffer.from(token.slice(3), "base64url");
      // The decoder forgives what it does not know, so one token would have many spellings.
      if (bytes.length !== ID_BYTES + MAC_BYTES || bytes.toString("base64url") !== token.slice(3)) return undefined;
      const id = bytes.subarray(0, ID_BYTES);
      if (!timingSafeEqual(bytes.subarray(ID_BYTES), macOf(id))) return undefined;
      return id.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    },
  };
}

/** The booking of a link that is neither revoked nor expired, by the database's clock. */
export async function findGuest({ sql }: Database, linkId: string): Promise<CurrentGuest | undefined> {
  const [guest] = await sql<CurrentGuest>`
    select id as link_id, property_id, booking_id from guest_links
    where id = ${linkId} and revoked_at is null and expires_at > now()`;
  return guest;
}
