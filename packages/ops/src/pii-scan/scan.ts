import { type Core, openCore } from "@whitelabel/core-readonly";
import { findPii, type PiiName } from "@whitelabel/pii-guard";
import type { Product } from "@whitelabel/shared-config";
import { type Database, dataDictionary, openDatabase } from "@whitelabel/shared-db";
import { OpsError } from "../cli/ops-error.ts";

/** Where a guest's data stands: enough to open the row, and nothing of what it says. */
type PiiPlace = Readonly<{ table: string; column: string; id: string }>;

export type PiiScan = Readonly<{
  product: string;
  /** Columns that were read, as `table.column`. */
  columns: readonly string[];
  texts: number;
  /** Bookings that core no longer has: of their texts only contacts, cards and documents can be judged. */
  unknown_bookings: number;
  findings: readonly PiiPlace[];
}>;

export type ScanOptions = Readonly<{ product: Product; databaseUrl: string; coreUrl: string }>;

const batch = 500;

/** Compares every guarded text with its booking's guests as core names them now. Writes nothing. */
export async function scanForPii({ product, databaseUrl, coreUrl }: ScanOptions): Promise<PiiScan> {
  const applicationName = `${product.id}-pii-scan`;
  const database = openDatabase({ url: databaseUrl, productId: product.id, max: 1, applicationName });
  const core = openCore({ url: coreUrl, propertyIds: "*", max: 2, applicationName });
  try {
    const known = await listKnown(database, core);
    const names = new Map<string, readonly PiiName[]>();
    const columns = Object.entries(dataDictionary).flatMap(([column, kind]) =>
      kind === "guarded_text" ? [column] : [],
    );

    let texts = 0;
    const findings: PiiPlace[] = [];
    for (const name of columns) {
      const [table = "", column = ""] = name.split(".");
      for await (const row of readTexts(database, table, column)) {
        texts++;
        const people = row.booking_id === null ? [] : await remember(names, row.booking_id, core);
        if (findPii(row.text, { names: people, known }).length > 0) findings.push({ table, column, id: row.id });
      }
    }
    const unknown_bookings = [...names.values()].filter((people) => people.length === 0).length;
    return { product: product.id, columns, texts, unknown_bookings, findings };
  } catch (cause) {
    // A driver's error may carry a row's values: its reason is all that leaves.
    const { store = "database or core", reason = "unknown" } = cause as { store?: string; reason?: string };
    throw new OpsError(`The texts of ${product.id} cannot be compared: ${store} (${reason}).`, "Nothing was written.");
  } finally {
    await Promise.all([database.close(), core.close()]);
  }
}

async function listKnown(database: Database, core: Core): Promise<string[]> {
  const branches = await core.listBranches();
  const rooms = (await Promise.all(branches.map(({ property_id }) => core.listRooms(property_id)))).flat();
  const staff = await database.query<{ name: string | null }>("select display_name as name from users");
  return [...branches, ...rooms, ...staff].flatMap(({ name }) => (name ? [name] : []));
}

type TextRow = { id: string; booking_id: string | null; text: string };

// Page by page: a table of years does not fit into memory. Both names come from our own dictionary.
async function* readTexts(database: Database, table: string, column: string): AsyncGenerator<TextRow> {
  for (let after = ""; ; ) {
    const rows = await database.query<TextRow>(
      `select id::text as id, booking_id, ${column} as text from ${table}
       where ${column} <> '' and id::text > $1 order by id::text limit ${batch}`,
      [after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.id;
  }
}

// Each room of a booking may name somebody else.
async function remember(names: Map<string, readonly PiiName[]>, booking_id: string, core: Core) {
  const known = names.get(booking_id);
  if (known) return known;
  const rooms = await core.listBookingRooms(booking_id);
  const people = rooms.map((room) => ({ first_name: room.first_name.reveal(), last_name: room.last_name.reveal() }));
  names.set(booking_id, people);
  return people;
}
