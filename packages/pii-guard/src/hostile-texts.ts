/** Texts of `size` UTF-16 units that make a careless pattern try everything, or a careless parser throw. For tests and the bench. */
export function hostileTexts(size: number): Record<string, string> {
  const fill = (piece: string) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
  return {
    "one digit": fill("1"),
    "digits and spaces": fill("4111 1111 1111 1112 "),
    cards: fill("4111 1111 1111 1111 "),
    "digits one by one": fill("4 "),
    "hyphens and digits": fill("1-1-1-"),
    phones: fill("+1 415 555 0132 "),
    "different phones": Array.from({ length: size / 16 }, (_, at) => `+6681${String(at).padStart(7, "0")}, `)
      .join("")
      .slice(0, size),
    "nearly phones": fill("0812345 "),
    "plus signs": fill("+1+"),
    "zeros in pairs": fill("00 "),
    dates: fill("2026-04-13 "),
    dots: fill("."),
    spaces: fill(" "),
    "line breaks": fill("\n"),
    "tabs and digits": fill("1\t"),
    "at signs": fill("@"),
    "a@a@": fill("a@a@"),
    "a.a.a.@": fill("a.a.a.a.a.a.a.a.a.@"),
    domains: fill("a@b.c."),
    "nearly addresses": fill("name at place dot 1 "),
    brackets: fill("a(at)b[dot]"),
    "open brackets": fill("("),
    "combining marks": fill("e\u0301\u0323\u0301\u0323\u0301"),
    "only marks": fill("\u0323\u0301"),
    "Thai marks": fill("ก่้๊๋"),
    emoji: fill("👩‍👩‍👧‍👦"),
    flags: fill("🇹🇭"),
    "unpaired surrogates": fill("\ud83d\ud83d\udc00"),
    NUL: fill("\0"),
    "zero width": fill("H\u200b"),
    "soft hyphens": fill("Pember\u00ad"),
    ligatures: fill("ﷺ"),
    "one letter": fill("a"),
    "letters apart": fill("h a r o l "),
    "nearly the name": fill("haroldpemberto"),
    "the name": fill("Harold Pemberton "),
    "the name reversed": fill("dlorah "),
    "nearly declined": fill("Екатериной "),
    "Cyrillic words": fill("Ека Катерино Щербако Хар "),
    "Thai name": fill("คุณสมชา"),
    "Thai text": fill("สมวงศ์สุวร"),
    "Chinese name": fill("王小"),
    "Chinese text": fill("床单房间先生"),
    "Arabic text": fill("محم العل المنظر "),
    lookalikes: fill("Hаrоld "),
    leet: fill("h4r0ld1 "),
    IBANs: fill("GB82 WEST 1234 5698 7654 33 "),
    "starts of IBANs": fill("AE07 "),
    fillers: fill("<"),
    "machine-readable": fill("P<UTOERIKSSON<<ANNA<MARIA<"),
    "spread fillers": fill("PA AAA < "),
    entities: fill("&#72;"),
    percent: fill("%48%"),
    "percent bytes": fill("%ff"),
    ampersands: fill("&a"),
    "passport words": fill("passport "),
    "passport numbers": fill("passport A1 "),
    "ID words": fill("dni 1 "),
    "phone words": fill("tel call 1 "),
    titles: fill("Mr Mrs "),
    "number words": fill("one two three "),
    prices: fill("1,000 THB "),
    amounts: fill("1 000 000 000 000 "),
    capitals: fill("AaBbCc"),
    "capital words": fill("Will May Rose "),
    "known names": fill("Villa Rose "),
    quotes: fill("'-'"),
    backslashes: fill("\\u00"),
  };
}

const notes = [
  "Room 305: AC leaks, technician at 14:30. Two extra towels and a cot, please.",
  "Deposit THB 12,500.00 paid in cash, receipt 2026-0413; late check-out until 15:00 agreed with reception.",
  "Schlüssel für Zimmer 12 liegt an der Rezeption, Frühstück um 7 Uhr.",
  "ห้อง 305 แอร์เสีย ช่างมา 14.30 น. มัดจำ 2,000 บาท รับแล้ว",
  "заезд в июле, выезд 5-го, нужна доп. кровать и трансфер в 9:30",
  "flight TG 216 lands 06:35, van to the pier, ferry 11.15; order #10023456 delivered",
];

/** Ordinary notes of a front desk, `size` bytes and no guest in them. */
export function longNote(size: number): string {
  let note = "";
  while (Buffer.byteLength(note) < size) note += `${notes[note.length % notes.length]}\n`;
  return note;
}
