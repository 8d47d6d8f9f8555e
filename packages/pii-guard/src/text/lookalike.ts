import unhomoglyph from "unhomoglyph";

// Unicode's list maps these to other lookalikes instead of the Latin letter that a reader takes them for.
const own: Record<string, string> = { к: "k", т: "t", м: "m", в: "b", н: "h", ʜ: "h", ᴀ: "a", ʙ: "b", η: "n", ω: "w" };
const cache = new Map<number, string | undefined>();

/** The Latin letter that a letter of another script passes for, in lower case; undefined if there is none. */
export function lookalike(code: number): string | undefined {
  if (cache.has(code)) return cache.get(code);
  const char = String.fromCodePoint(code);
  const looks = own[char] ?? own[char.toLowerCase()] ?? toAscii(char) ?? smallCapital[char];
  if (cache.size < 20_000) cache.set(code, looks);
  return looks;
}

function toAscii(char: string): string | undefined {
  const looks = unhomoglyph(char).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return /^[a-z]{1,2}$/.test(looks) ? looks : undefined;
}

const smallCapital: Record<string, string> = Object.fromEntries(
  [..."ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"].map((char, index) => [char, "abcdefghijklmnoprstuvwyz"[index] as string]),
);
