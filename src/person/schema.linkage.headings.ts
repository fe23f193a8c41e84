import type { LinkKind } from './schema.linkage.ts'

/* Headings of registers, English, Russian and a little French, in the order in which they are asked. A heading is lower case, words apart by one space. */

export const headings: readonly (readonly [LinkKind, RegExp])[] = [
  [
    'ignore',
    /^(true |gold |real )?(cluster|label|truth|match|class|duplicate|is duplicate)( id| no)?$|^(entity|true|gold) id$|^source( (file|dataset))?$|^(comment|remark|note)s?$|^(примечани[ея]|комментари[йи])$/u,
  ],
  [
    'document',
    /\b(ssn|soc sec|social security|passport|document|national id|id card|certificate|nhs|medicare|insurance|tax|visa)\b|passeport|паспорт|снилс|инн(?!\p{L})|документ|свидетельств|удостоверени|полис|миграционн|виза/u,
  ],
  [
    'relative',
    /\b(mother|father|parents?|guardian|spouse|kin|brother|sister)\b|\b(mère|père|tuteur)\b|матер|мать|отец|отца|родител|представител|опекун|брат|сестр/u,
  ],
  ['phone', /\b(phones?|tel|telephone|mobile|cell|téléphone|fax)\b|телефон|^тел(?!\p{L})|(?<!\p{L})моб|сотов/u],
  ['email', /\be ?mail\b|courriel|электронн\p{L}* (почт|адрес)|^почта$|^эл (почта|адрес)/u],
  [
    'house',
    /\b(street|house|building|flat|apartment|unit|st|home|apt) (no|nr|num|number)\b|^(house|building|flat|apartment|unit|apt)$|^дом$|(номер|№) дома|квартира|^кв$|корпус|строение/u,
  ],
  ['postcode', /\b(post ?code|zip|postal|postcode)\b|code postal|индекс/u],
  [
    'place',
    /\b(place of birth|birth ?place|city|town|suburb|village|locality|municipality|place|district|ville|lieu)\b|город|насел[её]нн|место рождения|село|кишлак|посёлок|поселок|район|родом из|откуда/u,
  ],
  ['origin', /\b(nationality|citizenship|country|origin|nationalité|pays)\b|гражданств|страна|национальност|происхожден/u],
  ['region', /\b(state|region|province|county|oblast)\b|область|регион|край|республика|вилоят|субъект/u],
  ['street', /\b(address|addr|street|road|residence|adresse|rue)\b|улиц|^ул$|адрес|место (жительств|проживан)|проживает/u],
  ['sex', /^(sex|gender|sexe|пол|jins)$|\b(sex|gender)\b|^пол(?!\p{L})/u],
  ['age', /^(age|âge|возраст|лет)$|\bage\b|^возраст/u],
  [
    'date',
    /\b(dob|d o b|date|birth ?day|born|birth (year|date)|year of birth|yob|naissance)\b|^birth$|дата|рожд[её]н|^д ?р$|год рождения|^г ?р$/u,
  ],
  ['patronymic', /\b(patronymic|middle ?name|middle|second name|father s name)\b|отчеств/u],
  [
    'full_name',
    /^(full ?name|name|names|person name|fio|фио|ф и о|first and surname|child( name)?|полное имя|кто|имя и фамилия|фамилия и имя|ребенок|ребёнок|nom complet)$|фамилия,? имя|(?<!\p{L})(фио|ф и о)(?!\p{L})|имя,? фамилия/u,
  ],
  ['surname', /\b(surname|last ?name|family ?name|lname|lastname|family|sname)\b|^nom$|фамили|familiya/u],
  ['given_name', /\b(given ?name|first ?name|forename|fname|firstname|given|christian name|prénom)\b|^имя|(?<!\p{L})имя$|^ism$/u],
  ['full_name', /\bname\b/u],
  ['occupation', /\b(occupation|job|profession|work|trade)\b|професси|должност|занятие|род занятий|место (работы|уч[её]бы)/u],
  [
    'record_id',
    /^(id|rec id|record id|row id|unique id|№|№ п п|n|no|nr|номер|номер записи|номер п п|п п|ид|идентификатор|код записи|record|rec|row|index|#)$|^\p{L}+ (id|no|nr|number)$|^id \p{L}+$|^(уникальный|регистрационный|учётный|учетный) (номер|код)$|^номер (дела|карты|анкеты|строки|человека)$/u,
  ],
  ['code', /\bcode\b|^код(?!\p{L})/u],
]
