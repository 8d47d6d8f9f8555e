import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { databaseNameFor, type EnvironmentName, environments, type Product } from "@whitelabel/shared-config";
import { Command, Option } from "commander";
import { chooseProducts, withProducts } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson, printTable } from "../cli/print.ts";
import { dataFolder, loadEnvFile } from "../dev/workspace.ts";
import { makeFolder } from "../embedded-postgres/place.ts";
import { type ProductPasswords, provisionProduct } from "./provision-product.ts";
import { asSuperuser, type Step } from "./server.ts";

type Options = { all?: boolean; environment: EnvironmentName; database?: string; dryRun?: boolean; json?: boolean };

/** `pnpm provision <product>` or `--all`: roles and databases on a server of one's own. */
export const provisionCommand = (): Command =>
  withProducts(new Command("provision"))
    .description("Makes a product's roles and its database on an existing server, and closes them to every other role.")
    .addOption(
      new Option("--environment <name>", "names the database").choices([...environments]).default("development"),
    )
    .option("--database <name>", "another name for the database")
    .option("--dry-run", "print the SQL and change nothing")
    .option("--json", "for programs: one JSON document")
    .addHelpText("after", help)
    .action(async (id: string | undefined, options: Options) => {
      loadEnvFile();
      const chosen = chooseProducts(id, options);
      if (options.database && chosen.length > 1) throw new OpsError("--database names one database: give one product.");
      const superuserUrl = process.env.POSTGRES_SUPERUSER_URL;
      if (!superuserUrl) {
        throw new OpsError(
          "Nobody said which server to provision.",
          "Set POSTGRES_SUPERUSER_URL to a superuser's URL.",
        );
      }
      const done: Done[] = [];
      for (const product of chosen) done.push(await provisionOne(product, superuserUrl, options));
      print(done, options);
    });

type Done = { product: string; database: string; roles: string[]; urls_in: string | null; steps: Step[] };

async function provisionOne(product: Product, superuserUrl: string, options: Options): Promise<Done> {
  const { environment, dryRun = false } = options;
  const database = options.database ?? databaseNameFor(product, environment);
  const file = path.join(dataFolder(), "provisioned", `${database}.env`);
  const passwords = await passwordsFor(product, file, superuserUrl);
  const plan = { superuserUrl, product, environment, databaseName: database, passwords };

  // Written first: a password that is set and then lost would lock everybody out.
  const { databaseUrl, migrationDatabaseUrl } = await provisionProduct({ ...plan, dryRun: true });
  if (!dryRun) {
    makeFolder(path.dirname(file), 0o700);
    const text = `DATABASE_URL=${databaseUrl}\nMIGRATION_DATABASE_URL=${migrationDatabaseUrl}\n`;
    writeFileSync(file, text, { mode: 0o600 });
  }
  const { steps } = await provisionProduct({ ...plan, dryRun });
  const roles = [product.migratorRole, product.runtimeRole];
  return { product: product.id, database, roles, urls_in: dryRun ? null : file, steps: steps.map(withoutVerifier) };
}

/** Given by the operator; else those of the last run; else new ones, but never over a password that is in use. */
async function passwordsFor(product: Product, file: string, superuserUrl: string): Promise<ProductPasswords> {
  const last = existsSync(file) ? readFileSync(file, "utf8") : "";
  const existing = await listLogins(superuserUrl);
  const passwordOf = (role: string, variable: string) => {
    const given = `${role.toUpperCase()}_PASSWORD`;
    const url = new RegExp(`^${variable}=(.+)$`, "m").exec(last)?.[1];
    const known = process.env[given] || (url && decodeURIComponent(new URL(url).password));
    if (!known && existing.includes(role)) {
      throw new OpsError(
        `The role ${role} already has a password on this server, and it is not known here.`,
        `Roles belong to the whole server, other databases use it too: set ${given} to that password, or to a new one.`,
      );
    }
    return known || randomBytes(24).toString("base64url");
  };
  return {
    runtime: passwordOf(product.runtimeRole, "DATABASE_URL"),
    migrator: passwordOf(product.migratorRole, "MIGRATION_DATABASE_URL"),
  };
}

async function listLogins(superuserUrl: string): Promise<string[]> {
  return asSuperuser(superuserUrl, async ({ sql }) => {
    const rows = await sql<{ role: string }[]>`
      select rolname as role from pg_authid where rolcanlogin and rolpassword is not null`;
    return rows.map(({ role }) => role);
  });
}

/** With the verifier of a password its guesses can be tried offline, so it is not for a terminal. */
const withoutVerifier = ({ database, sql }: Step): Step => ({ database, sql: sql.replace(/'SCRAM-[^']*'/, "'…'") });

function print(done: readonly Done[], { dryRun, json }: Options): void {
  if (json) printJson(done);
  else if (dryRun) for (const one of done) printSteps(one);
  else {
    const rows = done.map(({ product, database, roles, urls_in }) => [
      product,
      database,
      roles.join("\n"),
      urls_in ?? "",
    ]);
    printTable(["product", "database", "roles", "addresses and passwords"], rows);
  }
}

function printSteps({ product, steps }: Done): void {
  process.stdout.write(`-- ${product}: what provision would run\n`);
  for (const { database, sql } of steps) process.stdout.write(`${database ? `/* in ${database} */ ` : ""}${sql};\n`);
}

const help = `
Variables, also from a file .env in the workspace:
  POSTGRES_SUPERUSER_URL      the server, as a superuser
  <ROLE>_PASSWORD             for example BESTAYS_USER_PASSWORD; without it a password is generated once and kept
                              in .data/provisioned/<database>.env, for its owner only`;
