import { type Product, products } from "@whitelabel/shared-config";
import { afterAll, beforeAll } from "vitest";
import { copyDatabase, dropDatabase, uniqueName } from "./copy-database.ts";
import { at, productIn, type Stores, useStores } from "./stores.ts";

export type TestCore = Readonly<{
  /** As the product's reader. */
  url: string;
  /** As core's owner, who may change it: only in a core of one's own. */
  ownerUrl: string;
}>;

/** The demo core, one for the whole run: nobody changes it. */
export function useCore(product: Product): TestCore {
  const stores = useStores();
  return coreAt(product, stores, stores.core.shared);
}

/** A demo core of this file's own, for a test that changes bookings, columns or grants. */
export function useOwnCore(product: Product): TestCore {
  const stores = useStores();
  const name = uniqueName("core_db_test");
  beforeAll(() => copyCore(stores, name));
  afterAll(() => dropDatabase(stores.superuserUrl, name));
  return coreAt(product, stores, name);
}

/** As `useOwnCore`, at once, on any server, and left there. */
export async function createCore(product: Product, stores: Stores): Promise<TestCore> {
  const name = uniqueName("core_db_test");
  await copyCore(stores, name);
  return coreAt(product, stores, name);
}

/** A copy of the demo core that every product's reader may connect to. */
async function copyCore(stores: Stores, name: string): Promise<void> {
  const { superuserUrl, core } = stores;
  const owner = new URL(core.ownerUrl).username;
  const roles = [owner, ...products.map((product) => product.coreReaderRole)];
  await copyDatabase({ superuserUrl, template: core.template, name, owner, roles });
}

function coreAt(product: Product, stores: Stores, name: string): TestCore {
  return { url: at(productIn(stores, product).coreReaderUrl, name), ownerUrl: at(stores.core.ownerUrl, name) };
}
