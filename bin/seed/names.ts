import type { Random } from "@/bin/seed/random";
import type { Language } from "@/bin/seed/sentences";

export interface Name {
  username: string;
  displayName: string;
}

interface Culture {
  language: Language;
  /** Names as `latin` or `latin=native`. */
  given: readonly string[];
  family: readonly string[];
  /** The display name of a person, in the order and with the space that the language writes. */
  display: (first: string, last: string) => string;
}

const western = (first: string, last: string) => `${first} ${last}`;

const CULTURES: readonly Culture[] = [
  {
    language: "en",
    given: "ada brook chidi grace nadia owen priya ruth sam tess theo wren".split(" "),
    family: "archer bell carter dunn ellis finch hughes lowe marsh okafor quinn shaw".split(" "),
    display: (first, last) => western(capital(first), capital(last)),
  },
  {
    language: "es",
    given: "alba=Alba diego=Diego ines=Inés jose=José lucia=Lucía marta=Marta pablo=Pablo sofia=Sofía".split(" "),
    family: "alonso=Alonso castro=Castro duran=Durán ibanez=Ibáñez munoz=Muñoz ortega=Ortega reyes=Reyes".split(" "),
    display: western,
  },
  {
    language: "de",
    given: "anke=Anke bjoern=Björn dieter=Dieter greta=Greta jonas=Jonas katrin=Katrin uwe=Uwe".split(" "),
    family: "becker=Becker gruen=Grün koenig=König lorenz=Lorenz schaefer=Schäfer vogel=Vogel weiss=Weiß".split(" "),
    display: western,
  },
  {
    language: "ar",
    given: "amal=أمل faris=فارس huda=هدى karim=كريم layla=ليلى samir=سمير yusuf=يوسف".split(" "),
    family: "haddad=حداد khoury=خوري mansour=منصور nasser=ناصر saleh=صالح zaki=زكي".split(" "),
    display: western,
  },
  {
    language: "he",
    given: "avi=אבי dalia=דליה eyal=אייל noa=נועה tamar=תמר yael=יעל".split(" "),
    family: "barak=ברק golan=גולן levi=לוי mizrahi=מזרחי peretz=פרץ shalev=שלו".split(" "),
    display: western,
  },
  {
    language: "ja",
    given: "haruka=遥 kenji=健二 mei=芽衣 ren=蓮 sora=空 yui=結衣".split(" "),
    family: "fujii=藤井 ito=伊藤 mori=森 sato=佐藤 tanaka=田中 yamada=山田".split(" "),
    display: (first, last) => `${last} ${first}`,
  },
  {
    language: "zh",
    given: "hao=浩 jing=静 lan=兰 min=敏 ting=婷 wei=伟".split(" "),
    family: "chen=陈 gao=高 huang=黄 lin=林 wang=王 zhou=周".split(" "),
    display: (first, last) => `${last}${first}`,
  },
  {
    language: "hi",
    given: "anil=अनिल deepa=दीपा kavita=कविता meera=मीरा rohan=रोहन vikram=विक्रम".split(" "),
    family: "gupta=गुप्ता joshi=जोशी kumar=कुमार mehta=मेहता sharma=शर्मा verma=वर्मा".split(" "),
    display: western,
  },
  {
    language: "ru",
    given: "boris=Борис dilnoza=Дилноза galina=Галина ivan=Иван olga=Ольга vera=Вера".split(" "),
    family: "belov=Белов fomin=Фомин kuzmin=Кузьмин orlov=Орлов petrov=Петров volkov=Волков".split(" "),
    display: western,
  },
];

/** People without end, no username twice: all first and family names, and then the same with a number. */
export function* namesOf(random: Random): Generator<Name> {
  const people = CULTURES.flatMap((culture) =>
    culture.given.flatMap((first) => culture.family.map((last) => ({ culture, first, last, place: random.next() }))),
  ).sort((one, other) => one.place - other.place);
  for (let round = 1; ; round += 1) {
    const number = round === 1 ? "" : String(round);
    for (const { culture, first, last } of people) {
      const [latinFirst, nativeFirst] = spellings(first);
      const [latinLast, nativeLast] = spellings(last);
      yield {
        username: `${latinFirst}.${latinLast}${number}`,
        displayName: `${culture.display(nativeFirst, nativeLast)}${number && ` ${number}`}`,
      };
    }
  }
}

/** The language of a person with one of these names; English for a stranger. */
export function languageOf(username: string): Language {
  const first = username.split(".")[0] ?? "";
  return CULTURES.find((culture) => culture.given.some((name) => spellings(name)[0] === first))?.language ?? "en";
}

function spellings(name: string): [latin: string, native: string] {
  const [latin = name, native = latin] = name.split("=");
  return [latin, native];
}

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
