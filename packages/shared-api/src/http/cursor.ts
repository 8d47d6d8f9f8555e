import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "./app-error.ts";
import { deriveKey } from "./derived-keys.ts";

/** The sort values of a list's row. */
export type Values = readonly (string | number | null)[];

export type Cursors = Readonly<{
  /** The last row's sort values as an opaque text; `list` names the list and its order. */
  seal(list: string, values: Values): string;
  /** The values back. A cursor that we did not make, or made for another list or order, is invalid input. */
  open(list: string, cursor: string): Values;
}>;

const MAC_BYTES = 12;

/** Cursors are signed: their values go into a query, and nobody but us should be able to choose them. */
export function openCursors(secret: string): Cursors {
  const key = deriveKey(secret, "cursor");
  const macOf = (list: string, payload: Buffer) =>
    createHmac("sha256", key).update(`${list}\n`).update(payload).digest().subarray(0, MAC_BYTES);

  return {
    seal: (list, values) => {
      const payload = Buffer.from(JSON.stringify(values));
      return Buffer.concat([macOf(list, payload), payload]).toString("base64url");
    },
    open: (list, cursor) => {
      const bytes = Buffer.from(cursor, "base64url");
      const [mac, payload] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
      // The decoder forgives what it does not know, so one cursor would have many spellings.
      const isCanonical = mac.length === MAC_BYTES && bytes.toString("base64url") === cursor;
      const isOurs = isCanonical && timingSafeEqual(mac, macOf(list, payload));
      if (!isOurs) throw invalidCursor();
      return JSON.parse(payload.toString()) as Values;
    },
  };
}

/** For a cursor that is none of ours, or that another question was asked with. */
export function invalidCursor(): AppError {
  return new AppError("invalid", "The cursor is not valid", {
    errors: [{ path: "query.cursor", message: "Not a cursor of this list in this order" }],
  });
}
