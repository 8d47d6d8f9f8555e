import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";
import { type Header, readHeader } from "./header.ts";

export type Migration = Readonly<{
  /** The file's name without `.sql`; the ledger's key, and the order. */
  name: string;
  file: string;
  sql: string;
  sha256: string;
  header: Header;
  /** Undefined only for one that says that it is irreversible. */
  down: string | undefined;
}>;

const wellNamed = /^\d{8}_\d{4}-[a-z0-9]+(_[a-z0-9]+)*(\.down)?\.sql$/;

/** A product's migrations in the order in which they run. A folder that cannot be understood whole is refused. */
export function readFolder(folder: string): Migration[] {
  const files = listFiles(folder);
  const odd = files.filter((file) => !wellNamed.test(file));
  if (odd.length > 0) {
    throw new OpsError(
      `${folder} holds what is no migration: ${odd.join(", ")}.`,
      "A migration is called YYYYMMDD_HHMM-what_happens.sql, and its reverse the same with .down.sql.",
    );
  }
  const ups = files.filter((file) => !file.endsWith(".down.sql")).sort();
  const lonely = files.find((file) => file.endsWith(".down.sql") && !ups.includes(file.replace(".down.sql", ".sql")));
  if (lonely) throw new OpsError(`${path.join(folder, lonely)} reverses a migration that is not there.`);
  return ups.map((file) => readMigration(folder, file, files));
}

function readMigration(folder: string, file: string, files: readonly string[]): Migration {
  const bytes = readFileSync(path.join(folder, file));
  const sql = bytes.toString("utf8");
  const header = readHeader(sql);
  const downFile = file.replace(/\.sql$/, ".down.sql");
  const hasDown = files.includes(downFile);
  if (!hasDown && header.irreversible === undefined) {
    throw new OpsError(
      `${path.join(folder, file)} has no reverse.`,
      `Write ${downFile}, or say why there is none: -- irreversible: <reason>`,
    );
  }
  // A migration and its ledger row are one transaction, which such a line would cut in two.
  const cut = sql.match(/(?:^|;)\s*(begin|start\s+transaction|commit|rollback)\s*;/im);
  if (cut) throw new OpsError(`${path.join(folder, file)} must leave transactions to the runner: ${cut[1]}`);
  return {
    name: file.replace(/\.sql$/, ""),
    file: path.join(folder, file),
    sql,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    header,
    down: hasDown ? readFileSync(path.join(folder, downFile), "utf8") : undefined,
  };
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name !== "meta" && !name.startsWith("."));
  } catch (cause) {
    throw new OpsError(`The migrations folder ${folder} cannot be read.`, undefined, { cause });
  }
}
