const presetCategories = [
  "arrival",
  "departure",
  "housekeeping",
  "maintenance",
  "guest_request",
  "transport",
  "parking",
  "payment",
  "other",
] as const;
const presetPriorities = ["urgent", "high", "normal", "low"] as const;

/** A task that reception makes again and again. Its texts are ours, so they hold nothing about a guest. */
export type TaskPreset = Readonly<{
  /** By locale; every locale of the product has one. */
  titles: Readonly<Record<string, string>>;
  category: (typeof presetCategories)[number];
  priority: (typeof presetPriorities)[number];
  /** Minutes from when the task is made, or the next time that the branch's clock shows this, `HH:MM`. */
  due?: Readonly<{ minutes: number }> | Readonly<{ at: string }>;
}>;

/** By code. */
export type TaskPresets = Readonly<Record<string, TaskPreset>>;

/** What every reception has to do; a definition adds its own, or replaces one by its code. */
export const usualTaskPresets: TaskPresets = {
  prepare_arrival: {
    titles: { en: "Prepare the room for an arrival", th: "เตรียมห้องสำหรับผู้เข้าพัก" },
    category: "arrival",
    priority: "high",
    due: { at: "12:00" },
  },
  late_checkout: {
    titles: { en: "Arrange a late check-out", th: "จัดการเช็คเอาท์ล่าช้า" },
    category: "departure",
    priority: "normal",
    due: { at: "10:00" },
  },
  extra_towels: {
    titles: { en: "Bring extra towels", th: "นำผ้าเช็ดตัวเพิ่มไปให้" },
    category: "housekeeping",
    priority: "normal",
    due: { minutes: 30 },
  },
  repair: {
    titles: { en: "Have something repaired", th: "แจ้งซ่อม" },
    category: "maintenance",
    priority: "high",
    due: { minutes: 120 },
  },
  airport_transfer: {
    titles: { en: "Book an airport transfer", th: "จองรถรับส่งสนามบิน" },
    category: "transport",
    priority: "normal",
    due: { minutes: 60 },
  },
};

/** Throws on a preset that could not be offered: a mistyped one fails when the definition is loaded. */
export function checkTaskPresets(product: string, locales: readonly string[], presets: TaskPresets): void {
  for (const [code, preset] of Object.entries(presets)) {
    const fault = faultOf(code, preset, locales);
    if (fault) throw new Error(`The task preset "${code}" of ${product} ${fault}`);
  }
}

function faultOf(code: string, { titles, category, priority, due }: TaskPreset, locales: readonly string[]) {
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(code)) return "needs a code of lower-case letters, digits and _";
  const untitled = locales.find((locale) => !titles[locale]?.trim());
  if (untitled) return `has no title in "${untitled}"`;
  if (!presetCategories.includes(category)) return "has a category that tasks do not have";
  if (!presetPriorities.includes(priority)) return "has a priority that tasks do not have";
  if (due && "minutes" in due && !(Number.isInteger(due.minutes) && due.minutes > 0)) return "is due in no time";
  if (due && "at" in due && !/^([01]\d|2[0-3]):[0-5]\d$/.test(due.at)) return "is due at a time that no clock shows";
  return undefined;
}
