import path from "node:path";
import type { Sql } from "postgres";
import { workspaceRoot } from "../dev/workspace.ts";
import { connect } from "./connection.ts";
import { grantsSql } from "./grants.ts";
import { beginningOf, type Inspection, inspect } from "./inspect.ts";
import { renewLedger } from "./ledger.ts";
import { tryLock } from "./lock.ts";
import { claimSql } from "./marker.ts";
import { applyOptions, type MigrateOptions } from "./migrate.ts";
import { readFolder } from "./read-folder.ts";
import { type Script, upOf } from "./scripts.ts";

export type Plan = Readonly<{
  product: string;
  database: string;
  pending: readonly string[];
  warnings: readonly string[];
  /** What `migrate` would send, message by message; empty if there is nothing to do. */
  sql: string;
}>;

/** What `migrate` would do now. Writes nothing and takes no lock; refuses what `migrate` would refuse. */
export async function plan(options: MigrateOptions): Promise<Plan> {
  const { product, migrationUrl, folder, to } = options;
  const migrations = options.migrations ?? readFolder(folder);
  const sql = await connect(migrationUrl, product.id);
  try {
    await sql`set default_transaction_read_only = on`;
    const found = await inspect(sql, product, migrations, to);
    return {
      product: product.id,
      database: found.identity.database,
      pending: found.pending.map(({ name }) => name),
      warnings: found.warnings,
      sql: found.isCurrent ? "" : (await messages(sql, found, options)).join("\n"),
    };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function messages(sql: Sql, found: Inspection, options: MigrateOptions): Promise<string[]> {
  const { product } = options;
  const parts = [message("the migration lock, asked for again and again until it is free", tryLock)];
  if (!found.isClaimed) parts.push(message("the marker and the ledger, in one transaction", claimSql(product)));
  if (found.identity.has_old_ledger) parts.push(message("the ledger's newer columns", renewLedger));
  const run = applyOptions(options);
  for (const migration of found.pending) {
    const script = upOf(migration);
    const file = path.relative(workspaceRoot, script.file);
    if (script.noTransaction) {
      parts.push(message(`${file}, outside a transaction: its mark`, script.begin(run.version)));
      parts.push(...(await piecesNow(sql, script, beginningOf(migration, found.ledger))));
      parts.push(message("its end", script.end()));
    } else {
      parts.push(message(`${file}, in one transaction`, script.whole(run)));
    }
  }
  if (found.pending.length > 0 || !found.areGrantsRight) {
    parts.push(message("the runtime role's grants", grantsSql(product.runtimeRole)));
  }
  return parts;
}

async function piecesNow(sql: Sql, script: Script, beginning: "fresh" | "same" | "changed"): Promise<string[]> {
  const parts: string[] = [];
  for (const { statement, toRun } of script.pieces(beginning)) {
    const texts = await toRun(sql);
    if (texts.length === 0) parts.push(`-- done by an earlier run: ${statement.split("\n")[0]}\n`);
    parts.push(...texts.map((text) => `${text};\n`));
  }
  return parts;
}

const message = (title: string, text: string) => `-- ${title}\n${text.trim().replace(/;?$/, ";")}\n`;
