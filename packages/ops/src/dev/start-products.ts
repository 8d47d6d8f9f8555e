import type { Product } from "@whitelabel/shared-config";
import { migrate } from "../migrate/migrate.ts";
import { identify, type ProcessIdentity } from "../process/identity.ts";
import { seed } from "../seed/seed.ts";
import { type ApiProcess, startApi } from "./api-process.ts";
import type { Cleanup } from "./cleanup.ts";
import type { Progress } from "./progress.ts";
import { migrationsFolder } from "./workspace.ts";

/** Brings a product's database up to date and gives it something to show. */
export async function prepareDatabase(product: Product, migrationUrl: string, progress: Progress): Promise<void> {
  await progress.step(
    `${product.name}: migrations and seeds`,
    async () => {
      const { applied, schema_version } = await migrate({ product, migrationUrl, folder: migrationsFolder(product) });
      const { added } = await seed({ product, migrationUrl, environment: "development" });
      return { applied: applied.length, schema_version, rows: Object.values(added).reduce((sum, n) => sum + n, 0) };
    },
    ({ applied, rows }) => {
      const parts = [
        applied ? `${applied} migration${applied === 1 ? "" : "s"} applied` : "schema up to date",
        rows ? `${rows} rows seeded` : "seeds in place",
      ];
      return `${product.name}: ${parts.join(", ")}`;
    },
  );
}

type Started = { product: Product; env: Record<string, string>; port: number; onLine: (line: string) => void };

/**
 * Starts the APIs at once and waits until each answers that it is ready. Tells which processes they are, then and after
 * each reload.
 */
export async function startApis(
  started: readonly Started[],
  progress: Progress,
  cleanup: Cleanup,
  onProcesses: (children: ProcessIdentity[]) => void,
): Promise<void> {
  const apis: ApiProcess[] = [];
  const tell = () => onProcesses(apis.map(({ pid }) => identify(pid)).filter((found) => found !== undefined));
  await progress.step(
    started.length === 1 ? "The API" : "The APIs",
    async () => {
      cleanup.add(() => Promise.all(apis.map((api) => api.stop())));
      for (const one of started) apis.push(startApi({ ...one, onReload: tell }));
      await Promise.all(apis.map((api) => api.ready()));
      tell();
    },
    () => started.map(({ product, port }) => `${product.name} on ${port}`).join(", "),
  );
}
