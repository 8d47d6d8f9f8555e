import type { Folded } from "../text/fold.ts";
import { kindOf, kinds, type LetterKind } from "../text/letters.ts";

/** A word: letters of scripts that may stand in one word. */
export type Token = Readonly<{
  from: number;
  to: number;
  text: string;
  kind: LetterKind;
  /** Begins with a capital letter. */
  isCapital: boolean;
  /** First of its sentence, where a capital says nothing. */
  isFirst: boolean;
  /** Has a capital behind a small letter: guestHarold. */
  isCamel: boolean;
}>;

const sentenceEnd = /[.!?;:\n•*|–—"“”«»()[\]{}=¿¡…/]/;

/** Every word, in order. Thai, Chinese and their like come as whole runs. */
export function listTokens(folded: Folded): Token[] {
  const { text, capitals } = folded;
  const tokens: Token[] = [];
  let isFirst = true;

  for (let at = 0; at < text.length; ) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === kinds.other || kind === kinds.digit) {
      if (sentenceEnd.test(text[at] as string)) isFirst = true;
      at++;
      continue;
    }
    const from = at;
    const group = groupOf(kind);
    let isCamel = false;
    for (at++; at < text.length && groupOf(kindOf(text.charCodeAt(at))) === group; at++)
      if (capitals[at] === 1 && capitals[at - 1] === 0) isCamel = true;
    tokens.push({
      from,
      to: at,
      text: text.slice(from, at),
      kind,
      isCapital: capitals[from] === 1,
      isFirst,
      isCamel,
    });
    isFirst = false;
  }
  return tokens;
}

// A Latin word with a Cyrillic letter in it is one word; Chinese and Latin side by side are two.
function groupOf(kind: LetterKind): LetterKind {
  return kind === kinds.cyrillic || kind === kinds.greek || kind === kinds.letter ? kinds.latin : kind;
}
