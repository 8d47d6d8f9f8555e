import type { Folded } from "../text/fold.ts";
import { isMeantAsName, type Surroundings } from "./evidence.ts";
import type { JoinedName, NameIndex } from "./name-index.ts";
import { isOrdinary } from "./ordinary-words.ts";
import type { Token } from "./tokens.ts";

type Place = Readonly<{ from: number; to: number }>;

/** Names divided differently than on the booking: haroldpemberton, O Brien, Jean-Pierre, Pember-ton, H a r o l d. */
export function* findJoined(
  folded: Folded,
  tokens: readonly Token[],
  index: NameIndex,
  around: Surroundings,
): Generator<Place> {
  for (const name of index.joined) {
    if (name.isFull && name.text.length >= 7) yield* findInside(folded.text, name.text);
    const first = name.text[0];
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at] as Token;
      if (token.text[0] !== first || token.text.length >= name.text.length || !name.text.startsWith(token.text))
        continue;
      const last = findLast(folded.text, tokens, at, name, around);
      if (last !== undefined) yield { from: token.from, to: (tokens[last] as Token).to };
    }
  }
}

function* findInside(text: string, name: string): Generator<Place> {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
    yield { from: at, to: at + name.length };
}

function findLast(
  text: string,
  tokens: readonly Token[],
  first: number,
  name: JoinedName,
  around: Surroundings,
): number | undefined {
  let length = 0;
  let isAtSeams = true;
  let isHyphened = true;
  let isSpelled = true;
  let isCapital = true;
  let isOrdinaryText = true;

  for (let last = first; last < tokens.length && last - first < 40; last++) {
    const token = tokens[last] as Token;
    if (!name.text.startsWith(token.text, length)) return undefined;
    if (last > first) {
      const gap = text.slice((tokens[last - 1] as Token).to, token.from);
      if (gap.length > 3 || !/^[\s'._*~,-]*$/.test(gap)) return undefined;
      isAtSeams &&= name.seams.has(length);
      isHyphened &&= /^(?:[-'._]|- ?\n ?)$/.test(gap);
    }
    length += token.text.length;
    isSpelled &&= token.text.length === 1;
    isCapital &&= token.isCapital && token.text.length > 1;
    isOrdinaryText &&= isOrdinary(token.text) || token.text.length < 2;
    if (length < name.text.length) continue;

    if (isSpelled && last - first >= 2) return last;
    if (isAtSeams && (!isOrdinaryText || isCapital)) return last;
    if (isAtSeams && isMeantAsName(around, first, last)) return last;
    if (name.text.length < 5 || !name.isStrong) return undefined;
    return isHyphened || (isCapital && around.hasBothCases && !isOrdinaryText) ? last : undefined;
  }
  return undefined;
}
