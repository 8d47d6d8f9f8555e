import { fold } from "../text/fold.ts";

// Words that are names as well: such a name counts only where something shows that a person is meant. Grouped by the
// language in which they are ordinary; the German ones that are nouns stand apart, for a capital says nothing there.
const words = `
amber angel apple april art ash august aurora autumn baker ball banks bar barber barn bass bath bay beach bean
bear bell belle berry best bill birch bird bishop black blaze bliss block blossom blue bond booth bowl boy brand bridge bright
brook brown buck bud bull burn bush butcher butler cane car card case cash castle chance chapel charity chase
cherry china chip church clay clean cliff close clover cloud coat constant cook coral court craft crane crisp
cross crow crystal daisy dash dawn day days deacon dean dell delta destiny diamond dish dock doll dove drew drum duke dusk
earl early east ebony english ever fair faith fall farmer fawn fern field fields fish fleet flint flora flower flowers
fly ford forest forrest foster fountain fox frank free freeman french fresh frost fry gale garden gardener gay gem
ginger glass glen gold golden good gore grace grand grant graves gray green grey grove guest gun guy hale hall ham
hand harmony hart haven hawk hay hazel heart heath heather heaven height hero hide high hill hills hobby holiday holly
honey honor honour hood hook hope house hunt hurt iris iron island ivory ivy jade jasmine jay jet jewel
job jolly joy june keen key keys kid king kit knight lace lake lamb lance land lane lark law lawn lay leaf
light lilac lily line link lion lock long lord lore lotus love low lucky lush mace major man marble march marina marine
mark market marshal master max may mead meadow melody mercury mercy merit merry miles mill miller mills mint miracle
misty moon moor more morning moss mount mountain nail nest new nice nick night noble noon north nova oak ocean odd olive
opal orange orchid owl pace page paint palm park parks parrot patience pat paris peace peach peak pearl penny
peppers pepper perch pet petal petty place plant plum point pole pond pool poole poor pope poppy porter post
pound presence price pride prince princess proud prudence purple quick quill quiet rain rainbow ray read reed reef rich
ridge ring rio river rivers road rock rocky roman root rose rosemary row royal ruby rue rush russet rusty sable safe sage sailor sales
sand sandal sands sandy savage scarlet scout sea serenity shade shadow sharp shell shepherd shore short silk silver sing skip
sky skye slate sly small smart smith smoke snow sparks spear spring spruce star starling steel stone storm story strange street
strong style sugar summer summers sun sunday sunny sunset swan sweet swift tab tailor teal temple tender terrace thorn tiger
tile tin toll topaz tower town travel treasure tree trinity trip true turf twist usher vale valley van
victory vine violet virtue wait wales walk wall walls ward warm warner water waters way wells west wheat
wheeler whistler white wild will willow wills win wind window wine wing winner winter winters wise wish wolf wood woods woody
worth yard yellow york young zen do an so can am as at be by go he if in is it me my no of on or to up us we you the
eve polo lan wan вон and any all are but for had has her him his how its let not now off old one our out own see she too two use was who why yes
chai sin pan tan son sang song ho ha to mi la na sa sen bin hug pam tea tray bed dot fin gal gem val viva vita
cat dog bee hen joint jam bun dee reason season lobby manager driver staff reception hotel booking room suite villa family group
company agency agoda expedia airbnb walk walkin test unknown tba tbd tbc null none guests adult child baby infant owner tenant private
monday tuesday wednesday thursday friday saturday august january february september october november december
costa luz campos flores rosa sol mar rey cielo estrella amor alma alba angeles
blanca blanco bueno bravo leon lobo vaca toro paz soledad esperanza fe caridad gloria
concepcion asunto iglesia iglesias torre puerta puente fuente fuentes rio rios
monte sierra valle prado roble naranjo manzano pino rojo verde corona duque conde guerra
franco hierro casa casas calle palma palmas mesa cuesta salinas cantero
bella primavera abril mayo junio agosto norte sur luna domingo angel
petit petite blanc blanche rouge roux brun grand grande noir vert bleu rose fleur marguerite violette
capucine clemence constance prudence aurore aube clair claire belle beau bel bon lebon long court gros legros jeune vieux
roi prince duc comte berger boulanger boucher charpentier fontaine riviere rivière lac pont bois
mer foret champ champs pre prairie moulin maison chateau chapelle eglise rue place roche pierre rocher ville mont vallee
loup renard poisson oiseau rossignol papillon mai juin juillet avril mars ete été hiver automne printemps noel joie bonheur
page parent parents voisin hardi sage savant fort marin barbe baguette salle clef cle porte perron lucarne france paris
rei reis rosa leite costa branco preto lobo
silva serra pedra praia mar maré campo campos ponte torre igreja vale fonte rua casa castelo sal neves
luz graça vitoria gloria conceicao piedade natal pascoa maio junho julho agosto dias tempo anjos jardim flor flores
bella bianca bianco rosso verde neri nero grigio costa monte valle fiore fiori rosa viola luna
sole marina mare serena felice beato gentile longo piccolo grasso forte greco romano spagnolo
barone re regina principe papa vescovo chiesa fontana villa casa porta ponte sala santa grazia gioia
yildiz deniz gul gunes ay aslan demir altin bulut irmak nehir toprak ates yagmur ruzgar bahar yaz kis gun sevgi umut baris savas
deniz ozgur can ece su gok tas tan safak kartal kurt duman orman bahce kapi
вера надежда любовь роман слава лев мир марка света роза лилия майя мая июля июнь август победа воля
белый белая белов черный чёрный красный зеленый синий волк медведь заяц лиса орел сокол голубь воробей жук кот
король князь царь граф мельник кузнец повар столяр пекарь гончар мороз снег дождь ветер гром зима весна лето осень море река гора лес
поле камень дуб сосна береза ключ замок дом город стол шапка борода нос глаз рука добрый злой милый богат молодой старый новый новик
мая тома или вот как для там так она они его при под над без это
جميل جميله سعيد سعيده كريم كريمه حسن حسنه نور امل امال سلام سالم هدى رشيد صالح صالحه طاهر طيب لطيف حبيب عادل امين صادق شريف فريد
مجيد حميد سعد فرح ورده زهره ياسمين ريم قمر شمس نجم نجمه بدر هلال سماء بحر نهر مطر ربيع صيف خريف شتاء فجر صباح مساء ليل نهار
كامل فاضل غالي عزيز عزيزه كبير صغير جديد قديم طويل قصير ابيض اسود احمر اخضر ازرق ذهب فضه ماس لؤلؤ جبل وادي
مبارك مقبول معروف سرور بهاء ضياء جمال كمال جلال ملك ملكه امير اميره سلطان وزير
candra bulan bintang surya matahari bunga melati mawar dewi putra putri indah cahaya agung suci murni ratu raja
lana maj jun jul dobra dobry maly mala novak novy czarny bialy zielony
wilk zajac lis sokol krol kot gora las pole kwiat kwiecien maja maj czerwiec lipiec sierpien
`;

