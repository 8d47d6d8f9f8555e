import { hkdfSync } from "node:crypto";

/** A key of its own for each use, from the one secret that is configured. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `whitelabel:${purpose}`, 32));
}
