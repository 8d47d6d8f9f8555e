import { z } from "@hono/zod-openapi";
import { day, instant } from "../../http/describe.ts";
import { branchId, degraded } from "../front-desk/schemas.ts";

const count = (description: string) => z.int().openapi({ example: 3, description });
const counted = (description: string) =>
  z
    .int()
    .nullable()
    .openapi({ example: 3, description: `${description} Null while core is away.` });

const HourSchema = z
  .object({
    starts_at: instant().openapi({
      description: "When the hour begins, on the branch's clocks at midnight plus hours.",
    }),
    created: count("Tasks that were made."),
    completed: count("Tasks that were done."),
  })
  .openapi("TasksOfHour");

const DaySchema = z
  .object({ date: day(), arrivals: count("Rooms."), departures: count("Rooms."), in_house: count("Rooms.") })
  .openapi("RoomsOfDay");

export const SummarySchema = z
  .object({
    property_id: branchId(),
    date: day()
      .nullable()
      .openapi({ description: "Null if it was not asked for and core, which knows the time zone, is away." }),
    time_zone: z.string().nullable().openapi({ example: "Asia/Bangkok" }),
    arrivals: counted("Rooms, as the board lists them."),
    departures: counted("Rooms."),
    in_house: counted("Rooms."),
    unread_notifications: counted("Of the newest 1,000."),
    open_tasks: count("Not done and not cancelled, claimed ones too."),
    overdue_tasks: count("Of those the ones whose time has passed."),
    escalated_tasks: count("Of those the ones that want a superior's eye."),
    requests_waiting: count("Guests' requests that nobody has answered."),
    parking_in_use: count("Spaces with a car on them."),
    parking_spaces: count("Spaces that may be reserved."),
    tasks_by_hour: z
      .array(HourSchema)
      .nullable()
      .openapi({ description: "Of the day: 23 or 25 hours when clocks change. Null while core is away." }),
    rooms_by_day: z
      .array(DaySchema)
      .nullable()
      .openapi({ description: "From a week before the day to a week after. Null while core is away." }),
    degraded: degraded("core"),
  })
  .openapi("FrontDeskSummary");

export type Summary = z.infer<typeof SummarySchema>;

export const summaryQuery = z.strictObject({
  property_id: branchId(),
  date: day()
    .refine((date) => date >= "1970-01-01" && date < "3000-01-01", "Must be a day from 1970 to 2999")
    .optional()
    .openapi({
      description: "The branch's own today if left out. What is open or in use is so now, whatever the day.",
    }),
});

export type SummaryQuery = z.infer<typeof summaryQuery>;
