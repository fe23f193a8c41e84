import type { Origin, Sex } from './schema.ts'

/*
 * Given names are ordinary. Family names are made of a bird and of the weather or a tree, grown together: words of each language, names of nobody.
 */
const list = (text: string): readonly string[] => text.trim().split(/\s+/)

export interface NameStock {
  readonly given: Readonly<Record<Sex, readonly string[]>>
  /** Names of fathers, for patronymics. */
  readonly fathers: readonly string[]
  readonly birds: readonly string[]
  readonly skies: readonly string[]
}

const russia: NameStock = {
  given: {
    female:
      list(`Анна Мария Екатерина Дарья Полина Алина Ксения Вероника Юлия Светлана Наталья Людмила Татьяна Ольга Елена Ирина Кристина Софья Варвара Есения
      Надежда Любовь Зинаида Маргарита Ярослава Василиса Лилия Жанна Эльвира Снежана`),
    male: list(`Артём Иван Илья Никита Егор Кирилл Дмитрий Алексей Сергей Андрей Михаил Павел Роман Фёдор Тимофей Матвей Степан Григорий Виталий Юрий
      Игорь Олег Руслан Тимур Глеб Захар Семён Ярослав Вячеслав Эдуард`),
  },
  fathers:
    list(`Иван Алексей Сергей Андрей Михаил Павел Роман Фёдор Степан Григорий Виталий Юрий Игорь Олег Руслан Тимур Глеб Семён Вячеслав Эдуард Николай
      Пётр Василий Виктор Борис`),
  birds:
    list(`Дроздо Чижо Клесто Стрижо Зяблико Снегире Иволго Скворце Щегло Свиристе Поползне Зимородко Удодо Чибисо Сойко Пеночко Трясогузко Кулико Овсянко
      Чечёто Малиновко Горихвосто`),
  skies:
    list(`вьюжин ливнев туманов инеев росин метелев ветров радугин капелев дождёв тучин сугробов зарев ольхин ивнин рябинов берёзин ясенев кедрин
      черёмухин можжевелов осинин`),
}

const uzbekistan: NameStock = {
  given: {
    female:
      list(`Nilufar Gulnora Shahnoza Dilnoza Madina Zulfiya Feruza Nodira Sevara Malika Umida Barno Oydin Kamola Mohira Charos Iroda Zarina Lola Gulbahor
      Yulduz Muhabbat Xurshida Oʻgʻiloy Shohista Dildora`),
    male: list(`Jasur Sardor Bekzod Otabek Sherzod Ulugʻbek Farrux Jamshid Islom Muhammadjon Abdulloh Doniyor Rustam Timur Shohruh Akmal Bobur Dilshod
      Gʻayrat Oybek Xurshid Elyor Anvar Yusuf Sirojiddin Nodirbek`),
  },
  fathers:
    list(`Karim Rustam Anvar Akmal Farhod Oybek Ilhom Sobir Nodir Tohir Bahrom Jamshid Davron Islom Ravshan Sherzod Ulugʻbek Gʻayrat Hasan Umid
      Baxtiyor Shuhrat Oʻktam Yusuf Zokir`),
  birds: list(
    `Qaldirgʻoch Laylak Bulbul Kabutar Toʻrgʻay Kaklik Oqqush Turna Chumchuq Musicha Qizilishton Zargʻaldoq Boyoʻgʻli Sassiqpopishak`,
  ),
  skies: list(`yomgʻir shamol qor tuman bulut chaqmoq kamalak shabnam boʻron archa chinor terak tol qayin yongʻoq`),
}

const kyrgyzstan: NameStock = {
  given: {
    female:
      list(`Айгүл Нургүл Жаркын Бермет Чолпон Гүлнара Айпери Мээрим Жылдыз Сезим Асел Назгүл Айжан Бегимай Нурайым Элнура Жибек Каныкей Үмүт Динара
      Айзада Гүлзат Ырыс Сайкал`),
    male: list(`Азамат Нурлан Бакыт Эрлан Айбек Улан Тилек Жыргал Бекжан Адилет Эмир Чыңгыз Талант Мирлан Өмүрбек Кубаныч Данияр Элдияр Жоомарт Үсөн
      Нурбек Эржан Кыялбек Санжар`),
  },
  fathers: list(
    `Бакыт Нурлан Талант Улан Мирлан Азамат Эрлан Асан Таалай Кубат Өмүрбек Жыргал Болот Мурат Замир Руслан Тынчтык Касым Сапар Медет`,
  ),
  birds: list(`Карлыгач Турна Аккуу Кекилик Булбул Чымчык Торгой Кептер Сагызган Үкү Бүркүт Көгүчкөн`),
  skies: list(`жамгыр шамал кар туман булут чагылган жел мөндүр бороон арча терек кайың чынар жаңгак шүүдүрүм`),
}

