import type { Env } from "@whitelabel/shared-config";
import type { Database, Transaction } from "@whitelabel/shared-db";
import type { Caller } from "../../auth/caller.ts";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { change } from "../../writes/change.ts";
import { changedMeanwhile } from "../../writes/versions.ts";
import { assignBranches, branchesOf, type FoundUser, type LockedUser, lockWithAdmins } from "./queries.ts";
import type { ChangeUser } from "./schemas.ts";

type Stores = Readonly<{ env: Env; database: Database }>;
type Rights = Pick<FoundUser, "role" | "is_active" | "property_ids">;

/** What an admin decides about an account. There is always an active admin left, however many decide at once. */
export async function changeUser(
  { env, database }: Stores,
  caller: Caller,
  id: number,
  expected: number | null,
  input: ChangeUser,
): Promise<FoundUser> {
  refuseForeignBranches(env, input.property_ids ?? []);

  return await database.transaction(async (tx) => {
    const locked = await lockWithAdmins(tx, [id, caller.user.id]);
    const user = notDeleted(
      orNotFound(
        locked.find((row) => row.id === id),
        "user",
      ),
    );
    if (expected !== null && expected !== user.version) throw changedMeanwhile();

    const before: Rights = { role: user.role, is_active: user.is_active, property_ids: await branchesOf(tx, id) };
    const after = { ...before, ...given(input) };
    const changed_fields = fieldsThatDiffer(before, after);
    if (changed_fields.length === 0) return { ...user, ...before };

    if (isAdmin(user) && !isAdmin({ ...user, ...after }) && !locked.some((row) => row.id !== id && isAdmin(row))) {
      throw new AppError("conflict", "This is the last active admin: make somebody else one first");
    }
    // They may have been demoted since their request was let in.
    if (!locked.some((row) => row.id === caller.user.id && isAdmin(row))) {
      throw new AppError("forbidden", "Your role may not do this");
    }
    return { ...user, ...after, ...(await save(tx, caller, id, { before, after, changed_fields })) };
  });
}

function refuseForeignBranches({ core }: Env, propertyIds: readonly string[]): void {
  const ours = core?.propertyIds ?? [];
  if (ours === "*") return;
  const errors = propertyIds.flatMap((id, index) =>
    ours.includes(id) ? [] : [{ path: `json.property_ids.${index}`, message: "Not a branch of this product" }],
  );
  if (errors.length > 0) throw new AppError("invalid", "The request is not valid", { errors });
}

/** A deletion is Clerk's to make and nobody's to undo. */
export function notDeleted<User extends Readonly<{ deleted_at: string | null }>>(user: User): User {
  if (user.deleted_at !== null) throw new AppError("gone", "This account was deleted");
  return user;
}

function given({ property_ids, ...rest }: ChangeUser): Partial<Rights> {
  const rights = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<Rights>;
  return property_ids ? { ...rights, property_ids: [...new Set(property_ids)].sort() } : rights;
}

function fieldsThatDiffer(before: Rights, after: Rights): (keyof Rights)[] {
  const fields = ["role", "is_active", "property_ids"] as const;
  return fields.filter((field) => String(before[field]) !== String(after[field]));
}

const isAdmin = ({ role, is_active, deleted_at }: Pick<LockedUser, "role" | "is_active" | "deleted_at">) =>
  role === "admin" && is_active && deleted_at === null;

type Difference = Readonly<{ before: Rights; after: Rights; changed_fields: (keyof Rights)[] }>;

async function save(tx: Transaction, caller: Caller, id: number, { before, after, changed_fields }: Difference) {
  if (changed_fields.includes("property_ids")) await assignBranches(tx, id, after.property_ids);
  const only = (rights: Rights) => Object.fromEntries(changed_fields.map((field) => [field, rights[field]]));
  const saved = await change<Pick<FoundUser, "id" | "updated_at" | "version">>(tx, caller, {
    text: update,
    params: [id, after.role, after.is_active],
    audit: {
      action: "user.updated",
      entity: "user",
      changed_fields,
      details: { before: only(before), after: only(after) },
    },
  });
  if (!saved) throw new Error("A locked user is not there");
  return saved;
}

// The branches are part of the account, so its version rises with them. Whoever stops being an admin has used up what
// ADMIN_EMAILS gives once.
const update = `update users set role = $2, is_active = $3, updated_at = clock_timestamp(),
    promoted_at = case when role = 'admin' and $2 <> 'admin' then coalesce(promoted_at, now()) else promoted_at end
  where id = $1 returning id, updated_at, version`;
