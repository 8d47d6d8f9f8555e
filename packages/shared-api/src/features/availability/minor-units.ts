/** How many decimals a currency has; undefined if the text names none that anybody could. */
function decimalsOf(currency: string): number | undefined {
  const known = decimals.get(currency);
  if (known !== undefined || !/^[A-Z]{3}$/.test(currency)) return known;
  const found = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  if (found !== undefined) decimals.set(currency, found);
  return found;
}

const decimals = new Map<string, number>();

/**
 * An amount in major units, as decimal text, in minor units of its currency; half a unit counts up. Undefined if it is no
 * amount, below zero, or more than a JSON reader in any language gets back unchanged. No float touches it.
 */
export function toMinorUnits(amount: string, currency: string): number | undefined {
  const places = decimalsOf(currency);
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d*))?$/.exec(amount) ?? [];
  if (places === undefined || whole === undefined) return undefined;
  const digits = fraction.padEnd(places + 1, "0");
  const roundUp = (digits[places] ?? "0") >= "5" ? 1n : 0n;
  const minor = BigInt(whole + digits.slice(0, places)) + roundUp;
  return minor <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(minor) : undefined;
}
