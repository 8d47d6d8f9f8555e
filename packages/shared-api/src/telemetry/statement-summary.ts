export type Summary = Readonly<{ operation: string; table: string | undefined }>;

const operations = /\b(insert|update|delete|select|begin|savepoint|show|values)\b/i;
const tables = /\b(?:from|into|update|join)\s+(?:only\s+)?(?:"?public"?\.)?"?([a-z_][a-z0-9_]{0,62})"?/i;

/**
 * What a statement does, and to which table first: of `with … insert into tasks …` it is "insert" and "tasks". Only
 * words of our own SQL; text in quotes is not looked at, should there ever be any.
 */
export function summaryOf(text: string): Summary {
  const known = summaries.get(text);
  if (known) return known;

  const bare = text.replace(/'(?:[^']|'')*'/g, "''");
  const writes = /^\s*with\b/i.test(bare) ? /\b(insert|update|delete)\b/i.exec(bare) : undefined;
  const operation = (writes ?? operations.exec(bare))?.[1]?.toLowerCase() ?? "other";
  const table = tables.exec(writes ? bare.slice(writes.index) : bare)?.[1]?.toLowerCase();
  const summary = { operation, table };
  if (summaries.size < MAX_SUMMARIES) summaries.set(text, summary);
  return summary;
}

/** Statements are written in the source, so there are a few hundred; text that differs each time must not fill memory. */
const MAX_SUMMARIES = 2_000;
const summaries = new Map<string, Summary>();
