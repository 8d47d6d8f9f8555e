import { kindOf, kinds } from "../text/letters.ts";

/** Digits without anything between them. */
export type DigitGroup = Readonly<{
  from: number;
  to: number;
  digits: string;
  /** Part of a date, an amount, an address of a machine …: says nothing about a person. */
  isMasked: boolean;
  /** Latin letters that touch it: "BK" in BK2026, also in BK-2026. */
  before: string;
  after: string;
}>;

const separator = /^(?:[ .()/\t_·-]{1,4}|[ -]{0,2}\n[ -]{0,2})$/;

/** Runs of digit groups that only spaces, dots, hyphens, brackets, slashes or one line break keep apart. */
export function listDigitRuns(text: string): DigitGroup[][] {
  const masked = maskNumbers(text);
  const runs: DigitGroup[][] = [];
  let last: DigitGroup | undefined;

  for (const match of text.matchAll(/\d+/g)) {
    const from = match.index;
    const to = from + match[0].length;
    const group = {
      from,
      to,
      digits: match[0],
      isMasked: masked[from] === 1,
      before: lettersBefore(text, from),
      after: lettersAfter(text, to),
    };
    const gap = last ? text.slice(last.to, Math.min(from, last.to + 8)) : "";
    if (last && from - last.to <= 5 && separator.test(gap)) runs.at(-1)?.push(group);
    else runs.push([group]);
    last = group;
  }
  return runs;
}

function lettersBefore(text: string, from: number): string {
  let end = from;
  if (/[-_]/.test(text[end - 1] ?? "")) end--;
  let start = end;
  while (start > 0 && end - start < 16 && kindOf(text.charCodeAt(start - 1)) === kinds.latin) start--;
  return text.slice(start, end);
}

function lettersAfter(text: string, to: number): string {
  let end = to;
  while (end < text.length && end - to < 4 && kindOf(text.charCodeAt(end)) === kinds.latin) end++;
  return text.slice(to, end);
}

const month = "(?:0?[1-9]|1[0-2])";
const day = "(?:0?[1-9]|[12]\\d|3[01])";
const year = "(?:19|20|25)\\d\\d"; // 25..: the Thai calendar
const currency =
  "thb|usd|eur|gbp|chf|aed|sar|rub|cny|rmb|jpy|krw|inr|idr|vnd|myr|sgd|aud|brl|baht|bht|euros?|dollars?|rubles?|dirhams?|yuan|yen|rupees?|dong";
const sign = "[$€£฿¥₽₫₹₩]|บาท|руб|درهم|ريال|元|円|원";
const amount = "\\d{1,15}(?:[ ,.']\\d{3}){0,4}(?:[.,]\\d{1,2})?";

const impersonal = [
  `(?<![\\d.+-])${year}([-/. ])${month}\\1${day}(?![\\d])(?![-/.]\\d)`,
  `(?<!\\d)(?<!\\d[-/.])${day}([-/.])${month}\\2(?:${year}|\\d\\d)(?!\\d)(?![-/.]\\d)`,
  `(?<!\\d)(?<!\\d )${day} ${month} (?:19|20|25)\\d\\d(?!\\d)(?! \\d)`,
  `(?<![\\d])${year}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?!\\d)`,
  "(?<![\\d.])(?:[01]?\\d|2[0-4])[.:h][0-5]\\d(?!\\d)(?!\\.\\d)", // 14.30
  "(?<![\\d-])(?:[01]\\d|2[0-4])[0-5]\\d ?- ?(?:[01]\\d|2[0-4])[0-5]\\d(?![\\d-])", // 0700-0900
  `(?<![a-z])(?:${currency})[ .:]{0,2}${amount}(?![\\d])(?![ -]\\d)`,
  `(?:${sign}) ?${amount}(?!\\d)(?![ -]\\d)`,
  `(?<![\\d,.+-])(?<!\\d )${amount}(?:[.,]?-)? ?(?:(?:${currency})(?![a-z])|(?:${sign}))`,
  "(?<![\\d.+])(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}(?!\\d|\\.\\d)",
  "(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z])",
  "(?<![\\d.,])\\d{1,3}(?:,\\d{3}){1,4}(?:\\.\\d{1,2})?(?![\\d,])", // 12,500.00
].map((pattern) => new RegExp(pattern.replace(/\\2/g, "\\1"), "gu"));

function maskNumbers(text: string): Uint8Array {
  const masked = new Uint8Array(text.length);
  for (const pattern of impersonal)
    for (const match of text.matchAll(pattern)) masked.fill(1, match.index, match.index + match[0].length);
  return masked;
}
