import type { Product } from "@whitelabel/shared-config";
import { products } from "@whitelabel/shared-config";
import { afterAll, beforeAll } from "vitest";
import { copyDatabase, dropDatabase, uniqueName } from "./copy-database.ts";
import { at, productStores, useStores } from "./stores.ts";

export type TestCore = Readonly<{
  /** As the product's reader. */
  url: string;
  /** As core's owner, who may change it: only in a core of one's own. */
  ownerUrl: string;
}>;

/** The demo core, one for the whole run: nobody changes it. */
export function useCore(product: Product): TestCore {
  return coreAt(product, useStores().core.shared);
}

/** A demo core of this file's own, for a test that changes bookings, columns or grants. */
export function useOwnCore(product: Product): TestCore {
  const { superuserUrl, core } = useStores();
  const name = uniqueName("core_db_test");
  beforeAll(() => createCore(superuserUrl, core.template, name));
  afterAll(() => dropDatabase(superuserUrl, name));
  return coreAt(product, name);
}

/** A copy of the demo core that every product's reader may connect to. */
export async function createCore(superuserUrl: string, template: string, name: string): Promise<void> {
  const owner = new URL(useStores().coreOwnerUrl).username;
  const roles = [owner, ...products.map((product) => product.coreReaderRole)];
  await copyDatabase({ superuserUrl, template, name, owner, roles });
}

function coreAt(product: Product, name: string): TestCore {
  return { url: at(productStores(product).coreReaderUrl, name), ownerUrl: at(useStores().coreOwnerUrl, name) };
}
