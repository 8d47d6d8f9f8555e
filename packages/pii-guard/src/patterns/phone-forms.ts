import type { DigitGroup } from "./digit-groups.ts";

/** Whether these groups are divided as a country writes its phone numbers, so that no word is needed to tell. */
export function looksNational(text: string, groups: readonly DigitGroup[]): boolean {
  const digits = groups.map((group) => group.digits).join("");
  if (digits.startsWith("00")) return false;
  const sizes = groups.map((group) => group.digits.length).join("-");
  const gaps = groups.slice(1).map((group, at) => text.slice((groups[at] as DigitGroup).to, group.from));
  if (gaps.some((gap) => gap.includes("\n") || gap.length > 3)) return false;

  return (
    hasTrunkZero(digits, groups) ||
    hasBrackets(text, groups, digits) ||
    isNorthAmerican(digits, sizes, gaps) ||
    isRussian(digits, sizes) ||
    (/^1[3-9]\d{9}$/.test(digits) && /^(?:11|3-4-4)$/.test(sizes)) || // China
    (/^[6-9]\d{9}$/.test(digits) && sizes === "5-5") || // India
    isInThrees(groups, sizes)
  );
}

// 081 000 0012, 0171 3920012, 06 39 98 12 34: nine to eleven digits nearly everywhere.
function hasTrunkZero(digits: string, groups: readonly DigitGroup[]): boolean {
  if (!/^0[1-9]\d{7,9}$/.test(digits)) return false;
  if (groups.every((group) => group.digits.length === 1)) return !/^0?123456789/.test(digits);
  return groups.length <= 5 && groups.every((group) => group.digits.length >= 2);
}

// (11) 90000-0034, 8 (900) 000-00-12
function hasBrackets(text: string, groups: readonly DigitGroup[], digits: string): boolean {
  return (
    digits.length <= 12 &&
    groups.length > 1 &&
    groups
      .slice(0, 2)
      .some(({ from, to }) => text[from - 1] === "(" && text[to] === ")" && to - from <= 5 && to - from > 1)
  );
}

function isNorthAmerican(digits: string, sizes: string, gaps: readonly string[]): boolean {
  const isDivided = /^(?:1-)?3-3-4$/.test(sizes) && gaps.every((gap) => /^[-. ]$/.test(gap));
  return isDivided && /^1?[2-9]\d\d[2-9]/.test(digits);
}

function isRussian(digits: string, sizes: string): boolean {
  return /^[78][3489]\d{9}$/.test(digits) && /^(?:1-3-3-2-2|1-3-3-4|1-3-7|1-10|11)$/.test(sizes);
}

// 600 000 034, but not rooms 601 602 603 and not 600 000 000
function isInThrees(groups: readonly DigitGroup[], sizes: string): boolean {
  if (sizes !== "3-3-3" || !/^[4-9]/.test((groups[0] as DigitGroup).digits)) return false;
  const [, second, third] = groups.map((group) => Number(group.digits)) as [number, number, number];
  return third !== 0 && !(second >= 100 && third >= 100 && Math.abs(third - second) < 100);
}
