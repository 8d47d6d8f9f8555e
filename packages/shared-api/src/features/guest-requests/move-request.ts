import type { Database, RequestKind, TaskCategory, TaskPriority } from "@whitelabel/shared-db";
import type { Author } from "../../auth/caller.ts";
import { AppError, orNotFound } from "../../http/app-error.ts";
import { changedMeanwhile } from "../../writes/versions.ts";
import { insertTask } from "../reception-tasks/queries.ts";
import { findRequest, type Move, moveRequest, type Reach } from "./queries.ts";
import type { GuestRequestItem } from "./schemas.ts";

type Target = Reach & Readonly<{ id: string; version: number | null }>;

/**
 * Accepts a request and makes the task that it becomes, in one transaction. Of those who accept, decline and withdraw at
 * once one changes the row, so there is one task or none.
 */
export async function acceptRequest(
  database: Database,
  author: Author,
  target: Target,
  priority: TaskPriority | undefined,
): Promise<GuestRequestItem> {
  const accepted = await database.transaction(async (tx) => {
    const request = await moveRequest(tx, author, "accepted", target);
    if (!request) return undefined;
    const { id, property_id, booking_id, room_id, kind, text } = request;
    const task = await insertTask(tx, author, {
      ...{ property_id, booking_id, room_id, guest_request_id: id, details: text },
      // The text is free of personal data, but it may be long: it goes where there is room for it.
      title: titles[kind],
      category: categories[kind] ?? "guest_request",
      ...(priority && { priority }),
    });
    if (!task) throw new Error("A request that was waiting has a task already");
    return { ...request, task_id: task.id };
  });
  return accepted ?? (await refuse(database, target));
}

/** Declines, withdraws or finishes a request. */
export async function closeRequest(
  database: Database,
  author: Author,
  state: Exclude<Move, "accepted">,
  target: Target & Readonly<{ resolution?: string | undefined }>,
): Promise<GuestRequestItem> {
  return (await moveRequest(database, author, state, target)) ?? (await refuse(database, target));
}

async function refuse(database: Database, target: Target): Promise<never> {
  const found = orNotFound(await findRequest(database, target, target.id), "guest request");
  if (target.version !== null && found.version !== target.version) throw changedMeanwhile();
  throw new AppError("conflict", `The request is ${found.state}`);
}

const titles: Record<RequestKind, string> = {
  housekeeping: "Guest request: housekeeping",
  maintenance: "Guest request: maintenance",
  amenity: "Guest request: amenity",
  food: "Guest request: food",
  transport: "Guest request: transport",
  late_checkout: "Guest request: late check-out",
  early_checkin: "Guest request: early check-in",
  other: "Guest request",
};

const categories: Partial<Record<RequestKind, TaskCategory>> = {
  housekeeping: "housekeeping",
  maintenance: "maintenance",
  transport: "transport",
  late_checkout: "departure",
  early_checkin: "arrival",
};
