import { OpsError } from "../cli/ops-error.ts";
import { isVerifierOf, scramVerifier } from "./scram.ts";
import type { Step, Superuser } from "./server.ts";

/** A name as SQL takes it. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A login role that can do nothing by itself; the password is set only if it is another one than before. */
export async function roleSteps({ sql }: Superuser, role: string, password: string, limit = -1): Promise<Step[]> {
  if (!/^[\x21-\x7e]{8,}$/.test(password)) {
    throw new OpsError(`The password for ${role} must have at least 8 characters, printable ASCII without spaces.`);
  }
  const [found] = await sql<
    { rolpassword: string | null }[]
  >`select rolpassword from pg_authid where rolname = ${role}`;
  const powers = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT ${limit}`;
  const steps = [`${found ? "ALTER" : "CREATE"} ROLE ${quote(role)} WITH ${powers}`];
  if (!isVerifierOf(found?.rolpassword ?? null, password)) {
    steps.push(`ALTER ROLE ${quote(role)} PASSWORD '${scramVerifier(password)}'`);
  }
  return steps.map(onServer);
}

/** A database of its own owner that nobody else may open; `connect` lists who else may. */
export async function databaseSteps(
  { sql }: Superuser,
  { database, owner, connect }: { database: string; owner: string; connect: readonly string[] },
): Promise<Step[]> {
  const [found] = await sql`select from pg_database where datname = ${database}`;
  const steps: string[] = [];
  if (found) steps.push(`ALTER DATABASE ${quote(database)} OWNER TO ${quote(owner)}`);
  else {
    // The provider sorts the same on every machine, whatever libc an image brings.
    steps.push(
      `CREATE DATABASE ${quote(database)} OWNER ${quote(owner)} TEMPLATE template0 ENCODING 'UTF8' ` +
        `LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'`,
    );
  }
  steps.push(...accessStatements(database, connect));
  steps.push(`ALTER DATABASE ${quote(database)} SET timezone TO 'UTC'`);
  return steps.map(onServer);
}

/** Who may open a database. These rights are the database's own: a copy of it starts open to PUBLIC again. */
export function accessStatements(database: string, connect: readonly string[]): string[] {
  return [
    `REVOKE ALL ON DATABASE ${quote(database)} FROM PUBLIC`,
    ...connect.map((role) => `GRANT CONNECT ON DATABASE ${quote(database)} TO ${quote(role)}`),
  ];
}

/** What is done inside the database: whose the schema is, who may look into it, and no large objects for anybody. */
export function schemaSteps(database: string, owner: string, users: readonly string[]): Step[] {
  return [
    `ALTER SCHEMA public OWNER TO ${quote(owner)}`,
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    ...users.map((role) => `REVOKE ALL ON SCHEMA public FROM ${quote(role)}`),
    ...users.map((role) => `GRANT USAGE ON SCHEMA public TO ${quote(role)}`),
    // A role without any table right can still fill the disk with large objects.
    `REVOKE EXECUTE ON FUNCTION ${largeObjectFunctions.join(", ")} FROM PUBLIC`,
  ].map((sql) => ({ database, sql }));
}

/** The server's own databases: open to PUBLIC by default, temporary tables included. */
export const serverSteps: readonly Step[] = ["postgres", "template1"]
  .map((database) => `REVOKE CONNECT, TEMPORARY ON DATABASE ${database} FROM PUBLIC`)
  .map(onServer);

const largeObjectFunctions = [
  "lo_creat(integer)",
  "lo_create(oid)",
  "lo_from_bytea(oid, bytea)",
  "lo_import(text)",
  "lo_import(text, oid)",
  "lo_open(oid, integer)",
  "lo_put(oid, bigint, bytea)",
  "lo_truncate(integer, integer)",
  "lo_truncate64(integer, bigint)",
  "lo_unlink(oid)",
  "lowrite(integer, bytea)",
].map((signature) => `pg_catalog.${signature}`);

function onServer(sql: string): Step {
  return { database: "", sql };
}
