import type { EnvironmentName } from "../environment.ts";
import type { Product } from "../products/define-product.ts";
import type { Variables } from "./variables.ts";

/** What holds where a variable is not set. The schema has none of its own: most depend on product and environment. */
export function defaultsFor(product: Product, environment: EnvironmentName) {
  const isDeployed = environment === "production" || environment === "staging";
  const isProduction = environment === "production";

  return {
    APP_NAME: product.name,
    PRODUCT_ID: product.id,
    PORT: isDeployed ? 8000 : product.port,
    HOST: isDeployed ? "0.0.0.0" : "127.0.0.1",
    DATABASE_POOL_SIZE: isProduction ? 20 : 10,
    DATABASE_MAX_OVERFLOW: isProduction ? 40 : 20,
    DATABASE_POOL_PRE_PING: true,
    DATABASE_ECHO: false,
    REDIS_KEY_PREFIX: product.redisPrefix,
    OPENAI_BASE_URL: "https://api.openai.com/v1",
    OPENAI_CHAT_MODEL: "gpt-4o-mini",
    OPENAI_EMBEDDING_MODEL: "text-embedding-3-small",
    CHAT_ENABLED: true,
    FAQ_ENABLED: true,
    FRONT_DESK_ENABLED: true,
    RATE_LIMIT_PER_MINUTE: 600,
    LOG_LEVEL: "info",
    METRICS_PORT: isDeployed ? 9464 : product.port + 1000,
    OTEL_SERVICE_NAME: `${product.id}-api`,
    OTEL_TRACES_SAMPLER_ARG: 1,
  } satisfies Partial<Variables>;
}

/** Staging has addresses of its own, which no definition knows. */
export function defaultFrontendUrl(product: Product, environment: EnvironmentName): string | undefined {
  if (environment === "staging") return undefined;
  return environment === "production" ? product.frontendUrl.production : product.frontendUrl.development;
}
