import type { Match } from "../patterns/match.ts";
import { type Folded, fold } from "../text/fold.ts";
import { isLetter, kindOf, kinds } from "../text/letters.ts";

/** Drops the names that are part of a known one, unless another name of the guest stands right beside it. */
export function maskKnown({ text }: Folded, known: readonly string[], matches: readonly Match[]): Match[] {
  const masked = new Uint8Array(text.length + 1);
  for (const name of new Set(known.map((one) => fold(one.slice(0, 200)).text.trim()))) mask(text, name, masked);

  const isMasked = ({ from, to }: Match) => {
    for (let at = from; at < to; at++) if (masked[at] === 0) return false;
    return true;
  };
  const open = matches.filter((match) => !isMasked(match));
  if (open.length === matches.length) return [...matches];
  const ends = new Set(open.map((match) => match.to));
  const starts = new Set(open.map((match) => match.from));
  const isBeside = ({ from, to }: Match) => {
    for (let gap = 0; gap <= 2; gap++) {
      if (ends.has(from - gap) && /^[ ,-]*$/.test(text.slice(from - gap, from))) return true;
      if (starts.has(to + gap) && /^[ ,-]*$/.test(text.slice(to, to + gap))) return true;
    }
    return false;
  };
  return matches.filter((match) => !isMasked(match) || isBeside(match));
}

function mask(text: string, name: string, masked: Uint8Array): void {
  const length = name.length;
  if (length < 2) return;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + length))
    if (isEdge(text, at - 1, at) && isEdge(text, at + length, at + length - 1)) masked.fill(1, at, at + length);
}

// Words of scripts without spaces have no edge to see.
function isEdge(text: string, outside: number, inside: number): boolean {
  const [out, own] = [text.charCodeAt(outside), text.charCodeAt(inside)];
  if (Number.isNaN(out) || !isLetter(out)) return true;
  const kind = kindOf(own);
  return kind === kinds.thai || kind === kinds.han || kind === kinds.kana || kindOf(out) !== kind;
}
