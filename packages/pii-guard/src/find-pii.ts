import { findNames } from "./names/find-names.ts";
import { findCards } from "./patterns/card.ts";
import { listDigitRuns } from "./patterns/digit-groups.ts";
import { findEmails } from "./patterns/email.ts";
import { findIbans } from "./patterns/iban.ts";
import { findDocuments } from "./patterns/identity.ts";
import type { Match } from "./patterns/match.ts";
import { findMrz } from "./patterns/mrz.ts";
import { findPhones } from "./patterns/phone.ts";
import { type PiiContext, type PiiFinding, placeholder } from "./pii.ts";
import { decode } from "./text/decode.ts";
import { fold } from "./text/fold.ts";

/**
 * Every place in a text that names a guest of the booking or holds a contact, card, account or document of anybody,
 * in the order of the text; findings may overlap. Linear in the length of the text; never throws.
 */
export function findPii(text: string, context: PiiContext): PiiFinding[] {
  const plain = text.replaceAll(placeholder, (found) => "\n".repeat(found.length));
  const found = findIn(plain, context);
  const decoded = decode(plain);
  if (decoded)
    for (const { kind, start, end } of findIn(decoded.text, context))
      found.push({ kind, start: decoded.starts[start] ?? 0, end: decoded.ends[end - 1] ?? text.length });
  return withoutRepeats(found);
}

function findIn(text: string, context: PiiContext): PiiFinding[] {
  const folded = fold(text);
  const runs = listDigitRuns(folded.text);
  const matches: Match[] = [
    ...findNames(folded, context),
    ...findEmails(folded.text),
    ...findPhones(folded.text, runs),
    ...findCards(folded.text, runs),
    ...findIbans(folded.text),
    ...findMrz(folded.text),
    ...findDocuments(folded.text, runs),
  ];
  // What folding drops behind the last letter, such as an accent, goes with it.
  const endOf = (to: number) => Math.max(folded.ends[to - 1] ?? 0, folded.starts[to] ?? text.length);
  return matches.map(({ kind, from, to }) => ({ kind, start: folded.starts[from] ?? 0, end: endOf(to) }));
}

function withoutRepeats(findings: readonly PiiFinding[]): PiiFinding[] {
  const sorted = [...findings].sort((a, b) => a.start - b.start || b.end - a.end || a.kind.localeCompare(b.kind));
  const kept: PiiFinding[] = [];
  const reached = new Map<string, number>(); // per kind, the end of its last finding: one within another says nothing new
  for (const finding of sorted) {
    if ((reached.get(finding.kind) ?? -1) >= finding.end) continue;
    reached.set(finding.kind, finding.end);
    kept.push(finding);
  }
  return kept;
}
