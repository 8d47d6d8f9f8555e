import { randomBytes } from "node:crypto";
import { accessStatements } from "@whitelabel/ops";
import postgres from "postgres";

type Copy = Readonly<{
  superuserUrl: string;
  template: string;
  name: string;
  owner: string;
  /** The roles that may connect. */
  roles: readonly string[];
}>;

/** A copy of a template, as closed to others as the original: who may connect is a fact of each database. */
export async function copyDatabase({ superuserUrl, template, name, owner, roles }: Copy): Promise<void> {
  await asSuperuser(superuserUrl, async (sql) => {
    // Copying files beats replaying them through the log: nothing here outlives a crash anyway.
    await sql`create database ${sql(name)} template ${sql(template)} owner ${sql(owner)} strategy file_copy`;
    for (const statement of accessStatements(name, roles)) await sql.unsafe(statement);
  });
}

/** Nobody can connect to a template, so nothing can be in the way of copying it. */
export async function closeTemplate(superuserUrl: string, name: string): Promise<void> {
  await asSuperuser(superuserUrl, (sql) => sql`alter database ${sql(name)} with allow_connections false`);
}

export async function dropDatabase(superuserUrl: string, name: string): Promise<void> {
  await asSuperuser(superuserUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
}

/** Runs `work` on a connection of its own that ends afterwards. */
export async function asSuperuser<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A name that no other test file takes. */
export const uniqueName = (prefix: string) => `${prefix}_${randomBytes(5).toString("hex")}`;
