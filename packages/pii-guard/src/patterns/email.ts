import type { Match } from "./match.ts";

const localPart = /[\p{L}\p{N}\p{M}._%+'-]/u;
const asciiLocal = /[a-z0-9._%+'-]/;

/** Addresses with an at sign, or with "at" and "dot" in words or brackets. */
export function findEmails(text: string): Match[] {
  return [...withSign(text), ...inWords(text)];
}

function* withSign(text: string): Generator<Match> {
  for (let sign = text.indexOf("@"); sign >= 0; sign = text.indexOf("@", sign + 1)) {
    const to = endOfDomain(text, sign + 1);
    if (to === undefined) continue;
    const from = startOfLocal(text, sign, asciiLocal) ?? startOfLocal(text, sign, localPart);
    if (from !== undefined) yield { kind: "email", from, to };
  }
}

// Thai is written without spaces, so an ASCII address ends where the script changes.
function startOfLocal(text: string, sign: number, allowed: RegExp): number | undefined {
  let from = sign;
  while (from > 0 && sign - from < 64 && allowed.test(text[from - 1] as string)) from--;
  return /[\p{L}\p{N}]/u.test(text.slice(from, sign)) ? from : undefined;
}

const domain =
  /(?:[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,62}\.){1,8}(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24}|(?![a-z])[\p{L}\p{M}]{2,24})|\[?\d{1,3}(?:\.\d{1,3}){3}(?!\d)/uy;

function endOfDomain(text: string, at: number): number | undefined {
  domain.lastIndex = at;
  const match = domain.exec(text);
  return match ? at + match[0].length : undefined;
}

const at = "(?:at|arroba|arobase|chiocciola|klammeraffe|ät|собака|собачка|แอท|@)";
const dot = "(?:dot|punto|ponto|point|punkt|точка|จุด|\\.)";
// Brackets say enough by themselves; bare words must be followed by a dot in words and an end of two letters or more.
const bracketedAt = `\\s{0,2}[[({<]\\s?${at}\\s?[\\])}>]\\s{0,2}`;
const bareAt = `\\s{1,2}${at}\\s{1,2}`;
const dotted = `\\s{0,2}[[({<]?\\s?${dot}\\s?[\\])}>]?\\s{0,2}`;
const wordDot = `(?:\\s{1,2}(?!\\.)${dot}\\s{1,2}|\\s{0,2}[[({<]\\s?${dot}\\s?[\\])}>]\\s{0,2}|\\s\\.\\s)`;
const name = "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}][\\p{L}\\p{N}._%+-]{0,63}";
const label = "[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,62}";
const written = new RegExp(
  `${name}(?:${bracketedAt}${label}(?:${dotted}${label}){0,3}${dotted}|(?:${bareAt}|\\s?@\\s?)${label}(?:${wordDot}${label}){0,3}${wordDot})(?:\\p{L}{2,24})(?![\\p{L}])`,
  "gu",
);

const mayHoldWords = /[[({<]|@|\s(?:dot|punto|ponto|point|punkt|точка|จุด)\s/u;

function* inWords(text: string): Generator<Match> {
  if (!mayHoldWords.test(text)) return;
  for (const match of text.matchAll(written))
    yield { kind: "email", from: match.index, to: match.index + match[0].length };
}
