import type { Match } from "./match.ts";

const line = /(?<![a-z0-9<])[a-z0-9<«‹]{24,}(?![a-z0-9<])/g;
// The second line of a passport, where nothing need be filled up with "<".
const data = /^[a-z0-9<]{9}[\d<][a-z<]{3}\d{6}\d[mfx<]\d{6}\d/;

/** Lines of a machine-readable zone (ICAO 9303), whole or cut short, spaces between its characters or not. */
export function findMrz(text: string): Match[] {
  if (!/[<«‹]/.test(text) && !/\d{6}\d[mfx]\d{6}/.test(text)) return [];
  return [...find(text, line), ...findSpread(text)];
}

function* find(text: string, pattern: RegExp): Generator<Match> {
  for (const match of text.matchAll(pattern)) {
    const zone = match[0].replace(/[«‹]/g, "<");
    if (isZone(zone)) yield { kind: "mrz", from: match.index, to: match.index + match[0].length };
  }
}

function isZone(zone: string): boolean {
  const letters = zone.replace(/[^a-z0-9]/g, "").length;
  return letters >= 5 && ((/<</.test(zone) && letters < zone.length - 2) || data.test(zone));
}

// Read by a scanner, the fillers often stand apart.
function* findSpread(text: string): Generator<Match> {
  for (const match of text.matchAll(/(?<![a-z0-9<])[piacv][a-z<] ?[a-z]{3}(?=[a-z0-9< ]{19})[a-z0-9< ]{19,90}/g)) {
    const zone = match[0].replaceAll(" ", "");
    if (/<<.*<</.test(zone) && isZone(zone))
      yield { kind: "mrz", from: match.index, to: match.index + match[0].length };
  }
}
