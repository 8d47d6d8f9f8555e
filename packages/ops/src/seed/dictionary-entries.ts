/** An entry of a dictionary: its code, its category, its name in English and in Thai. */
type Entry = readonly [code: string, category: string, en: string, th: string];

export const amenityEntries: readonly Entry[] = [
  ["wifi", "inside", "Wi-Fi", "อินเทอร์เน็ตไร้สาย"],
  ["air_conditioning", "inside", "Air conditioning", "เครื่องปรับอากาศ"],
  ["kitchen", "inside", "Fitted kitchen", "ห้องครัวพร้อมใช้งาน"],
  ["washing_machine", "inside", "Washing machine", "เครื่องซักผ้า"],
  ["bathtub", "inside", "Bathtub", "อ่างอาบน้ำ"],
  ["workspace", "inside", "Workspace", "มุมทำงาน"],
  ["balcony", "outside", "Balcony", "ระเบียง"],
  ["private_pool", "outside", "Private pool", "สระว่ายน้ำส่วนตัว"],
  ["garden", "outside", "Garden", "สวน"],
  ["rooftop", "outside", "Roof terrace", "ดาดฟ้า"],
  ["barbecue", "outside", "Barbecue", "เตาบาร์บีคิว"],
  ["shared_pool", "building", "Shared pool", "สระว่ายน้ำส่วนกลาง"],
  ["gym", "building", "Gym", "ห้องออกกำลังกาย"],
  ["sauna", "building", "Sauna", "ซาวน่า"],
  ["lift", "building", "Lift", "ลิฟต์"],
  ["parking", "building", "Parking", "ที่จอดรถ"],
  ["ev_charging", "building", "Charging for electric cars", "จุดชาร์จรถยนต์ไฟฟ้า"],
  ["security", "building", "Guards at all hours", "รักษาความปลอดภัย 24 ชั่วโมง"],
  ["loading_dock", "business", "Loading dock", "ท่าขนถ่ายสินค้า"],
  ["three_phase_power", "business", "Three-phase power", "ไฟฟ้าสามเฟส"],
  ["fibre", "business", "Fibre to the building", "อินเทอร์เน็ตไฟเบอร์"],
  ["meeting_rooms", "business", "Meeting rooms", "ห้องประชุม"],
  ["road_access", "land", "Public road", "ติดถนนสาธารณะ"],
  ["mains_water", "land", "Mains water", "น้ำประปา"],
];

type PolicyEntry = readonly [...Entry, enDescription: string, thDescription: string];

export const policyEntries: readonly PolicyEntry[] = [
  ["pets_allowed", "pets", "Pets welcome", "เลี้ยงสัตว์ได้", "Up to two, with a deposit.", "ไม่เกินสองตัว มีเงินประกัน"],
  ["no_pets", "pets", "No pets", "งดสัตว์เลี้ยง", "Guide dogs are welcome.", "ยกเว้นสุนัขนำทาง"],
  ["no_smoking", "house", "No smoking", "งดสูบบุหรี่", "Inside and on the balcony.", "ทั้งภายในและบนระเบียง"],
  ["no_parties", "house", "No parties", "งดจัดงานเลี้ยง", "Quiet from ten in the evening.", "งดเสียงดังหลัง 22.00 น."],
  ["children_welcome", "house", "Children welcome", "ต้อนรับเด็ก", "A cot on request.", "มีเตียงเด็กเมื่อแจ้งล่วงหน้า"],
  ["check_in_14", "stay", "Check-in from 14:00", "เช็คอินตั้งแต่ 14.00 น.", "Later by arrangement.", "มาช้ากว่านั้นโปรดแจ้ง"],
  ["check_out_11", "stay", "Check-out until 11:00", "เช็คเอาต์ก่อน 11.00 น.", "", ""],
  ["minimum_month", "stay", "One month or longer", "เช่าขั้นต่ำหนึ่งเดือน", "", ""],
  ["minimum_year", "stay", "One year or longer", "เช่าขั้นต่ำหนึ่งปี", "", ""],
  [
    "deposit_two_months",
    "payment",
    "Two months' deposit",
    "เงินประกันสองเดือน",
    "Returned within 30 days of leaving.",
    "คืนภายใน 30 วันหลังย้ายออก",
  ],
  [
    "transfer_fee_shared",
    "payment",
    "Transfer fee shared",
    "ค่าโอนคนละครึ่ง",
    "Buyer and seller each pay half.",
    "ผู้ซื้อและผู้ขายจ่ายคนละครึ่ง",
  ],
  [
    "foreign_quota",
    "ownership",
    "Foreign ownership possible",
    "ต่างชาติถือกรรมสิทธิ์ได้",
    "Within the building's quota.",
    "ภายในโควตาของอาคาร",
  ],
  ["freehold", "ownership", "Freehold", "กรรมสิทธิ์ขาด", "Chanote title.", "โฉนดที่ดิน (น.ส. 4 จ.)"],
];
