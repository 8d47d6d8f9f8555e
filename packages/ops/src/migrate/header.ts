/** What a migration says of itself, in comments above its first statement. Each but `noTransaction` has a reason. */
export type Header = Readonly<{
  productOnly: { product: string; reason: string } | undefined;
  breaking: string | undefined;
  irreversible: string | undefined;
  noTransaction: boolean;
}>;

export function readHeader(sql: string): Header {
  const lines = sql.split("\n");
  const end = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("--"));
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
