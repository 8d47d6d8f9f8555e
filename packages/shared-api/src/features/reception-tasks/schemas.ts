import { z } from "@hono/zod-openapi";
import { taskCategories, taskPriorities, taskStates } from "@whitelabel/shared-db";
import { instant } from "../../http/describe.ts";
import { pageOf } from "../../http/paging.ts";
import { branchId, degraded, GuestContextSchema } from "../front-desk/schemas.ts";

const uuid = () => z.uuid().openapi({ example: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" });

const taskFields = {
  id: uuid(),
  property_id: branchId(),
  booking_id: z.string().nullable().openapi({ example: "B-1042" }),
  room_id: z.string().nullable().openapi({ example: "BKK-01-204" }),
  row_room_id: z.string().nullable().openapi({ example: "B-1042-1", description: "The room within the booking." }),
  title: z.string().openapi({ example: "Extra towels" }),
  details: z.string().openapi({ example: "Two bath towels, after 16:00." }),
  resolution: z.string().nullable().openapi({ description: "What was done, or why it was cancelled." }),
  category: z.enum(taskCategories),
  priority: z.enum(taskPriorities),
  preset: z.string().nullable().openapi({ example: "extra_towels", description: "The preset it was made from." }),
  due_at: instant().nullable(),
  escalated_at: instant().nullable().openapi({ description: "Since when it wants a superior's eye." }),
  state: z.enum(taskStates).openapi({ description: "One whose claim has lapsed is `open`." }),
  assignee_id: z.int().nullable().openapi({ example: 7, description: "Whoever claims it, or did it." }),
  lease_until: instant().nullable().openapi({ description: "When the claim lapses, unless a heartbeat comes first." }),
  fencing_token: z.int().openapi({
    format: "int64",
    example: 1,
    description: "Raised by each new claim. Whoever claims it says it with each heartbeat, release and completion.",
  }),
  notification_id: z.string().nullable().openapi({ example: "N-204" }),
  guest_request_id: uuid().nullable(),
  created_by: z.int().nullable().openapi({ example: 7 }),
  closed_at: instant().nullable().openapi({ description: "When it was done or cancelled." }),
  orphaned_at: instant()
    .nullable()
    .openapi({ description: "Since when core has no such booking, or a cancelled one." }),
  created_at: instant(),
  updated_at: instant(),
  version: z.int().openapi({ example: 1 }),
};

export const TaskSchema = z.object(taskFields).openapi("Task");

export type Task = z.infer<typeof TaskSchema>;

const booking = GuestContextSchema.nullable().openapi({
  description: "Looked up in core now. Null without a booking, if core no longer has it, or when `degraded`.",
});

const TaskItemSchema = z.object({ ...taskFields, booking }).openapi("TaskWithBooking");

export const ShownTaskSchema = z
  .object({ ...taskFields, booking, degraded: degraded("core", "audit") })
  .openapi("ShownTask");

export const TaskPageSchema = pageOf(TaskItemSchema)
  .extend({ degraded: degraded("core", "audit") })
  .openapi("TaskPage");

export type TaskPage = z.infer<typeof TaskPageSchema>;

const TaskEntrySchema = z
  .object({
    id: uuid(),
    action: z.string().openapi({ example: "task.claimed" }),
    actor: z.object({
      type: z.enum(["user", "guest", "system"]),
      id: z.int().nullable().openapi({ example: 7, description: "Of a user." }),
      display_name: z.string().nullable().openapi({ example: "Front desk", description: "Of a user, as it is now." }),
    }),
    changed_fields: z.array(z.string()).openapi({ example: ["state", "assignee_id"] }),
    created_at: instant(),
  })
  .openapi("TaskHistoryEntry");

export type TaskEntry = z.infer<typeof TaskEntrySchema>;

export const TaskHistorySchema = pageOf(TaskEntrySchema).openapi("TaskHistory");

const due = z.union([
  z.object({ minutes: z.int().openapi({ example: 30 }) }),
  z.object({ at: z.string().openapi({ example: "14:00" }) }),
]);

export const TaskPresetsSchema = z
  .object({
    items: z.array(
      z.object({
        code: z.string().openapi({ example: "extra_towels" }),
        title: z.string().openapi({ example: "Bring extra towels" }),
        category: z.enum(taskCategories),
        priority: z.enum(taskPriorities),
        due: due.nullable().openapi({
          description: "Minutes from when the task is made, or the next time that the branch's clock shows `at`.",
        }),
      }),
    ),
    next_cursor: z.null(),
  })
  .openapi("TaskPresets");
