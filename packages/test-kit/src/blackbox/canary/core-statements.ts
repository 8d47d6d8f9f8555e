import { coreColumns } from "@whitelabel/core-readonly";
import { asSuperuser } from "../../copy-database.ts";

const listed = new Map<string, ReadonlySet<string>>(
  Object.entries(coreColumns).map(([table, columns]) => [table, new Set(Object.keys(columns))]),
);

/**
 * What is wrong with a statement that core was sent: one that is no SELECT, that names a table or a column that is not
 * on our list, or that takes all columns there are. Questions to the catalogs may name no table of core.
 */
export async function openStatementCheck(ownerUrl: string) {
  const { words, columns, tables } = await asSuperuser(ownerUrl, async (sql) => {
    const list = async (query: string) => (await sql.unsafe(query)).map(({ name }) => String(name));
    return {
      // What SQL itself has names for: no column that is hidden among them passes, see below.
      words: new Set(
        await list(`select word as name from pg_get_keywords() union select proname from pg_proc
          where pronamespace = 'pg_catalog'::regnamespace union select typname from pg_type
          where typnamespace = 'pg_catalog'::regnamespace`),
      ),
      columns: await list(`select distinct column_name as name from information_schema.columns
        where table_schema = 'public'`),
      tables: await list(`select table_name as name from information_schema.tables where table_schema = 'public'`),
    };
  });

  return function problemsOf(statement: string): string[] {
    const tokens = tokensOf(statement);
    if (!/^(select|with)$/.test(tokens[0] ?? "")) return [`It begins with ${tokens[0]}`];
    const writes = tokens.filter((token) => /^(insert|update|delete|merge|truncate|copy|call|lock|into)$/.test(token));
    if (writes.length > 0) return [`It says ${writes}`];

    const read = tokens.filter((_, place) => tokens[place - 1] === "." && tokens[place - 2] === "public");
    if (read.length === 0) {
      const named = tokens.filter(
        (token, place) => /^(from|join|,)$/.test(tokens[place - 1] ?? "") && tables.includes(token),
      );
      return named.map((table) => `It reads ${table} by another name`);
    }

    const ours = new Set(read.flatMap((table) => [...(listed.get(table) ?? [])]));
    const made = new Set(tokens.filter((_, place) => tokens[place - 1] === "as" || tokens[place + 1] === "as"));
    const isKnown = (token: string) => ours.has(token) || words.has(token) || made.has(token) || listed.has(token);
    const isListedAnywhere = (token: string) => made.has(token) && [...listed.values()].some((all) => all.has(token));
    return [
      ...read.filter((table) => !listed.has(table)).map((table) => `It reads ${table}`),
      ...tokens
        .filter(
          (token) => columns.includes(token) && !ours.has(token) && !listed.has(token) && !isListedAnywhere(token),
        )
        .map((column) => `It reads the column ${column}`),
      ...tokens
        .filter((token) => /^[a-z_]/.test(token) && token !== "public" && !isKnown(token))
        .map((name) => `It names ${name}`),
      // A row as a whole has every column: `*` is for counting, and for what a subquery of ours was given by name.
      ...tokens
        .filter((token, place) => token === "*" && !(tokens[place - 2] === "count" && tokens[place + 1] === ")"))
        .map(() => "It takes every column"),
    ];
  };
}

/** Words, names and signs, without texts, numbers, comments, types that are cast to and names of arguments. */
function tokensOf(statement: string): string[] {
  const all = statement.matchAll(
    /'(?:[^']|'')*'|--[^\n]*|\$\d+|::\s*\w+|\w+\s*=>|"((?:[^"]|"")*)"|[a-z_][\w$]*|\d[\d.]*|\S/gi,
  );
  return [...all]
    .filter(([token]) => !/^('|--|\$|\d|::)|=>$/.test(token))
    .map(([token, quoted]) => quoted ?? token.toLowerCase());
}
