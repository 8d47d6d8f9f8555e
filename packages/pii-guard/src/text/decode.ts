import { decodeHTML } from "entities";

/** `starts[i]` and `ends[i]` say where unit i of `text` stands in the encoded text. */
export type Decoded = Readonly<{ text: string; starts: Uint32Array; ends: Uint32Array }>;

const encoded = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,31});|(?:%[\da-fA-F]{2})+|\\u\{?[\da-fA-F]{4,6}\}?/g;

/** Reads HTML entities, percent signs and \u escapes; undefined if the text has none. */
export function decode(text: string): Decoded | undefined {
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let done = 0;
  const copy = (to: number) => {
    pieces.push(text.slice(done, to));
    for (; done < to; done++) {
      starts.push(done);
      ends.push(done + 1);
    }
  };

  for (const match of text.matchAll(encoded)) {
    const plain = decodeOne(match[0]);
    if (plain === match[0]) continue;
    copy(match.index);
    done = match.index + match[0].length;
    pieces.push(plain);
    for (let unit = 0; unit < plain.length; unit++) {
      starts.push(match.index);
      ends.push(done);
    }
  }
  if (pieces.length === 0) return undefined;
  copy(text.length);
  return { text: pieces.join(""), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

function decodeOne(piece: string): string {
  if (piece.startsWith("&")) return decodeHTML(piece);
  try {
    if (piece.startsWith("%")) return decodeURIComponent(piece);
    return String.fromCodePoint(Number.parseInt(piece.replace(/[^\da-fA-F]/g, ""), 16));
  } catch {
    return piece; // bytes that are no text
  }
}
