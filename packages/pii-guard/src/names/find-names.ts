import type { Match } from "../patterns/match.ts";
import type { PiiContext } from "../pii.ts";
import { asItLooks, type Folded } from "../text/fold.ts";
import { kinds } from "../text/letters.ts";
import { isAccompanied, isMeantAsName, type Surroundings } from "./evidence.ts";
import { listNominatives, slavicStem } from "./inflect.ts";
import { findJoined } from "./joined.ts";
import { maskKnown } from "./known.ts";
import { indexNames, type NameForm, type NameIndex, withoutUmlauts } from "./name-index.ts";
import { isOrdinary } from "./ordinary-words.ts";
import { findRewritten, findRewrittenForm } from "./other-scripts.ts";
import { isSpellingOf } from "./romanise.ts";
import { listTokens, type Token } from "./tokens.ts";
import { findUnspaced } from "./unspaced.ts";

/** Places where one of the booking's people is named. */
export function findNames(folded: Folded, { names, known }: PiiContext): Match[] {
  const index = indexNames(names);
  if (index.forms.length === 0) return [];

  const tokens = listTokens(folded);
  const lookUp = remember((token) => findForm(index, folded, token));
  const around: Surroundings = {
    text: folded.text,
    tokens,
    hasBothCases: hasBothCases(folded),
    isOtherName: (other, than) => {
      const [one, two] = [lookUp(other), lookUp(than)];
      return one !== undefined && two !== undefined && one.person === two.person && one.field !== two.field;
    },
  };

  const matches: Match[] = [];
  const add = (from: number, to: number) => matches.push({ kind: "name", from, to });
  tokens.forEach((token, at) => {
    const form = lookUp(token);
    if (!form) return;
    const isMeant = form.isDistant ? isAccompanied : isMeantAsName;
    if (form.isStrong || isMeant(around, at, at)) add(token.from, token.to);
  });
  for (const { from, to } of findJoined(folded, tokens, index, around)) add(from, to);
  for (const { from, to } of findDisguised(folded.text, index)) add(from, to);
  for (const { from, to } of findUnspaced(folded.text, names)) add(from, to);
  for (const { from, to } of findRewritten(folded.text, tokens, index)) add(from, to);

  return known.length === 0 || matches.length === 0 ? matches : maskKnown(folded, known, matches);
}

function findForm(index: NameIndex, folded: Folded, token: Token): NameForm | undefined {
  const { text, kind } = token;
  if (text.length > 64) return undefined;
  const exact = index.exact.get(text);
  if (exact) return exact;
  if (kind === kinds.latin) return findLatin(index, folded, token) ?? findLookalike(index, folded, token);
  if (kind === kinds.arabic) return findArabic(index, text) ?? findRewrittenForm(index, token);
  if (kind === kinds.cyrillic || kind === kinds.greek)
    return findCyrillic(index, token) ?? findLookalike(index, folded, token);
  return findLookalike(index, folded, token);
}

function findLatin(index: NameIndex, folded: Folded, token: Token): NameForm | undefined {
  const { text } = token;
  const found = index.umlauts.get(withoutUmlauts(text)) ?? index.reversed.get(text);
  if (found) return found;
  // Genitive and plural: Vogelsangs, the Pembertons.
  if (text.length >= 5 && text.endsWith("s") && !isOrdinary(text)) {
    const form = index.exact.get(text.slice(0, -1));
    if (form?.isStrong || (form && token.isCapital && isOrdinary(form.text) === false)) return form;
  }
  const stem = index.stems.size > 0 && token.isCapital ? slavicStem(text) : undefined;
  const stemmed = stem && index.stems.get(stem);
  if (stemmed) return stemmed;
  return findPartOfCamel(index, folded, token) ?? findRomanised(index, token) ?? findRewrittenForm(index, token);
}

const findRomanised = (index: NameIndex, { text }: Token) =>
  index.forms.find(
    (form) => isOfOtherAlphabet(form) && form.text.length >= 2 && text.length >= 2 && isSpellingOf(text, form.text),
  );
const isOfOtherAlphabet = ({ kind }: NameForm) => kind === kinds.cyrillic || kind === kinds.greek;

