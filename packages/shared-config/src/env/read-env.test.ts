import { describe, expect, it } from "vitest";
import { type EnvironmentName, environments } from "../environment.ts";
import { defineProduct } from "../products/define-product.ts";
import { products } from "../products/index.ts";
import { clerkHost, publishableKeyOf } from "./clerk-keys.ts";
import { EnvError } from "./env-error.ts";
import { readEnv } from "./read-env.ts";
import { coreUrl, newPublicKey, type Source, validSource } from "./valid-source.ts";

for (const product of products) {
  const others = products.filter((other) => other.id !== product.id);
  const problemsOf = (source: Source): string[] => {
    try {
      readEnv(product, source);
      return [];
    } catch (error) {
      if (!(error instanceof EnvError)) throw error;
      return error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
    }
  };

  describe(`${product.id}: the environment`, () => {
    it.each(environments)("is read with the least that %s asks", (environment) => {
      expect(problemsOf(validSource(product, environment))).toEqual([]);
    });

    it("takes what is not said from the definition in development", () => {
      const env = readEnv(product, validSource(product, "development", { ENVIRONMENT: undefined }));
      expect(env).toMatchObject({
        environment: "development",
        appName: product.name,
        host: "127.0.0.1",
        port: product.port,
        metricsPort: product.port + 1000,
        database: { poolSize: 10, maxOverflow: 20, prePing: true, echo: false },
        frontendUrl: product.frontendUrl.development,
        adminEmails: [],
        trustedProxies: [],
        rateLimitPerMinute: 600,
        logLevel: "info",
      });
      expect(env.database.migrationUrl).toBe(env.database.url);
      expect(env.redis).toBeUndefined();
      expect(env.core).toBeUndefined();
      expect(env.openai).toBeUndefined();
    });

    it("takes a container's defaults in production", () => {
      const env = readEnv(product, validSource(product, "production"));
      expect(env).toMatchObject({
        host: "0.0.0.0",
        port: 8000,
        metricsPort: 9464,
        database: { poolSize: 20, maxOverflow: 40 },
        frontendUrl: product.frontendUrl.production,
        redis: { url: `redis://redis.test/${product.redisDb}`, prefix: product.redisPrefix },
      });
      expect(env.database.migrationUrl).toBeUndefined();
    });

    it("names every wrong variable at once, also where rules between variables fail", () => {
      const problems = problemsOf({ PORT: "eighty", PRODUCT_ID: "somebody", CHAT_ENABLED: "yes", ENVIRONMENT: "test" });
      expect(problems.map((problem) => problem.split(" ")[0]).sort()).toEqual(
        ["APP_SECRET", "CHAT_ENABLED", "CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY", "DATABASE_URL"].concat([
          "PORT",
          "PRODUCT_ID",
        ]),
      );
    });

    it("says it in one line each", () => {
      const error = new EnvError(product, [
        { variable: "PORT", problem: "must be a number" },
        { variable: "HOST", problem: "is required" },
      ]);
      expect(error.message.split("\n")).toHaveLength(3);
    });

    it("counts blank variables as not set and ignores unknown ones", () => {
      const source = validSource(product, "development", { PORT: "", REDIS_URL: "  ", UNKNOWN: "x", PATH: "/bin" });
      expect(readEnv(product, source)).toMatchObject({ port: product.port });
    });

    it("refuses another product's id and prefix, and takes its own", () => {
      for (const other of others) {
        expect(problemsOf(validSource(product, "test", { PRODUCT_ID: other.id }))).toHaveLength(1);
        expect(problemsOf(validSource(product, "test", { REDIS_KEY_PREFIX: other.redisPrefix }))).toHaveLength(1);
      }
      const own = { PRODUCT_ID: product.id, REDIS_KEY_PREFIX: `${product.id}:` };
      expect(problemsOf(validSource(product, "test", own))).toEqual([]);
    });

    it("refuses a mistyped environment without adding what no environment asks", () => {
      const problems = problemsOf(validSource(product, "development", { ENVIRONMENT: "prod" }));
      expect(problems).toEqual(["ENVIRONMENT must be one of development, test, staging, production"]);
    });

    it("asks for Redis, branches and https where others' data is at stake", () => {
      const production = { REDIS_URL: undefined, CORE_DATABASE_URL_RO: coreUrl, FRONTEND_URL: "http://plain.test" };
      expect(problemsOf(validSource(product, "production", production))).toEqual([
        "REDIS_URL is required in production",
        "CORE_PROPERTY_IDS is required in production with core",
        "FRONTEND_URL must be https in production",
      ]);
      const staging = { REDIS_URL: undefined, FRONTEND_URL: undefined };
      expect(problemsOf(validSource(product, "staging", staging))).toEqual([
        "REDIS_URL is required in staging",
        "FRONTEND_URL is required in staging",
      ]);
    });

    it("says one thing of a variable that is wrong by itself, not that it is missing too", () => {
      const problems = problemsOf(validSource(product, "production", { REDIS_URL: "junk", CLERK_SECRET_KEY: "junk" }));
      expect(problems).toHaveLength(2);
    });

    it("refuses two URLs that name one database, whatever user and spelling", () => {
      const source = validSource(product, "test", {
        DATABASE_URL: "postgres://a:b@localhost/one",
        CORE_DATABASE_URL_RO: "postgresql+asyncpg://c:d@127.0.0.1:5432/one",
      });
      expect(problemsOf(source)).toEqual(["CORE_DATABASE_URL_RO names the same database as DATABASE_URL"]);
      const migration = { MIGRATION_DATABASE_URL: coreUrl, CORE_DATABASE_URL_RO: coreUrl };
      expect(problemsOf(validSource(product, "test", migration))).toHaveLength(1);
    });

    it("refuses another product's frontend, of whichever environment", () => {
      const foreign = others.flatMap(({ frontendUrl }) => Object.values(frontendUrl));
      expect(foreign.length).toBeGreaterThan(1);
      for (const environment of environments) {
        for (const url of foreign) {
          const problems = problemsOf(validSource(product, environment, { FRONTEND_URL: `${url}/` }));
          expect([url, problems[0]]).toEqual([url, expect.stringContaining("FRONTEND_URL belongs to another product")]);
        }
      }
      const own = validSource(product, "staging", { FRONTEND_URL: product.frontendUrl.production });
      expect(problemsOf(own)).toEqual([]);
    });

    it("refuses one port for the public and the metrics", () => {
      expect(problemsOf(validSource(product, "test", { PORT: "9000", METRICS_PORT: "9000" }))).toHaveLength(1);
      expect(problemsOf(validSource(product, "production", { PORT: "9464" }))).toHaveLength(1);
    });

    it("scopes core by the list, by all, and in development by the definition", () => {
      const branches = (changes: Source) =>
        readEnv(product, validSource(product, "development", { CORE_DATABASE_URL_RO: coreUrl, ...changes })).core
          ?.propertyIds;
      expect(branches({ CORE_PROPERTY_IDS: "A-1, B-2,,A-1" })).toEqual(["A-1", "B-2"]);
      expect(branches({ CORE_PROPERTY_IDS: "*" })).toBe("*");
      expect(branches({})).toEqual(product.development.corePropertyIds);
      for (const junk of ["A,*", "**", ",", "A B"]) expect(() => branches({ CORE_PROPERTY_IDS: junk })).toThrow();
    });

    it("serves a feature only where the definition, the switch and core allow it", () => {
      const features = (changes: Source) => readEnv(product, validSource(product, "test", changes)).features;
      expect(features({})).toEqual({ chat: true, faq: true, front_desk: false, parking: false });
      const all = { chat: true, faq: true, front_desk: true, parking: true };
      expect(features({ CORE_DATABASE_URL_RO: coreUrl })).toEqual(all);
      const off = { FRONT_DESK_ENABLED: "false", CHAT_ENABLED: "0", FAQ_ENABLED: "false" };
      expect(features({ CORE_DATABASE_URL_RO: coreUrl, ...off })).toEqual({
        chat: false,
        faq: false,
        front_desk: false,
        parking: false,
      });
    });

    it("serves no feature that the definition does not have, whatever the switch", () => {
      const plain = defineProduct({ ...product, features: { faq: false, chat: false, front_desk: false } });
      const source = validSource(plain, "test", { FAQ_ENABLED: "true", CORE_DATABASE_URL_RO: coreUrl });
      expect(readEnv(plain, source).features).toEqual({ chat: false, faq: false, front_desk: false, parking: false });
    });
  });

  describe(`${product.id}: Clerk's keys`, () => {
    const instanceOfAnother = others.flatMap((other) => Object.values(other.clerkInstances));

    it.each(environments)("of another product are refused in %s", (environment) => {
      expect(instanceOfAnother.length).toBeGreaterThan(0);
      for (const instance of instanceOfAnother) {
        const source = validSource(product, environment, { CLERK_PUBLISHABLE_KEY: publishableKeyOf(instance) });
        expect(problemsOf(source).some((problem) => problem.includes("belongs to another product"))).toBe(true);
      }
    });

    it("of another product are refused under a live key's name too", () => {
      const live = publishableKeyOf(instanceOfAnother[0] ?? "").replace("pk_test_", "pk_live_");
      const source = validSource(product, "production", { CLERK_PUBLISHABLE_KEY: live });
      expect(problemsOf(source)).toHaveLength(1);
    });

    it("of a development instance are refused in production, whatever they begin with", () => {
      const hosts = [
        clerkHost(product.clerkInstances.development ?? "none"),
        "a-b-1.clerk.accounts.dev",
        "x.y.lcl.dev",
      ];
      for (const host of hosts) {
        const key = publishableKeyOf(host).replace("pk_test_", "pk_live_");
        const source = (environment: "staging" | "production") =>
          validSource(product, environment, { CLERK_PUBLISHABLE_KEY: key, CLERK_SECRET_KEY: "sk_live_x" });
        expect(problemsOf(source("production"))).toEqual([
          "CLERK_PUBLISHABLE_KEY names a development instance, which production refuses",
        ]);
      }
    });

    it("of an instance that the definition names for another environment are refused where others' data is", () => {
      const clerkInstances = { development: "own-dev-1", staging: "own-staging-1", production: "clerk.own.test" };
      const known = { ...product, clerkInstances };
      const taken = (environment: EnvironmentName, instance: string) => {
        const key = publishableKeyOf(instance);
        const secret = key.startsWith("pk_live_") ? "sk_live_x" : "sk_test_x";
        const changes = { CLERK_PUBLISHABLE_KEY: key, CLERK_SECRET_KEY: secret };
        try {
          return readEnv(known, validSource(known, environment, changes)).environment === environment;
        } catch (error) {
          expect(String(error)).toContain(`not for ${environment}`);
          return false;
        }
      };
      expect(taken("production", clerkInstances.production)).toBe(true);
      expect(taken("staging", clerkInstances.staging)).toBe(true);
      expect(taken("staging", clerkInstances.production)).toBe(false);
      expect(taken("staging", clerkInstances.development)).toBe(false);
      expect(taken("test", clerkInstances.development)).toBe(true);
    });

    it("of its own and of unknown instances are taken, and name the issuer", () => {
      const { development } = product.clerkInstances;
      for (const instance of [...(development ? [development] : []), "an-instance-1"]) {
        const source = validSource(product, "development", { CLERK_PUBLISHABLE_KEY: publishableKeyOf(instance) });
        expect(readEnv(product, source).clerk.issuer).toBe(`https://${clerkHost(instance)}`);
      }
    });

    it("for tests are refused in production, both of them", () => {
      const keys = { CLERK_PUBLISHABLE_KEY: publishableKeyOf("an-instance-1"), CLERK_SECRET_KEY: "sk_test_x" };
      expect(problemsOf(validSource(product, "production", keys))).toHaveLength(2);
      expect(problemsOf(validSource(product, "staging", keys))).toEqual([]);
    });

    it("have to be both for tests or both live", () => {
      expect(problemsOf(validSource(product, "development", { CLERK_SECRET_KEY: "sk_live_x" }))).toHaveLength(1);
      expect(problemsOf(validSource(product, "production", { CLERK_SECRET_KEY: "sk_test_x" })).length).toBeGreaterThan(
        0,
      );
    });

    it("need a secret key or a public one to verify with", () => {
      const without = { CLERK_SECRET_KEY: undefined };
      expect(problemsOf(validSource(product, "development", without))).toHaveLength(1);
      const pem = newPublicKey();
      const oneLine = pem.trim().replaceAll("\n", "\\n");
      const env = readEnv(product, validSource(product, "development", { ...without, CLERK_JWT_KEY: oneLine }));
      expect(env.clerk).toMatchObject({ jwtKey: pem.trim() });
      expect(env.clerk.secretKey).toBeUndefined();
    });
  });
}
