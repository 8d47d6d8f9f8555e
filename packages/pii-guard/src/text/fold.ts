import { lookalike } from "./lookalike.ts";

/**
 * A text without the differences that do not change who is meant: case, accents, width, kind of digit, invisible
 * characters. `starts` and `ends` lead from each unit back into the source.
 */
export type Folded = Readonly<{
  source: string;
  text: string;
  starts: Uint32Array;
  ends: Uint32Array;
  /** 1 where the source has a capital letter. */
  capitals: Uint8Array;
}>;

// Letters that Unicode does not take apart.
const plain: Record<string, string> = {
  ø: "o",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ŋ: "n",
  ħ: "h",
  ŧ: "t",
  ə: "e",
  ƒ: "f",
  ς: "σ",
  ٱ: "ا",
  ى: "ي",
  ة: "ه",
  ک: "ك",
  ی: "ي",
  ہ: "ه",
  "。": ".",
  "،": ",",
  "\u2028": "\n",
  "\u2029": "\n",
  "\u0085": "\n",
};
const dropped = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u0640]|(?![\t\n\v\f\r\u0085])\p{Cc}/u;
// Marks of other scripts, such as Thai vowels, tell words apart and stay.
const accents =
  /(?:(?=\p{M})[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}]|[\u0300-\u036f]|[\u064b-\u0655]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe20-\ufe2f])/gu;
const apostrophe = /^['\u2018\u2019\u201b\u02b9\u02bb-\u02bd\u02c8\u2032\u0060\u00b4\u05f3\uff07]$/u;

const cache = new Map<number, string>();
const cacheLimit = 20_000; // the letters in use, not whatever a hostile text holds

/** Folds a text in one pass, one code point at a time, so that no run of combining marks is ever sorted. */
export function fold(source: string): Folded {
  const units: string[] = [];
  const starts = new Growing(source.length);
  const ends = new Growing(source.length);
  const capitals = new Growing(source.length);

  for (let at = 0; at < source.length; ) {
    const code = source.codePointAt(at) as number;
    const end = at + (code > 0xffff ? 2 : 1);
    const folded = foldCodePoint(code);
    if (folded !== "") {
      const capital = isCapital(code, folded) ? 1 : 0;
      units.push(folded);
      for (let unit = 0; unit < folded.length; unit++) {
        starts.push(at);
        ends.push(end);
        capitals.push(capital);
      }
    }
    at = end;
  }

  return {
    source,
    text: units.join(""),
    starts: starts.done(),
    ends: ends.done(),
    capitals: Uint8Array.from(capitals.done()),
  };
}

/** The letters of a folded stretch as they look rather than as they are: a Cyrillic "а" becomes a Latin one. */
export function asItLooks({ source, text, starts }: Folded, from: number, to: number): string {
  let looks = "";
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) looks += text[at];
    else if (at === from || starts[at] !== starts[at - 1])
      looks += lookalike(source.codePointAt(starts[at] ?? 0) as number) ?? text[at];
  }
  return looks;
}

function foldCodePoint(code: number): string {
  if (code < 0x80) return ascii[code] as string;
  const known = cache.get(code);
  if (known !== undefined) return known;

  const folded = foldRare(String.fromCodePoint(code));
  if (cache.size < cacheLimit) cache.set(code, folded);
  return folded;
}

function foldRare(char: string): string {
  if (apostrophe.test(char)) return "'";
  if (dropped.test(char)) return "";
  const compatible = char.toLowerCase().normalize("NFKD");
  // One sign can stand for a sentence of 18 letters: no name, but a hostile text made of it would grow as much.
  const apart = (compatible.length > 4 ? char : compatible).toLowerCase().replace(accents, "");
  return [...apart].map(foldPart).join("");
}

function foldPart(char: string): string {
  const known = plain[char];
  if (known !== undefined) return known;
  const code = char.codePointAt(0) as number;
  if (code >= 0x30a1 && code <= 0x30f6) return String.fromCodePoint(code - 0x60); // katakana as hiragana
  if (/\p{Nd}/u.test(char)) return String(digitValue(code));
  if (/\p{Zs}/u.test(char)) return " ";
  if (/[\p{Pd}\u2212]/u.test(char)) return "-";
  return apostrophe.test(char) ? "'" : char;
}

// Decimal digits come in runs of ten, zero first.
function digitValue(code: number): number {
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--;
  return code >= 0x1d7ce && code <= 0x1d7ff ? (code - 0x1d7ce) % 10 : code - zero;
}

const isCapital = (code: number, folded: string) =>
  code < 0x80 ? code >= 65 && code <= 90 : folded !== "" && /[\p{Lu}\p{Lt}]/u.test(String.fromCodePoint(code));

const ascii = Array.from({ length: 0x80 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (char === "`") return "'";
  return dropped.test(char) ? "" : char.toLowerCase();
});

class Growing {
  #values: Uint32Array;
  #length = 0;
  constructor(capacity: number) {
    this.#values = new Uint32Array(capacity + 16);
  }
  push(value: number) {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }
  done() {
    return this.#values.subarray(0, this.#length);
  }
}
