import { fold } from "../text/fold.ts";

/** The words in front of a place: since the last digit or line, at most `length` units, never half a word. */
export function wordsBefore(text: string, at: number, length = 32): string {
  let from = at;
  const least = Math.max(0, at - length);
  while (from > least && !/[\d\n]/.test(text[from - 1] as string)) from--;
  for (let more = 0; more < 16 && from === least - more && from > 0 && /\p{L}/u.test(text[from - 1] as string); more++)
    from--;
  return text.slice(from, at);
}

/** The words that follow a place, up to the next digit or line. */
export function wordsAfter(text: string, at: number, length = 16): string {
  const words = /^[^\d\n]*/.exec(text.slice(at, at + length))?.[0] ?? "";
  const next = text[at + length];
  return words.length === length && next && /\p{L}/u.test(next) ? words.replace(/\p{L}+$/u, "") : words;
}

// Folded like the text; "_" stands for nothing, a space, a dot or a hyphen.
const split = (words: string) => fold(words).text.trim().split(/\s+/).join("|").replaceAll("_", "[ .-]{0,2}");
const spaced = (words: string) => `(?<!\\p{L})(?:${split(words)})(?!\\p{L})`;
const anywhere = split;

export const phoneWord = new RegExp(
  [
    spaced(`tel tele telephone telephones phone phones cellphone mobile mob mobil cell cellular call calls called calling
      ring rang dial dialled whatsapp whats_app wa wapp viber telegram signal sms text txt fax contact contacts wechat
      line line_id imessage facetime zalo kakao reach hotline landline handphone hp wa_me t_me send_phone ph
      telefon telefonnummer handy handynummer mobilnummer mobiltelefon rufnummer anrufen anruf festnetz ruckruf
      telefone telefono telefonos movil celular cel llamar llame llamen tfno tlf telf fijo contacto
      portable telephone tél appeler appelez joindre fixe telemovel tlm zap ligar ligue chamar contato
      cellulare chiamare numero_di_telefono telefoon bellen gsm tlf_nr telefonu numer_telefonu komorka dzwonic
      тел телефон телефона телефону мобильный мобильная моб сот сотовый звонить звоните позвонить позвоните перезвонить
      ватсап вотсап вайбер телеграм номер_телефона телефоны dien_thoai sdt so_dien_thoai goi telepon hubungi cep`),
    anywhere(`โทร เบอร์ มือถือ ไลน์ ติดต่อ 电话 電話 手机 手機 致电 联系 聯絡 微信 携帯 連絡先 전화 휴대폰 연락처 핸드폰
      هاتف جوال موبايل تلفون اتصل واتساب الهاتف الجوال τηλ κινητο טלפון נייד फोन मोबाइल`),
  ].join("|"),
  "u",
);

/** After a number, only words that say nothing else. */
export const phoneWordAfter = new RegExp(
  `^[ ,;:()./-]{0,3}(?:${spaced("whatsapp whats_app wa line viber telegram signal mobile mob cell sms text_only phone tel")}|${anywhere("โทร 电话 手机")})`,
  "u",
);

/** Words that make the number after them a thing's. */
export const thingWord = new RegExp(
  `(?:${spaced(`ref refs reference order orders booking bookings reservation invoice inv po pos sku barcode barcodes ean
    upc gtin lot batch serial s_n sn tracking track parcel meter reading id ids uuid epoch timestamp ticket receipt
    voucher case confirmation conf code codes pin otp part model item hs asset isbn issn folio transaction txn job
    version build port error page rooms room units keys key locker lockers sha hash mac firmware license licence plate
    account acct contract project quote bill bestellung rechnung auftrag buchung zimmer pedido factura reserva
    referencia commande facture reservation chambre chambres fatura encomenda заказ счет бронь накладная штрихкод
    артикул комнаты habitaciones quartos zimmern password pass passcode wifi wi_fi wlan passwort`)}|${anywhere(
    "订单 编号 条码 發票 发票 房间 คำสั่งซื้อ ใบเสร็จ เลขที่ใบ บาร์โค้ด หมายเลขจอง طلب فاتورة",
  )}|#|№)[ .:#№=_-]{0,3}(?:(?:no|nr|num|number|n|nº)[ .:#-]{0,3})?$`,
  "u",
);

export const passportWord = new RegExp(
  [
    spaced(`passport passports passeport passeports pasaporte pasaportes passaporte passaporti passaporto pasport
      reisepass reisepasses reisepassnummer passnummer pasaport paspor paszport paspoort utlevel
      паспорт паспорта паспорту паспортом паспортные загранпаспорт загранпаспорта travel_document ho_chieu pp_no`),
    anywhere("หนังสือเดินทาง พาสปอร์ต พาสปอร์ท 护照 護照 パスポート 旅券 여권 جواز דרכון διαβατηριο पासपोर्ट"),
  ].join("|"),
  "u",
);

export const nationalIdWord = new RegExp(
  [
    spaced(`ssn social_security itin ni_number nino national_insurance national_id national_identity nat_id id_card
      idcard identity_card identity_number identification_number citizen_id id_no id_nr id_number id_num personal_id
      personal_number personalausweis personalausweisnummer ausweis ausweisnummer ausweis_nr identitatskarte
      steuer_id steuernummer sozialversicherungsnummer dni nie nif cif cedula carnet_de_identidad curp rfc ine rut run cuit cuil
      cpf cnpj rg cnh cartao_de_cidadao bilhete_de_identidade cc_no carte_d'identite carte_nationale_d'identite cni
      numero_de_securite_sociale nir insee codice_fiscale carta_d'identita bsn burgerservicenummer personnummer
      fodselsnummer cpr henkilotunnus pesel dowod_osobisty dowod rodne_cislo cnp jmbg oib egn aadhaar aadhar
      pan_card pan_no nric fin_no mykad ktp nik cccd cmnd tc_kimlik tckn kimlik_no emirates_id iqama
      driving_licence driving_license drivers_license driver's_license driver_license fuhrerschein fuhrerscheinnummer
      permis_de_conduire licencia_de_conducir carta_de_conducao patente_di_guida visa_no visa_number
      инн снилс удостоверение удостоверения ву водительское водительские права уд_личности`),
    anywhere(`บัตรประชาชน เลขประจำตัว บัตรประจำตัว ใบขับขี่ 身份证 身分證 身份證 驾照 駕照 居民证 マイナンバー 運転免許 在留カード
      주민등록 주민번호 운전면허 هويه الهويه اقامه الاقامه الرقم_الوطني רישיון תעודת_זהות आधार`),
  ].join("|"),
  "u",
);
