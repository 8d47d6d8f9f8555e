import { products } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { asSuperuser } from "../copy-database.ts";
import { dumpDatabase } from "../dump-database.ts";
import { isNightly, productsOfTheDay } from "../nightly.ts";
import { at, useStores } from "../stores.ts";
import { testEnv, type Variables } from "../test-env.ts";
import { useOwnCore } from "../use-core.ts";
import { useDatabase } from "../use-database.ts";
import { useServer } from "../use-server.ts";

/** One of each in each run, all at night; `prove.test.ts` in core-readonly has every right. */
const rights = ["insert on bookings", "update (status) on bookings", "create on schema public"];
const hosts = ["localhost", "127.0.0.2", "0.0.0.0"];

for (const product of products)
  describe(`${product.id}: an API with a wrong environment`, { timeout: 60_000 }, () => {
    // What keeps products apart is looked at in each of them.
    const itToday = it.runIf(productsOfTheDay(1).includes(product));
    const [other = product] = products.filter(({ id }) => id !== product.id);
    const own = useDatabase(product);
    const others = useDatabase(other);
    const core = useOwnCore(product);
    const good = () => testEnv(product, { url: own.url, coreUrl: core.url });

    /** Starts it, sees it refuse, and that it neither wrote nor told any of the values it was given. */
    async function refusal(env: Variables): Promise<string> {
      const databases = [own.migrationUrl, others.migrationUrl, core.ownerUrl];
      const before = await Promise.all(databases.map(dumpDatabase));
      const server = await useServer(product, env);
      const { code, signal, afterMs } = await server.exited;

      expect({ code, signal }, server.output()).toEqual({ code: 1, signal: null });
      expect(afterMs).toBeLessThan(5000);
      expect(await Promise.all(databases.map(dumpDatabase))).toEqual(before);
      for (const secret of secretsIn(env)) expect(server.output()).not.toContain(secret);
      return server.stderr();
    }

    it("refuses another product's database", async () => {
      const message = await refusal({ ...good(), DATABASE_URL: others.url });
      expect(message).toMatch(/\bDATABASE_URL: .*another product/);
    });

    itToday("refuses core's owner, and a reader that was given one right too many", async () => {
      expect(await refusal({ ...good(), CORE_DATABASE_URL_RO: core.ownerUrl })).toMatch(/CORE_DATABASE_URL_RO: .*owns/);

      const role = await roleOfItsOwn(new URL(core.url).pathname.slice(1));
      const { username } = new URL(role);
      for (const right of isNightly ? rights : rights.slice(0, 1)) {
        await asSuperuser(core.ownerUrl, (sql) => sql.unsafe(`grant ${right} to "${username}"`));
        const message = await refusal({ ...good(), CORE_DATABASE_URL_RO: role });
        expect(message, right).toMatch(/CORE_DATABASE_URL_RO: /);
        await asSuperuser(core.ownerUrl, (sql) => sql.unsafe(`revoke ${right} from "${username}"`));
      }
    });

    itToday("refuses one database under two spellings of its host", async () => {
      const role = await roleOfItsOwn(own.name);
      for (const host of isNightly ? hosts : hosts.slice(0, 1)) {
        const url = new URL(role);
        url.host = `${host}:${url.port}`;
        const message = await refusal({ ...good(), CORE_DATABASE_URL_RO: url.href });
        expect(message, host).toMatch(/same database/);
      }
    });

    it("refuses the Clerk instance of another product", async () => {
      const { CLERK_PUBLISHABLE_KEY } = testEnv(other, { url: own.url });
      expect(await refusal({ ...good(), CLERK_PUBLISHABLE_KEY })).toContain("CLERK_PUBLISHABLE_KEY");
    });
  });

/** Reads nothing and writes nothing: only the database it may connect to can be held against it. */
async function roleOfItsOwn(database: string): Promise<string> {
  const { superuserUrl } = useStores();
  const name = `reader_of_${database}`;
  await asSuperuser(superuserUrl, async (sql) => {
    const [known] = await sql`select 1 from pg_roles where rolname = ${name}`;
    if (!known) await sql.unsafe(`create role "${name}" login password 'a-password-of-its-own'`);
    await sql`grant connect on database ${sql(database)} to ${sql(name)}`;
  });
  const url = new URL(at(superuserUrl, database));
  url.username = name;
  url.password = "a-password-of-its-own";
  return url.href;
}

/** What must not be printed: passwords, hosts with ports, keys, and every value made up to be wrong. */
function secretsIn(env: Variables): string[] {
  const urls = ["DATABASE_URL", "CORE_DATABASE_URL_RO"].flatMap((name) => (env[name] ? [new URL(env[name])] : []));
  const values = ["LOG_LEVEL", "CLERK_PUBLISHABLE_KEY", "APP_SECRET"].map((name) => env[name] ?? "");
  return [...urls.flatMap((url) => [url.username, url.password, url.host, url.pathname.slice(1)]), ...values].filter(
    (secret) => secret.length > 5,
  );
}
