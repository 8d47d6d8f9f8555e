import { createHash } from "node:crypto";

/** The id of the snapshot after a migration. drizzle-kit draws one; ours follows from the name, so that copies are equal. */
export function snapshotId(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
