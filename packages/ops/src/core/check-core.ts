import { type CoreDifference, openCore } from "@whitelabel/core-readonly";
import type { Product } from "@whitelabel/shared-config";
import { OpsError } from "../cli/ops-error.ts";
import { readDevState } from "../dev/state.ts";

export type CoreReport = {
  product: string;
  /** Columns that are missing, mistyped or not granted: what the front desk cannot read. */
  differences: readonly CoreDifference[];
  /** Rights that make the API refuse to start. */
  problems: readonly string[];
  /** Rights that only core's owner can take back, with the SQL that does. */
  warnings: readonly string[];
};

/** Compares a live core with what we read from it, and with what our role may do there. Reads, and writes nothing. */
export async function checkCore(product: Product, url: string): Promise<CoreReport> {
  const core = openCore({ url, propertyIds: "*", max: 1, applicationName: `${product.id}-core-check` });
  try {
    const differences = await core.check();
    const { problems, warnings } = await core.prove();
    return { product: product.id, differences, problems, warnings };
  } catch (cause) {
    const { reason = "unknown" } = cause as { reason?: string };
    throw new OpsError(
      `Core cannot be asked for ${product.id} (${reason}).`,
      readDevState()?.products[product.id]?.core_database_url_ro === url
        ? "Start it: `pnpm dev`."
        : "Check that its server runs, and the address and password in the URL.",
      { cause },
    );
  } finally {
    await core.close();
  }
}

export const isFine = ({ differences, problems }: CoreReport): boolean =>
  differences.length === 0 && problems.length === 0;
