import type { Product } from "@whitelabel/shared-config";
import { type Catalog, type Part, tableOf } from "../drift/read-catalog.ts";
import { columnSql, columnSteps, sequenceOf } from "./column-conversion.ts";
import { id, lastOf, losing, type Steps } from "./conversion-steps.ts";

/**
 * The SQL that would lead from the live schema to the expected one, as far as plain statements go. For a person to
 * read, complete and run; nothing here runs it. Where an answer is theirs (is it a rename? what do old rows get?),
 * a comment asks.
 */
export function conversionSql(expected: Catalog, live: Catalog, product: Product): string[] {
  const missing = [...expected].filter(([key]) => !live.has(key)).map(([, part]) => part);
  const extra = [...live].filter(([key]) => !expected.has(key)).map(([, part]) => part);
  const changed = [...expected].flatMap(([key, part]): (readonly [Part, Part])[] => {
    const found = live.get(key);
    return found && JSON.stringify(found.is) !== JSON.stringify(part.is) ? [[part, found]] : [];
  });
  const goneTables = new Set(extra.filter(({ kind }) => kind === "table").map(({ name }) => name));
  const renames = findRenames(missing, extra);

  const steps: Steps = { superuser: [], renames: [], drops: [], makes: [], columns: [], adds: [], removes: [] };
  steps.renames.push(...renames.sql);
  // A sequence that gives way to an identity is dropped with its default; the identity's may have its name then.
  const replaced = new Set(changed.map(([, found]) => `sequence ${sequenceOf(found)}`));
  const lasting = (part: Part) =>
    !renames.parts.has(part) && !goneTables.has(ownerOf(part) ?? "") && !replaced.has(`${part.kind} ${part.name}`);
  // Columns and tables that hold data stay until somebody decides, and what they are made with stays too.
  const staying = extra.filter((part) => part.kind === "column" || goneTables.has(ownerOf(part) ?? ""));
  const needed = JSON.stringify(staying.map(({ is }) => is));
  for (const part of extra.filter(lasting)) drop(part, needed, steps);
  for (const part of missing.filter((one) => !renames.parts.has(one))) make(part, expected, missing, steps);
  for (const [part, found] of changed) change(part, found, product, steps);
  columnSteps({ missing, extra: extra.filter(lasting), changed, expected, live }, steps);
  for (const name of goneTables) steps.removes.unshift(losing(`all that is in ${name}`, `DROP TABLE ${name};`));
  return [
    ...heading("As a superuser", steps.superuser),
    ...heading("As the owner of the tables", [
      `SET ROLE ${product.migratorRole};`,
      ...steps.renames,
      ...steps.drops,
      ...steps.makes,
      ...steps.columns,
      ...steps.adds.sort((a, b) => Number(/ FOREIGN KEY /.test(a)) - Number(/ FOREIGN KEY /.test(b))),
      ...steps.removes,
    ]),
  ];
}

const heading = (who: string, lines: readonly string[]) => (lines.length > 0 ? [`-- ${who}:`, ...lines] : []);

/** What is the same under another name need not be built again. */
function findRenames(missing: readonly Part[], extra: readonly Part[]) {
  const parts = new Set<Part>();
  const sql: string[] = [];
  for (const part of missing.filter(({ kind }) => kind === "constraint" || kind === "index")) {
    const found = extra.find((other) => !parts.has(other) && isSameUnderOtherName(part, other));
    if (!found) continue;
    parts.add(part).add(found);
    sql.push(
      part.kind === "index"
        ? `ALTER INDEX ${found.name} RENAME TO ${id(lastOf(part.name))};`
        : `ALTER TABLE ${tableOf(part)} RENAME CONSTRAINT ${id(lastOf(found.name))} TO ${id(lastOf(part.name))};`,
    );
  }
  return { parts, sql };
}

function isSameUnderOtherName(one: Part, other: Part): boolean {
  if (one.kind !== other.kind || tableOf(one) !== tableOf(other)) return false;
  const plain = ({ name, kind, is }: Part) =>
    kind === "index" ? is.definition?.replace(` ${name} ON `, " ON ") : is.definition;
  return plain(one) === plain(other);
}

