import { readFileSync } from "node:fs";
import type { Product } from "@whitelabel/shared-config";
import { z } from "zod";
import { chooseProduct, chooseProducts } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { migrationsFolder } from "../dev/workspace.ts";
import type { Target } from "./fan-out.ts";
import { migrationUrlOf } from "./migration-url.ts";

export type TargetOptions = Readonly<{ all?: boolean; targets?: string }>;

/** The databases that a command means: a product's, every product's, or those that a file lists. */
export function chooseTargets(id: string | undefined, { all = false, targets }: TargetOptions): Target[] {
  if (targets === undefined) return targetsOf(chooseProducts(id, { all }));
  if (id !== undefined || all) throw new OpsError("Either a product, --all or --targets.", "--help explains.");
  return readTargets(targets);
}

function targetsOf(products: readonly Product[]): Target[] {
  return products.map((product) => ({
    name: product.id,
    product,
    migrationUrl: () => migrationUrlOf(product, { isOnly: products.length === 1 }),
    folder: migrationsFolder(product),
  }));
}

const listed = z.array(z.strictObject({ name: z.string().optional(), product: z.string(), url: z.string() })).min(1);

/** A file with `[{ "product": "bestays", "url": "postgres://…", "name": "bestays in Asia" }, …]`; `-` is stdin. */
function readTargets(file: string): Target[] {
  const entries = listed.safeParse(parse(file));
  if (!entries.success) {
    throw new OpsError(`${file} is no list of targets:\n${z.prettifyError(entries.error)}`, "--help shows one.");
  }
  return entries.data.map(({ name, product: id, url }) => {
    const product = chooseProduct(id);
    return { name: name ?? databaseIn(url) ?? id, product, migrationUrl: url, folder: migrationsFolder(product) };
  });
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"));
  } catch (cause) {
    // A syntax error's message quotes the text, which holds passwords.
    const code = (cause as NodeJS.ErrnoException).code ?? "not JSON";
    throw new OpsError(`The targets in ${file} cannot be read (${code}).`, undefined, { cause });
  }
}

const databaseIn = (url: string) => (URL.canParse(url) ? new URL(url).pathname.slice(1) || undefined : undefined);
