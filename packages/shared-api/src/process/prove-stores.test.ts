import { openUnchecked, proveRuntimeRole, StoreError } from "@whitelabel/shared-db";
import {
  at,
  productsOfTheDay,
  testEnv,
  until,
  useApp,
  useCore,
  useDatabase,
  useFaultProxy,
  useServer,
  useStores,
} from "@whitelabel/test-kit";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginProof, proveStores } from "./prove-stores.ts";
import { startProof } from "./start-proof.ts";

for (const product of productsOfTheDay(1)) {
  describe(`${product.id}: a process whose database is behind`, { timeout: 60_000 }, () => {
    const database = useDatabase(product);

    it("starts, serves nothing of it, and says with which command it is brought up to date", async () => {
      const sql = postgres(database.migrationUrl, { max: 1 });
      await sql`delete from schema_migrations`.finally(() => sql.end());
      const server = await useServer(product, testEnv(product, { url: database.url }));
      await server.listening();
      await server.readiness(503);
      await until(5_000, async () => server.output().includes(`\`pnpm migrate ${product.id}\``));
    });
  });

  describe(`${product.id}: the proof of stores that may be used`, () => {
    const kit = useApp(product);

    it("says late what core's owner should close, or that it could not be asked, and leaves no connection", async () => {
      const { env, log } = kit.deps;
      const proven = { refusals: [], endings: [], unproven: [] };
      const proof = await proveStores(product, env);
      expect(proof).toMatchObject(proven);
      expect(await proof.moreWarnings).toEqual([]);

      const begun = beginProof(product, env);
      if (!begun.theirs) throw new Error("This app has a core");
      await Promise.all(begun.parts);
      const lost = () => Promise.reject(new StoreError("core", "lost"));
      const late = await proveStores(product, env, { ...begun, theirs: { ...begun.theirs, query: lost } });
      expect(late).toMatchObject(proven);
      expect(await late.moreWarnings).toEqual([expect.stringContaining("`pnpm core:check`")]);

      await startProof({ product, env, log, begun: beginProof(product, env) });
      const open = "select pid from pg_stat_activity where application_name = 'proof' and datname = current_database()";
      await until(2_000, async () => (await kit.database.owner.query(open)).length === 0);
    });
  });

  describe(`${product.id}: a process whose role in the database may do more than read and write rows`, () => {
    const database = useDatabase(product);
    const core = useCore(product);
    const stores = useStores();
    const helper = `${product.id}_test_${process.pid}`;
    const superuserUrl = () => at(stores.superuserUrl, database.name);
    const asHelper = () => {
      const url = new URL(database.url);
      url.username = helper;
      return url.href;
    };
    const run = async (statement: string) => {
      const sql = postgres(superuserUrl(), { max: 1, onnotice: () => {} });
      await sql.unsafe(statement).finally(() => sql.end());
    };
    const deployed = {
      ENVIRONMENT: "staging",
      CLERK_PUBLISHABLE_KEY: `pk_live_${Buffer.from("clerk.example.test$").toString("base64")}`,
      FRONTEND_URL: "https://example.test",
      REDIS_URL: "redis://127.0.0.1:1",
    };

    beforeAll(() =>
      run(`create role ${helper} login noinherit password '${new URL(database.url).password}' in role ${product.migratorRole};
        grant connect on database ${database.name} to ${helper};
        grant usage on schema public to ${helper}; grant select on all tables in schema public to ${helper}`),
    );
    afterAll(() => run(`drop owned by ${helper}; drop role ${helper}`));

    /** What a process that has to refuse says. */
    async function refusal(url: string) {
      const server = await useServer(product, testEnv(product, { url }, deployed));
      const { code, afterMs } = await server.exited;
      expect(code).toBe(1);
      expect(afterMs).toBeLessThan(5_000);
      expect(server.output()).not.toContain(new URL(url).password);
      expect(server.stderr()).toContain(`${product.id} does not start:\n  DATABASE_URL: our role `);
      expect(server.stderr()).toContain(`\`pnpm provision ${product.id}\` makes ${product.runtimeRole}`);
      return server.stderr();
    }

    it("does not start where others' data is, and says what is too much", async () => {
      const migrator = await refusal(database.migrationUrl);
      expect(migrator).toMatch(/owns [\w ]+ and tables/);
      expect(migrator).toContain("may create in the schema public");

      // What else is too much is asked by the same question, without a process for each.
      const rights = (url: string) => {
        const pool = openUnchecked(url);
        return proveRuntimeRole(pool).finally(pool.close);
      };
      expect((await rights(asHelper())).join()).toMatch(/owns [\w ]+ and tables/); // by SET ROLE
      await run(`grant create on schema public to ${product.runtimeRole}`);
      expect(await rights(database.url)).toEqual(["may create in the schema public"]);
      await run(`revoke create on schema public from ${product.runtimeRole}`);

      // A question that is refused is no store that is away: nothing may be served on it.
      await run("revoke select on pg_catalog.pg_roles from public");
      await expect(rights(database.url)).rejects.toMatchObject({ name: "PostgresError", code: "42501" });
      await run("grant select on pg_catalog.pg_roles to public");
    });

    it("does not start though core is frozen: each store is judged for itself", async () => {
      const proxy = await useFaultProxy(core.url);
      proxy.freeze();
      const env = testEnv(product, { url: database.migrationUrl, coreUrl: proxy.url }, deployed);
      const server = await useServer(product, env);
      expect((await server.exited).code).toBe(1);
      expect(server.stderr()).toContain(`${product.id} does not start:\n  DATABASE_URL: our role `);
    });

    it("starts with the role that is meant for it, and warns of nothing", async () => {
      const server = await useServer(product, testEnv(product, { url: database.url }, deployed));
      await server.listening();
      expect(server.output()).not.toContain("our role");
    });

    it("starts for a developer, and warns once", async () => {
      const server = await useServer(product, testEnv(product, { url: database.migrationUrl }));
      await server.listening();
      await until(5_000, async () => server.output().includes("our role owns")); // the log is a little later
      expect(server.output().match(/"level":"warn".*our role owns/g)).toHaveLength(1);
    });

    it("ends when the database was away at the start and it is found out later", async () => {
      const proxy = await useFaultProxy(superuserUrl());
      proxy.freeze();
      const server = await useServer(product, testEnv(product, { url: proxy.url }, deployed));
      await server.listening();
      await proxy.heal();
      expect((await server.exited).code).toBe(1);
      expect(server.stderr()).toContain(`${product.id} does not go on:\n  DATABASE_URL: our role is a superuser;`);
    });
  });
}
