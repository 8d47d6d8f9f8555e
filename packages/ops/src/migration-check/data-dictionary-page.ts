import { allowedPersonalColumns, appMeta, canHoldText, dataDictionary, tables, textKinds } from "@whitelabel/shared-db";
import { getTableColumns, getTableName } from "drizzle-orm";

/** docs/data-dictionary.md: every column, and of each that can hold text, what it may hold. */
export function dataDictionaryPage(models: Parameters<typeof getTableName>[0][] = [...Object.values(tables), appMeta]) {
  return `# Data dictionary

Every column of a product's database. The same in every product, but for \`product-only\` migrations. A column that can
hold text has a kind, declared in \`packages/shared-db/src/data-dictionary.ts\`; \`pnpm migration:check\` refuses one
without. This page is generated: \`pnpm data-dictionary\` writes it, \`pnpm check\` holds it to the models.

## Kinds

| kind | what it holds |
| --- | --- |
${Object.entries(textKinds)
  .map(([kind, about]) => `| ${kind} | ${about} |`)
  .join("\n")}

Guests' names, contacts, documents and notes are in core and in no column here. A name that sounds like one is refused
(\`packages/shared-db/src/personal-columns.ts\`), but for those below that give a reason.

## Tables

${models.map(tableSection).join("\n\n")}

### schema_migrations

The ledger, made by the migration runner: \`name\`, \`sha256\` and \`version\` are identifiers.
`;
}

function tableSection(table: Parameters<typeof getTableName>[0]): string {
  const name = getTableName(table);
  const rows = Object.values(getTableColumns(table)).map((column) => {
    const path = `${name}.${column.name}`;
    const type = column.getSQLType();
    const kind = canHoldText(type) ? (dataDictionary[path] ?? "**not classified**") : "";
    const nullable = column.notNull ? "" : "yes";
    return `| ${column.name} | ${type} | ${nullable} | ${kind} | ${allowedPersonalColumns[path] ?? ""} |`;
  });
  return `### ${name}

| column | type | null | kind | why a personal name is allowed |
| --- | --- | --- | --- | --- |
${rows.join("\n")}`;
}
