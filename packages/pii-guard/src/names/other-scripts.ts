import { kinds } from "../text/letters.ts";
import { titleAfter } from "./honorifics.ts";
import type { NameForm, NameIndex } from "./name-index.ts";
import { isOrdinary } from "./ordinary-words.ts";
import { listSyllables } from "./pinyin.ts";
import { readArabic, readThai, type Skeleton, spell } from "./skeleton.ts";
import type { Token } from "./tokens.ts";

type Place = Readonly<{ from: number; to: number }>;

/** The Thai or Arabic name that a Latin word spells, or the Latin name that an Arabic word does. */
export function findRewrittenForm(index: NameIndex, { text, kind, isCapital }: Token): NameForm | undefined {
  if (text.length < 3 || text.length > 30) return undefined;
  if (kind === kinds.arabic) {
    const skeleton = readArabic(text);
    return index.forms.find((form) => form.kind === kinds.latin && count(form.text, skeleton) >= 3);
  }
  if (isOrdinary(text)) return undefined;
  for (const form of index.forms) {
    const skeleton = skeletonOf(form);
    const consonants = skeleton ? count(text, skeleton) : 0;
    if (consonants >= (isCapital ? 3 : 4)) return form;
    if (consonants >= 2 && isCapital) return { ...form, isStrong: false, isDistant: true };
  }
  return undefined;
}

const count = (latin: string, skeleton: Skeleton) => spell(latin, skeleton)?.consonants ?? 0;

const skeletons = new WeakMap<NameForm, Skeleton>();
function skeletonOf(form: NameForm): Skeleton | undefined {
  if (form.kind !== kinds.thai && form.kind !== kinds.arabic) return undefined;
  const known = skeletons.get(form);
  if (known) return known;
  const skeleton = form.kind === kinds.thai ? readThai(form.text, 0) : readArabic(form.text);
  skeletons.set(form, skeleton);
  return skeleton;
}

/** Latin names in running Thai or Chinese text: where a title, or the whole name, makes it certain. */
export function* findRewritten(text: string, tokens: readonly Token[], index: NameIndex): Generator<Place> {
  const latin = index.forms.filter((form) => form.kind === kinds.latin && form.text.length >= 3);
  if (latin.length === 0) return;
  yield* inThai(text, tokens, latin);
  yield* inChinese(text, tokens, index);
}

const thaiTitle = /(?:คุณ|นางสาว|นาง|นาย|พี่|น้อง|ลุง|ป้า|ท่าน|ดร\.?|แขกชื่อ) ?/g;

function* inThai(text: string, tokens: readonly Token[], latin: readonly NameForm[]): Generator<Place> {
  const initials = new Set(latin.map(({ text: name }) => name[0]));
  for (const title of text.matchAll(thaiTitle)) {
    const from = title.index + title[0].length;
    const start = readThai(text, from, 1);
    if (!start.startsWithVowel && !start.units[0]?.some((spelling) => initials.has(spelling[0]))) continue;
    const skeleton = readThai(text, from, 12);
    for (const { text: name } of latin) {
      const spelled = spell(name, skeleton, true);
      if (spelled && spelled.consonants >= 2) yield { from, to: spelled.end };
    }
  }
  for (const { from, to, kind } of tokens) {
    if (kind !== kinds.thai || to - from > 24 || to - from < 4) continue;
    const skeleton = readThai(text.slice(from, to), 0, 24);
    for (const { text: name } of latin) if (count(name, skeleton) >= 3) yield { from, to };
  }
}

function* inChinese(text: string, tokens: readonly Token[], { joined, forms }: NameIndex): Generator<Place> {
  if (!tokens.some((token) => token.kind === kinds.han)) return;
  const isChinese = new Set(forms.flatMap((form) => (form.kind === kinds.han ? [form.person] : [])));
  const isWanted = (name: { text: string; person: number }) =>
    /^[a-z]{2,24}$/.test(name.text) && !isChinese.has(name.person);
  const full = joined.filter((name) => name.isFull && isWanted(name)).map((name) => name.text);
  const names = forms.filter(isWanted).map((form) => form.text);
  if (names.length === 0) return;

  const initials = new Set([...full, ...names].map((name) => name[0]));
  for (const token of tokens) {
    if (token.kind !== kinds.han) continue;
    const read = Array.from(text.slice(token.from, token.to), listSyllables);
    for (const [at, syllables] of read.entries()) {
      if (!syllables.some((syllable) => initials.has(syllable[0]))) continue;
      const from = token.from + at;
      for (const name of full) {
        const length = spellChinese(read, at, name);
        if (length !== undefined) yield { from, to: from + length };
      }
      for (const name of names) {
        const length = spellChinese(read, at, name);
        if (length !== undefined && titleAfter.test(text.slice(from + length, from + length + 4)))
          yield { from, to: from + length };
      }
    }
  }
}

function spellChinese(read: readonly (readonly string[])[], from: number, latin: string): number | undefined {
  let places = 1;
  for (let at = from; at < read.length && at - from < 5; at++) {
    let next = 0;
    for (const syllable of read[at] as readonly string[])
      for (let place = 0; places >> place !== 0; place++)
        if ((places & (1 << place)) !== 0 && latin.startsWith(syllable, place)) next |= 1 << (place + syllable.length);
    if (next === 0) return undefined;
    if ((next & (1 << latin.length)) !== 0) return at + 1 - from;
    places = next;
  }
  return undefined;
}
