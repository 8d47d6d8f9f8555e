import { pinyin } from "pinyin-pro";
import { fold } from "../text/fold.ts";

const cache = new Map<string, readonly string[]>();
const none: readonly string[] = [];

/** Every way to read a Chinese character, without tones. */
export function listSyllables(char: string): readonly string[] {
  const known = cache.get(char);
  if (known) return known;
  const read = pinyin(char, { toneType: "none", type: "array", multiple: true }).map((one) => fold(one).text);
  const syllables = read.length === 0 ? none : [...new Set(read)].filter((syllable) => /^[a-z]{1,6}$/.test(syllable));
  if (cache.size < 20_000) cache.set(char, syllables);
  return syllables;
}

/** A Chinese name as it stands in a passport, syllable by syllable. */
export function readChineseName(name: string, isSurname: boolean): string[] {
  return pinyin(name, { toneType: "none", type: "array", surname: isSurname ? "all" : "off" })
    .map((one) => fold(one).text)
    .filter((syllable) => /^[a-z]{1,6}$/.test(syllable));
}
