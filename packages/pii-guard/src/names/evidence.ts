import { kinds } from "../text/letters.ts";
import { isGuestWord, isHonorific, isHonorificAfter, isHonorificLetter } from "./honorifics.ts";
import { isGermanNoun, isMonth, isOrdinary } from "./ordinary-words.ts";
import type { Token } from "./tokens.ts";

const set = (words: string) => new Set(words.trim().split(/\s+/));

// What people do, and rooms do not.
const personVerbs = set(`
  wants want wanted would asked asks requested requests prefers preferred likes liked loves arrives arrived arriving called calls rang
  says said told tells paid pays owes forgot lost complained complains complaining booked books checked checks checking
  leaves left leaving departs departed wishes hopes needs needed has had came comes coming stays stayed staying returned returns waits waiting
  thanks thanked sent sends emailed texted phoned speaks spoke reported reports brought brings took takes won't wont can't cannot doesn't
  doesnt didn't didnt isn't isnt wasn't allergic vegetarian vegan mochte will wunscht braucht bittet kommt fragt sagt hat reist bezahlt ruft
  veut voudrait demande arrive arrivera attend prefere souhaite quiere pide pidio necesita llega llego prefiere desea llamo pago
  quer pediu pede chega chegou precisa prefere deseja ligou pagou vuole chiede arriva
  просит просил просила хочет приедет приехал приехала приезжает заедет ждет позвонил позвонила сказал сказала нужен попросил попросила
  يريد تريد يطلب تطلب وصل وصلت يصل ينتظر طلب طلبت istiyor geldi`);
const afterIs = set(
  "allergic vegetarian vegan waiting late sick ill here angry happy unhappy asking arriving leaving coming staying away back diabetic pregnant deaf blind travelling traveling",
);
// Said to or about a person, in front of the name.
const cues = set(`
  ask asks asked tell told call called inform informed remind contact contacted help give gave thank thanks met meet greet email phone text
  message dear hi hello hey from with for by to and guest guests client named name see follow wait
  fur mit von bei an bitte liebe lieber hallo informieren fragen pour avec chez prevenir appeler cher chere bonjour
  para con avisar llamar hola de com avisar ligar ola per da chiamare ciao
  для от у с со к позвонить спросить передать сообщить привет`);
const things = set(`
  room suite villa garden gardens building wing bar tower street hall pool beach house floor road lane restaurant cafe spa lounge
  terrace lobby wine petals petal water tea rate rates season special package view cottage bungalow apartment residence resort hotel
  day week weekend month offer menu set gate door shop store market bay hill park avenue`);
const articles = set(
  "the a an this that these those our your no each every some le la les un une el los las una der die das den dem ein eine o os as il lo gli",
);
const beforeMonth = set(
  "in until till from by of since through to end early late mid next last this for and before after during im ab bis de en desde hasta em ate au du depuis в до с по",
);
const german =
  /(?<!\p{L})(?:der|die|das|und|ist|nicht|bitte|fur|mit|im|am|ein|eine|zum|zur|vom|auf|bei|wird|sind|kein|keine|noch)(?!\p{L})/u;

/** What tells whether an ordinary word, or a very short one, is meant as a name where it stands. */
export type Surroundings = Readonly<{
  text: string;
  tokens: readonly Token[];
  /** Anyone of the booking is called so: "Rose Tanner" is evidence for both. */
  isOtherName: (token: Token, than: Token) => boolean;
  /** The text has capitals and small letters, so that a capital means something. */
  hasBothCases: boolean;
}>;

/** A title in front of it or behind it, or another of the guest's names on one side. */
export const isAccompanied = (around: Surroundings, first: number, last: number): boolean =>
  hasTitle(around, first, last) || hasOtherName(around, first, last);

export function isMeantAsName(around: Surroundings, first: number, last: number): boolean {
  const { tokens } = around;
  const token = tokens[first] as Token;
  if (isAccompanied(around, first, last)) return true;

  const next = follows(around, last) ? tokens[last + 1] : undefined;
  const afterNext = next && follows(around, last + 1) ? tokens[last + 2] : undefined;
  const isDoing =
    next !== undefined &&
    !next.isCapital &&
    (personVerbs.has(next.text) || (next.text === "is" && afterNext !== undefined && afterIs.has(afterNext.text)));
  if (token.isFirst && isDoing && (token.isCapital || !/^(?:has|had|needs?|will|left|sets?|checks?)$/.test(next.text)))
    return true;

  if (!token.isCapital || !around.hasBothCases) return false;
  if (isDoing) return true;
  const previous = first > 0 && follows(around, first - 1) ? tokens[first - 1] : undefined;
  if (token.isFirst || previous === undefined) return false;
  return isNameByCapital(around, token, previous, next);
}

function isNameByCapital({ text }: Surroundings, token: Token, previous: Token, next: Token | undefined): boolean {
  if (next && (things.has(next.text) || (next.isCapital && !isOrdinary(next.text)))) return false;
  if (articles.has(previous.text) || previous.text === "s") return false; // New Year's Eve
  const isCued = cues.has(previous.text) || isGuestWord(previous.text);
  if (previous.isCapital && !(previous.isFirst && isCued)) return false;
  if (isMonth(token.text)) {
    if (beforeMonth.has(previous.text)) return false;
    return isCued && !/^\s?\d/.test(text.slice(token.to, token.to + 2));
  }
  return isCued || !(isGermanNoun(token.text) && german.test(text));
}

function hasTitle({ text, tokens }: Surroundings, first: number, last: number): boolean {
  const token = tokens[first] as Token;
  const next = tokens[last + 1];
  if (next && next.from - (tokens[last] as Token).to === 1 && isHonorificAfter(next.text)) {
    const gap = text[next.from - 1];
    if (gap === "-" || token.isCapital) return true;
  }
  const previous = tokens[first - 1];
  if (!previous) return false;
  const gap = text.slice(previous.to, token.from);
  if (!/^[ .'’:-]{0,3}$/.test(gap)) return false;
  if (isHonorific(previous.text)) return true;
  const joined = tokens[first - 2];
  if (joined && isHonorific(`${joined.text}-${previous.text}`) && text[joined.to] === "-") return true;
  return token.isCapital && isHonorificLetter(previous.text) && /^(?:\. ?|')$/.test(gap);
}

function hasOtherName({ text, tokens, isOtherName, hasBothCases }: Surroundings, first: number, last: number): boolean {
  const token = tokens[first] as Token;
  const near = [tokens[first - 1], tokens[last + 1], tokens[first - 2], tokens[last + 2]];
  return near.some((other, at) => {
    if (!other || !isOtherName(other, token)) return false;
    // An initial may stand between.
    if (at > 1 && (tokens[at === 2 ? first - 1 : last + 1] as Token).text.length > 2) return false;
    const gap =
      other.from > token.from ? text.slice((tokens[last] as Token).to, other.from) : text.slice(other.to, token.from);
    if (gap.length > (at > 1 ? 6 : 3) || /[\n!?;:]/.test(gap)) return false;
    const isDoubtful = (word: Token) => isOrdinary(word.text);
    const bothDoubtful = isDoubtful(other) && isDoubtful(token);
    return !bothDoubtful || token.kind === kinds.arabic || (token.isCapital && other.isCapital && hasBothCases);
  });
}

// Only spaces between a word and the next.
function follows({ text, tokens }: Surroundings, at: number): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  return token !== undefined && next !== undefined && /^ {1,3}$/.test(text.slice(token.to, next.from));
}
