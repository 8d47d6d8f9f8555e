import { shown } from "../dev/workspace.ts";
import type { Migration } from "../migrate/read-folder.ts";
import { type Finding, lineAt } from "./finding.ts";

type Rule = Readonly<{ rule: string; pattern: RegExp; message: string; next: string }>;

const rules: readonly Rule[] = [
  {
    rule: "core-reference",
    pattern: /\bcore\s*\.|\bcore_db\w*|"core"|\b(dblink|postgres_fdw|foreign\s+server|import\s+foreign\s+schema)\b/i,
    message: "It reaches for core, which is another database, read-only and asked by the API alone.",
    next: "Keep core's identifier as text without a foreign key, and say so in a comment on the column.",
  },
  {
    rule: "extension",
    pattern: /\bcreate\s+extension\b/i,
    message: "It makes an extension, which the migrator may not: some need a superuser.",
    next: "Add it to packages/ops/src/provision/provision-product.ts; `pnpm provision` makes it.",
  },
  {
    rule: "grant",
    pattern: /\b(grant|revoke)\b[^;]*\b(on|to|from)\b/i,
    message: "It sets rights, which the runner sets after each run as packages/shared-db/src/grants.ts declares them.",
    next: "Declare the right there instead; the runner would undo this one.",
  },
];

/** What a migration's text must not hold, whatever it leads to. Strings and comments are not looked at. */
export function readText(product: string, { file, sql, down }: Migration): Finding[] {
  const reverse = file.replace(/\.sql$/, ".down.sql");
  return [{ file, sql }, ...(down === undefined ? [] : [{ file: reverse, sql: down }])].flatMap((one) => {
    const code = codeOf(one.sql);
    return rules.flatMap(({ pattern, ...rule }) => {
      const index = code.search(pattern);
      return index < 0 ? [] : [{ product, file: shown(one.file), line: lineAt(code, index), ...rule }];
    });
  });
}

/** The text with blanks for comments and plain strings, each character in its line. */
function codeOf(sql: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, " ");
  const opaque = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;
  return sql.replace(opaque, (found) => (found.startsWith('"') ? found : blank(found)));
}
