import { coreGrantsSql } from "@whitelabel/core-readonly";
import { withRole } from "./provision-product.ts";
import { asSuperuser, type Step } from "./server.ts";
import { databaseSteps, quote, roleSteps, schemaSteps, serverSteps } from "./steps.ts";

export const CORE_OWNER = "core_owner";

// Core serves every product: 2 products × 2 instances × 5 connections stay under its limit.
const readerConnections = 25;

type CoreReader = { role: string; password: string };

export type ProvisionCore = {
  superuserUrl: string;
  databaseName?: string;
  ownerPassword: string;
  readers: readonly CoreReader[];
};

export type ProvisionedCore = { ownerUrl: string; readerUrls: Record<string, string>; steps: Step[] };

/** Makes a core of our own, for development and tests: database, owner and readers, still without tables. */
export async function provisionCore(options: ProvisionCore): Promise<ProvisionedCore> {
  const { superuserUrl, databaseName: database = "core_db", ownerPassword, readers } = options;
  const roles = readers.map(({ role }) => role);

  return asSuperuser(superuserUrl, async (server) => {
    const readerSteps: Step[] = [];
    for (const { role, password } of readers) {
      readerSteps.push(...(await roleSteps(server, role, password, readerConnections)));
      readerSteps.push({ database: "", sql: `ALTER ROLE ${quote(role)} SET default_transaction_read_only TO on` });
    }
    const steps = [
      ...serverSteps,
      ...(await roleSteps(server, CORE_OWNER, ownerPassword)),
      ...readerSteps,
      ...(await databaseSteps(server, { database, owner: CORE_OWNER, connect: [CORE_OWNER, ...roles] })),
      ...schemaSteps(database, CORE_OWNER, roles),
    ];
    await server.run(steps);
    return {
      ownerUrl: withRole(server.urlOf(database), CORE_OWNER, ownerPassword),
      readerUrls: Object.fromEntries(
        readers.map(({ role, password }) => [role, withRole(server.urlOf(database), role, password)]),
      ),
      steps,
    };
  });
}

/** Gives the readers the columns on our list, once the tables are there; the SQL is that of `pnpm core:grants`. */
export async function grantCoreReaders(options: {
  superuserUrl: string;
  databaseName?: string;
  roles: readonly string[];
}): Promise<void> {
  const { superuserUrl, databaseName: database = "core_db", roles } = options;
  await asSuperuser(superuserUrl, (server) =>
    server.run(roles.map((role) => ({ database, sql: coreGrantsSql(role) }))),
  );
}
