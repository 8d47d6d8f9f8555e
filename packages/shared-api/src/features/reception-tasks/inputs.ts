import { z } from "@hono/zod-openapi";
import { taskCategories, taskPriorities, taskStates } from "@whitelabel/shared-db";
import { paging } from "../../http/paging.ts";
import { branchId } from "../front-desk/schemas.ts";

export const idParams = z.object({ id: z.uuid().openapi({ example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" }) });

const sorts = ["priority", "newest"] as const;
export type Sort = (typeof sorts)[number];

const views = ["overdue", "escalated", "orphaned"] as const;
export type View = (typeof views)[number];

export const listQuery = z.strictObject({
  property_id: branchId().optional().openapi({ description: "All branches that you work for if left out." }),
  state: anyOf(taskStates).openapi({ example: "open,claimed" }),
  category: anyOf(taskCategories).openapi({ example: "housekeeping" }),
  priority: anyOf(taskPriorities).openapi({ example: "urgent,high" }),
  assignee: z
    .union([z.enum(["me", "none"]), z.string().regex(/^[1-9]\d{0,8}$/, "me, none or the id of a user")])
    .optional()
    .openapi({ type: "string", example: "me", description: "`me`, `none` or the id of a user." }),
  booking_id: coreId().optional().openapi({ example: "B-1042" }),
  due_after: givenInstant({ from: 1, to: 9999 }).optional().openapi({ description: "At this instant or later." }),
  due_before: givenInstant({ from: 1, to: 9999 }).optional().openapi({ description: "Earlier than this instant." }),
  view: z.enum(views).optional().openapi({
    description:
      "Only unfinished ones that are past due, escalated, or whose booking core has cancelled or no longer has.",
  }),
  sort: z.enum(sorts).default("priority").openapi({
    description: "`priority`: the most pressing first, of these the one due first. `newest`: the last made first.",
  }),
  ...paging,
});

export type ListQuery = z.infer<typeof listQuery>;

export const historyQuery = z.strictObject(paging);

const CONTROL = /\p{Cc}/u;
const CONTROL_IN_LINES = /[^\P{Cc}\n\r\t]/u;

const guarded = "Checked before it is stored: 422 `pii_detected` if it names the booking's guest or holds a contact.";

const title = () =>
  z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((text) => !CONTROL.test(text), "Must be one line without control characters")
    .openapi({ example: "Extra towels", description: guarded });

const lines = (max: number, example: string) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !CONTROL_IN_LINES.test(text), "Must not contain control characters")
    .openapi({ example, description: guarded });

const details = () => lines(10_000, "Two bath towels, after 16:00.");

/** An instant, or a time by the branch's own clock. */
const due = {
  due_at: givenInstant({ from: 2000, to: 2999 }).nullable().optional(),
  due_local: z
    .string()
    .refine(isLocalTime, "Must be a day and a time from 2000 to 2999, YYYY-MM-DDThh:mm")
    .optional()
    .openapi({
      example: "2026-11-21T14:30",
      description:
        "In place of `due_at`: by the clock of the branch. A time that comes twice when clocks go back is the first; one that is skipped when they go forward is as much later as was skipped.",
    }),
};
const hasOneDue = ({ due_at, due_local }: { due_at?: unknown; due_local?: unknown }) =>
  due_at === undefined || due_local === undefined;
const oneDue = { path: ["due_local"], message: "Give either due_at or due_local" };

export const NewTaskSchema = z
  .strictObject({
    property_id: branchId(),
    preset: z
      .string()
      .max(64)
      .optional()
      .openapi({ description: "A code of `GET /v1/front-desk/task-presets`: it says what is left out here." }),
    title: title().optional(),
    details: details().default(""),
    category: z.enum(taskCategories).optional().openapi({ description: "`other` if neither you nor a preset says." }),
    priority: z.enum(taskPriorities).optional().openapi({ description: "`normal` if neither you nor a preset says." }),
    ...due,
    booking_id: coreId().optional().openapi({ example: "B-1042" }),
    room_id: coreId().optional().openapi({ description: "A room of the branch; the booking's, if it has just one." }),
    row_room_id: coreId().optional().openapi({ description: "Which room of a booking of several rooms." }),
    notification_id: coreId().optional().openapi({
      description: "The notification of core that it answers. There is one task for each, ever: another one is 409.",
    }),
  })
  .refine(({ title, preset }) => title !== undefined || preset !== undefined, {
    path: ["title"],
    message: "Needed without a preset",
  })
  .refine(hasOneDue, oneDue)
  .refine(({ row_room_id, booking_id, notification_id }) => !row_room_id || booking_id || notification_id, {
    path: ["row_room_id"],
    message: "Belongs to a booking: give booking_id too",
  })
  .openapi("NewTask", {
    example: {
      property_id: "BKK-01",
      title: "Extra towels",
      details: "Two bath towels, after 16:00.",
      category: "housekeeping",
      due_local: "2026-11-21T16:00",
    },
  });

export type NewTask = z.infer<typeof NewTaskSchema>;

export const TaskPatchSchema = z
  .strictObject({
    title: title().optional(),
    details: details().optional(),
    category: z.enum(taskCategories).optional(),
    priority: z.enum(taskPriorities).optional(),
    ...due,
    is_escalated: z.boolean().optional().openapi({ description: "Whether it wants a superior's eye." }),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), "Nothing to change")
  .refine(hasOneDue, oneDue)
  .openapi("TaskPatch", { example: { priority: "urgent", is_escalated: true } });

export type TaskPatch = z.infer<typeof TaskPatchSchema>;

export const NextClaimSchema = z
  .strictObject({ property_id: branchId() })
  .openapi("NextClaim", { example: { property_id: "BKK-01" } });

const fencingToken = () => z.int().min(1).max(Number.MAX_SAFE_INTEGER).openapi({ format: "int64", example: 1 });

export const ClaimSchema = z
  .strictObject({ fencing_token: fencingToken().optional() })
  .openapi("TaskClaim", { example: { fencing_token: 1 } });

export const releaseQuery = z.strictObject({
  fencing_token: z.coerce.number().pipe(fencingToken()).openapi({ type: "integer", format: "int64", example: 1 }),
});

export const CompletionSchema = z
  .strictObject({
    fencing_token: fencingToken(),
    resolution: lines(2_000, "Towels brought at 16:10.").optional(),
  })
  .openapi("TaskCompletion");

export const CancellationSchema = z
  .strictObject({ reason: lines(2_000, "No longer needed.").optional() })
  .openapi("TaskCancellation");

/** `a,b` as a list of these. */
function anyOf<const Value extends string>(values: readonly [Value, ...Value[]]) {
  return z
    .string()
    .max(200)
    .transform((text) => text.split(",").map((value) => value.trim()))
    .pipe(z.array(z.enum(values)).min(1))
    .optional()
    .openapi({ type: "string", description: `One or several of ${values.join(", ")}, separated by commas.` });
}

/** An identifier of core, as far as anybody can say without core. */
function coreId() {
  return z
    .string()
    .min(1)
    .max(200)
    .refine((text) => !CONTROL.test(text), "Must not contain control characters");
}

/** An instant as RFC 3339 in UTC, for PostgreSQL takes fewer years and offsets than RFC 3339 allows. */
function givenInstant(years: { from: number; to: number }) {
  return z.iso
    .datetime({ offset: true })
    .transform((text, context) => {
      const instant = new Date(text);
      const year = instant.getUTCFullYear();
      if (year >= years.from && year <= years.to) return instant.toISOString();
      context.addIssue({ code: "custom", message: `Must be in the years ${years.from} to ${years.to}` });
      return z.NEVER;
    })
    .openapi({ type: "string", format: "date-time", example: "2026-11-21T07:30:00Z" });
}

function isLocalTime(text: string): boolean {
  if (!/^2\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return false;
  const at = Date.parse(`${text}Z`);
  // Without this, 30 February would be 2 March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
