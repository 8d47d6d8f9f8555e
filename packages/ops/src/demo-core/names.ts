/** Given and family names that go together, a group a script or language; `of` is the nationality. */
export const nameGroups = [
  {
    of: "GB",
    given: ["Alice", "Oliver", "Charlotte", "George", "Harriet", "Duncan", "Siân", "Rhys"],
    family: [
      "Ashworth",
      "O’Connor",
      "Fairweather",
      "Llewellyn",
      "McAllister",
      "Pemberton",
      "Thistlewood",
      "Smith-Jones",
    ],
  },
  {
    of: "CZ",
    given: ["Žofie", "Jiří", "Kateřina", "Ondřej", "Łucja", "Zbigniew", "Şebnem", "Đorđe"],
    family: ["Nováková", "Dvořák", "Příhoda", "Wójcik", "Gąsiorowska", "Yıldız", "Čapek", "Krøyer"],
  },
  {
    of: "PT",
    given: ["João", "Inês", "Renée", "François", "Begoña", "Íñigo", "Jürgen", "Åsa"],
    family: ["Gonçalves", "Simões", "Lefèvre", "Núñez", "Müller-Lüdenscheidt", "Ångström", "d’Alençon", "de la Peña"],
  },
  {
    of: "VN",
    given: ["Thị Hồng", "Quốc Bảo", "Ngọc Ánh", "Đức Thắng"],
    family: ["Nguyễn", "Trần", "Phạm", "Đặng", "Võ"],
  },
  {
    of: "TH",
    given: ["สมชาย", "สุดารัตน์", "ณัฐพล", "กนกวรรณ", "ปิยะ", "พรทิพย์", "ธนกร", "อรุณี"],
    family: ["ใจดี", "ศรีสุวรรณ", "วงศ์สว่าง", "ทองแท้", "บุญเรือง", "แสงจันทร์", "รุ่งเรืองกิจ"],
  },
  {
    of: "CN",
    given: ["伟", "秀英", "晓明", "丽华", "建国", "雨桐", "梓涵", "志强"],
    family: ["王", "李", "张", "欧阳", "陈", "司马", "赵"],
  },
  {
    of: "JP",
    given: ["陽子", "健太", "さくら", "ハナ", "翔太", "美咲", "大輔"],
    family: ["佐藤", "鈴木", "高橋", "渡邉", "小林", "長谷川", "山口"],
  },
  {
    of: "KR",
    given: ["민준", "서연", "지우", "하은", "도윤", "수빈"],
    family: ["김", "이", "박", "최", "남궁", "정"],
  },
  {
    of: "BG",
    given: ["Екатерина", "Дмитрий", "Наталья", "Юрій", "Світлана", "Ђорђе", "Пётр"],
    family: ["Иванова", "Соколов", "Щербаков", "Шевченко", "Їжакевич", "Петровић", "Воробьёва"],
  },
  {
    of: "EG",
    given: ["محمد", "فاطمة", "عبد الرحمن", "ليلى", "يوسف", "مريم", "رضا"],
    family: ["الحسيني", "المصري", "بن عيسى", "حداد", "خليل", "رحیمی"],
  },
  {
    of: "IL",
    given: ["נועה", "דוד", "תמר", "יעקב", "אסתר", "אורי"],
    family: ["כהן", "לוי", "בן־דוד", "פרידמן", "שפירא"],
  },
  {
    of: "GR",
    given: ["Ελένη", "Γιώργος", "Δέσποινα", "Νικόλαος", "Χρυσούλα", "Άγγελος"],
    family: ["Παπαδοπούλου", "Οικονόμου", "Βασιλείου", "Καραγιάννης", "Χατζηδάκης"],
  },
  {
    of: "IN",
    given: ["प्रिया", "राहुल", "अनन्या", "विक्रम", "लक्ष्मी", "अर्जुन", "शिवानी"],
    family: ["शर्मा", "त्रिपाठी", "सिंह", "अग्रवाल", "देशपांडे", "कुलकर्णी"],
  },
] as const;
