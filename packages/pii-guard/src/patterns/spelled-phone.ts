import type { Match } from "./match.ts";

// Ten words each, zero first.
const languages = [
  "zero one two three four five six seven eight nine",
  "null eins zwei drei vier funf sechs sieben acht neun",
  "zero un deux trois quatre cinq six sept huit neuf",
  "cero uno dos tres cuatro cinco seis siete ocho nueve",
  "zero um dois tres quatro cinco seis sete oito nove",
  "zero uno due tre quattro cinque sei sette otto nove",
  "ноль один два три четыре пять шесть семь восемь девять",
  "sun nueng song sam si ha hok chet paet kao",
  "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",
  "零 一 二 三 四 五 六 七 八 九",
  "صفر واحد اثنان ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه",
];
const digitWords = new Set(languages.flatMap((words) => words.split(" ")));
for (const word of ["oh", "o", "nought", "нуль", "zwo", "เอ็ด", "幺", "〇", "اثنين", "meia"]) digitWords.add(word);
const times = new Map(Object.entries({ double: 2, triple: 3, treble: 3, doble: 2, doppel: 2, дважды: 2 }));

const least = 7;

/** Seven digits or more in words, one after another. */
export function findSpelledPhones(text: string): Match[] {
  const matches: Match[] = [];
  let from = -1;
  let to = 0;
  let count = 0;
  let factor = 1;
  const close = () => {
    if (count >= least) matches.push({ kind: "phone", from, to });
    from = -1;
    count = 0;
    factor = 1;
  };

  for (const { index, 0: word } of text.matchAll(
    /[\u4e00-\u9fff〇零]|\p{Script=Thai}+|\p{L}+|\d+|[^\p{L}\d\s,.;:()+/-]/gu,
  )) {
    const repeats = times.get(word);
    const digits = (/^\d$/.test(word) && count > 0) || digitWords.has(word) ? 1 : countThai(word);
    if (repeats !== undefined) {
      factor = repeats;
      if (from < 0) from = index;
    } else if (digits > 0) {
      if (from < 0) from = index;
      count += digits * factor;
      factor = 1;
      to = index + word.length;
    } else close();
  }
  close();
  return matches;
}

const thaiDigits = /^(?:ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า){1,20}$/;

function countThai(word: string): number {
  if (word.length < 3 || word.length > 120 || !/^[ศหสเแ]/.test(word) || !thaiDigits.test(word)) return 0;
  return word.match(/ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า/g)?.length ?? 0;
}
