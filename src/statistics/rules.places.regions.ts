/** Regions of Russia with their ISO 3166-2 codes. The stem is the beginning of the name's telling word; what stands after "|" are further beginnings. */
const list = `
AD Адыгея|адыг;Adygea
AL Алтай, Республика|горно-алтай;Altai Republic
ALT Алтайский край|барнаул;Altai Krai
AMU Амурская область|благовещенск;Amur Oblast
ARK Архангельская область|архангельск;Arkhangelsk Oblast
AST Астраханская область|астрахан;Astrakhan Oblast
BA Башкортостан|башкир уфа уфе уфы;Bashkortostan
BEL Белгородская область|белгород;Belgorod Oblast
BRY Брянская область|брянск;Bryansk Oblast
BU Бурятия|бурят улан-удэ;Buryatia
CE Чечня|чечен грозн;Chechnya
CHE Челябинская область|челябинск;Chelyabinsk Oblast
CHU Чукотка|чукот;Chukotka
CU Чувашия|чуваш чебоксар;Chuvashia
DA Дагестан|махачкал;Dagestan
IN Ингушетия|ингуш;Ingushetia
IRK Иркутская область|иркутск;Irkutsk Oblast
IVA Ивановская область|;Ivanovo Oblast
KAM Камчатский край|камчат;Kamchatka Krai
KB Кабардино-Балкария|кабардин нальчик;Kabardino-Balkaria
KC Карачаево-Черкесия|карачаев;Karachay-Cherkessia
KDA Краснодарский край|краснодар сочи;Krasnodar Krai
KEM Кемеровская область|кемеров кузбасс;Kemerovo Oblast
KGD Калининградская область|калининград;Kaliningrad Oblast
KGN Курганская область|курган;Kurgan Oblast
KHA Хабаровский край|хабаровск;Khabarovsk Krai
KHM Ханты-Мансийский округ|ханты сургут югр;Khanty-Mansi Okrug
KIR Кировская область|;Kirov Oblast
KK Хакасия|хакас абакан;Khakassia
KL Калмыкия|калмык элист;Kalmykia
KLU Калужская область|калуг;Kaluga Oblast
KO Коми|сыктывкар;Komi
KOS Костромская область|костром;Kostroma Oblast
KR Карелия|карел петрозаводск;Karelia
KRS Курская область|курск;Kursk Oblast
KYA Красноярский край|красноярск;Krasnoyarsk Krai
LEN Ленинградская область|;Leningrad Oblast
LIP Липецкая область|липецк;Lipetsk Oblast
MAG Магаданская область|магадан;Magadan Oblast
ME Марий Эл|йошкар;Mari El
MO Мордовия|мордов саранск;Mordovia
MOS Московская область|подмосков;Moscow Oblast
MOW Москва|москв moscow;Moscow
MUR Мурманская область|мурманск;Murmansk Oblast
NEN Ненецкий округ|нарьян;Nenets Okrug
NGR Новгородская область|новгородск;Novgorod Oblast
NIZ Нижегородская область|нижегород нижний;Nizhny Novgorod Oblast
NVS Новосибирская область|новосибирск;Novosibirsk Oblast
OMS Омская область|омск;Omsk Oblast
ORE Оренбургская область|оренбург;Orenburg Oblast
ORL Орловская область|;Oryol Oblast
PER Пермский край|перм;Perm Krai
PNZ Пензенская область|пенз;Penza Oblast
PRI Приморский край|примор владивосток;Primorsky Krai
PSK Псковская область|псков;Pskov Oblast
ROS Ростовская область|ростов;Rostov Oblast
RYA Рязанская область|рязан;Ryazan Oblast
SA Якутия|якут саха;Sakha (Yakutia)
SAK Сахалинская область|сахалин;Sakhalin Oblast
SAM Самарская область|самар тольятти;Samara Oblast
SAR Саратовская область|саратов;Saratov Oblast
SE Северная Осетия|осети владикавказ;North Ossetia
SMO Смоленская область|смоленск;Smolensk Oblast
SPE Санкт-Петербург|петербург питер спб petersburg;Saint Petersburg
STA Ставропольский край|ставропол;Stavropol Krai
SVE Свердловская область|свердлов екатеринбург;Sverdlovsk Oblast
TA Татарстан|татар казан;Tatarstan
TAM Тамбовская область|тамбов;Tambov Oblast
TOM Томская область|томск;Tomsk Oblast
TUL Тульская область|тула туле тулы;Tula Oblast
TVE Тверская область|твер;Tver Oblast
TY Тыва|тува тувин кызыл;Tyva
TYU Тюменская область|тюмен;Tyumen Oblast
UD Удмуртия|удмурт ижевск;Udmurtia
ULY Ульяновская область|ульяновск;Ulyanovsk Oblast
VGG Волгоградская область|волгоград;Volgograd Oblast
VLA Владимирская область|;Vladimir Oblast
VLG Вологодская область|вологд;Vologda Oblast
VOR Воронежская область|воронеж;Voronezh Oblast
YAN Ямало-Ненецкий округ|ямал;Yamalo-Nenets Okrug
YAR Ярославская область|ярославл;Yaroslavl Oblast
YEV Еврейская автономная область|биробиджан;Jewish Autonomous Oblast
ZAB Забайкальский край|забайкал чита чите;Zabaykalsky Krai
`

export interface Region {
  readonly code: string
  readonly ru: string
  readonly en: string
  readonly stems: readonly string[]
}

/** The telling word of a name, without the ending of an adjective. */
const stemsOf = (ru: string, more: string, en: string) => {
  const first = ru.toLowerCase().split(/[ ,]/)[0]!
  const english = en.toLowerCase().split(/[ (]/)[0]!
  const own = ['северная', 'алтай', 'московская'].includes(first) ? [] : [first.replace(/(ая|ий|ия)$/, '')]
  if (first === 'московская') own.push('московск')
  return [
    ...own,
    ...more.split(' ').filter(Boolean),
    ...(['north', 'saint', 'jewish', 'altai', 'moscow'].includes(english) ? [] : [english]),
  ]
}

export const regions: readonly Region[] = list
  .trim()
  .split('\n')
  .map(line => {
    const [names = '', en = ''] = line.slice(line.indexOf(' ') + 1).split(';')
    const [ru = '', more = ''] = names.split('|')
    return { code: `RU-${line.slice(0, line.indexOf(' '))}`, ru, en, stems: stemsOf(ru, more, en) }
  })
