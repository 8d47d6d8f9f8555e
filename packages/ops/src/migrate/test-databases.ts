import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Product, products } from "@whitelabel/shared-config";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll } from "vitest";
import { startThrowawayPostgres } from "../embedded-postgres/start-postgres.ts";
import { extensions } from "../provision/provision-product.ts";

/** The migrations folder of a product in this workspace. */
export const folderOf = (product: Product): string =>
  path.resolve(import.meta.dirname, `../../../../apps/${product.id}-api/migrations`);

/** A server for one test file, with the roles of every product and empty databases as provision makes them. */
export function useDatabases() {
  const password = randomBytes(12).toString("hex");
  let server: Awaited<ReturnType<typeof startThrowawayPostgres>>;
  let count = 0;
  const clients: Sql[] = [];

  beforeAll(async () => {
    server = await startThrowawayPostgres();
    for (const { migratorRole, runtimeRole } of products)
      for (const role of [migratorRole, runtimeRole])
        await open(server.superuserUrl).unsafe(`create role ${role} login password '${password}'`);
    // Made once and copied, which is several times as quick.
    await open(server.superuserUrl).unsafe("create database with_extensions");
    const made = postgres(server.superuserUrl.replace(/postgres$/, "with_extensions"), { max: 1 });
    await made.unsafe(extensions.map((extension) => `create extension ${extension};`).join(" "));
    await made.end();
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
    await server?.stop();
  });

  function open(url: string): Sql {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    clients.push(sql);
    return sql;
  }

  async function create(product: Product, name = `${product.databaseName}_test_${++count}`) {
    await open(server.superuserUrl).unsafe(
      `create database ${name} template with_extensions owner ${product.migratorRole} strategy file_copy`,
    );
    const superuser = open(server.superuserUrl.replace(/postgres$/, name));
    await superuser.unsafe(`
      alter schema public owner to ${product.migratorRole};
      revoke all on database ${name} from public; grant connect on database ${name} to ${product.runtimeRole}`);
    const migrationUrl = server.url(product.migratorRole, password, name);
    const runtimeUrl = server.url(product.runtimeRole, password, name);
    return {
      name,
      migrationUrl,
      superuser,
      migrator: open(migrationUrl),
      runtime: open(runtimeUrl),
      urlAs: (role: string) => server.url(role, password, name),
    };
  }

  /** Many empty databases of a product, faster than one by one. */
  async function createCopies(product: Product, count: number): Promise<{ name: string; migrationUrl: string }[]> {
    const template = await create(product);
    await template.superuser.end();
    const copies = Array.from({ length: count }, (_, index) => `${template.name}_${index + 1}`);
    const superuser = postgres(server.superuserUrl, { max: 4, onnotice: () => {} });
    await Promise.all(
      copies.map((name) =>
        superuser.unsafe(
          `create database ${name} template ${template.name} owner ${product.migratorRole} strategy file_copy`,
        ),
      ),
    );
    await superuser.end();
    return copies.map((name) => ({ name, migrationUrl: server.url(product.migratorRole, password, name) }));
  }

  return {
    create,
    createCopies,
    open,
    get server() {
      return server;
    },
  };
}

/** A folder of migrations for a test, `name: sql` or `name: [up, down]`, that goes when its scope ends. */
export function makeFolder(migrations: Record<string, string | [up: string, down: string]> = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "whitelabel-migrations-"));
  const write = (name: string, up: string, down = "select 1;\n") => {
    writeFileSync(path.join(folder, `${name}.sql`), up);
    writeFileSync(path.join(folder, `${name}.down.sql`), down);
  };
  for (const [name, sql] of Object.entries(migrations)) {
    if (typeof sql === "string") write(name, sql);
    else write(name, sql[0], sql[1]);
  }
  return { folder, write, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A copy of a product's migrations to spoil. */
export function copyFolder(product: Product) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "whitelabel-migrations-"));
  cpSync(folderOf(product), folder, { recursive: true });
  return {
    folder,
    write(name: string, up: string, down = "select 1;\n") {
      writeFileSync(path.join(folder, `${name}.sql`), up);
      writeFileSync(path.join(folder, `${name}.down.sql`), down);
    },
    remove(name: string) {
      for (const end of [".sql", ".down.sql"]) rmSync(path.join(folder, name + end), { force: true });
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Everything in the schema `public`, as sorted lines; two databases with the same lines have the same schema. */
export async function describeSchema(sql: Sql): Promise<string[]> {
  const rows = await sql`
    select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
      || coalesce(column_default, '') as line
    from information_schema.columns where table_schema = 'public'
    union all
    select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select 'index ' || indexdef from pg_indexes where schemaname = 'public'
    union all
    select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all
    select 'function ' || pg_get_functiondef(oid) from pg_proc p where pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all
    select 'comment ' || objoid::regclass || '.' || objsubid || ' ' || description from pg_description
    where classoid = 'pg_class'::regclass and objoid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
    order by 1`;
  return rows.map((row) => row.line as string);
}
