import creditCardType from "credit-card-type";
import type { DigitGroup } from "./digit-groups.ts";
import type { Match } from "./match.ts";

const shortest = 13;
const longest = 19;

/** Card numbers: of a known brand, of a length that the brand has, with a right check digit. */
export function findCards(text: string, runs: readonly DigitGroup[][]): Match[] {
  return runs.flatMap((run) => [...findInRun(text, run)]);
}

function* findInRun(text: string, run: readonly DigitGroup[]): Generator<Match> {
  for (let first = 0; first < run.length; first++) {
    const last = findEnd(text, run, first);
    if (last === undefined) continue;
    yield { kind: "card", from: (run[first] as DigitGroup).from, to: (run[last] as DigitGroup).to };
    first = last;
  }
}

function findEnd(text: string, run: readonly DigitGroup[], first: number): number | undefined {
  const start = run[first] as DigitGroup;
  if (!/^[2-69]/.test(start.digits) || isInsideCode(start)) return undefined;
  // Digits one by one are a card only if all of them are: else some stretch of any list would pass.
  const isLoose = start.digits.length < 3;
  if (isLoose && (first > 0 || run.length > longest || !isEven(run))) return undefined;

  let digits = "";
  for (let last = first; last < run.length; last++) {
    const group = run[last] as DigitGroup;
    if (group.isMasked) return undefined;
    if (last > first && group.digits.length < 3 && !isLoose && last < run.length - 1) return undefined;
    digits += group.digits;
    if (digits.length > longest) return undefined;
    if (isLoose && last < run.length - 1) continue;
    if (digits.length >= shortest && isCard(digits) && isDividedLikeCard(text, run, first, last)) return last;
  }
  return undefined;
}

// A tenth of all stretches of digits passes the check: their division must be a card's, or all there is and even.
function isDividedLikeCard(text: string, run: readonly DigitGroup[], first: number, last: number): boolean {
  const groups = run.slice(first, last + 1);
  if (usual.test(groups.map((group) => group.digits.length).join("-"))) return true;
  const gaps = groups.slice(1).map((group, at) => text.slice((groups[at] as DigitGroup).to, group.from));
  return groups.length === run.length && gaps.every((gap) => gap === gaps[0] && gap.length === 1);
}

const isEven = (run: readonly DigitGroup[]) =>
  run.every(({ digits }, at) => digits.length === run[0]?.digits.length || at === run.length - 1);

const usual = /^(?:4-4-4-[1-4](?:-3)?|4-6-[45]|8-8|1[4-9])$/;

// 9f86d081884c7d65, RR123456785TH: letters on the right, or a single one between digits.
const isInsideCode = ({ before, after }: DigitGroup) => after !== "" || before.length === 1;

const brands = [
  "visa mastercard american-express diners-club discover jcb unionpay maestro elo mir hiper hipercard verve troy",
]
  .join(" ")
  .split(" ")
  .map((brand) => creditCardType.getTypeInfo(brand))
  .filter((brand) => brand !== undefined && brand !== null)
  .map(({ patterns, lengths }) => ({
    lengths,
    ranges: patterns.map((p) => (Array.isArray(p) ? p : [p, p]).map(String)),
  }));

function isCard(digits: string): boolean {
  if (!passesLuhn(digits) || /^(\d)\1*$/.test(digits)) return false;
  if (digits.length === 13) return digits.startsWith("4") && !isBarcode(digits); // old Visa cards
  return brands.some(
    ({ lengths, ranges }) =>
      lengths.includes(digits.length) &&
      ranges.some(([low = "", high = ""]) => {
        const prefix = digits.slice(0, low.length);
        return prefix >= low && prefix <= high;
      }),
  );
}

/** Whether thirteen digits (or twelve, without the leading zero) are an article number (EAN, UPC) by check digit. */
export function isBarcode(digits: string): boolean {
  if (digits.length !== 13 && digits.length !== 12) return false;
  const sum = [...digits.padStart(13, "0")].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, double = false; at >= 0; at--, double = !double) {
    const digit = digits.charCodeAt(at) - 48;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}
