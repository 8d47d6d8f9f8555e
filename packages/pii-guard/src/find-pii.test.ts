import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileTexts, longNote } from "./hostile-texts.ts";
import { findPii, type PiiContext, redactPii } from "./index.ts";

const harold = { first_name: "Harold", last_name: "Pemberton" };
const context = (names: PiiContext["names"] = [harold], known: string[] = []): PiiContext => ({ names, known });

// Names without an ordinary word among them, in several languages.
const guests = [
  ["Harold", "Pemberton"],
  ["Siobhán", "O'Sullivan"],
  ["José María", "Núñez Gutiérrez"],
  ["Jürgen", "Schönfelder"],
  ["Łukasz", "Wójcik"],
  ["Zsófia", "Kovács"],
  ["Björn", "Åkesson"],
  ["François", "Lefèvre"],
  ["Nguyễn", "Thuỳ Dương"],
  ["İbrahim", "Çağlayan"],
  ["Somchai", "Wongsuwan"],
  ["Đặng", "Hoàng"],
  ["Giuseppe", "D'Angelo"],
  ["Annika", "Vestergård"],
  ["Иван", "Петров"],
  ["Екатерина", "Щербакова"],
  ["Сергей", "Соловьёв"],
  ["Γιώργος", "Παπαδόπουλος"],
] as const;

const withoutAccents = (name: string) => name.normalize("NFD").replace(/\p{M}/gu, "");
const fullWidth = (name: string) => name.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
const between = (mark: string) => (name: string) => [...name].join(mark);

const disguises: Record<string, (name: string) => string> = {
  "as it is": (name) => name,
  "in capitals": (name) => name.toUpperCase(),
  "in small letters": (name) => name.toLowerCase(),
  "without accents": withoutAccents,
  "taken apart by Unicode": (name) => name.normalize("NFD"),
  "in full width": fullWidth,
  "with zero-width spaces": between("\u200b"),
  "with soft hyphens": between("\u00ad"),
  "with word joiners": between("\u2060"),
  "with NUL": between("\0"),
  "as HTML": (name) => [...name].map((char) => `&#${char.codePointAt(0)};`).join(""),
  "percent-encoded": (name) =>
    [...name].map((char) => `%${Buffer.from(char).toString("hex").match(/../g)?.join("%")}`).join(""),
  "without apostrophes": (name) => name.replaceAll("'", ""),
  "with another apostrophe": (name) => name.replaceAll("'", "’"),
  "with hyphens for spaces": (name) => name.replaceAll(" ", "-"),
  "without spaces": (name) => name.replaceAll(" ", ""),
  "in the possessive": (name) => `${name}'s`,
};
const places: ((name: string) => string)[] = [
  (name) => name,
  (name) => `${name} wants two towels`,
  (name) => `late arrival, tell ${name} about the gate`,
  (name) => `room 305 (${name}): AC leaks`,
  (name) => `Mr ${name}, 14:30`,
  (name) => `guest=${name};slot=4`,
  (name) => `scan_${name}.pdf`,
  (name) => `ห้อง ${name} 305`,
  (name) => `房间305${name}加床`,
  (name) => `Zimmer 12 – ${name} – Frühstück`,
  (name) => `\n\n${name}\n`,
];

describe("a guest's name", () => {
  it("is found in every disguise and place, first, last or both, in both orders", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...guests),
        fc.constantFrom(...Object.keys(disguises)),
        fc.constantFrom(...places),
        fc.constantFrom<(first: string, last: string) => string>(
          (first) => first,
          (_, last) => last,
          (first, last) => `${first} ${last}`,
          (first, last) => `${last}, ${first}`,
          (first, last) => `${first[0]}. ${last}`,
        ),
        ([first_name, last_name], disguise, place, part) => {
          const text = place((disguises[disguise] as (name: string) => string)(part(first_name, last_name)));
          expect(findPii(text, context([{ first_name, last_name }])), text).not.toEqual([]);
        },
      ),
      { numRuns: 600 },
    );
  });

  it("is found whoever of the booking it is", () => {
    const names = [harold, { first_name: null, last_name: "Suharti" }, { first_name: "Mei", last_name: null }];
    expect(findPii("Suharti and Mei in 305", context(names)).map(({ kind }) => kind)).toEqual(["name", "name"]);
  });

  it("is given as a place in the original text", () => {
    const text = "tell 𝓗𝓪𝓻𝓸𝓵𝓭\u0301 now, &#80;emberton too";
    const found = findPii(text, context()).map(({ start, end }) => text.slice(start, end));
    expect(found).toEqual(["𝓗𝓪𝓻𝓸𝓵𝓭\u0301", "&#80;emberton"]);
  });

  it("is not looked for where a known name stands, but is beside it", () => {
    const names = [{ first_name: "Victoria", last_name: "Quill" }];
    const find = (text: string) => findPii(text, context(names, ["Victoria Suite", "VICTORIA WING"])).length;
    expect(find("Victoria Suite, victoria  suite")).toBe(1);
    expect(find("Victoria Suite cleaned; the Victoria wing too")).toBe(0);
    expect(find("Victoria left the Victoria Suite")).toBe(1);
  });

  it("is found beside a member of staff of the same name", () => {
    const names = [{ first_name: "Somsak", last_name: "Wongsuwan" }];
    expect(findPii("Somsak will drive", context(names, ["Somsak"]))).toEqual([]);
    expect(redactPii("for Somsak Wongsuwan", context(names, ["Somsak"]))).toBe("for [redacted]");
  });
});

// What a front desk writes all day. None of it is about a person.
const number = (min: number, max: number) => fc.integer({ min, max });
const two = (value: number) => String(value).padStart(2, "0");
const time = fc
  .tuple(number(0, 23), number(0, 59), fc.constantFrom(":", "."))
  .map(([h, m, gap]) => `${two(h)}${gap}${two(m)}`);