const tajikistan: NameStock = {
  given: {
    female:
      list(`Мадина Парвина Нигора Зарина Фарзона Ситора Манижа Шаҳноза Гулчеҳра Мехрангез Сабрина Тахмина Рухшона Ҷамила Нилуфар Шабнам Мавҷуда Адиба
      Ҳуснигул Сайёра Мунира Ҷонона Қурбонгул Дилбар`),
    male: list(`Ҷамшед Фаррух Рустам Парвиз Сиёвуш Беҳрӯз Далер Фирӯз Муҳаммадҷон Абдуллоҳ Хуршед Шаҳром Умед Комрон Ҷаҳонгир Акбар Ҳусейн Искандар Сомон
      Қаҳрамон Эраҷ Нозим Ғаюр Баҳодур`),
  },
  fathers: list(
    `Рустам Ҷамшед Фаррух Парвиз Далер Карим Саид Шариф Раҳмон Ҳасан Умед Баҳром Хуршед Сафар Давлат Назар Шодмон Илҳом Қодир Ҷӯра`,
  ),
  birds: list(`Фароштурук Лаклак Булбул Кабк Гунҷишк Кулинг Кабӯтар Товус Зоғча Тӯтӣ Бургут Мусича`),
  skies: list(`борон барф шамол туман абр раъд жола тирама чанор арча бед сафедор тут санавбар`),
}

const nigeria: NameStock = {
  given: {
    female:
      list(`Adéọlá Fọlákẹ́ Títílayọ̀ Yétúndé Ayọ̀midé Bùkọ́lá Ngọzi Adaeze Ifeọma Nneka Chiamaka Amarachi Uchechi Obiageli Aisha Hauwa Zainab Halima Maryam
      Amina Fatima Rakiya Blessing Precious Gift`),
    male: list(`Adéwálé Olúmidé Babájídé Túndé Káyọ̀dé Olúwaṣeun Chinedu Emeka Ọbinna Ekene Uchenna Ikenna Chukwudi Ifeanyi Musa Ibrahim Sani Yakubu Garba Aliyu
      Usman Bashir Emmanuel Samuel Godwin`),
  },
  fathers: [],
  birds: list(`Lékelèke Àdàbà Òwìwí Àkàlà Nnunu Nduru Okiri Kurciya Mujiya Balbela Shamuwa Hasbiya`),
  skies: list(`òjòrìrì ìrì afẹ́fẹ́ òṣùmàrè ikuku igirigi osisi urukpuru raba hadari damina bishiya`),
}

const congo: NameStock = {
  given: {
    female:
      list(`Merveille Grâce Divine Espérance Gloire Christelle Bénédicte Nathalie Rachel Naomie Rébecca Joëlle Chancelle Plamedi Dorcas Séphora Élodie
      Marie-Claire Déborah Francine`),
    male: list(`Dieumerci Exaucé Héritier Trésor Josué Moïse Jean-Pierre Christian Glody Jérémie Élie Beni Fiston Gaël Cédric Patient Emmanuel Jonathan
      Rodrigue Prince`),
  },
  fathers: [],
  birds: list(`Ndeke Ebenga Nkoso Mpongo Esulungutu Libata Tsotso Nganganga`),
  skies: list(`mbula mopepe nzete lipata londende kake mbonge zamba minzoto mamwe`),
}

export const stocks: Readonly<Record<Origin, NameStock>> = { russia, uzbekistan, kyrgyzstan, tajikistan, nigeria, congo }

/** French given names as a Russian clerk hears them: no letter rule gives these. */
export const heardFrench: Readonly<Record<string, string>> = {
  Merveille: 'Мервей',
  Grâce: 'Грас',
  Divine: 'Дивин',
  Espérance: 'Эсперанс',
  Gloire: 'Глуар',
  Christelle: 'Кристель',
  Bénédicte: 'Бенедикт',
  Nathalie: 'Натали',
  Rachel: 'Рашель',
  Naomie: 'Наоми',
  Rébecca: 'Ребекка',
  Joëlle: 'Жоэль',
  Chancelle: 'Шансель',
  Plamedi: 'Пламеди',
  Dorcas: 'Доркас',
  Séphora: 'Сефора',
  Élodie: 'Элоди',
  'Marie-Claire': 'Мари-Клер',
  Déborah: 'Дебора',
  Francine: 'Франсин',
  Dieumerci: 'Дьёмерси',
  Exaucé: 'Экзосе',
  Héritier: 'Эритье',
  Trésor: 'Трезор',
  Josué: 'Жозюэ',
  Moïse: 'Моиз',
  'Jean-Pierre': 'Жан-Пьер',
  Christian: 'Кристиан',
  Glody: 'Глоди',
  Jérémie: 'Жереми',
  Élie: 'Эли',
  Beni: 'Бени',
  Fiston: 'Фистон',
  Gaël: 'Гаэль',
  Cédric: 'Седрик',
  Patient: 'Пасьян',
  Emmanuel: 'Эмманюэль',
  Jonathan: 'Жонатан',
  Rodrigue: 'Родриг',
  Prince: 'Пренс',
}
