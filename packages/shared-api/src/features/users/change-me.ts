import type { Database } from "@whitelabel/shared-db";
import type { Caller } from "../../auth/caller.ts";
import { orNotFound } from "../../http/app-error.ts";
import { change } from "../../writes/change.ts";
import { changedMeanwhile } from "../../writes/versions.ts";
import { notDeleted } from "./change-user.ts";
import { type FoundUser, findUserById } from "./queries.ts";
import type { ChangeMe } from "./schemas.ts";

/** What a caller decides about their own account: what they are called, and nothing else. */
export async function changeMe(
  database: Database,
  caller: Caller,
  expected: number | null,
  { display_name }: ChangeMe,
): Promise<FoundUser> {
  const { id } = caller.user;
  const changed =
    display_name !== undefined &&
    (await change(database, caller, {
      text: update,
      params: [id, display_name, expected],
      audit: { action: "user.updated", entity: "user", changed_fields: ["display_name"] },
    }));
  const user = notDeleted(orNotFound(await findUserById(database, id), "user"));
  if (!changed && expected !== null && user.version !== expected) throw changedMeanwhile();
  return user;
}

const update = `update users set display_name = $2
  where id = $1 and deleted_at is null and display_name is distinct from $2
    and ($3::integer is null or version = $3)
  returning id`;