/** The table that goes with all its parts; the definition of an index always names the schema. */
const ownerOf = (part: Part) =>
  part.kind === "index"
    ? / ON (?:ONLY )?(.*?) USING /.exec(part.is.definition ?? "")?.[1]?.replace(/^public\./, "")
    : tableOf(part);

function drop({ kind, name, is }: Part, needed: string, steps: Steps): void {
  const table = name.slice(0, name.lastIndexOf("."));
  if (kind === "constraint") steps.drops.unshift(`ALTER TABLE ${table} DROP CONSTRAINT ${id(lastOf(name))};`);
  if (kind === "index") steps.drops.push(`DROP INDEX ${name};`);
  if (kind === "trigger") steps.drops.push(`DROP TRIGGER ${id(lastOf(name))} ON ${table};`);
  if (kind === "policy") steps.drops.push(`DROP POLICY ${id(lastOf(name))} ON ${table};`);
  if (kind === "view") steps.drops.push(`DROP ${is.form === "materialized" ? "MATERIALIZED " : ""}VIEW ${name};`);
  if (kind === "sequence")
    steps.removes.push(losing(`the number at which ${name} stands`, `DROP SEQUENCE IF EXISTS ${name};`));
  if (kind === "function" || kind === "type") {
    const statement = `DROP ${kind.toUpperCase()} ${name};`;
    const isNeeded = needed.includes(name.replace(/\(.*$/, ""));
    steps.removes.push(isNeeded ? `-- After what it is used by, above: ${statement}` : statement);
  }
  if (kind === "extension")
    steps.superuser.push(losing(`what the extension ${name} keeps`, `DROP EXTENSION ${id(name)};`));
  if (kind === "schema")
    steps.superuser.push(`-- The schema ${name} is not a migration's; move what is in it, then: DROP SCHEMA ${name};`);
  if (kind === "server") steps.superuser.push(`DROP SERVER ${id(name)} CASCADE;`);
}

function make({ kind, name, is }: Part, expected: Catalog, missing: readonly Part[], steps: Steps): void {
  const table = name.slice(0, name.lastIndexOf("."));
  if (kind === "table") {
    const columns = missing.filter((part) => part.kind === "column" && tableOf(part) === name);
    steps.makes.push(`CREATE TABLE ${name} (\n${columns.map((column) => `  ${columnSql(column)}`).join(",\n")}\n);`);
  }
  if (kind === "constraint")
    steps.adds.push(`ALTER TABLE ${table} ADD CONSTRAINT ${id(lastOf(name))} ${is.definition};`);
  if (kind === "index") steps.adds.push(`${is.definition};`);
  if (kind === "trigger") steps.adds.push(`${is.definition};`);
  if (kind === "view") steps.adds.push(`CREATE VIEW ${name} AS ${is.definition}`);
  if (kind === "function") steps.makes.unshift(`${is.definition?.trim()};`);
  if (kind === "sequence") steps.makes.unshift(`CREATE SEQUENCE ${name};`);
  if (kind === "type" && is.definition?.startsWith("enum "))
    steps.makes.unshift(
      `CREATE TYPE ${name} AS ENUM (${is.definition
        .slice(5)
        .split(", ")
        .map((label) => `'${label}'`)
        .join(", ")});`,
    );
  if (kind === "extension")
    steps.superuser.push(`CREATE EXTENSION ${id(name)} SCHEMA ${expected.get(`extension ${name}`)?.is.schema};`);
}

function change(part: Part, found: Part, { migratorRole }: Product, steps: Steps): void {
  const { kind, name, is } = part;
  if (is.owner !== undefined && is.owner !== found.is.owner && kind !== "column")
    steps.superuser.push(`ALTER ${kind.toUpperCase()} ${name} OWNER TO ${migratorRole};`);
  const isOther = Object.keys(is).some((fact) => fact !== "owner" && is[fact] !== found.is[fact]);
  if (!isOther || kind === "column") return;
  if (kind === "function") steps.makes.unshift(`${is.definition?.trim()};`);
  else if (kind === "constraint" || kind === "index" || kind === "trigger") {
    drop(found, "", steps);
    make(part, new Map(), [], steps);
  } else steps.makes.push(`-- ${kind} ${name} is ${JSON.stringify(found.is)} and should be ${JSON.stringify(is)}`);
}
