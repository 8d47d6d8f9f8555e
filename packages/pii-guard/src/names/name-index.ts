import type { PiiName } from "../pii.ts";
import { asItLooks, type Folded, fold } from "../text/fold.ts";
import { kinds, type LetterKind } from "../text/letters.ts";
import { isHonorific } from "./honorifics.ts";
import { slavicStem } from "./inflect.ts";
import { isOrdinary } from "./ordinary-words.ts";
import { readChineseName } from "./pinyin.ts";
import { listTokens } from "./tokens.ts";

/** A form under which a guest may be written. */
export type NameForm = Readonly<{
  text: string;
  kind: LetterKind;
  /** Enough by itself; a form that is not needs something around it that shows that a person is meant. */
  isStrong: boolean;
  /** Which first or last name it comes from: two different ones side by side are a full name. */
  field: number;
  person: number;
  /** A loose likeness, which only a title or another name beside it makes a name. */
  isDistant?: boolean;
}>;

export type NameIndex = Readonly<{
  forms: readonly NameForm[];
  exact: ReadonlyMap<string, NameForm>;
  /** Under ae, oe, ue and aa written as one letter. */
  umlauts: ReadonlyMap<string, NameForm>;
  looks: ReadonlyMap<string, NameForm>;
  reversed: ReadonlyMap<string, NameForm>;
  stems: ReadonlyMap<string, NameForm>;
  /** Names of several words, as one; and first and last name as one, in both orders. */
  joined: readonly JoinedName[];
}>;

/** `seams` are the places where its parts meet. */
export type JoinedName = Readonly<{
  text: string;
  seams: ReadonlySet<number>;
  isFull: boolean;
  isStrong: boolean;
  person: number;
}>;

const particles = new Set(
  `de da do dos das del della di du la le les lo el al as bin bint ibn ben bar van von der den dem ter ten te af av zu zum zur y e i o a
  st ste san santa santo saint sankt mc mac abu abd abdul abdel ul ur ud jr sr ii iii iv the and und et with на де фон ван ибн
  ال بن ابن ابو ام عبد بنت ณ na`
    .trim()
    .split(/\s+/),
);
const placeholders = new Set(
  "guest unknown none null tba tbd test name surname firstname lastname booking walkin agoda expedia airbnb com company group".split(
    " ",
  ),
);
const maxPersons = 100;
const maxWords = 12;

export function indexNames(names: readonly PiiName[]): NameIndex {
  const forms: NameForm[] = [];
  const joined: JoinedName[] = [];
  const looks = new Map<string, NameForm>();
  const written = new Map<NameForm, string>();

  names.slice(0, maxPersons).forEach(({ first_name, last_name }, person) => {
    const fields = [first_name, last_name].map((name, at) => readField(name ?? "", person * 2 + at, person));
    for (const field of fields) {
      forms.push(...field.forms);
      for (const [form, look] of field.looks) written.set(form, look);
      if (field.spelled.length > 1) joined.push(join(field.spelled, false, person));
      if (field.words.length > 0) joined.push(join(field.words, false, person));
      for (const word of field.words) if (word.length >= 5) joined.push(join([word], false, person));
    }
    const [first, last] = fields.map((field) => field.words) as [string[], string[]];
    const [given, family] = fields.map((field) => field.spelled) as [string[], string[]];
    for (const [one, two] of [
      [first, last],
      [given, family],
    ] as const)
      if (one.length > 0 && two.length > 0)
        joined.push(join([...one, ...two], true, person), join([...two, ...one], true, person));
  });

  // A form that is strong for one person is strong.
  forms.sort((a, b) => Number(a.isStrong) - Number(b.isStrong));
  const strong = forms.filter((form) => form.isStrong);
  for (const form of forms) looks.set(written.get(form) ?? form.text, form);
  return {
    forms,
    exact: new Map(forms.map((form) => [form.text, form] as const)),
    umlauts: new Map(strong.flatMap((form) => under(withoutUmlauts(form.text), form, 4))),
    looks,
    reversed: new Map(strong.flatMap((form) => under([...form.text].reverse().join(""), form, 6))),
    stems: new Map(strong.flatMap((form) => under(slavicStem(form.text) ?? "", form, 3))),
    joined: joined.filter(({ text }) => text.length >= 3),
  };
}

const under = (text: string, form: NameForm, least: number) => (text.length >= least ? [[text, form] as const] : []);

function readField(name: string, field: number, person: number) {
  const folded = fold(name.slice(0, 200));
  const tokens = listTokens(folded).filter(
    ({ text }) => !placeholders.has(text) && (!isHonorific(text) || folded.text.trim() === text),
  );
  const words = tokens.map((token) => token.text).slice(0, maxWords);
  const looks = new Map<NameForm, string>();
  const forms: NameForm[] = [];

  for (const token of tokens.slice(0, maxWords)) {
    if (tokens.length > 1 && (particles.has(token.text) || token.text.length < 2)) continue;
    const form = { text: token.text, kind: token.kind, isStrong: isStrong(token.text, token.kind), field, person };
    forms.push(form);
    looks.set(form, asItLooks(folded, token.from, token.to));
  }
  const spelled =
    tokens.length === 1 && tokens[0]?.kind === kinds.han ? readChineseName(words[0] ?? "", field % 2 === 1) : [];
  if (spelled.length > 0) {
    const text = spelled.join("");
    const isEnough = spelled.length > 1 && text.length >= 5 && !isOrdinary(text);
    forms.push({ text, kind: kinds.latin, isStrong: isEnough, field, person });
  }
  const whole = words.join("");
  if (words.length > 1 && whole.length >= 4) {
    const kind = tokens[0]?.kind ?? kinds.latin;
    forms.push({ text: whole, kind, isStrong: !isOrdinary(whole) && isStrong(whole, kind), field, person });
  }
  return { words, spelled, forms, looks };
}

function isStrong(text: string, kind: LetterKind): boolean {
  if (isOrdinary(text)) return false;
  if (kind === kinds.han) return text.length >= 2;
  if (kind === kinds.thai || kind === kinds.hangul) return text.length >= 4; // Korean is taken apart into its letters
  return text.length >= 3;
}

/** Müller and Mueller alike, Đorđe and Djordje too; so are Samuel and Samul, which costs nothing. */
export const withoutUmlauts = (word: string) =>
  /[aou]e|aa|dj/.test(word)
    ? word
        .replace(/([aou])e/g, "$1")
        .replaceAll("aa", "a")
        .replaceAll("dj", "d")
    : word;

function join(words: readonly string[], isFull: boolean, person: number): JoinedName {
  const seams = new Set<number>();
  let at = 0;
  for (const word of words) {
    if (/^عبد.{3}/.test(word)) seams.add(at + 3); // written as one word or as two
    at += word.length;
    seams.add(at);
  }
  const text = words.join("");
  return { text, seams, isFull, isStrong: !isOrdinary(text), person };
}

/** For scripts whose words have no spaces around them: the folded name as it would stand in running text. */
export function foldWhole(name: string): Folded {
  return fold(name.slice(0, 200).replace(/[\s·・.-]+/g, ""));
}