const germanNouns = `
rose stein berg bach berger bischof blum blume brand braun busch christ ernst esser falk feld fels fink fischer
frank frei freund friede fromm frost fuchs gans garten geiger glas glocke gold graf gross grün günther haas hahn hammer hart hase haus
heim heiland held herbst hering herr hirsch hof hoff holz horn hund jung kaiser kamm kater katz keller
kern kirche klein kluge knecht koch kohl könig kopf korn kraft kraus kreuz krieg krieger krone kuhn kunst
kurz lamm land lang lange laube linde mai mann markt maurer mayer meer mehl meister mond moos morgen mut
nagel nacht neu ofen ost pfarrer pilz platz probst rabe rad rat reich reis richter ring ritter roth rot
sand sauer schaf schiff schild schlosser schloss schlüssel schmied schnell schön schreiber schreiner schuh
schütz schwan schwarz see sommer sonne sonnenschein specht spiegel stark stern stock storch strand
strom sturm tag tanz taube teich tisch traum trost uhr vogel wald wand weg wein weiß weiss weise
west wild winkler winter wirt wolf wolke wunder wunsch zahn zeit zimmer heide viola iris ernte
jasmin flora heiter gast sonntag montag freitag juni juli august april wonne glück gut lieb süß bär adler
`;

const unspaced = `
ฝน ดาว ทอง ใจดี สมบูรณ์ แดง ดำ ขาว เขียว ฟ้า น้ำ ไฟ ลม ดิน ทราย หาด ทะเล ภูเขา ป่า ต้นไม้ ดอกไม้ กุหลาบ มะลิ บัว แก้ว เพชร พลอย เงิน
หยก มุก นก ปลา หมู ไก่ เป็ด แมว หมา เสือ ช้าง ม้า วัว กบ ปู กุ้ง หอย เล็ก ใหญ่ น้อย หนู อ้วน ผอม สวย งาม ดี สุข สันติ สงบ ชัย โชค ลาภ
รุ่ง อรุณ เช้า เย็น จันทร์ อาทิตย์ พุธ ศุกร์ เสาร์ มกรา เมษา พฤษภา ใหม่ เก่า หวาน ส้ม องุ่น แตงโม มะนาว กล้วย ข้าว นม น้ำตาล น้ำหวาน
น้ำฝน สายฝน สายน้ำ ฟ้าใส ใส ร่มรื่น ความสุข พร ขวัญ รัก สมหวัง สำราญ สะอาด สมัคร สมาชิก บุญ ธรรม ศรี เจริญ มั่นคง มงคล สำเร็จ เจ้าของ
ประเสริฐสุด ประชา ไทย เมือง บ้าน สวน สระ ไร่ นา วัด ตลาด สนาม ธนาคาร เพียงพอ พอใจ ยินดี สุขใจ ใจ
国庆 和平 平安 阳光 建设 光明 美丽 春天 夏天 秋天 冬天 海洋 高兴 健康 大海 天天 明天 今天 小雨 大雨 小雪 白雪 黎明 朝阳 安全 安静 快乐 幸福 美好
长江 黄河 长城 胜利 解放 建国 建军 国际 文化 文明 东方 南方 西方 北方 中华 新华 天空 白云 红旗 金山 玉石 方便 马上 高级 高大 温泉 温暖 毛巾
金色 白色 黄色 红色 大小 小心 小时 さくら ひかり ゆき はな そら うみ のぞみ かおり みどり あい はる なつ あき ふゆ
사랑 하늘 바다 나라 보라 보람 아름 이슬 우리 가을 여름 겨울 봄 미래 지수 시원 예약 유리 소리 한국 고은 세계 정원 수영 가구 공주 성인 이상 현재 전기 신부
`;

const list = (text: string) =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => fold(word).text);
const nouns = new Set(list(germanNouns));
const ordinary = new Set([...list(words), ...nouns, ...list(unspaced)]);

export const isOrdinary = (word: string) => ordinary.has(word);
export const isGermanNoun = (word: string) => nouns.has(word);

const months = new Set(
  list(`january february march april may june july august september october november december januar februar marz mai juni juli
    august januari janvier fevrier mars avril juin juillet aout enero febrero marzo abril mayo junio julio agosto janeiro
    fevereiro marco maio junho julho maggio giugno luglio aprile maj czerwiec январь март апрель май мая июнь июня июля август`),
);
export const isMonth = (word: string) => months.has(word);
