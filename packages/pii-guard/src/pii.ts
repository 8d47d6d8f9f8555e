export type PiiKind = "name" | "email" | "phone" | "card" | "iban" | "passport" | "mrz" | "national_id";

/** A place in the text as it was given, in UTF-16 units: `text.slice(start, end)`. */
export type PiiFinding = Readonly<{ kind: PiiKind; start: number; end: number }>;

export type PiiName = Readonly<{ first_name: string | null; last_name: string | null }>;

export type PiiContext = Readonly<{
  /** Of the booking's guest and companions. */
  names: readonly PiiName[];
  /** Names of rooms, branches and staff: where one stands, no guest's name is looked for. */
  known: readonly string[];
}>;

/** What stands in place of each finding. Never a finding itself, whatever the guest's name is. */
export const placeholder = "[redacted]";
