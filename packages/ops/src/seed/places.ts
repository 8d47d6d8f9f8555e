export type Setting = "beach" | "city" | "hills";

export type Place = Readonly<{
  en: string;
  th: string;
  region: string;
  setting: Setting;
  /** What things cost here, as a percentage of Hua Hin. */
  prices: number;
  /** Name in English and Thai, postal code, latitude, longitude. */
  districts: readonly (readonly [en: string, th: string, postal_code: string, latitude: number, longitude: number])[];
}>;

export const places: readonly Place[] = [
  {
    en: "Bangkok",
    th: "กรุงเทพฯ",
    region: "Bangkok",
    setting: "city",
    prices: 160,
    districts: [
      ["Sukhumvit", "สุขุมวิท", "10110", 13.7376, 100.56],
      ["Thong Lo", "ทองหล่อ", "10110", 13.7305, 100.583],
      ["Sathorn", "สาทร", "10120", 13.719, 100.529],
      ["Ari", "อารีย์", "10400", 13.7797, 100.5446],
      ["Khlong San", "คลองสาน", "10600", 13.73, 100.509],
      ["Bang Na", "บางนา", "10260", 13.668, 100.605],
    ],
  },
  {
    en: "Phuket",
    th: "ภูเก็ต",
    region: "Phuket",
    setting: "beach",
    prices: 150,
    districts: [
      ["Kamala", "กมลา", "83150", 7.952, 98.283],
      ["Bang Tao", "บางเทา", "83110", 7.993, 98.295],
      ["Rawai", "ราไวย์", "83130", 7.772, 98.326],
      ["Kata", "กะตะ", "83100", 7.82, 98.298],
      ["Old Town", "ย่านเมืองเก่า", "83000", 7.884, 98.388],
    ],
  },
  {
    en: "Chiang Mai",
    th: "เชียงใหม่",
    region: "Chiang Mai",
    setting: "hills",
    prices: 80,
    districts: [
      ["Nimman", "นิมมานเหมินท์", "50200", 18.798, 98.967],
      ["Hang Dong", "หางดง", "50230", 18.687, 98.919],
      ["Mae Rim", "แม่ริม", "50180", 18.913, 98.944],
      ["San Kamphaeng", "สันกำแพง", "50130", 18.744, 99.118],
    ],
  },
  {
    en: "Koh Samui",
    th: "เกาะสมุย",
    region: "Surat Thani",
    setting: "beach",
    prices: 135,
    districts: [
      ["Chaweng", "เฉวง", "84320", 9.531, 100.062],
      ["Lamai", "ละไม", "84310", 9.469, 100.049],
      ["Bo Phut", "บ่อผุด", "84320", 9.557, 100.029],
      ["Mae Nam", "แม่น้ำ", "84330", 9.571, 99.993],
    ],
  },
  {
    en: "Hua Hin",
    th: "หัวหิน",
    region: "Prachuap Khiri Khan",
    setting: "beach",
    prices: 100,
    districts: [
      ["Khao Takiab", "เขาตะเกียบ", "77110", 12.515, 99.983],
      ["Hin Lek Fai", "หินเหล็กไฟ", "77110", 12.571, 99.909],
      ["Nong Kae", "หนองแก", "77110", 12.536, 99.967],
    ],
  },
  {
    en: "Pattaya",
    th: "พัทยา",
    region: "Chon Buri",
    setting: "beach",
    prices: 105,
    districts: [
      ["Jomtien", "จอมเทียน", "20150", 12.888, 100.873],
      ["Pratumnak", "พระตำหนัก", "20150", 12.918, 100.862],
      ["Naklua", "นาเกลือ", "20150", 12.967, 100.888],
    ],
  },
  {
    en: "Krabi",
    th: "กระบี่",
    region: "Krabi",
    setting: "beach",
    prices: 95,
    districts: [
      ["Ao Nang", "อ่าวนาง", "81180", 8.032, 98.824],
      ["Pak Nam", "ปากน้ำ", "81000", 8.059, 98.918],
    ],
  },
  {
    en: "Khao Yai",
    th: "เขาใหญ่",
    region: "Nakhon Ratchasima",
    setting: "hills",
    prices: 85,
    districts: [
      ["Mu Si", "หมูสี", "30450", 14.55, 101.43],
      ["Pak Chong", "ปากช่อง", "30130", 14.708, 101.416],
    ],
  },
];
