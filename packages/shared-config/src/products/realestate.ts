import { defineProduct } from "./define-product.ts";

/** High-value properties. */
export const realestate = defineProduct({
  id: "realestate",
  name: "Best Real Estate",
  port: 8102,
  redisDb: 1,
  theme: { primary_color: "#4ECDC4" },
  frontendUrl: { development: "http://localhost:5274", production: "https://realestate.app" },
  clerkInstances: { development: "pleasant-gnu-25" },
  limits: { anonymousChatMessages: 3 },
  transactionTypes: ["sale", "lease", "rent"],
  taskPresets: {
    arrange_viewing: {
      titles: { en: "Arrange a viewing", th: "นัดหมายเข้าชม" },
      category: "other",
      priority: "high",
      due: { minutes: 60 },
    },
    extra_towels: {
      titles: { en: "Bring extra towels", th: "นำผ้าเช็ดตัวเพิ่มไปให้" },
      category: "housekeeping",
      priority: "high",
      due: { minutes: 15 },
    },
  },
  reasons: {
    transactionTypes: "high-value properties are mostly sold; the first is the usual one",
    "limits.anonymousChatMessages":
      "three instead of five is the founding specification's number for high-value properties; it says no more",
    "taskPresets.arrange_viewing": "whoever buys wants to see it first",
    "taskPresets.extra_towels": "guests of high-value properties wait for nothing",
  },
  development: { emailDomain: "realestate.dev", corePropertyIds: ["LIS-01", "NYC-01"] },
});
