/** What a PostgreSQL said, entry by entry, told apart by who was connected to what. */
export function serverLog() {
  const entries: string[] = [];
  return {
    settings: { log_line_prefix: "%q%u@%d ", log_statement: "none" },
    onLog(line: string) {
      // The server indents what goes on in a further line.
      if (line.startsWith("\t")) entries.push(`${entries.pop() ?? ""}\n${line}`);
      else entries.push(line);
    },
    of: (database: string) => entries.filter((entry) => entry.split(" ", 1)[0]?.endsWith(`@${database}`)),
    /** Statements that a role sent to a database, as the server ran them. */
    statements: (role: string, database: string) =>
      entries.flatMap((entry) => {
        const [, sent] = /^LOG: {2}(?:statement|execute [^:]*): (.*)$/s.exec(afterPrefix(entry, role, database)) ?? [];
        return sent === undefined ? [] : [sent];
      }),
  };
}

function afterPrefix(entry: string, role: string, database: string): string {
  const prefix = `${role}@${database} `;
  return entry.startsWith(prefix) ? entry.slice(prefix.length) : "";
}
