// How a letter may be written in Latin ones, in any of the usual standards (ISO 9, BGN/PCGN, passports, German, French,
// English) or by ear. Folding has taken the marks away: й came as и, ё as е, š as s.
const spellings: Record<string, string> = {
  а: "a aa",
  б: "b",
  в: "v w f ff",
  г: "g h gh v",
  ґ: "g",
  д: "d",
  е: "e ye je ie jo yo io o ae",
  є: "ye ie je e",
  ж: "zh j sch sh z g dj dzh",
  з: "z s",
  и: "i y ee ii ij iy j e",
  і: "i y j",
  к: "k c ck q ch",
  л: "l ll",
  м: "m mm",
  н: "n nn",
  о: "o a",
  п: "p pp",
  р: "r rr",
  с: "s ss c",
  т: "t th tt",
  у: "u ou oo w",
  ф: "f ph ff th",
  х: "kh h ch x j",
  ц: "ts tz c z cz tc",
  ч: "ch tch tsch c cz tsh",
  ш: "sh sch ch s sz",
  щ: "shch sch schtsch sc sh szcz chtch stch sht",
  ъ: " a",
  ы: "y i ui",
  ь: " i y j",
  э: "e eh a ae",
  ю: "yu ju iu u you jou iou",
  я: "ya ja ia a yia ea",
  ј: "j y i",
  љ: "lj ly l",
  њ: "nj ny n",
  ћ: "c ch tj cj",
  ђ: "dj d dz",
  џ: "dz dzh j",
  ә: "a ae e",
  ғ: "g gh",
  қ: "k q",
  ң: "ng n",
  ө: "o oe",
  ұ: "u",
  ү: "u ue",
  һ: "h",
  α: "a",
  β: "v b",
  γ: "g gh y",
  δ: "d dh th",
  ε: "e",
  ζ: "z",
  η: "i e",
  θ: "th",
  ι: "i y",
  κ: "k c",
  λ: "l",
  μ: "m",
  ν: "n",
  ξ: "x ks",
  ο: "o",
  π: "p",
  ρ: "r rh",
  σ: "s ss",
  τ: "t",
  υ: "y u i v f",
  φ: "f ph",
  χ: "ch h kh x",
  ψ: "ps",
  ω: "o",
};
const pairs: Record<string, string> = {
  кс: "x",
  дж: "j g dj dzh",
  ия: "ia iya ija iia ya ja a",
  ии: "y i j iy ij ii yi", // ий
  ыи: "y i j yj", // ый
  еи: "ei ey ej ii iy y i",
  ье: "ie ye je iye",
  ьи: "i yi",
  хн: "hn",
  ау: "au ow",
  ου: "ou u",
  μπ: "b mp",
  ντ: "d nt nd",
  γκ: "g gk ng",
  ει: "i ei",
  οι: "i oi",
  αι: "e ai",
  ευ: "ev ef eu",
  αυ: "av af au",
};

const of = new Map(
  Object.entries({ ...spellings, ...pairs }).map(([letters, latin]) => [letters, latin.split(" ")] as const),
);
const longest = 30; // positions in the Latin word fit into the bits of one number

/** Whether a Latin word is a spelling of a Cyrillic or Greek one; both folded. Linear in the product of two short words. */
export function isSpellingOf(latin: string, other: string): boolean {
  if (latin.length > longest || other.length > longest || other.length < 2) return false;

  const reached: number[] = new Array(other.length + 2).fill(0);
  reached[0] = 1;
  for (let at = 0; at < other.length; at++) {
    const places = reached[at] as number;
    if (places === 0) continue;
    const letter = other[at] as string;
    reached[at + 1] = (reached[at + 1] as number) | advance(latin, places, of.get(letter) ?? []);
    const pair = of.get(other.slice(at, at + 2));
    if (pair && at + 1 < other.length) reached[at + 2] = (reached[at + 2] as number) | advance(latin, places, pair);
    // й after a vowel is often left out
    if (letter === "и" && /[аеиоуыэюя]/.test(other[at - 1] ?? ""))
      reached[at + 1] = (reached[at + 1] as number) | places;
  }
  return ((reached[other.length] as number) & (1 << latin.length)) !== 0;
}

function advance(latin: string, places: number, spelled: readonly string[]): number {
  let next = 0;
  for (let at = 0; places >> at !== 0; at++) {
    if ((places & (1 << at)) === 0) continue;
    for (const letters of spelled) {
      if (letters === "") next |= 1 << at;
      else if (latin.startsWith(letters, at)) next |= 1 << (at + letters.length);
    }
  }
  return next;
}
