import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Product } from "@whitelabel/shared-config";
import { inject } from "vitest";

const root = join(import.meta.dirname, "../../..");

/** The folder with the product's API as `pnpm build` makes it, built when a run first asks: it starts in a tenth of the time. */
export async function bundleOf(product: Product): Promise<string> {
  const folder = join(inject("bundles"), product.id);
  if (existsSync(folder)) return folder;

  // Several may build at once; whoever comes second throws theirs away.
  const draft = `${folder}.${randomUUID()}`;
  const cwd = join(root, "apps", `${product.id}-api`);
  await promisify(execFile)(process.execPath, [join(root, "scripts/build.ts"), draft], { cwd });
  try {
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true });
  }
  return folder;
}
