import type { Core } from "@whitelabel/core-readonly";
import type { Env } from "@whitelabel/shared-config";
import type { Database } from "@whitelabel/shared-db";
import type { Caller } from "../../auth/caller.ts";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { inScope, scopeOf } from "../front-desk/branches.ts";
import { findReceipts, insertReceipt } from "./queries.ts";
import type { Receipt } from "./schemas.ts";

type Stores = Readonly<{ env: Env; database: Database; core: Core }>;

/** Whoever is first stays; the others are told who that was. One that has a receipt needs no core. */
export async function acknowledgeNotification(stores: Stores, caller: Caller, id: string): Promise<Receipt> {
  const known = await findReceipt(stores.database, id);
  if (known) return ofTheirs(stores.env, caller, known);

  const notification = (await stores.core.findNotifications([id])).get(id);
  if (!notification) throw noSuchNotification(false);
  ofTheirs(stores.env, caller, notification);
  const made = await insertReceipt(stores.database, caller, notification);
  return made ?? orNotFound(await findReceipt(stores.database, id), "notification");
}

async function findReceipt(database: Database, id: string): Promise<Receipt | undefined> {
  return (await findReceipts(database, [id])).get(id);
}

function ofTheirs<Row extends { property_id: string }>(env: Env, { user }: Caller, row: Row): Row {
  if (!inScope(scopeOf(user, env), row.property_id)) throw noSuchNotification(true);
  return row;
}

/** Another branch's and one that does not exist get the same answer. */
function noSuchNotification(isDenial: boolean): AppError {
  return new AppError("not_found", "There is no such notification", { isDenial });
}
