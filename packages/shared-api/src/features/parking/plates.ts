import { createHmac } from "node:crypto";
import { deriveKey } from "../../http/derived-keys.ts";

/** What is stored of a licence plate: hex that is the same for the same plate, and that nobody can read back. */
export type Plates = Readonly<{ hmac(plate: string): string }>;

export function openPlates(secret: string): Plates {
  const key = deriveKey(secret, "plate");
  return { hmac: (plate) => createHmac("sha256", key).update(plainPlate(plate)).digest("hex") };
}

/** However it is typed: in upper case, without spaces, dots and dashes; letters and digits of any script. */
export function plainPlate(plate: string): string {
  return plate
    .normalize("NFKC")
    .toUpperCase()
    .normalize("NFKC")
    .replace(/[^\p{L}\p{Nd}]/gu, "");
}
