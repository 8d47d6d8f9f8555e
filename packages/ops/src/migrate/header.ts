import { OpsError } from "../cli/ops-error.ts";

/** What a migration says of itself, in comments above its first statement. Each but `noTransaction` has a reason. */
export type Header = Readonly<{
  productOnly: { product: string; reason: string } | undefined;
  breaking: string | undefined;
  irreversible: string | undefined;
  noTransaction: boolean;
}>;

const forms = {
  "product-only": /^-- product-only [a-z0-9]+: *\S/,
  breaking: /^-- breaking: *\S/,
  irreversible: /^-- irreversible: *\S/,
  "no-transaction": /^-- no-transaction\s*$/,
};
const almost = /^\s*--\s*(product[-_ ]?only|breaking|irreversible|no[-_ ]?transaction)\b/i;

/** Reads a header. A line that almost says something is refused: what it meant to forbid would happen instead. */
export function readHeader(sql: string, file = "The migration"): Header {
  const lines = sql.split("\n");
  const end = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("--"));
  for (const [index, line] of lines.entries()) {
    if (!almost.test(line)) continue;
    const isWell = Object.values(forms).some((form) => form.test(line));
    if (isWell && (end === -1 || index < end)) continue;
    throw new OpsError(
      `${file}:${index + 1}: \`${line.trim()}\` ${isWell ? "stands below the first statement" : "cannot be read"}.`,
      "A header is one of `-- breaking: <reason>`, `-- product-only <product>: <reason>`, `-- irreversible: <reason>` " +
        "and `-- no-transaction`, above the first statement.",
    );
  }
  const header = lines.slice(0, end === -1 ? undefined : end).join("\n");
  const said = (pattern: RegExp) => header.match(pattern);
  const [, product, reason] = said(/^-- product-only ([a-z0-9]+): *(\S.*)$/m) ?? [];
  return {
    productOnly: product && reason ? { product, reason } : undefined,
    breaking: said(/^-- breaking: *(\S.*)$/m)?.[1],
    irreversible: said(/^-- irreversible: *(\S.*)$/m)?.[1],
    noTransaction: said(/^-- no-transaction\s*$/m) !== null,
  };
}
