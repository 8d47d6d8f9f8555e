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
  reasons: {
    transactionTypes: "high-value properties are mostly sold; the first is the usual one",
    "limits.anonymousChatMessages":
      "three instead of five is the founding specification's number for high-value properties; it says no more",
  },
  development: { emailDomain: "realestate.dev", corePropertyIds: ["LIS-01", "NYC-01"] },
});
