import type { EnvironmentName } from "../environment.ts";
import type { Product } from "../products/define-product.ts";
import { clerkInstanceOf } from "./clerk-keys.ts";
import { defaultFrontendUrl, defaultsFor } from "./defaults.ts";
import type { Variables } from "./variables.ts";

/** One process's settings. It holds secrets: never log it. */
export type Env = Readonly<{
  environment: EnvironmentName;
  appName: string;
  host: string;
  port: number;
  metricsPort: number;
  database: Readonly<{
    url: string;
    /** Undefined only in production, where the API has no business with the tables' owner. */
    migrationUrl?: string;
    poolSize: number;
    maxOverflow: number;
    prePing: boolean;
    echo: boolean;
  }>;
  core?: Readonly<{ url: string; propertyIds: "*" | readonly string[] }>;
  clerk: Readonly<{
    secretKey?: string;
    publishableKey: string;
    issuer: string;
    jwtKey?: string;
    webhookSecrets: readonly string[];
  }>;
  adminEmails: readonly string[];
  frontendUrl: string;
  redis?: Readonly<{ url: string; prefix: string }>;
  openai?: Readonly<{ apiKey: string; baseUrl: string; chatModel: string; embeddingModel: string }>;
  /** What this deployment serves: the definition's features that are switched on, the front desk only with core. */
  features: Readonly<{ chat: boolean; faq: boolean; front_desk: boolean; parking: boolean }>;
  appSecret: Readonly<{ keyId: string; secret: string }>;
  trustedProxies: readonly string[];
  rateLimitPerMinute: number;
  logLevel: string;
  /** Absent: nothing is traced. */
  traces?: Readonly<{
    /** Where a collector takes spans, path included. */
    url: string;
    headers: Readonly<Record<string, string>>;
    serviceName: string;
    /** Of the requests for which no caller decided, from 0 to 1. */
    share: number;
  }>;
}>;

/** The settings that valid variables mean, with every default filled in. */
export function toEnv(product: Product, given: Variables): Env {
  const environment = given.ENVIRONMENT ?? "development";
  const v = { ...defaultsFor(product, environment), ...given };
  const core = coreOf(product, v);
  const migrationUrl = v.MIGRATION_DATABASE_URL ?? (environment === "production" ? undefined : v.DATABASE_URL);
  const hasFrontDesk = product.features.front_desk && v.FRONT_DESK_ENABLED && core !== undefined;

  return {
    environment,
    appName: v.APP_NAME,
    host: v.HOST,
    port: v.PORT,
    metricsPort: v.METRICS_PORT,
    database: {
      url: v.DATABASE_URL,
      ...(migrationUrl && { migrationUrl }),
      poolSize: v.DATABASE_POOL_SIZE,
      maxOverflow: v.DATABASE_MAX_OVERFLOW,
      prePing: v.DATABASE_POOL_PRE_PING,
      echo: v.DATABASE_ECHO,
    },
    ...(core && { core }),
    clerk: {
      ...(v.CLERK_SECRET_KEY && { secretKey: v.CLERK_SECRET_KEY }),
      publishableKey: v.CLERK_PUBLISHABLE_KEY,
      issuer: `https://${clerkInstanceOf(v.CLERK_PUBLISHABLE_KEY)}`,
      ...(v.CLERK_JWT_KEY && { jwtKey: v.CLERK_JWT_KEY }),
      webhookSecrets: v.CLERK_WEBHOOK_SECRET ?? [],
    },
    adminEmails: v.ADMIN_EMAILS ?? [],
    frontendUrl: v.FRONTEND_URL ?? defaultFrontendUrl(product, environment) ?? "",
    ...(v.REDIS_URL && { redis: { url: inDatabase(v.REDIS_URL, product.redisDb), prefix: product.redisPrefix } }),
    ...(v.OPENAI_API_KEY && {
      openai: {
        apiKey: v.OPENAI_API_KEY,
        baseUrl: v.OPENAI_BASE_URL,
        chatModel: v.OPENAI_CHAT_MODEL,
        embeddingModel: v.OPENAI_EMBEDDING_MODEL,
      },
    }),
    features: {
      chat: product.features.chat && v.CHAT_ENABLED,
      faq: product.features.faq && v.FAQ_ENABLED,
      front_desk: hasFrontDesk,
      parking: product.features.parking && hasFrontDesk,
    },
    appSecret: v.APP_SECRET,
    trustedProxies: v.TRUSTED_PROXIES ?? [],
    rateLimitPerMinute: v.RATE_LIMIT_PER_MINUTE,
    logLevel: v.LOG_LEVEL,
    ...(v.OTEL_EXPORTER_OTLP_ENDPOINT && {
      traces: {
        url: `${v.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`,
        headers: v.OTEL_EXPORTER_OTLP_HEADERS ?? {},
        serviceName: v.OTEL_SERVICE_NAME,
        share: v.OTEL_TRACES_SAMPLER_ARG,
      },
    }),
  };
}

// Where they may be left out (development, test), core is the demo core, and the definition knows its branches.
function coreOf(product: Product, { CORE_DATABASE_URL_RO: url, CORE_PROPERTY_IDS }: Variables): Env["core"] {
  return url === undefined ? undefined : { url, propertyIds: CORE_PROPERTY_IDS ?? product.development.corePropertyIds };
}

// A URL without a database means the product's own, not number 0.
function inDatabase(redisUrl: string, database: number): string {
  const url = new URL(redisUrl);
  if (!/\d/.test(url.pathname)) url.pathname = `/${database}`;
  return url.href;
}
