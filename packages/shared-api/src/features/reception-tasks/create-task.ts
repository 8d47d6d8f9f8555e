import type { Core } from "@whitelabel/core-readonly";
import type { Product, TaskPreset } from "@whitelabel/shared-config";
import type { Database } from "@whitelabel/shared-db";
import { AppError } from "../../http/app-error.ts";
import { guardText } from "../front-desk/guard-text.ts";
import { dueTime } from "./due-time.ts";
import type { NewTask } from "./inputs.ts";
import { placeTask } from "./place-task.ts";
import type { TaskValues } from "./queries.ts";

/**
 * What is to be stored of a new task: everything it refers to is in core, and no text names its guest. Stores nothing
 * itself, for it asks core.
 */
export async function prepareTask(
  stores: Readonly<{ core: Core; database: Database }>,
  product: Product,
  input: NewTask,
  locale: string,
): Promise<TaskValues> {
  const { property_id, details, notification_id = null } = input;
  const preset = presetOf(product, input.preset);
  const [{ rooms, ...place }, due_at] = await Promise.all([
    placeTask(stores.core, input),
    dueTime(stores.core, property_id, input, preset),
  ]);
  await guardText(stores, { property_id, booking_id: place.booking_id, rooms }, { title: input.title, details });

  return {
    property_id,
    ...place,
    title: input.title ?? titleOf(preset, locale),
    details,
    category: input.category ?? preset?.category ?? "other",
    priority: input.priority ?? preset?.priority ?? "normal",
    preset: input.preset ?? null,
    due_at: due_at ?? null,
    notification_id,
  };
}

function presetOf({ taskPresets }: Product, code: string | undefined): TaskPreset | undefined {
  if (code === undefined) return undefined;
  const preset = Object.hasOwn(taskPresets, code) ? taskPresets[code] : undefined;
  if (preset) return preset;
  const errors = [{ path: "json.preset", message: "Not a preset of this product" }];
  throw new AppError("invalid", "The request is not valid", { errors });
}

/** Every preset has a title in every locale, and a task without a preset brings its own. */
const titleOf = (preset: TaskPreset | undefined, locale: string) => preset?.titles[locale] ?? "";
