import { type Catalog, type Part, tableOf } from "../drift/read-catalog.ts";
import { id, lastOf, losing, type Steps } from "./conversion-steps.ts";

type Columns = Readonly<{
  missing: readonly Part[];
  extra: readonly Part[];
  changed: readonly (readonly [Part, Part])[];
  expected: Catalog;
  live: Catalog;
}>;

/** A column as CREATE TABLE takes it. */
export function columnSql({ name, is }: Part): string {
  const parts = [id(lastOf(name)), is.type];
  if (is.collation !== "default") parts.push(`COLLATE ${is.collation}`);
  if (is.generated !== "no") parts.push(`GENERATED ALWAYS AS (${is.generated}) STORED`);
  if (is.identity !== "none") parts.push(`GENERATED ${is.identity?.toUpperCase()} AS IDENTITY`);
  if (is.default !== "none") parts.push(`DEFAULT ${is.default}`);
  if (is.nullability === "not null") parts.push("NOT NULL");
  return parts.join(" ");
}

export function columnSteps({ missing, extra, changed, expected, live }: Columns, steps: Steps): void {
  const areColumns = (parts: readonly Part[]) => parts.filter(({ kind }) => kind === "column");
  for (const part of areColumns(missing)) {
    const table = tableOf(part) ?? "";
    if (!live.has(`table ${table}`)) continue; // made with its table
    const perhaps = areColumns(extra).filter((one) => tableOf(one) === table && one.is.type === part.is.type);
    for (const one of perhaps)
      steps.columns.push(
        `-- If it is ${lastOf(one.name)} under another name, instead: ALTER TABLE ${table} RENAME COLUMN ${id(lastOf(one.name))} TO ${id(lastOf(part.name))};`,
      );
    if (part.is.nullability === "not null" && part.is.default === "none" && part.is.identity === "none")
      steps.columns.push("-- Fails while the table has rows: then add it without NOT NULL, fill it, and set NOT NULL.");
    steps.columns.push(`ALTER TABLE ${table} ADD COLUMN ${columnSql(part)};`);
  }
  for (const [part, found] of changed) if (part.kind === "column") changeColumn(part, found, steps);
  for (const part of areColumns(extra)) {
    if (!expected.has(`table ${tableOf(part)}`)) continue;
    steps.removes.unshift(
      losing(`all that is in ${part.name}`, `ALTER TABLE ${tableOf(part)} DROP COLUMN ${id(lastOf(part.name))};`),
    );
  }
}

function changeColumn(part: Part, found: Part, { columns }: Steps): void {
  const [is, was] = [part.is, found.is];
  const [table, column] = [tableOf(part), id(lastOf(part.name))];
  const alter = (what: string) => columns.push(`ALTER TABLE ${table} ALTER COLUMN ${column} ${what};`);
  const isRetyped = is.type !== was.type;
  if (was.default !== "none" && (isRetyped || is.default === "none")) alter("DROP DEFAULT");
  if (isRetyped) {
    if (/^(integer|bigint)$/.test(was.type ?? "") && is.type === "uuid")
      columns.push(`-- Numbers do not become uuids: ${part.name} and all that refers to it need new keys.`);
    else if (isNarrow(is.type, was.type)) {
      const statement = `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${is.type} USING ${castOf(column, was.type, is.type)};`;
      columns.push(losing(`what of ${part.name} does not fit in ${is.type}`, statement));
    } else alter(`TYPE ${is.type} USING ${castOf(column, was.type, is.type)}`);
  }
  if (is.default !== "none" && (isRetyped || is.default !== was.default)) alter(`SET DEFAULT ${is.default}`);
  if (is.nullability !== was.nullability) {
    if (is.nullability === "not null")
      columns.push(`-- Fails while a row has none: UPDATE ${table} SET ${column} = … WHERE ${column} IS NULL;`);
    alter(is.nullability === "not null" ? "SET NOT NULL" : "DROP NOT NULL");
  }
  if (is.identity !== was.identity) changeIdentity(part, found, columns);
  if (is.generated !== was.generated || is.collation !== was.collation)
    columns.push(`-- ${part.name} is made anew: it should be ${columnSql(part)}`);
}

/** A cast to such a type cuts or rounds without a word; one to any other fails, or keeps everything. */
const isNarrow = (to = "", from = "") =>
  /^(character|numeric|bit|timestamp|time|interval).*\(/.test(to) ||
  (/^(date|time)\b/.test(to) && /^timestamp/.test(from));

function castOf(column: string, from = "", to = ""): string {
  // An older design kept UTC without saying so.
  if (from === "timestamp without time zone" && to === "timestamp with time zone")
    return `${column} AT TIME ZONE 'UTC'`;
  return `${column}::text::${to}`.replace(/::text::text$/, "::text");
}

/** A `serial` column's own sequence gives way to an identity that goes on where it stood. */
function changeIdentity(part: Part, found: Part, columns: string[]): void {
  const [table, column] = [tableOf(part), id(lastOf(part.name))];
  if (found.is.identity !== "none") columns.push(`ALTER TABLE ${table} ALTER COLUMN ${column} DROP IDENTITY;`);
  const sequence = sequenceOf(found);
  if (sequence) columns.push(`DROP SEQUENCE ${sequence};`);
  if (part.is.identity === "none") return;
  columns.push(
    `ALTER TABLE ${table} ALTER COLUMN ${column} ADD GENERATED ${part.is.identity?.toUpperCase()} AS IDENTITY;`,
    `SELECT setval(pg_get_serial_sequence('${table}', '${lastOf(part.name)}'), coalesce(max(${column}), 0) + 1, false) FROM ${table};`,
  );
}

/** The sequence that a `serial` column counts with. */
export const sequenceOf = ({ is }: Part): string | undefined => is.default?.match(/^nextval\('(.*)'::regclass\)$/)?.[1];
