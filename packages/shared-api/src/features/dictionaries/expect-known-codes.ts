import type { Statements } from "@whitelabel/shared-db";
import { AppError } from "../../http/app-error.ts";
import { findUnknownCodes } from "./queries.ts";

type Codes = Readonly<{
  amenities?: readonly string[] | null | undefined;
  policies?: readonly string[] | null | undefined;
}>;

/** Refuses codes that are in no dictionary, by their place in the list. */
export async function expectKnownCodes(to: Statements, { amenities, policies }: Codes): Promise<void> {
  if (!amenities?.length && !policies?.length) return;
  const unknown = await findUnknownCodes(to, amenities ?? [], policies ?? []);
  if (unknown.length === 0) return;
  throw new AppError("invalid", "The request is not valid", {
    errors: unknown.map(({ list, index }) => ({ path: `json.${list}.${index}`, message: "Not in the dictionary" })),
  });
}
