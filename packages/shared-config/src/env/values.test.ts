import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bestays } from "../products/index.ts";
import type { Env } from "./env.ts";
import { readEnv } from "./read-env.ts";
import { newPublicKey, validSource } from "./valid-source.ts";

const read = (name: string, value: string): Env =>
  readEnv(bestays, validSource(bestays, "development", { [name]: value }));

const pkcs8 = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" });
const ecKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" });

describe("each variable", () => {
  it.each([
    ["PORT", ["80.5", "-1", "65536", "0x50", "1e3", " 8 0", "eighty"]],
    ["METRICS_PORT", ["99999"]],
    ["HOST", ["a b", "http://x"]],
    ["APP_NAME", ["a\tb", "x".repeat(101)]],
    ["DATABASE_URL", ["mysql://u:p@h/d", "postgresql://u:p@h", "postgresql://h/d", "junk", "postgresql:///d"]],
    ["DATABASE_POOL_SIZE", ["0", "ten"]],
    ["DATABASE_MAX_OVERFLOW", ["-1"]],
    ["DATABASE_POOL_PRE_PING", ["yes", "True", "2", "on", "constructor"]],
    ["CLERK_SECRET_KEY", ["pk_test_x", "sk_prod_x", "sk_test_"]],
    ["CLERK_PUBLISHABLE_KEY", ["pk_test_", "pk_test_!!!", "sk_test_x", `pk_test_${btoa("no-dollar.clerk.dev")}`]],
    [
      "CLERK_WEBHOOK_SECRET",
      [
        "secret",
        "whsec_YWFh,other",
        ",",
        "whsec_",
        "whsec_a",
        "whsec_YQ",
        "whsec_YWFh=",
        "whsec_from_file",
        "whsec_a-_b",
      ],
    ],
    ["CLERK_JWT_KEY", ["key", pkcs8.toString(), ecKey.toString(), newPublicKey().slice(0, 100)]],
    ["ADMIN_EMAILS", ["nobody", "a@b.co,nobody"]],
    [
      "FRONTEND_URL",
      ["bestays.app", "https://a.b/path", "https://a.b/?q", "ftp://a.b", "https://u:p@a.b", "*", "null"],
    ],
    ["REDIS_URL", ["localhost:6379", "http://h", "redis://", "redis://h/zero", "redis://h#x"]],
    ["OPENAI_BASE_URL", ["api.openai.com", "file:///etc"]],
    ["APP_SECRET", ["k1", `k1:${"s".repeat(31)}`, "s".repeat(40), `:${"s".repeat(40)}`, `k 1:${"s".repeat(40)}`]],
    ["TRUSTED_PROXIES", ["proxy", "10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.1/8/8", "10.0.0.1/"]],
    ["RATE_LIMIT_PER_MINUTE", ["0", "many"]],
    ["LOG_LEVEL", ["verbose", "INFO"]],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", ["collector:4318", "grpc://collector:4317", "http://u:p@collector"]],
    ["OTEL_EXPORTER_OTLP_HEADERS", ["key", "=value", "key=", "a b=c", "key=a%0d%0ab", "key=%zz", "key=a,"]],
    ["OTEL_SERVICE_NAME", ["a b", "a,b"]],
    ["OTEL_TRACES_SAMPLER_ARG", ["2", "-0.1", "all", "1e-1", "1.5"]],
  ])("%s refuses junk", (name, junk) => {
    for (const value of junk) expect(() => read(name, value), value).toThrow(`${name}: must`);
  });

  it("takes true, false, 1 and 0 as booleans", () => {
    const echo = ["true", "1", "false", "0"].map((value) => read("DATABASE_ECHO", value).database.echo);
    expect(echo).toEqual([true, true, false, false]);
  });

  it("takes lists with spaces, blanks and repetitions", () => {
    expect(read("ADMIN_EMAILS", "Ada@X.co, b@x.co,,ada@x.co").adminEmails).toEqual(["ada@x.co", "b@x.co"]);
    expect(read("TRUSTED_PROXIES", "10.0.0.0/8, ::1").trustedProxies).toEqual(["10.0.0.0/8", "::1"]);
    expect(read("CLERK_WEBHOOK_SECRET", "whsec_YQ==,whsec_a+/b").clerk.webhookSecrets).toEqual([
      "whsec_YQ==",
      "whsec_a+/b",
    ]);
  });

  it("takes a frontend with a trailing slash as its origin", () => {
    expect(read("FRONTEND_URL", "https://Some.Site:443/").frontendUrl).toBe("https://some.site");
  });

  it("splits the application's secret from its key id", () => {
    expect(read("APP_SECRET", `2026-a:${"x:y".repeat(12)}`).appSecret).toEqual({
      keyId: "2026-a",
      secret: "x:y".repeat(12),
    });
  });

  it("leaves a Redis database that is named, and a password, as they are", () => {
    expect(read("REDIS_URL", "rediss://u:p%40@h:6380/7").redis?.url).toBe("rediss://u:p%40@h:6380/7");
    expect(read("REDIS_URL", "redis://h:6379/").redis?.url).toBe(`redis://h:6379/${bestays.redisDb}`);
  });

  it("sends traces to a collector where one is named, all of them and in the product's name if nothing else is said", () => {
    const [product, endpoint] = [bestays, "http://collector.test:4318/"];
    expect(readEnv(product, validSource(product, "development")).traces).toBeUndefined();
    expect(read("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint).traces).toEqual({
      url: "http://collector.test:4318/v1/traces",
      headers: {},
      serviceName: `${product.id}-api`,
      share: 1,
    });
    const more = {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: "x-key=a%20b, x-team = c==",
      OTEL_SERVICE_NAME: "rentals",
      OTEL_TRACES_SAMPLER_ARG: "0.25",
    };
    expect(readEnv(product, validSource(product, "development", more)).traces).toMatchObject({
      headers: { "x-key": "a b", "x-team": "c==" },
      serviceName: "rentals",
      share: 0.25,
    });
  });

  it("takes any OpenAI-compatible service, with defaults beside the key", () => {
    const { openai } = readEnv(
      bestays,
      validSource(bestays, "development", { OPENAI_API_KEY: "key", OPENAI_BASE_URL: "http://model.test/v1/" }),
    );
    expect(openai).toMatchObject({ apiKey: "key", baseUrl: "http://model.test/v1" });
    expect(openai?.chatModel).toBeTruthy();
    expect(openai?.embeddingModel).toBeTruthy();
  });
});
