import { z } from "zod";
import { environments } from "../environment.ts";
import { databaseNameFor } from "../products/define-product.ts";
import { clerkInstanceOf } from "./clerk-keys.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import * as values from "./values.ts";
import { docs, optional, required } from "./variable.ts";

const noKey = () => "";
const databaseUrl = () => values.parsed("must be a postgresql:// URL with user, host and database", parseDatabaseUrl);

/** Every variable an API reads, in the order of the documents. What holds between variables is in rules.ts. */
export const variables = z.object({
  ENVIRONMENT: optional(values.oneOf(environments), {
    about: `${environments.join(", ")}; development if not set`,
    example: () => "development",
  }),
  APP_NAME: optional(values.matching(/^\P{Cc}{1,100}$/u, "must be a name of at most 100 characters"), {
    about: "the name that people see (rebranding)",
  }),
  PRODUCT_ID: optional(values.text(), { about: "fixed by the app: any other value is refused" }),
  PORT: optional(values.integer(0, 65_535), { about: "8000 in staging and production" }),
  HOST: optional(values.matching(/^[\w.:-]{1,253}$/, "must be a host name or address"), {
    about: "address to listen on; 0.0.0.0 in staging and production",
  }),

  DATABASE_URL: required(databaseUrl(), {
    about: "the product's own database, as the runtime role",
    isSecret: true,
    example: (product) => placeholderUrl(product.runtimeRole, databaseNameFor(product, "development")),
  }),
  MIGRATION_DATABASE_URL: optional(databaseUrl(), {
    about: "the same database, as the role that owns its tables; outside production DATABASE_URL if not set",
    isSecret: true,
    example: (product) => placeholderUrl(product.migratorRole, databaseNameFor(product, "development")),
  }),
  DATABASE_POOL_SIZE: optional(values.integer(1, 1000), {
    about: "size + overflow is the most connections there can be; 20 + 40 in production",
  }),
  DATABASE_MAX_OVERFLOW: optional(values.integer(0, 1000), { about: "see DATABASE_POOL_SIZE" }),
  DATABASE_POOL_PRE_PING: optional(values.boolean(), { about: "send a read that met a lost connection again, once" }),
  DATABASE_ECHO: optional(values.boolean(), { about: "log SQL, without values" }),

  CORE_DATABASE_URL_RO: optional(databaseUrl(), {
    about: "the guest-management system, read-only; without it the front desk is off",
    isSecret: true,
    example: (product) => placeholderUrl(product.coreReaderRole, "core_db"),
  }),
  CORE_PROPERTY_IDS: optional(values.parsed("must be * or a comma-separated list of branches", values.parseBranches), {
    about: "the branches of core this product may see, or *; required with core in staging and production",
    example: (product) => product.development.corePropertyIds.join(","),
  }),

  CLERK_SECRET_KEY: optional(values.matching(/^sk_(test|live)_[\w-]+$/, "must begin with sk_test_ or sk_live_"), {
    about: "sk_test_… or sk_live_…; needed where CLERK_JWT_KEY is not set",
    isSecret: true,
    example: noKey,
  }),
  CLERK_PUBLISHABLE_KEY: required(
    values.parsed("must be a Clerk publishable key", (text) => (clerkInstanceOf(text) ? text : undefined)),
    { about: "pk_test_… or pk_live_…; it names the only issuer whose tokens are accepted", example: noKey },
  ),
  CLERK_WEBHOOK_SECRET: optional(
    values.listOf("must be a list of secrets, whsec_ and base64 each", values.parseWebhookSecret),
    { about: "whsec_…; several, separated by commas, during rotation", isSecret: true, example: noKey },
  ),
  CLERK_JWT_KEY: optional(values.parsed("must be an RSA public key in PEM", values.parsePublicKey), {
    about: "the instance's public key in PEM, \\n for line ends: tokens are then verified without network",
    isSecret: true,
  }),
  ADMIN_EMAILS: optional(values.listOf("must be a comma-separated list of e-mail addresses", values.parseEmail), {
    about: "who becomes admin, once, when Clerk proves the address",
    example: (product) => `admin.dev@${product.development.emailDomain}`,
  }),

  FRONTEND_URL: optional(values.parsed("must be an http(s) origin without a path", values.parseOrigin), {
    about: "the only origin that may call from a browser; required in staging",
    example: (product) => product.frontendUrl.development,
  }),
  REDIS_URL: optional(values.parsed("must be a redis:// or rediss:// URL", values.parseRedisUrl), {
    about: "required in staging and production; without it nothing is lost but speed",
    isSecret: true,
    example: (product) => `redis://localhost:6379/${product.redisDb}`,
  }),
  REDIS_KEY_PREFIX: optional(values.text(), { about: "fixed by the app: any other value is refused" }),

  OPENAI_API_KEY: optional(values.matching(/^\S+$/, "must not hold spaces"), {
    about: "without it FAQ search is by text only and the chat answers from the FAQ",
    isSecret: true,
    example: noKey,
  }),
  OPENAI_BASE_URL: optional(values.parsed("must be an http(s) URL", values.parseBaseUrl), {
    about: "any OpenAI-compatible service",
  }),
  OPENAI_CHAT_MODEL: optional(values.text(), { about: "the model that answers" }),
  OPENAI_EMBEDDING_MODEL: optional(values.text(), { about: "the model that indexes" }),

  CHAT_ENABLED: optional(values.boolean(), { about: "off: its routes answer 404 feature_disabled" }),
  FAQ_ENABLED: optional(values.boolean(), { about: "off: its routes answer 404 feature_disabled" }),
  FRONT_DESK_ENABLED: optional(values.boolean(), { about: "off: its routes answer 404 feature_disabled" }),

  APP_SECRET: required(values.parsed("must be <key id>:<at least 32 characters>", values.parseAppSecret), {
    about: "<key id>:<at least 32 characters>; keys of links, cursors and hashes are derived from it",
    isSecret: true,
    example: noKey,
  }),
  TRUSTED_PROXIES: optional(
    values.listOf("must be a comma-separated list of IP addresses and networks", values.parseNetwork),
    {
      about: "addresses and networks whose forwarding headers count; none if not set",
    },
  ),
  RATE_LIMIT_PER_MINUTE: optional(values.integer(1, 1_000_000), { about: "requests of one caller" }),
  LOG_LEVEL: optional(values.oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"]), {
    about: "the least level that is logged",
  }),
  METRICS_PORT: optional(values.integer(0, 65_535), {
    about: "metrics have a port of their own, never the public one; 9464 in staging and production",
  }),

  OTEL_EXPORTER_OTLP_ENDPOINT: optional(values.parsed("must be an http(s) URL", values.parseBaseUrl), {
    about: "where traces go, by OTLP over HTTP: http://collector:4318; without it there are none",
  }),
  OTEL_EXPORTER_OTLP_HEADERS: optional(
    values.parsed("must be <name>=<value>, separated by commas", values.parseHeaders),
    {
      about: "<name>=<value>, separated by commas: what the collector asks for, such as a key",
      isSecret: true,
    },
  ),
  OTEL_SERVICE_NAME: optional(values.matching(/^[\w.-]{1,100}$/, "must be letters, digits, dots and dashes"), {
    about: "what traces are filed under",
  }),
  OTEL_TRACES_SAMPLER_ARG: optional(values.parsed("must be a number from 0 to 1", values.parseShare), {
    about: "the share of requests that is traced, where the caller has not decided; 1 is all",
  }),
});

export type Variables = z.output<typeof variables>;
export type VariableName = keyof Variables;

export const variableNames = Object.keys(variables.shape) as VariableName[];

export const docOf = (name: VariableName) => docs.get(variables.shape[name]) ?? { about: "" };

/** The variables that may come from a file. */
export const secretNames = variableNames.filter((name) => docOf(name).isSecret);

// Nobody's password, so that a copied file fails at the database and not in silence.
function placeholderUrl(role: string, database: string): string {
  return `postgresql://${role}:change-me@localhost:5432/${database}`;
}
