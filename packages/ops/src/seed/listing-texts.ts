import type { PhysicalSpecs, TransactionType } from "@whitelabel/shared-db";
import type { Chooser } from "./fixed.ts";
import type { Place, Setting } from "./places.ts";
import type { Kind } from "./property-kinds.ts";

type Pair = readonly [en: string, th: string];

export type ListingTexts = Record<"en" | "th", { title: string; description: string }>;

const looks: Readonly<Record<Kind["use"], Readonly<Record<Setting, readonly Pair[]>>>> = {
  living: {
    beach: [
      ["Sea-view", "วิวทะเล"],
      ["Beachfront", "ติดชายหาด"],
      ["Breezy", "ลมทะเลเย็นสบาย"],
      ["Palm-shaded", "ร่มรื่นด้วยต้นปาล์ม"],
    ],
    city: [
      ["Bright", "แสงธรรมชาติดี"],
      ["Quiet", "เงียบสงบ"],
      ["Skyline-view", "วิวเมือง"],
      ["Newly renovated", "ปรับปรุงใหม่"],
    ],
    hills: [
      ["Mountain-view", "วิวภูเขา"],
      ["Rice-field-view", "วิวทุ่งนา"],
      ["Teak-built", "ไม้สัก"],
      ["Garden-side", "ติดสวน"],
    ],
  },
  business: {
    beach: [
      ["Busy-corner", "หัวมุมย่านคึกคัก"],
      ["Beach-road", "ติดถนนเลียบหาด"],
    ],
    city: [
      ["High-street", "ติดถนนใหญ่"],
      ["Modern", "สไตล์โมเดิร์น"],
      ["Well-connected", "เดินทางสะดวก"],
    ],
    hills: [
      ["Roadside", "ติดถนน"],
      ["Spacious", "กว้างขวาง"],
    ],
  },
  land: {
    beach: [
      ["Level", "พื้นที่ราบ"],
      ["Sea-facing", "หันหน้าสู่ทะเล"],
    ],
    city: [
      ["Building-ready", "พร้อมปลูกสร้าง"],
      ["Corner", "แปลงหัวมุม"],
    ],
    hills: [
      ["Gently sloping", "เนินลาดเล็กน้อย"],
      ["Forest-edge", "ติดแนวป่า"],
    ],
  },
};

const surroundings: Readonly<Record<Setting, readonly Pair[]>> = {
  beach: [
    ["The sand is a few minutes' walk away, and so are the fish restaurants.", "เดินไม่กี่นาทีถึงชายหาดและร้านอาหารทะเล"],
    ["A calm street, with the night market around the corner.", "ถนนเงียบสงบ ใกล้ตลาดกลางคืน"],
    ["Close to the pier, the school and the hospital.", "ใกล้ท่าเรือ โรงเรียน และโรงพยาบาล"],
  ],
  city: [
    ["The train station is five minutes away on foot.", "เดินเพียงห้านาทีถึงสถานีรถไฟฟ้า"],
    ["Cafés, a park and a supermarket are on the same street.", "ในซอยเดียวกันมีคาเฟ่ สวนสาธารณะ และซูเปอร์มาร์เก็ต"],
    ["Near the expressway, and still quiet at night.", "ใกล้ทางด่วน แต่กลางคืนเงียบสงบ"],
  ],
  hills: [
    ["Cool mornings, and a view that reaches to the ridge.", "อากาศเย็นยามเช้า มองเห็นแนวเขา"],
    ["Twenty minutes from town, on a paved road.", "ห่างจากตัวเมืองยี่สิบนาที ถนนลาดยาง"],
    ["Between orchards and a stream, with neighbours at a distance.", "อยู่ระหว่างสวนผลไม้กับลำธาร เป็นส่วนตัว"],
  ],
};

const terms: Readonly<Record<TransactionType, readonly Pair[]>> = {
  rent: [
    ["Available by the month; water is included.", "ให้เช่ารายเดือน รวมค่าน้ำ"],
    ["Longer stays cost less, please ask.", "พักระยะยาวราคาพิเศษ โปรดสอบถาม"],
  ],
  sale: [
    ["Viewings on any day; the papers are ready.", "นัดชมได้ทุกวัน เอกสารพร้อมโอน"],
    ["Offered by its first owner.", "ขายโดยเจ้าของมือแรก"],
  ],
  lease: [
    ["A lease of three years or longer, with an option to renew.", "สัญญาเช่าสามปีขึ้นไป ต่อสัญญาได้"],
    ["Fitting out may begin a month before the lease does.", "เข้าตกแต่งล่วงหน้าได้หนึ่งเดือน"],
  ],
};

const verbs: Readonly<Record<TransactionType, Pair>> = {
  rent: ["to rent", "ให้เช่า"],
  sale: ["for sale", "ขาย"],
  lease: ["to lease", "ให้เช่าระยะยาว"],
};

/** Title and description in both locales, saying the same. */
export function writeTexts(
  choose: Chooser,
  kind: Kind,
  place: Place,
  [district_en, district_th]: Pair,
  transaction: TransactionType,
  specs: PhysicalSpecs,
): ListingTexts {
  const [look_en, look_th] = choose.one(looks[kind.use][place.setting]);
  const [around_en, around_th] = choose.one(surroundings[place.setting]);
  const [terms_en, terms_th] = choose.one(terms[transaction]);
  const [verb_en, verb_th] = verbs[transaction];
  const rooms = sayRooms(specs);
  const size = specs.area_sqm ?? specs.land_sqm;
  const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return {
    en: {
      title: `${look_en} ${rooms.en}${kind.en} in ${district_en}, ${place.en}`,
      description: `${upper(rooms.en + kind.en)} ${verb_en}, ${size} m². ${around_en} ${terms_en}`,
    },
    th: {
      title: `${kind.th}${rooms.th}${look_th} ${district_th} ${place.th}`,
      description: `${verb_th}${kind.th}${rooms.th}ขนาด ${size} ตร.ม. ${around_th} ${terms_th}`,
    },
  };
}

function sayRooms({ bedrooms }: PhysicalSpecs) {
  if (bedrooms === undefined) return { en: "", th: " " };
  return bedrooms === 0 ? { en: "studio ", th: "สตูดิโอ " } : { en: `${bedrooms}-bedroom `, th: ` ${bedrooms} ห้องนอน ` };
}
