import type { Statements } from "@whitelabel/shared-db";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { changedMeanwhile } from "../../writes/versions.ts";
import { type FoundForStaff, findForStaff } from "./queries.ts";
import type { StaffProperty } from "./schemas.ts";
import { isTheirs } from "./staff.ts";
import type { Target } from "./writes.ts";

/**
 * The listing as it is after a change. Where the change found nothing to do, it says why: there is no such listing (of
 * theirs), it is gone, it has another version, or it `isSo` already.
 */
export async function changeListing(
  to: Statements,
  target: Target,
  change: Promise<StaffProperty | undefined>,
  isSo: (listing: StaffProperty) => boolean = () => false,
): Promise<StaffProperty> {
  const changed = await keepingRules(change);
  if (changed) return changed;
  const { deleted_at, ...listing } = await findTarget(to, target);
  if (deleted_at !== null) throw gone();
  expectVersion(target, listing);
  if (!isSo(listing)) throw changedMeanwhile();
  return listing;
}

/** Whether it is deleted or was so before, both are fine. */
export async function expectDeleted(
  to: Statements,
  target: Target,
  change: Promise<object | undefined>,
): Promise<void> {
  if (await change) return;
  const listing = await findTarget(to, target);
  if (listing.deleted_at === null) throw changedMeanwhile();
}

export const gone = () => new AppError("gone", "This property is no longer offered");

/** What somebody else's branch has is no different from what does not exist. */
async function findTarget(to: Statements, { id, branches, fallback }: Target): Promise<FoundForStaff> {
  const listing = orNotFound(await findForStaff(to, id, { locale: fallback, fallback }), "property");
  if (!isTheirs(branches, listing.property_id)) {
    throw new AppError("not_found", "There is no such property", { isDenial: true });
  }
  return listing;
}

function expectVersion({ version }: Target, listing: StaffProperty): void {
  if (version !== null && version !== listing.version) throw changedMeanwhile();
}

/** A change that breaks a rule of the table's was asked for, and the database is the first to see the whole row. */
export async function keepingRules<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    const { code, constraint_name } = error as { code?: unknown; constraint_name?: unknown };
    if (code !== CHECK_VIOLATION) throw error;
    const [path, message] = constraint_name === "properties_price_check" ? priceIsMissing : breaksRule;
    throw new AppError("invalid", "The request is not valid", { errors: [{ path, message }], cause: error });
  }
}

const CHECK_VIOLATION = "23514";
const priceIsMissing = ["json", "The price of the listing's transaction is needed"] as const;
const breaksRule = ["json", "The listing would not be valid"] as const;
