import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { OpsError } from "../cli/ops-error.ts";
import { type Header, readHeader } from "./header.ts";
import { minuteOf, timeOf } from "./minutes.ts";
import { splitStatements, withoutComments } from "./split-statements.ts";
import { expectRepeatable, isConcurrent } from "./without-transaction.ts";

export type Migration = Readonly<{
  /** The file's name without `.sql`; the ledger's key, and the order. */
  name: string;
  file: string;
  sql: string;
  sha256: string;
  header: Header;
  /** Undefined only for one that says that it is irreversible. */
  down: string | undefined;
  /** The reverse may run outside a transaction too, by a header of its own. */
  downHeader: Header | undefined;
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
  const misdated = files.find((file) => timeOf(minuteOf(file)) === undefined);
  if (misdated) {
    throw new OpsError(
      `${path.join(folder, misdated)} is misdated: there is no such day or time as ${minuteOf(misdated)}.`,
      "A migration's name begins with its date and time in UTC, YYYYMMDD_HHMM.",
    );
  }
  const ups = files.filter((file) => !file.endsWith(".down.sql")).sort();
  const lonely = files.find((file) => file.endsWith(".down.sql") && !ups.includes(file.replace(".down.sql", ".sql")));
  if (lonely) throw new OpsError(`${path.join(folder, lonely)} reverses a migration that is not there.`);
  return ups.map((file) => readMigration(folder, file, files));
}

function readMigration(folder: string, name: string, files: readonly string[]): Migration {
  const file = path.join(folder, name);
  const bytes = readFileSync(file);
  const sql = bytes.toString("utf8");
  const header = readHeader(sql, file);
  expectWhole(file, sql, header);

  const downFile = name.replace(/\.sql$/, ".down.sql");
  const down = files.includes(downFile) ? readFileSync(path.join(folder, downFile), "utf8") : undefined;
  if (down === undefined && header.irreversible === undefined) {
    throw new OpsError(
      `${file} has no reverse.`,
      `Write ${downFile}, or say why there is none: -- irreversible: <reason>`,
    );
  }
  const downHeader = down === undefined ? undefined : readHeader(down, path.join(folder, downFile));
  if (down !== undefined && downHeader) expectWhole(path.join(folder, downFile), down, downHeader);
  return {
    name: name.replace(/\.sql$/, ""),
    file,
    sql,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    header,
    down,
    downHeader,
  };
}

/** Refuses what would cut the one transaction in two, and outside of one what could not be done again. */
function expectWhole(file: string, sql: string, { noTransaction }: Header): void {
  for (const statement of splitStatements(sql)) {
    const text = withoutComments(statement);
    if (/^(begin|start transaction|commit|rollback|abort|prepare transaction)\b/i.test(text)) {
      throw new OpsError(`${file} must leave transactions to the runner: ${text.slice(0, 60)}`);
    }
    if (noTransaction) expectRepeatable(file, text);
    else if (isConcurrent(text)) {
      throw new OpsError(
        `${file} asks for what PostgreSQL does only outside a transaction: ${text.slice(0, 80)}`,
        "Put it into a migration of its own that begins with the line: -- no-transaction",
      );
    }
  }
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name !== "meta" && !name.startsWith("."));
  } catch (cause) {
    throw new OpsError(`The migrations folder ${folder} cannot be read.`, undefined, { cause });
  }
}
