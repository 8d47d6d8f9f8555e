import { createHash } from "node:crypto";
import type { generateDrizzleJson } from "drizzle-kit/api";

/** What drizzle-kit knows of a schema: the models after one migration, kept in `meta/<migration>.json`. */
export type Snapshot = ReturnType<typeof generateDrizzleJson>;

/** The id of the snapshot after a migration. drizzle-kit draws one; ours follows from the name, so that copies are equal. */
export function snapshotId(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
