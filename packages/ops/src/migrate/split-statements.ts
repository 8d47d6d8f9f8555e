// What may hold a semicolon that ends nothing: strings, quoted names, bodies between dollar signs, comments.
const opaque =
  /\b[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<![\w$])(\$(?:[a-zA-Z_]\w*)?\$)[\s\S]*?\1|--[^\n]*/y;

/** The statements of a script as they stand in it, without their semicolons. Comments alone are no statement. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let start = 0;
  for (let at = 0; at < sql.length; ) {
    const skipped = sql.startsWith("/*", at) ? endOfComment(sql, at) : endOfOpaque(sql, at);
    if (skipped > at) {
      at = skipped;
    } else if (sql[at++] === ";") {
      statements.push(sql.slice(start, at - 1));
      start = at;
    }
  }
  statements.push(sql.slice(start));
  return statements.map((statement) => statement.trim()).filter((statement) => withoutComments(statement) !== "");
}

/** A statement in one line, without comments: for looking at its first words. */
export function withoutComments(statement: string): string {
  let text = "";
  for (let at = 0; at < statement.length; ) {
    const isBlock = statement.startsWith("/*", at);
    const end = isBlock ? endOfComment(statement, at) : endOfOpaque(statement, at);
    if (isBlock || statement.startsWith("--", at)) text += " ";
    else text += statement.slice(at, Math.max(end, at + 1));
    at = Math.max(end, at + 1);
  }
  return text.replace(/\s+/g, " ").trim();
}

function endOfOpaque(sql: string, at: number): number {
  opaque.lastIndex = at;
  return opaque.test(sql) ? opaque.lastIndex : at;
}

/** PostgreSQL's block comments nest. */
function endOfComment(sql: string, at: number): number {
  let depth = 0;
  for (let i = at; i < sql.length; i++) {
    if (sql.startsWith("/*", i)) {
      depth++;
      i++;
    } else if (sql.startsWith("*/", i)) {
      i++;
      if (--depth === 0) return i + 1;
    }
  }
  return sql.length;
}
