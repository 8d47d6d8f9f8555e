import postgres from "postgres";
import { OpsError } from "../cli/ops-error.ts";

/** A statement and the database it belongs to; the SQL never holds a password, only its verifier. */
export type Step = { database: string; sql: string };

export type Superuser = {
  sql: postgres.Sql;
  /** The same server and role, another database. */
  urlOf(database: string): string;
  /** Runs the steps in order, each database over a connection of its own. */
  run(steps: readonly Step[]): Promise<void>;
};

// PostgreSQL 17 brought the builtin C.UTF-8 that new databases are made with.
const oldestVersion = 17;

/** Opens a session as superuser, one provisioner at a time for the whole server, and ends it after `work`. */
export async function asSuperuser<T>(url: string, work: (server: Superuser) => Promise<T>): Promise<T> {
  const clients = new Map<string, postgres.Sql>();
  const urlOf = (database: string) => {
    const other = new URL(url);
    other.pathname = `/${encodeURIComponent(database)}`;
    return other.href;
  };
  const open = (target: string) => {
    const known = clients.get(target);
    if (known) return known;
    const client = postgres(target, { max: 1, onnotice: () => {}, connect_timeout: 10, max_lifetime: null });
    clients.set(target, client);
    return client;
  };

  try {
    const sql = open(url);
    await expectSuperuser(sql, url);
    // Two provisioners at once would meet in rows of the catalogue ("tuple concurrently updated").
    await sql`set lock_timeout = '60s'`;
    await sql`select pg_advisory_lock(${provisionLock}::bigint)`;
    return await work({
      sql,
      urlOf,
      async run(steps) {
        for (const { database, sql: text } of steps) {
          const client = database === "" ? sql : open(urlOf(database));
          await client.unsafe(text).simple();
        }
      },
    });
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end({ timeout: 2 })));
  }
}

const provisionLock = "7091846105511041"; // any number no other lock has

async function expectSuperuser(sql: postgres.Sql, url: string): Promise<void> {
  const { host } = new URL(url);
  const [facts] = await sql<{ is_superuser: boolean; version: number }[]>`
    select rolsuper as is_superuser, current_setting('server_version_num')::int / 10000 as version
    from pg_roles where rolname = current_user`.catch((cause) => {
    throw new OpsError(
      `The PostgreSQL server at ${host} cannot be opened (${cause.code ?? cause.message}).`,
      "Check that it runs, and the address and password of the superuser's URL.",
      { cause },
    );
  });
  if (!facts?.is_superuser) {
    throw new OpsError(
      `Provisioning needs a superuser of the server at ${host}, and this role is none.`,
      "Set POSTGRES_SUPERUSER_URL to the URL of one.",
    );
  }
  if (facts.version < oldestVersion) {
    throw new OpsError(
      `The server at ${host} runs PostgreSQL ${facts.version}; ${oldestVersion} is the oldest that serves.`,
    );
  }
}
