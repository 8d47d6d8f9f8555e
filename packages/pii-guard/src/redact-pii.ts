import { findPii } from "./find-pii.ts";
import { type PiiContext, type PiiFinding, placeholder } from "./pii.ts";

// What is left may read as a name once its neighbours are gone; more rounds than this no honest text needs.
const rounds = 4;

/** The text with "[redacted]" in place of every finding. The result has none, so redacting it again changes nothing. */
export function redactPii(text: string, context: PiiContext): string {
  let redacted = text;
  for (let round = 0; round < rounds; round++) {
    const findings = findPii(redacted, context);
    if (findings.length === 0) return redacted;
    redacted = replaceEach(redacted, findings);
  }
  return findPii(redacted, context).length === 0 ? redacted : placeholder;
}

function replaceEach(text: string, findings: readonly PiiFinding[]): string {
  let result = "";
  let done = 0;
  for (const { start, end } of findings) {
    if (end <= done) continue;
    // Overlapping ones are one.
    if (start >= done) result += text.slice(done, start) + placeholder;
    done = end;
  }
  return result + text.slice(done);
}
