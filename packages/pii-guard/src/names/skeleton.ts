/**
 * Thai and Arabic names are romanised by ear: the consonants stay, the vowels are anybody's guess. A unit is a
 * consonant with its usual Latin spellings; "" among them means that it may be silent.
 */
export type Skeleton = Readonly<{
  units: readonly (readonly string[])[];
  /** Offset behind each unit in the text it was read from, vowel signs and silent letters included. */
  ends: readonly number[];
  startsWithVowel: boolean;
}>;

const vowel = /[aeiouy]/;
const most = 3; // "oei", "uea": more vowels than that belong to two syllables
const enough = 4;

/**
 * How many consonants (counted up to 4) a Latin word shares with a skeleton that it spells from the first to the last;
 * undefined if it is no spelling of it. With `isPrefix` the word may spell only the beginning; `end` says how far.
 */
export function spell(
  latin: string,
  { units, ends, startsWithVowel }: Skeleton,
  isPrefix = false,
): { consonants: number; end: number } | undefined {
  if (latin.length < 3 || latin.length > 30 || units.length === 0) return undefined;
  if (vowel.test(latin[0] as string) !== startsWithVowel) return undefined;

  // places[n]: positions in the word that are reached with n consonants, as bits
  let places = new Array<number>(enough + 1).fill(0);
  places[0] = startsWithVowel ? skipVowels(latin, 1) : 1;
  const whole = 1 << latin.length;
  let found: { consonants: number; end: number } | undefined;

  for (const [at, spellings] of units.entries()) {
    const next = new Array<number>(enough + 1).fill(0);
    for (let count = 0; count <= enough; count++) {
      const reached = places[count] as number;
      if (reached === 0) continue;
      for (const letters of spellings) {
        const to = letters === "" ? count : Math.min(enough, count + 1);
        next[to] = (next[to] as number) | (letters === "" ? reached : take(latin, reached, letters));
      }
    }
    places = next.map((reached) => skipVowels(latin, reached));
    if (places.every((reached) => reached === 0)) break;
    const best = places.findLastIndex((reached) => (reached & whole) !== 0);
    if (best >= 0 && (isPrefix || at === units.length - 1)) found = { consonants: best, end: ends[at] ?? 0 };
  }
  return found;
}

function take(latin: string, places: number, letters: string): number {
  let next = 0;
  for (let at = 0; places >> at !== 0; at++) {
    if ((places & (1 << at)) === 0 || !latin.startsWith(letters, at)) continue;
    const to = at + letters.length;
    next |= 1 << to;
    if (latin[to] === letters.at(-1)) next |= 1 << (to + 1); // written double
  }
  return next;
}

function skipVowels(latin: string, places: number): number {
  let all = places;
  for (let step = 0, last = places; step < most && last !== 0; step++) {
    let next = 0;
    for (let at = 0; last >> at !== 0; at++)
      if ((last & (1 << at)) !== 0 && vowel.test(latin[at] ?? "")) next |= 1 << (at + 1);
    all |= next;
    last = next;
  }
  return all;
}

const table = (text: string) =>
  new Map(
    text
      .trim()
      .split("\n")
      .flatMap((line) => {
        const [letters = "", ...spellings] = line.trim().split(" ");
        return [...letters].map((letter) => [letter, spellings.map((one) => (one === "-" ? "" : one))] as const);
      }),
  );

const thai = table(`
  ก k g c
  ขคฃฅฆ kh k c g
  ง ng
  จ j ch c t
  ฉชฌ ch sh c t j
  ซ s z
  สศษ s t
  ดฎ d t
  ตฏ t d dt
  ถทธฐฑฒ th t d
  นณ n
  บ b p
  ป p b bp
  ผพภ ph p b bh
  ฝฟ f p ph
  ม m
  ย y j
  ร r l n rn
  ลฬ l n nl ln
  ว w v
  หฮ h
  ญ y n
  ฤ r ru ri`);

/** Reads the consonants of Thai text from `from` on, at most `limit` of them. */
export function readThai(text: string, from: number, limit = 16): Skeleton {
  const units: string[][] = [];
  const ends: number[] = [];
  let startsWithVowel = false;
  let at = from;

  for (; at < text.length && units.length < limit && /[\u0e01-\u0e4e]/.test(text[at] as string); at++) {
    const letter = text[at] as string;
    const isBegin = units.length === 0;
    if (letter === "อ") startsWithVowel ||= isBegin;
    if (letter === "\u0e4d") units.push(["m"]);
    const spellings = thai.get(letter);
    if (spellings && isOptional(text, at)) units.push([...spellings, ...(letter === "ย" ? ["i", ""] : [""])]);
    else if (spellings) units.push([...spellings]);
    while (ends.length < units.length) ends.push(at + 1);
    if (units.length > 0 && !spellings && !/[\u0e40-\u0e44]/.test(letter)) ends[ends.length - 1] = at + 1;
  }
  return { units, ends, startsWithVowel };
}

function isOptional(text: string, at: number): boolean {
  const letter = text[at] as string;
  const [before = "", after = ""] = [text[at - 1], text[at + 1]];
  if (/^[\u0e34-\u0e39]?\u0e4c/.test(text.slice(at + 1, at + 3))) return true; // silenced: ศ์
  if (letter === "ร") return /[สศทซร]/.test(before) || after === "ร";
  if (letter === "ห") return /[งนมยรลวญ]/.test(after);
  if (letter === "ว" || letter === "ย")
    return /[\u0e31-\u0e39\u0e47-\u0e4c]/.test(before) || /[\u0e40-\u0e44]/.test(text[at - 2] ?? "");
  return false;
}

const arabic = table(`
  بپ b p
  ت t
  ث th t s
  جچ j g dj ch
  حه h
  خ kh k h
  د d
  ذ dh th z d
  ر r
  زژ z
  سص s c
  ش sh ch
  ضط d t dh
  ظ z dh d
  غ gh g
  ف f ph v
  ق q k g
  كگ k c g
  ل l
  م m
  ن n
  و w v -
  ي y j i -`);

/** Reads the consonants of an Arabic word; the article stays in front of it. */
export function readArabic(word: string): Skeleton {
  const units: string[][] = [];
  for (const [at, letter] of [...word].entries()) {
    const spellings = arabic.get(letter);
    if (spellings) units.push(letter === "ه" && at === word.length - 1 ? ["h", "t", ""] : [...spellings]);
  }
  return { units, ends: units.map(() => word.length), startsWithVowel: /^[اعءأإ]/.test(word) };
}