const date = fc
  .tuple(number(2024, 2029), number(1, 12), number(1, 28), number(0, 4))
  .map(
    ([y, m, d, form]) =>
      [
        `${y}-${two(m)}-${two(d)}`,
        `${two(d)}.${two(m)}.${y}`,
        `${two(d)}/${two(m)}/${y}`,
        `${y}${two(m)}${two(d)}`,
        `${d} ${m} ${y}`,
      ][form] as string,
  );
const room = number(1, 4599).map(String);
const price = fc
  .tuple(number(1, 99_999), number(0, 99), number(0, 4))
  .map(
    ([whole, cents, form]) =>
      [
        `THB ${whole.toLocaleString("en")}.${two(cents)}`,
        `${whole} บาท`,
        `€${whole},${two(cents)}`,
        `${whole.toLocaleString("de")} EUR`,
        `$${whole}`,
      ][form] as string,
  );
const flight = fc
  .tuple(fc.constantFrom("TG", "SQ", "LH", "AF", "SU", "EK"), number(1, 9999))
  .map(([line, no]) => `${line} ${no}`);
const code = fc
  .tuple(fc.constantFrom("order", "booking", "invoice", "ref", "PO", "ticket"), number(10_000, 9_999_999_999))
  .map(([word, no]) => `${word} ${no}`);
const word = fc.constantFrom(
  "extra towels",
  "AC leaks",
  "cot needed",
  "late check-out",
  "pool closed",
  "Schlüssel an der Rezeption",
  "Frühstück um sieben",
  "toallas limpias",
  "habitación lista",
  "serviettes propres",
  "clé perdue",
  "чистые полотенца",
  "поздний выезд",
  "แอร์เสีย",
  "ผ้าเช็ดตัว",
  "ที่จอดรถ",
  "meet @ lobby",
  "WiFi password lotus-2026",
  "two keys given",
  "rose petals",
  "will be ready",
  "no nuts",
  "Villa Orchid ready",
  "guest is vegetarian",
  "shuttle full",
  "wake-up call",
  "call maintenance",
  "text message sent",
  "line 2 busy",
);
const piece = fc.oneof(
  word,
  time,
  date,
  price,
  flight,
  code,
  room.map((one) => `room ${one}`),
  fc.tuple(time, time).map(([from, to]) => `${from}-${to}`),
  fc.tuple(date, date).map(([from, to]) => `${from} - ${to}`),
  fc.uuid().map((id) => `booking ${id}`),
  fc.ipV4(),
);

describe("an ordinary note", () => {
  it("passes, whatever rooms, times, dates, prices, flights and orders it names", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(", ", "; ", "\n", " – ", ". "),
        fc.constantFrom(...guests),
        (pieces, gap, [first_name, last_name]) => {
          const text = pieces.join(gap);
          expect(findPii(text, context([{ first_name, last_name }])), text).toEqual([]);
        },
      ),
      { numRuns: 600 },
    );
  });

  it("passes on a booking without a name", () => {
    expect(findPii("extra towels please", context([{ first_name: "", last_name: null }]))).toEqual([]);
    expect(findPii("", { names: [], known: [] })).toEqual([]);
  });
});

describe("a redacted text", () => {
  it("has nothing left to find, and stays as it is when redacted again", () => {
    const secret = fc.constantFrom(
      "Harold",
      "Pemberton",
      "Mr Pemberton",
      "+66 81 000 0012",
      "hp@example.com",
      "4111 1111 1111 1111",
      "Rose",
      "IBAN DE89 3704 0044 0532 0130 00",
      "passport AA1234567",
      "H a r o l d",
      "haroldpemberton",
      "[redacted]",
      "[redac",
      "ted]",
    );
    const part = fc.oneof(secret, word, fc.string({ maxLength: 8 }), fc.string({ unit: "binary", maxLength: 8 }));
    const names = [harold, { first_name: "Rose", last_name: "Redacted" }];
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), fc.constantFrom("", " ", ", ", "-"), (parts, gap) => {
        const once = redactPii(parts.join(gap), context(names));
        expect(findPii(once, context(names))).toEqual([]);
        expect(redactPii(once, context(names))).toBe(once);
      }),
      { numRuns: 400 },
    );
  });

  it("keeps everything else", () => {
    expect(redactPii("I am Harold Pemberton, call +66 81 000 0012 about the cot.", context())).toBe(
      "I am [redacted], call [redacted] about the cot.",
    );
  });
});

describe("a hostile text", () => {
  const texts = hostileTexts(100_000);
  const timed = (text: string) => {
    const start = process.threadCpuUsage();
    findPii(text, context([harold, { first_name: "สมชาย", last_name: "王小明" }], ["Villa Rose"]));
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1000;
  };

  // The promise is 50 ms; `pnpm --filter @whitelabel/pii-guard bench` holds it. Here is room for a cold start.
  it.each(Object.entries(texts))("costs little and throws nothing: %s", (_, text) => {
    expect(timed(text)).toBeLessThan(300);
  });

  it("of any kind neither throws nor yields a place outside of it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ unit: "binary" }), (text, name) => {
        for (const { start, end } of findPii(text, context([{ first_name: name, last_name: "\ud800" }], [name]))) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it("is judged in time that grows with its length, no faster", () => {
    const [small, large] = [longNote(20_000), longNote(200_000)];
    timed(large);
    const [one, ten] = [small, large].map((text) => Math.min(timed(text), timed(text), timed(text))) as [
      number,
      number,
    ];
    expect(ten).toBeLessThan(one * 30 + 50);
  });
});
