/** What a unit of folded text is, as far as telling words apart goes. */
export const kinds = {
  other: 0,
  latin: 1,
  cyrillic: 2,
  greek: 3,
  letter: 4,
  arabic: 5,
  thai: 6,
  han: 7,
  kana: 8,
  hangul: 9,
  digit: 10,
} as const;

export type LetterKind = (typeof kinds)[keyof typeof kinds];

const table = new Uint8Array(0x10000).fill(255);
const tests: [LetterKind, RegExp][] = [
  [kinds.digit, /\d/],
  [kinds.latin, /(?=\p{L})\p{Script=Latin}/u],
  [kinds.cyrillic, /(?=\p{L})\p{Script=Cyrillic}/u],
  [kinds.greek, /(?=\p{L})\p{Script=Greek}/u],
  [kinds.arabic, /(?=[\p{L}\p{M}])\p{Script=Arabic}/u],
  // Scripts without spaces between words.
  [kinds.thai, /(?=[\p{L}\p{M}])[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u],
  [kinds.han, /(?=\p{L})\p{Script=Han}|々/u],
  [kinds.kana, /[\p{Script=Hiragana}\p{Script=Katakana}\u3099\u309aー]/u],
  [kinds.hangul, /(?=\p{L})\p{Script=Hangul}/u],
  [kinds.letter, /[\p{L}\p{M}]/u],
];

/** The kind of a UTF-16 unit. Letters beyond the basic plane that folding leaves there count as `other`. */
export function kindOf(unit: number): LetterKind {
  const known = table[unit] as LetterKind | 255 | undefined;
  if (known === undefined) return kinds.other;
  if (known !== 255) return known;
  const char = String.fromCharCode(unit);
  const kind = tests.find(([, test]) => test.test(char))?.[0] ?? kinds.other;
  table[unit] = kind;
  return kind;
}

export const isLetter = (unit: number) => {
  const kind = kindOf(unit);
  return kind !== kinds.other && kind !== kinds.digit;
};
