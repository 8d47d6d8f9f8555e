import { fold } from "../text/fold.ts";

const set = (words: string) =>
  new Set(
    words
      .trim()
      .split(/\s+/)
      .map((word) => fold(word).text),
  );

/** Titles that stand before a name, in scripts with spaces. */
const before = set(`
  mr mrs ms miss mx mister missus sir madam madame mme mlle mademoiselle monsieur messieurs dr doctor prof professor rev capt captain
  khun kun khunying nai nang nangsao nong phi pee lung pa herr herrn frau fraulein hr fr familie fam familia famille familien senor senora senorita
  sr sra srta srs don dona dom seu sta senhor senhora signor signora signorina sig dott bay bayan pan pani pana pane panstwo
  meneer mevrouw dhr mevr heer herra rouva fru froken lord lady dato datuk tuan puan encik bapak ibu pak anh chi ong ba co
  sheikh sheikha ustad sayed sayyid mademoiselles mmes mm
  господин господина господину госпожа госпожи госпоже г-н г-жа гражданин гражданка пан пани семья семьи доктор
  السيد السيده سيد سيده الاستاذ استاذ استاذه الدكتور دكتور دكتوره الشيخ الحاج الضيف الانسه ابو ام κυριος κυρια`);

// One letter before a name is a title only in front of a capital: "M. Petit", "K. Somchai", "P'Lek".
const letters = set("m k p n г");

export const isHonorific = (word: string) => before.has(word);
export const isHonorificLetter = (word: string) => letters.has(word);

const after = set("san sama kun chan sensei ssi nim bey hanim efendi abi bhai ji sahib saheb jr esq");
export const isHonorificAfter = (word: string) => after.has(word);

const guestWords = set(
  "guest guests gast gaste client cliente huesped hospede hote invite ospite passenger гость гостя гостю гостья клиент клиента name named",
);
export const isGuestWord = (word: string) => guestWords.has(word);

/** Titles in scripts without spaces, at the end of what stands before a name. */
export const titleBefore =
  /(?:คุณ|คณ|นาย|นาง|นางสาว|น\.ส\.|ด\.ช\.|ด\.ญ\.|พี่|น้อง|ลุง|ป้า|น้า|อา|ดร\.?|ท่าน|หมอ|ครู|อาจารย์|เจ๊|เฮีย|แขกชื่อ|ชื่อ|姓|老|小|叫|客人|房客|贵宾|ท\.|แขก|ครอบครัว) ?$/u;

/** And at the beginning of what stands after one. */
export const titleAfter =
  /^ ?(?:先生|女士|小姐|太太|夫人|老师|老師|教授|医生|博士|经理|總|总|客人|一家|さん|さま|様|氏|くん|君|ちゃん|先生|씨|님|군|양|선생|고객|손님)/u;
const apart = fold("씨 님 군 양 선생 고객 손님").text.split(" ");
export const koreanTitleAfter = (text: string) => apart.some((title) => text.trimStart().startsWith(title));
