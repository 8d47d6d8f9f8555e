import { nationalIdWord, passportWord, thingWord, wordsBefore } from "./context-words.ts";
import type { listDigitRuns } from "./digit-groups.ts";
import type { Match } from "./match.ts";

type Runs = ReturnType<typeof listDigitRuns>;

/** Numbers of documents: after a word that says so, or of a form and with check digits that leave no doubt. */
export function findDocuments(text: string, runs: Runs): Match[] {
  const masked = new Set(runs.flat().flatMap((group) => (group.isMasked ? [group.from] : [])));
  return [
    ...afterWord(text, passportWord, "passport", masked),
    ...afterWord(text, nationalIdWord, "national_id", masked),
    ...byForm(text),
  ];
}

// At most 28 units without a digit between the word and the number ("no.", "number is", "серия").
const number = /[a-z\u0400-\u04ff]{0,4}[ -]?\d[a-z0-9]*(?:[ ./-]{1,3}[a-z]?\d[a-z0-9]*){0,5}(?:-?[a-z](?![a-z]))?/uy;

function* afterWord(
  text: string,
  word: RegExp,
  kind: "passport" | "national_id",
  masked: Set<number>,
): Generator<Match> {
  const words = new RegExp(word.source, "gu");
  for (const match of text.matchAll(words)) {
    const end = match.index + match[0].length;
    // An abbreviation may be a word: "rut" and "pan" count right before the number only.
    const reach = match[0].length > 3 ? 30 : 8;
    if (hasDigits(text, end)) yield* candidatesNear(text, end, reach, kind, masked);
    const before = /(?<![a-z0-9])(?=[a-z0-9]{6,12}[ ,(:-]{1,3}$)[a-z]{0,3}\d[a-z0-9]{4,11}/.exec(
      text.slice(Math.max(0, match.index - 16), match.index),
    );
    if (before && enoughDigits(before[0], kind)) {
      const from = Math.max(0, match.index - 16) + before.index;
      if (!masked.has(from)) yield { kind, from, to: from + before[0].length };
    }
  }
}

// A document's number has at least four digits, close together.
function hasDigits(text: string, from: number): boolean {
  const seen: number[] = [];
  for (let at = from; at < text.length && at < from + 50; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) continue;
    seen.push(at);
    if (seen.length >= 4 && at - (seen.at(-4) as number) <= 12) return true;
  }
  return false;
}

function* candidatesNear(
  text: string,
  end: number,
  reach: number,
  kind: "passport" | "national_id",
  masked: Set<number>,
) {
  const near = text.slice(end, end + reach);
  for (const start of near.matchAll(/(?<![a-z0-9])(?=[a-z0-9]{0,5}\d)[a-z0-9]/g)) {
    const from = end + start.index;
    if (thingWord.test(near.slice(0, start.index))) return;
    number.lastIndex = from;
    const found = number.exec(text)?.[0];
    if (found === undefined) continue;
    const firstDigit = from + found.search(/\d/);
    if (masked.has(firstDigit)) return;
    const to = from + found.trimEnd().length;
    if (enoughDigits(found, kind)) yield { kind, from, to } satisfies Match;
    else if (found.replace(/\D/g, "").length < 3) continue;
    return;
  }
}

// Rooms and prices that happen to follow have fewer.
function enoughDigits(found: string, kind: "passport" | "national_id"): boolean {
  const code = found.replace(/[^a-z0-9]/g, "");
  const digits = code.replace(/\D/g, "").length;
  const groups = found.split(/[ ./-]+/).filter((group) => /\d/.test(group));
  if (groups.length > 2 && groups.every((group) => /^\d{1,3}$/.test(group)) && kind === "passport") return false;
  return kind === "passport"
    ? code.length >= 6 && code.length <= 14 && digits >= (/[a-z]/.test(code) ? 4 : 6)
    : code.length >= 6 && code.length <= 20 && digits >= 5;
}

type Form = Readonly<{ pattern: RegExp; isRight?: (code: string) => boolean; evenAfterThing?: boolean }>;
const edge = (pattern: string) => new RegExp(`(?<![a-z0-9])(?<!\\d[.-])(?:${pattern})(?![a-z0-9])(?!-\\d)`, "g");

const forms: Form[] = [
  { pattern: edge("[1-8][- ]\\d{4}[- ]\\d{5}[- ]\\d{2}[- ]\\d"), isRight: isThai, evenAfterThing: true },
  { pattern: edge("[1-8]\\d{12}"), isRight: (code) => isThai(code) },
  { pattern: edge("784[- ]?(?:19|20)\\d\\d[- ]?\\d{7}[- ]?\\d"), evenAfterThing: true }, // Emirates
  { pattern: edge("(?!000|666)\\d{3}-(?!00)\\d\\d-(?!0000)\\d{4}") }, // Social Security, USA
  { pattern: edge("\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}"), isRight: isBrazilian },
  { pattern: edge("\\d{6}(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dx]"), isRight: isChinese },
  { pattern: edge("[a-z]{6}\\d\\d[abcdehlmprst]\\d\\d[a-z]\\d{3}[a-z]") }, // codice fiscale
  { pattern: edge("[a-z][aeioux][a-z]{2}\\d{6}[hm][a-z]{2}[^aeiou\\d\\W]{3}[a-z0-9]\\d") }, // CURP
];

function* byForm(text: string): Generator<Match> {
  for (const { pattern, isRight, evenAfterThing } of forms)
    for (const match of text.matchAll(pattern)) {
      if (isRight && !isRight(match[0].replace(/[^a-z0-9]/g, ""))) continue;
      if (!evenAfterThing && thingWord.test(wordsBefore(text, match.index))) continue;
      yield { kind: "national_id", from: match.index, to: match.index + match[0].length };
    }
}

const weigh = (digits: string, weight: (at: number) => number) =>
  [...digits].reduce((sum, digit, at) => sum + Number(digit) * weight(at), 0);

function isThai(digits: string): boolean {
  return (11 - (weigh(digits.slice(0, 12), (at) => 13 - at) % 11)) % 10 === Number(digits[12]);
}

function isBrazilian(digits: string): boolean {
  const check = (length: number) => ((weigh(digits.slice(0, length), (at) => length + 1 - at) * 10) % 11) % 10;
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

function isChinese(code: string): boolean {
  const sum = weigh(code.slice(0, 17), (at) => 2 ** (17 - at) % 11) % 11;
  return "10x98765432"[sum] === code[17];
}
