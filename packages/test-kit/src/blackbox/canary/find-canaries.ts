import { createHash } from "node:crypto";

/**
 * Which of these words stand in a text, as they are or disguised: in other letters' case or form, in a URL, in JSON,
 * in base64, in hexadecimal, as a hash that anybody could make.
 */
export function findCanaries(text: string, words: readonly string[]): string[] {
  const plain = [text, fold(text), fold(unescaped(text))];
  const digits = digitsIn(text);
  return words.filter((word) => {
    if (plain.some((form) => form.includes(fold(word)))) return true;
    if (isNumber(word) && digits.includes(word.replaceAll(/\D/g, ""))) return true;
    return disguises(word).some((form) => text.includes(form));
  });
}

/** The lines of a text in which any of these words stand, cut short; the whole text counts if no single line does. */
export function linesWith(text: string, words: readonly string[]): string[] {
  const found = findCanaries(text, words);
  if (found.length === 0) return [];
  const lines = text.split("\n").filter((line) => findCanaries(line, found).length > 0);
  return lines.length > 0 ? lines.slice(0, 10).map((line) => line.slice(0, 600)) : found;
}

const fold = (text: string) => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** `%C5%BD`, `\u017d`, `&#381;` as the letter that they stand for. */
function unescaped(text: string): string {
  return text
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString())
    .replaceAll(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("+", " ");
}

const isNumber = (word: string) => /^[+\d][\d ]{8,}$/.test(word);

/** Digits with what people write between them taken out. */
const digitsIn = (text: string) => text.replaceAll(/(?<=\d)[ .\-()]+(?=\d)/g, "");

const known = new Map<string, string[]>();

function disguises(word: string): string[] {
  const made = known.get(word) ?? disguise(word);
  known.set(word, made);
  return made;
}

function disguise(word: string): string[] {
  return [word, word.toLowerCase(), word.toUpperCase()].flatMap((form) => {
    const bytes = Buffer.from(form);
    const hashes = ["md5", "sha1", "sha256"].map((name) => createHash(name).update(bytes).digest("hex"));
    return [bytes.toString("hex"), ...base64Of(bytes), ...hashes];
  });
}

/** Wherever in a longer text the word begins: the letters that its neighbours have no part in. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const whole = padded.toString("base64").replaceAll("=", "");
    const from = Math.ceil((before * 4) / 3);
    const inner = whole.slice(from, Math.floor((padded.length * 4) / 3));
    return inner.length < 8 ? [] : [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
