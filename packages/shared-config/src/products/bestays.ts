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
  development: { emailDomain: "bestays.app", corePropertyIds: ["BKK-01", "LIS-01"] },
});