// GuestHarold, haroldPemberton: a capital inside a word begins another.
function findPartOfCamel(index: NameIndex, { capitals, text }: Folded, { from, to }: Token): NameForm | undefined {
  for (let start = from, at = from + 1; at <= to; at++) {
    if (at < to && !(capitals[at] === 1 && capitals[at - 1] === 0)) continue;
    const form = at - start >= 4 && at - start < to - from ? index.exact.get(text.slice(start, at)) : undefined;
    if (form?.isStrong) return form;
    start = at;
  }
  return undefined;
}

function findCyrillic(index: NameIndex, { text, isCapital }: Token): NameForm | undefined {
  const latin = index.forms.filter((form) => form.kind === kinds.latin && form.text.length >= 2);
  const spelled = latin.find((form) => isSpellingOf(form.text, text));
  if (spelled) return spelled;
  if (!isCapital || isOrdinary(text)) return undefined; // a declined name keeps its capital; "романы" has none
  const start = text.slice(0, 2);
  if (latin.length === 0 && !index.forms.some((form) => form.text.startsWith(start))) return undefined;
  for (const nominative of listNominatives(text)) {
    const form = index.exact.get(nominative) ?? latin.find((name) => isSpellingOf(name.text, nominative));
    if (form && form.text.length >= 3) return form;
  }
  return undefined;
}

// "For Muhammad" is one word: prepositions and "and" are joined to the name.
function findArabic(index: NameIndex, text: string): NameForm | undefined {
  const rest = /^[وفبلك]/.test(text) ? text.slice(1) : text;
  const candidates = [
    rest,
    text.startsWith("لل") ? `ا${text}` : "",
    rest.replace(/^[بلك]/, ""),
    text.replace(/^لل/, "ال"),
  ];
  for (const candidate of candidates) {
    const form = candidate.length >= 3 ? index.exact.get(candidate) : undefined;
    if (form?.isStrong) return form;
  }
  return undefined;
}

function findLookalike(index: NameIndex, folded: Folded, { from, to, text }: Token): NameForm | undefined {
  if (text.length < 3 || /^[a-z]+$/.test(text)) return undefined;
  return index.looks.get(asItLooks(folded, from, to));
}

const leet: Record<string, string> = {
  "0": "o",
  "1": "l",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "|": "l",
  "!": "i",
};

const withI = (word: string) => word.replace(/[^a-z]/g, (char) => (char === "1" ? "i" : (leet[char] ?? char)));

// Har0ld, 1ngrid
function* findDisguised(text: string, { exact }: NameIndex) {
  for (const match of text.matchAll(/[a-z0-9@$!|]{5,}/g)) {
    const word = match[0];
    if (word.length > 40 || !/[a-z]/.test(word) || !/[0-9@$!|]/.test(word)) continue;
    if (word.replace(/[^a-z]/g, "").length * 2 < word.length) continue;
    const plain = word.replace(/[^a-z]/g, (char) => leet[char] ?? char);
    const form = exact.get(plain) ?? (word.includes("1") ? exact.get(withI(word)) : undefined);
    if (form?.isStrong) yield { from: match.index, to: match.index + word.length };
  }
}

function hasBothCases({ capitals, text }: Folded): boolean {
  const hasCapital = capitals.indexOf(1) >= 0;
  if (!hasCapital) return false;
  for (let at = 0; at < text.length; at++) if (capitals[at] === 0 && /\p{Ll}/u.test(text[at] as string)) return true;
  return false;
}

// How a word looks depends on its own letters, which folding does not keep.
const mayLookLike = (text: string) => !/^(?:[a-z]+|[а-яіј]+|[\u0621-\u064a]+)$/.test(text);

// Most words of a long text are few words.
function remember(find: (token: Token) => NameForm | undefined): (token: Token) => NameForm | undefined {
  const found = new Map<string, NameForm | undefined>();
  const seen = new Map<Token, NameForm | undefined>();
  return (token) => {
    if (!token.isCamel && !mayLookLike(token.text)) {
      const key = token.isCapital ? `^${token.text}` : token.text;
      if (!found.has(key)) found.set(key, find(token));
      return found.get(key);
    }
    if (!seen.has(token)) seen.set(token, find(token));
    return seen.get(token);
  };
}
