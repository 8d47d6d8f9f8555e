import type { PiiName } from "../pii.ts";
import { kindOf, kinds } from "../text/letters.ts";
import { koreanTitleAfter, titleAfter, titleBefore } from "./honorifics.ts";
import { foldWhole } from "./name-index.ts";
import { isOrdinary } from "./ordinary-words.ts";

type Place = Readonly<{ from: number; to: number }>;

/** Names in scripts that put no spaces between words: looked for anywhere, short and ordinary ones only beside a title. */
export function* findUnspaced(text: string, names: readonly PiiName[]): Generator<Place> {
  for (const { first_name, last_name } of names) {
    const [first, last] = [first_name, last_name].map((name) => foldWhole(name ?? "").text) as [string, string];
    for (const name of [first, last]) if (isUnspaced(name)) yield* find(text, name, isEnough(name));
    if (first === "" || last === "" || !isUnspaced(first) || !isUnspaced(last)) continue;
    for (const gap of ["", " ", "·", "・", ",", ", "]) {
      const isClear = gap !== "" || !isOrdinary(first) || !isOrdinary(last);
      yield* find(text, first + gap + last, isClear);
      yield* find(text, last + gap + first, isClear);
    }
  }
}

function isUnspaced(name: string): boolean {
  if (name === "") return false;
  const kind = kindOf(name.charCodeAt(0));
  return kind === kinds.thai || kind === kinds.han || kind === kinds.kana || kind === kinds.hangul;
}

function isEnough(name: string): boolean {
  if (isOrdinary(name)) return false;
  const kind = kindOf(name.charCodeAt(0));
  if (kind === kinds.han) return name.length >= 2;
  return name.length >= (kind === kinds.kana ? 3 : 4);
}

function* find(text: string, name: string, isEnough: boolean): Generator<Place> {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const to = at + name.length;
    if (isPartOfSyllable(text, at, to)) continue;
    if (isEnough || hasTitle(text, at, to)) yield { from: at, to };
  }
}

// A vowel sign that follows, or one that is written in front, makes another syllable of the name's last or first letter.
const dependent = /[\u0e30\u0e32\u0e45\u11a8-\u11ff]|\p{M}/u;
function isPartOfSyllable(text: string, from: number, to: number): boolean {
  if (dependent.test(text[to] ?? "")) return true;
  if (/[\u0e40-\u0e44]/.test(text[from - 1] ?? "")) return true;
  const kind = kindOf(text.charCodeAt(from));
  // Korean words have spaces in front of them, though not behind.
  return kind === kinds.hangul && kindOf(text.charCodeAt(from - 1)) === kinds.hangul;
}

function hasTitle(text: string, from: number, to: number): boolean {
  const after = text.slice(to, to + 12);
  return (
    titleBefore.test(text.slice(Math.max(0, from - 12), from)) || titleAfter.test(after) || koreanTitleAfter(after)
  );
}
