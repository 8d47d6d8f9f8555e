import { countrySpecs, isValidIBAN } from "ibantools";
import type { Match } from "./match.ts";

const start = /(?<![a-z0-9])[a-z]{2}[ -]?\d{2}(?=[ .-]{0,2}[a-z0-9])/g;
const lengths = new Map(
  Object.entries(countrySpecs).flatMap(([country, { chars }]) => (chars ? [[country.toLowerCase(), chars]] : [])),
);

/** International bank account numbers of every registered country, by length and check digits. */
export function findIbans(text: string): Match[] {
  const matches: Match[] = [];
  for (const match of text.matchAll(start)) {
    const to = endOf(text, match.index);
    if (to !== undefined) matches.push({ kind: "iban", from: match.index, to });
  }
  return matches;
}

function endOf(text: string, from: number): number | undefined {
  const length = lengths.get(text.slice(from, from + 2));
  if (length === undefined) return undefined;

  let iban = "";
  let to = from;
  for (let gap = 0; to < text.length && iban.length < length; to++) {
    const code = text.charCodeAt(to);
    if ((code >= 48 && code <= 57) || (code >= 97 && code <= 122)) {
      iban += text[to];
      gap = 0;
      // Behind the country, two check digits.
      if (iban.length === 4 && !(iban.charCodeAt(2) < 58 && code < 58)) return undefined;
    } else if (++gap > 1 || (code !== 32 && code !== 45 && code !== 46 && code !== 10)) return undefined;
  }
  if (iban.length < length || /[a-z0-9]/.test(text[to] ?? "")) return undefined;
  return hasRightChecksum(iban) && isValidIBAN(iban.toUpperCase()) ? to : undefined;
}

// The library checks this too, but more slowly than a hostile text allows.
function hasRightChecksum(iban: string): boolean {
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
