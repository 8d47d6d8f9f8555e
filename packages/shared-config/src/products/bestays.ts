import { defineProduct } from "./define-product.ts";

/** Rental stays. */
export const bestays = defineProduct({
  id: "bestays",
  name: "Bestays",
  port: 8101,
  redisDb: 0,
  theme: { primary_color: "#FF6B6B" },
  frontendUrl: { development: "http://localhost:5273", production: "https://bestays.app" },
  clerkInstances: { development: "sacred-mayfly-55" },
  limits: { anonymousChatMessages: 5 },
  taskPresets: {
    change_linen: {
      titles: { en: "Change the linen", th: "เปลี่ยนผ้าปูที่นอน" },
      category: "housekeeping",
      priority: "normal",
      due: { at: "14:00" },
    },
  },
  reasons: { "taskPresets.change_linen": "stays are long enough for fresh linen; buyers who visit do not stay" },
  development: { emailDomain: "bestays.app", corePropertyIds: ["BKK-01", "LIS-01"] },
});
