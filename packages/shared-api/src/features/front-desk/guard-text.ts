import type { Booking, Core } from "@whitelabel/core-readonly";
import type { PiiContext, PiiKind, PiiName } from "@whitelabel/pii-guard";
import type { Database } from "@whitelabel/shared-db";
import { AppError, type InputError } from "../../http/app-error.ts";

type Stores = Readonly<{ database: Database; core: Core }>;

/** Whose text it is: of a branch, and of a booking if the row is tied to one. */
export type TextOwner = Readonly<{
  property_id: string;
  booking_id?: string | null;
  /** Core's rooms of that booking, for whoever has just read them. */
  rooms?: readonly Booking[];
}>;

/** What staff wrote, by the field of the body; blank and missing ones hold nothing to check. */
export type Texts = Readonly<Record<string, string | null | undefined>>;

/**
 * Lets text pass that names no guest of its booking, as core knows them now, and holds no contact, card, account or
 * document of anybody. Throws `pii_detected` with each field and kind, never the text; `core_unavailable` while core
 * cannot say whose names to look for. Call it before the text is stored, and outside of transactions: it asks core.
 */
export async function guardText(stores: Stores, owner: TextOwner, texts: Texts): Promise<void> {
  const fields = Object.entries(texts).filter((entry): entry is [string, string] => isWritten(entry[1]));
  if (fields.length === 0) return;

  const [{ findPii }, context] = await Promise.all([loadGuard(), contextOf(stores, owner)]);
  const errors = fields.flatMap(([field, text]): InputError[] => {
    const kinds = new Set<PiiKind>(findPii(text, context).map(({ kind }) => kind));
    return [...kinds].map((kind) => ({ path: `json.${field}`, message: kind }));
  });
  if (errors.length > 0) throw new AppError("pii_detected", "Write it without the guest's personal data", { errors });
}

/**
 * A guest's own message with `[redacted]` in place of what `guardText` would refuse: the one form in which it may be
 * stored. Throws `core_unavailable` while core cannot say whose names to look for.
 */
export async function redactText(stores: Stores, owner: TextOwner, text: string): Promise<string> {
  if (!isWritten(text)) return text;
  const [{ redactPii }, context] = await Promise.all([loadGuard(), contextOf(stores, owner)]);
  return redactPii(text, context);
}

/** With the first text: its tables of numbers and names are a third of our code, and would make every start slower. */
const loadGuard = () => import("@whitelabel/pii-guard");

const isWritten = (text: string | null | undefined) => text?.trim() !== undefined && text.trim() !== "";

/** Text that belongs to no booking is searched for patterns only, so it needs nobody's names and no core. */
async function contextOf(stores: Stores, { property_id, booking_id, rooms }: TextOwner): Promise<PiiContext> {
  if (booking_id === null || booking_id === undefined) return { names: [], known: [] };
  const { core, database } = stores;
  const [bookingRooms, branches, branchRooms, staff] = await Promise.all([
    rooms ?? core.listBookingRooms(booking_id),
    core.listBranches(),
    core.listRooms(property_id),
    listStaffNames(database),
  ]);
  // Nobody could say any more whose names to look for, so it is as if core were away, for good.
  if (bookingRooms.length === 0)
    throw new AppError("conflict", "Core no longer has this booking: no text can be added");
  const known = [...branches.map(({ name }) => name), ...branchRooms.flatMap((room) => [room.name, room.room_type])];
  return { names: bookingRooms.map(nameOf), known: [...known, ...staff].filter((name) => name !== null) };
}

/** To be looked for, and to go nowhere: what leaves is the kind of a finding and its place. */
function nameOf({ first_name, last_name }: Booking): PiiName {
  return { first_name: first_name.reveal(), last_name: last_name.reveal() };
}

async function listStaffNames({ sql }: Database): Promise<string[]> {
  const rows = await sql<{ display_name: string }>`
    select display_name from users
    where display_name is not null and role in ('agent', 'admin') and is_active and deleted_at is null`;
  return rows.map(({ display_name }) => display_name);
}
