const vowelEndings = ["ы", "и", "е", "у", "ю", "ой", "ей", "ою", "ею", "ии", "ию", "ией", "ам", "ами"];
const consonantEndings = [
  "а",
  "я",
  "у",
  "ю",
  "ом",
  "ем",
  "ым",
  "им",
  "е",
  "ы",
  "и",
  "ой",
  "ых",
  "их",
  "ыми",
  "ого",
  "его",
  "ому",
  "ему",
  "еи",
];
// As folded: й is и.
const endings = [...new Set([...vowelEndings, ...consonantEndings].map((ending) => ending.replaceAll("й", "и")))].sort(
  (a, b) => b.length - a.length,
);
const base = ["", "а", "я", "ия", "и", "ь", "ая", "ии", "ыи", "о"];

/** What a declined Russian, Ukrainian or Bulgarian word may be in the nominative: candidates, most of them no words. */
export function listNominatives(word: string): string[] {
  if (word.length < 4 || word.length > 30) return [];
  const candidates = new Set<string>();
  for (const ending of endings) {
    if (!word.endsWith(ending) || word.length - ending.length < 3) continue;
    const stem = word.slice(0, -ending.length);
    for (const nominative of base) if (nominative !== ending) candidates.add(stem + nominative);
  }
  candidates.delete(word);
  return [...candidates];
}

const polish = /^(.{2,}(?:s|c|dz)k)(?:i|a|iego|iemu|im|iej|ich|imi|ie|y|aya|aia)$/;

/** What the forms of a Slavic surname in Latin letters have in common: Kowalski, Kowalska, Kowalskiego. */
export function slavicStem(word: string): string | undefined {
  return polish.exec(word)?.[1] ?? /^(.{3,})(?:ova|ovou|ove)$/.exec(word)?.[1];
}
