import type { z } from "zod";
import type { EnvironmentName } from "../environment.ts";
import type { Product } from "../products/define-product.ts";
import { products } from "../products/index.ts";
import { clerkHost, clerkInstanceOf, clerkModeOf, isDevelopmentHost } from "./clerk-keys.ts";
import { isSameDatabase } from "./database-url.ts";
import { defaultFrontendUrl, defaultsFor } from "./defaults.ts";
import type { VariableName, Variables } from "./variables.ts";

type Refuse = (variable: VariableName, problem: string) => void;

/**
 * What must hold between variables, and what an environment asks beyond development's. It runs with other variables
 * wrong too, so that all problems are reported at once, and looks only at those that are right by themselves.
 */
export function checkRules(product: Product, values: Variables, ctx: z.core.$RefinementCtx): void {
  const wrong = new Set(ctx.issues.map((issue) => issue.path?.[0]));
  const isWrong = (name: VariableName) => wrong.has(name);
  const given = Object.fromEntries(Object.entries(values).filter(([name]) => !isWrong(name as VariableName)));
  const refuse: Refuse = (name, problem) => {
    if (!isWrong(name)) ctx.addIssue({ code: "custom", path: [name], message: problem });
  };
  // A mistyped environment would only add demands that nobody meant.
  const environment = isWrong("ENVIRONMENT") ? undefined : (values.ENVIRONMENT ?? "development");

  checkIdentity(product, given, refuse);
  checkDatabases(given, refuse);
  checkClerk(product, given, refuse, isWrong("CLERK_JWT_KEY"));
  checkFrontend(product, given, refuse);
  if (!environment) return;
  checkPorts(product, environment, given, refuse);
  checkDeployment(product, environment, given, refuse);
}

type Given = Partial<Variables>;

function checkIdentity(product: Product, { PRODUCT_ID, REDIS_KEY_PREFIX }: Given, refuse: Refuse) {
  if (PRODUCT_ID !== undefined && PRODUCT_ID !== product.id) refuse("PRODUCT_ID", `this app is ${product.id}`);
  if (REDIS_KEY_PREFIX !== undefined && REDIS_KEY_PREFIX !== product.redisPrefix) {
    refuse("REDIS_KEY_PREFIX", `must be ${product.redisPrefix}`);
  }
}

function checkDatabases({ DATABASE_URL, MIGRATION_DATABASE_URL, CORE_DATABASE_URL_RO }: Given, refuse: Refuse) {
  if (CORE_DATABASE_URL_RO === undefined) return;
  const own = Object.entries({ DATABASE_URL, MIGRATION_DATABASE_URL });
  for (const [name, url] of own) {
    if (url && isSameDatabase(url, CORE_DATABASE_URL_RO)) {
      refuse("CORE_DATABASE_URL_RO", `names the same database as ${name}`);
    }
  }
}

function checkClerk(product: Product, given: Given, refuse: Refuse, isJwtKeyWrong: boolean) {
  const { CLERK_PUBLISHABLE_KEY, CLERK_SECRET_KEY, CLERK_JWT_KEY, ENVIRONMENT } = given;

  if (!CLERK_SECRET_KEY && !CLERK_JWT_KEY && !isJwtKeyWrong) {
    refuse("CLERK_SECRET_KEY", "is required where CLERK_JWT_KEY is not set");
  }
  for (const [name, key] of Object.entries({ CLERK_PUBLISHABLE_KEY, CLERK_SECRET_KEY })) {
    if (ENVIRONMENT === "production" && key && clerkModeOf(key) === "test") {
      refuse(name as VariableName, "is a test key, which production refuses");
    }
  }
  if (!CLERK_PUBLISHABLE_KEY) return;

  const problem = problemOfInstance(product, CLERK_PUBLISHABLE_KEY, ENVIRONMENT);
  if (problem) refuse("CLERK_PUBLISHABLE_KEY", problem);
  if (CLERK_SECRET_KEY && clerkModeOf(CLERK_SECRET_KEY) !== clerkModeOf(CLERK_PUBLISHABLE_KEY)) {
    refuse("CLERK_SECRET_KEY", "and CLERK_PUBLISHABLE_KEY must both be test keys or both live keys");
  }
}

function problemOfInstance(product: Product, key: string, environment: EnvironmentName | undefined) {
  const host = clerkInstanceOf(key) ?? "";
  const owner = products.find((other) => other.id !== product.id && environmentsOf(host, other).length > 0);
  if (owner) return `belongs to another product, ${owner.id}`;

  const isTestKey = clerkModeOf(key) === "test";
  if (!isDeployed(environment) || (environment === "production" && isTestKey)) return undefined; // said already
  if (environment === "production" && isDevelopmentHost(host)) {
    return "names a development instance, which production refuses";
  }
  const intended = environmentsOf(host, product);
  const isMeant = intended.length === 0 || intended.includes(environment);
  return isMeant ? undefined : `names the instance for ${intended.join(" and ")}, not for ${environment}`;
}

/** The environments that the definition names this instance for; none if it does not know it. */
function environmentsOf(host: string, { clerkInstances }: Product): string[] {
  const named = Object.entries(clerkInstances).filter(([, instance]) => clerkHost(instance) === host);
  return named.map(([environment]) => environment);
}

function isDeployed(environment: EnvironmentName | undefined): environment is "staging" | "production" {
  return environment === "staging" || environment === "production";
}

/** Pages of another product would be let in, and their sessions taken for ours. */
function checkFrontend(product: Product, { FRONTEND_URL }: Given, refuse: Refuse) {
  const owner = products.find(
    ({ id, frontendUrl }) => id !== product.id && Object.values(frontendUrl).some((url) => url === FRONTEND_URL),
  );
  if (owner) refuse("FRONTEND_URL", `belongs to another product, ${owner.id}`);
}

function checkPorts(product: Product, environment: EnvironmentName, given: Given, refuse: Refuse) {
  const { PORT, METRICS_PORT } = { ...defaultsFor(product, environment), ...given };
  if (PORT === METRICS_PORT && PORT !== 0) refuse("METRICS_PORT", "must not be the public port");
}

function checkDeployment(product: Product, environment: EnvironmentName, given: Given, refuse: Refuse) {
  if (!isDeployed(environment)) return;

  const requireWhere = (name: VariableName, where = environment as string) => {
    if (given[name] === undefined) refuse(name, `is required in ${where}`);
  };
  requireWhere("REDIS_URL");
  if (given.CORE_DATABASE_URL_RO !== undefined) requireWhere("CORE_PROPERTY_IDS", `${environment} with core`);
  if (!defaultFrontendUrl(product, environment)) requireWhere("FRONTEND_URL");
  if (environment === "production" && given.FRONTEND_URL && !given.FRONTEND_URL.startsWith("https:")) {
    refuse("FRONTEND_URL", "must be https in production");
  }
}
