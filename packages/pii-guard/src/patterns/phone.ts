import parsePhoneNumber from "libphonenumber-js/max";
import { isBarcode } from "./card.ts";
import { phoneWord, phoneWordAfter, thingWord, wordsAfter, wordsBefore } from "./context-words.ts";
import type { DigitGroup } from "./digit-groups.ts";
import type { Match } from "./match.ts";
import { looksNational } from "./phone-forms.ts";
import { findSpelledPhones } from "./spelled-phone.ts";

const longest = 15; // E.164
// The library costs some 10 µs a number. A text with this many is no note: from then on the length decides.
const parsesPerText = 400;

/** Phone numbers, also such as nobody has yet: international by what is possible, national by word or form. */
export function findPhones(text: string, runs: readonly DigitGroup[][]): Match[] {
  let parses = 0;
  const parse = (digits: string, judge: (number: NonNullable<ReturnType<typeof parsePhoneNumber>>) => boolean) => {
    if (++parses > parsesPerText) return digits.length >= 8;
    const number = parsePhoneNumber(`+${digits}`);
    return number !== undefined && judge(number);
  };
  const inRuns = runs.flatMap((run) => [...findInRun(text, run, parse)]);
  return [...inRuns, ...findSpelledPhones(text)];
}

type Parse = (digits: string, judge: (number: NonNullable<ReturnType<typeof parsePhoneNumber>>) => boolean) => boolean;

function* findInRun(text: string, run: readonly DigitGroup[], parse: Parse): Generator<Match> {
  const words = once(() => wordsBefore(text, (run[0] as DigitGroup).from));
  const isThing = once(
    () => thingWord.test(words()) && !/(?:line|whatsapp|wechat|telegram|viber) ?id\W*$/.test(words()),
  );
  const isCalled = once(() => phoneWord.test(words()) && !isThing()); // "call about order 4029384756"

  const isFollowed = once(() => !isThing() && phoneWordAfter.test(wordsAfter(text, (run.at(-1) as DigitGroup).to)));

  for (let first = 0; first < run.length; first++) {
    if (!mayStart(run, first, text)) continue;
    const last = findEnd(first);
    if (last === undefined) continue;
    const from = (run[first] as DigitGroup).from;
    yield {
      kind: "phone",
      from: /[+(]/.test(text[from - 1] ?? "") ? from - 1 : from,
      to: (run[last] as DigitGroup).to,
    };
    first = last;
  }

  function findEnd(first: number): number | undefined {
    const windows = listWindows(run, first);
    const prefix = prefixOf(run[first] as DigitGroup, windows[0]?.digits ?? "", text);
    const international =
      prefix === undefined ? undefined : windows.find((window) => isInternational(window, prefix, parse));
    return (
      international?.last ??
      windows.find((window) => isNamed(window, first))?.last ??
      windows.find((window) => isOneByItself(window, first))?.last
    );
  }

  function isNamed({ last, digits }: Window, first: number): boolean {
    const isSaid = (first === 0 && isCalled()) || (last === run.length - 1 && isFollowed());
    if (!isSaid || digits.length > longest) return false;
    const groups = run.slice(first, last + 1);
    return !isInsideCode(groups) && !(groups.every((group) => group.digits.length === 1) && isList(groups)); // "floors 2 3 4"
  }

  function isOneByItself({ last, digits }: Window, first: number): boolean {
    const start = run[first] as DigitGroup;
    if (digits.length < 9 || digits.length > 14) return false;
    if (start.before !== "" && !phoneWord.test(start.before)) return false;
    if (last - first > 5 && start.digits.length > 1) return false;
    const groups = run.slice(first, last + 1);
    if (isInsideCode(groups) || (!looksNational(text, groups) && !isForeign(digits, groups, parse))) return false;
    return first > 0 || !isThing();
  }
}

// A single digit begins a number only as a prefix, "8 (900)", or where all of its digits stand apart.
function mayStart(run: readonly DigitGroup[], first: number, text: string): boolean {
  const { from, digits } = run[first] as DigitGroup;
  return digits.length > 1 || first === 0 || text[from - 1] === "+" || (run[first + 1]?.digits.length ?? 0) > 1;
}

type Window = Readonly<{ last: number; digits: string }>;

/** The stretches of a run that begin with one group and have at least seven digits, longest first. */
function listWindows(run: readonly DigitGroup[], first: number): Window[] {
  const windows: Window[] = [];
  let digits = "";
  for (let last = first; last < run.length; last++) {
    const group = run[last] as DigitGroup;
    digits += group.digits;
    if (group.isMasked || digits.length > longest + 3) break;
    if (digits.length >= 7) windows.push({ last, digits });
  }
  return windows.reverse();
}

/** What stands for the plus: nothing behind a plus, 00 or 011; undefined if nothing does. */
function prefixOf({ from, before }: DigitGroup, digits: string, text: string): string | undefined {
  if (/\+ ?\(?$/.test(text.slice(Math.max(0, from - 3), from))) return "";
  return before === "" ? /^(?:00|011)(?=[1-9])/.exec(digits)?.[0] : undefined;
}

function isInternational({ digits }: Window, prefix: string, parse: Parse): boolean {
  const rest = digits.slice(prefix.length);
  if (prefix !== "" && digits.length < 10) return false;
  return rest.length <= longest + 1 && !rest.startsWith("0") && parse(rest, (number) => number.isPossible());
}

// Without a plus, only what is really given out, to a mobile where nothing divides it.
function isForeign(digits: string, groups: readonly DigitGroup[], parse: Parse): boolean {
  if (digits.length < 10 || digits.length > 13 || digits.startsWith("0")) return false;
  if (groups.length === 1)
    return (
      digits.length > 10 && !isBarcode(digits) && parse(digits, (number) => /^(?:MOBILE)$/.test(number.getType() ?? ""))
    );
  if (groups.length < 3 || groups.length > 6 || isList(groups)) return false;
  return (groups[0] as DigitGroup).digits.length <= 3 && parse(digits, (number) => number.isValid());
}

const isList = (groups: readonly DigitGroup[]) =>
  groups.every((group, at) => at === 0 || Number(group.digits) > Number((groups[at - 1] as DigitGroup).digits));

const isInsideCode = (groups: readonly DigitGroup[]) =>
  groups.some(({ after }) => /^[a-z]/.test(after) && !/^(?:ext|x)$/.test(after));

function once<T>(compute: () => T): () => T {
  let value: { it: T } | undefined;
  return () => {
    value ??= { it: compute() };
    return value.it;
  };
}
