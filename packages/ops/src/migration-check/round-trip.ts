import type { Product } from "@whitelabel/shared-config";
import type { Sql } from "postgres";
import { OpsError } from "../cli/ops-error.ts";
import { shown } from "../dev/workspace.ts";
import { compareCatalogs, sentenceOf } from "../drift/compare-catalogs.ts";
import type { ScratchServer } from "../drift/expected-schema.ts";
import { type Catalog, readCatalog } from "../drift/read-catalog.ts";
import { connect } from "../migrate/connection.ts";
import { migrateDown } from "../migrate/down.ts";
import { migrate } from "../migrate/migrate.ts";
import type { Migration } from "../migrate/read-folder.ts";
import type { Finding } from "./finding.ts";
import { type Dictionary, readSchema } from "./schema-rules.ts";

type Folder = Readonly<{ product: Product; folder: string; migrations: readonly Migration[] }>;

/**
 * Runs each migration up, down and up again with the real runner: down must lead back to the schema before, and up to
 * the same as the first time. What each of them made is judged by the rules for schemas on the way.
 */
export async function checkRoundTrip(
  server: ScratchServer,
  { product, folder, migrations }: Folder,
  dictionary?: Dictionary,
): Promise<Finding[]> {
  const { migrationUrl } = await server.create(product);
  const run = { product, migrationUrl, folder, log: () => {} };
  const sql = await connect(migrationUrl, product.id);
  const findings: Finding[] = [];
  try {
    await migrate({ ...run, migrations: [] });
    let before = await readCatalog(sql, product);
    for (const migration of migrations) {
      const { findings: found, after, isEnd } = await goThere(sql, run, migration, migrations, before);
      findings.push(...found.map((finding) => ({ product: product.id, ...finding })));
      if (after) findings.push(...readSchema(product.id, migration, before, after, dictionary));
      if (!after || isEnd) return findings; // what comes later stands on this one
      before = after;
    }
    return findings;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

type Run = Omit<Folder, "migrations"> & { migrationUrl: string };
type Trip = { findings: Omit<Finding, "product">[]; after?: Catalog; isEnd?: boolean };

async function goThere(
  sql: Sql,
  run: Run,
  migration: Migration,
  all: readonly Migration[],
  before: Catalog,
): Promise<Trip> {
  const { product } = run;
  const reverse = migration.file.replace(/\.sql$/, ".down.sql");
  const up = () => migrate({ ...run, migrations: all, to: migration.name });
  try {
    await up();
    const after = await readCatalog(sql, product);
    if (migration.down === undefined) return { findings: [], after };

    await migrateDown({ ...run, extent: { steps: 1 }, agree: async () => true });
    const back = differences(before, await readCatalog(sql, product));
    if (back.length > 0) return { findings: [notReversed(reverse, back)], after, isEnd: true };
    await up();
    const again = differences(after, await readCatalog(sql, product));
    if (again.length > 0) return { findings: [notRepeated(migration.file, again)], after, isEnd: true };
    return { findings: [], after };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    return { findings: [failed(error, migration)] };
  }
}

const differences = (expected: Catalog, found: Catalog) => compareCatalogs(expected, found).map(sentenceOf);

const notReversed = (file: string, sentences: readonly string[]) => ({
  file: shown(file),
  line: 1,
  rule: "round-trip",
  message: `It does not lead back to the schema before:\n${indented(sentences)}`,
  next: "Make the reverse complete. If there is none, remove the file and say why: `-- irreversible: <reason>` in the up.",
});

const notRepeated = (file: string, sentences: readonly string[]) => ({
  file: shown(file),
  line: 1,
  rule: "round-trip",
  message: `Up, down and up again is not the same as up:\n${indented(sentences)}`,
  next: "Something outlives the reverse, or the up asks what is there before it acts; make both plain.",
});

function failed({ message, next }: OpsError, { file }: Migration): Omit<Finding, "product"> {
  const reverse = file.replace(/\.sql$/, ".down.sql");
  const where = message.includes(reverse) ? reverse : file;
  const line = Number(message.split(`${where}:`)[1]?.match(/^\d+/)?.[0] ?? 1);
  return {
    file: shown(where),
    line,
    rule: "does-not-run",
    message: message.replace(`${where}:${line}: `, "").replace(`${where}: `, ""),
    next: next?.replace("Nothing of this migration was done. ", "") ?? "Put the file right, then run this again.",
  };
}

const indented = (sentences: readonly string[]) => sentences.map((sentence) => `    ${sentence}`).join("\n");
