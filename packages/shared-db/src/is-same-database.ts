import { isSameDatabase as isSame, openPool } from "@whitelabel/resilience/postgres";

/**
 * Whether two URLs name one database, whatever their spelling. Asks through connections of its own, which are not
 * checked for the product's marker: that our database is core is just what this is to find out. Throws a StoreError
 * if either cannot be asked.
 */
export async function isSameDatabase(databaseUrl: string, coreUrl: string): Promise<boolean> {
  const one = openPool({ store: "database", url: databaseUrl, max: 1 });
  const other = openPool({ store: "core", url: coreUrl, max: 1 });
  try {
    const [isOne] = await Promise.all([isSame(one, other), other.query("select")]); // which connects it meanwhile
    return isOne;
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}
