export { clerkHost, clerkInstanceOf, publishableKeyOf } from "./env/clerk-keys.ts";
export { parseDatabaseUrl } from "./env/database-url.ts";
export type { Env } from "./env/env.ts";
export { EnvError, type EnvProblem } from "./env/env-error.ts";
export { envExample } from "./env/example.ts";
export { readEnv } from "./env/read-env.ts";
export { standInVariables } from "./env/stand-in-variables.ts";
export { type EnvironmentName, environments } from "./environment.ts";
export {
  databaseNameFor,
  defineProduct,
  type Features,
  type Product,
  type ProductFacts,
  propertyTypes,
  transactionTypes,
} from "./products/define-product.ts";
export * from "./products/index.ts";
export type { TaskPreset, TaskPresets } from "./products/task-presets.ts";
