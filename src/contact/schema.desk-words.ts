import type { LanguageSigns, SignId } from '../prevention/schema.check.ts'
import { en } from '../prevention/schema.signs-en.ts'
import { fr } from '../prevention/schema.signs-fr.ts'
import { ky } from '../prevention/schema.signs-ky.ts'
import { ru } from '../prevention/schema.signs-ru.ts'
import { tg } from '../prevention/schema.signs-tg.ts'
import { uz } from '../prevention/schema.signs-uz.ts'
import type { Urgency } from './schema.ts'

/**
 * What somebody who writes to us may say that cannot wait. The engine of "check this message" looks for it, so spelling, script and transliteration do not matter; each
 * family borrows the number of a sign, which means nothing here. Not read by native speakers yet: it only proposes, a person decides.
 */
export const families = [
  'danger',
  'selfHarm',
  'violence',
  'locked',
  'moved',
  'medical',
  'sexual',
  'alone',
  'blackmail',
  'papers',
  'debt',
] as const
export type Family = (typeof families)[number]
export const familyUrgency: Readonly<Record<Family, Urgency>> = {
  danger: 'now',
  selfHarm: 'now',
  violence: 'now',
  locked: 'now',
  moved: 'now',
  medical: 'now',
  sexual: 'now',
  alone: 'today',
  blackmail: 'today',
  papers: 'today',
  debt: 'today',
}
/** Signs that the engine never weakens or adds by itself (F1 by money, F5–F7 and F16 by who is spoken to). */
export const carrier: Readonly<Record<Family, SignId>> = {
  danger: 'F2',
  selfHarm: 'F3',
  violence: 'F4',
  locked: 'F8',
  moved: 'F9',
  medical: 'F10',
  sexual: 'F11',
  alone: 'F12',
  blackmail: 'F15',
  papers: 'F17',
  debt: 'F14',
}
type Lines = Readonly<Record<Family, string>>
const language = (base: LanguageSigns, lines: Lines): LanguageSigns => ({
  ...base,
  words: {},
  signs: Object.fromEntries(
    families.map(f => [
      carrier[f],
      lines[f]
        .split(';')
        .map(l => `3 ${l.trim()}`)
        .join('\n'),
    ]),
  ),
})

export const deskWords: readonly LanguageSigns[] = [
  language(ru, {
    danger:
      'убьют|убьет|зарежут|зарежет; хотят|хочет|грозит*|обещал* ~ убить|зарезать; помогите|спасите ~ срочно|скорее|быстрее|пожалуйста; за мной ~ гонятся|идут|едут; нож|пистолет ~ у|него|них|мне',
    selfHarm:
      'не хочу ~ жить; хочу ~ умереть|сдохнуть; убью|убить ~ себя; покончу|покончить ~ собой; режу|порезала|порезал ~ себя|руки|вены; лучше ~ умереть|сдохнуть; наглоталась|наглотался|выпила|выпил ~ таблетки|таблеток',
    violence:
      'бьют|избивают|избили|избил|избивает|бьет|душит|душил ~ [нас] [меня]; меня|нас|его|ее|их ~ бьют|бьет|избил*|избив*|душ*; ударил* ~ меня|нас|ножом',
    locked:
      'заперли|заперт|заперта|заперты|закрыли|держат|удерживают|удерживает ~ [нас] [меня]; дверь ~ закрыта|заперта; не выпускают|выпускает|отпускают|отпускает; не ~ можем|могу|можно ~ выйти|уйти',
    moved:
      'сегодня|завтра|сейчас|ночью|вечером|утром ~ увезут|увозят|повезут|заберут|забирают|переправят|перевезут; увезут|увозят|повезут ~ сегодня|завтра|сейчас|ночью|вечером|утром',
    medical:
      'много|сильно|течет|идет ~ кровь|крови; кровь ~ не ~ останавливается; потерял*|теряет|теряю ~ сознание; не|трудно ~ дышит|дышать; сломан*|сломал* ~ рука|руку|нога|ногу|ребро; беременн*; рожаю|рожает|схватки; передозировка|передоз',
    sexual:
      'изнасилов*|насилуют|насилует|насиловал*; заставля* ~ раздеться|раздеваться|спать|секс*|трогать; трогает|трогал|лезет|лапает|приставал|пристает ~ [ко] [мне] [меня]; продают|продал* ~ мужчинам|клиентам|меня|нас',
    alone:
      'негде ~ спать|ночевать|жить; на ~ улице|вокзале ~ одна|один|сплю|живу|ночую; сбежала|сбежал|убежала|убежал; выгнали|выгнал ~ из|дома; потерялась|потерялся|заблудил*; не|ничего ~ ела|ел|едим|кормят',
    blackmail:
      'шантаж*; выложит|выложу|выложат|разошлет|разошлют|разошлю|отправит|отправят|покажет|покажут|сольет|сольют ~ фото|фотки|видео|всем|родителям|маме|друзьям|родным; требу*|просят|просит ~ деньги|денег ~~ фото|видео|фотки',
    papers:
      '{забрал*|отобрал*|отнял*|держат|не отдают|не отдает} ~ паспорт*|документ*|телефон*; паспорт*|документ* ~ {забрал*|отобрал*|отнял*|не отдают|не отдает|у хозяина}',
    debt: 'должна|должен|должны ~ отработать|вернуть|отдать; долг* ~ {отработ*|не отпускают|растет|большой}; не|ничего ~ платят|платит|заплатил*',
  }),
  language(en, {
    danger:
      'going|want|wants|will ~ kill ~ me|us|him|her; help ~ me|us ~ please|now|fast|quick; chasing|following|after ~ me|us; knife|gun',
    selfHarm: 'want|going ~ die; kill ~ myself; end ~ my ~ life; cut|cutting ~ myself; not|dont ~ want ~ live; took|swallowed ~ pills',
    violence: 'beat|beats|beating|hit|hits|hitting|choke*|hurt|hurts ~ me|us|him|her',
    locked: 'lock|locked ~ me|us|in|up|door; door ~ locked; not|wont|dont|cant|cannot ~ let|leave|get ~ me|us|out|leave',
    moved:
      'taking|take|moving|move ~ me|us|them ~~ today|tonight|tomorrow|now; today|tonight|tomorrow ~ taking|take|moving|move ~ me|us|them',
    medical: 'bleeding|unconscious|pregnant|overdose; cant|cannot|hard ~ breathe; broken ~ arm|leg|bone; in ~ labour|labor',
    sexual:
      'rape*|raping; force*|made|make|makes ~ me|us ~ sex|undress|strip|sleep|touch; touched|touches|touching ~ me|us; sell|sells|sold ~ me|us',
    alone:
      'nowhere ~ sleep|go|live; on ~ street|streets|station; ran|run|running ~ away; kicked|threw ~ me ~ out; lost ~ alone; no|not|nothing ~ food|eat|eaten',
    blackmail:
      'blackmail*; post|send|share|show|leak ~ pictures|photos|video|nudes|pics ~ [everyone] [everybody]; pay ~~ or ~~ pictures|photos|video|everyone',
    papers: 'took|take|takes|taken|keeps|has|have ~ my|our|their ~ passport*|papers|documents|phone',
    debt: 'owe|owes ~ him|them|money|boss; pay ~ off ~ debt; work ~ off; not|dont|doesnt|didnt|never ~ pay|paid ~ me|us',
  }),
  language(uz, {
    danger: 'oʻldir*|oldir*|ўлдир* ~ [bizni] [meni]; yordam ~ bering|berin|tez; qutqaring*|qutqar; pichoq ~ bilan|bor',
    selfHarm: 'oʻlgim|olgim|ўлгим ~ kel*; yashagim ~ kelmay*|yoʻq|yoq; oʻzimni|ozimni ~ oʻldir*|oldir*|kes*',
    violence: 'urdi|uradi|urishdi|urishadi|urayapti|uryapti|kaltakla*|boʻgʻ*; meni|bizni ~ ur*|doʻpposla*',
    locked:
      'qamab|qamashdi|qamoq* ~ qoʻy*|qoydi|qoʻyishdi|qoyishdi|ushla*; eshik ~ yopiq|qulf*|berk; chiqarmay*|chiqarmaydi|chiqib ~ ketolmay*; chiqolmay*|ketolmay*|qoʻyib ~ yubormay*',
    moved: 'bugun|hozir|ertaga|kechqurun|kechasi ~ olib ~ ket*|ketadi|ketishadi|ketyapti; olib ~ ketadi*|ketishadi|ketishyapti',
    medical: 'qon ~ ket*|oq*|toʻxta*; hushidan|hushimdan ~ ket*; nafas ~ ololmay*|ololma*; homilador*; singan|sindi ~ [qoʻlim] [oyogʻim]',
    sexual: 'zoʻrla*|zorla*; majbur* ~ yechin*|yotish|jinsiy; badanim* ~ ushla*|tegin*; erkaklarga ~ sot*',
    alone:
      'uxlashga|yotishga|yashashga ~ joy ~ yoʻq|yoq; koʻchada|kochada|vokzalda ~ yolgʻiz|qoldim|uxlay*|yashay*; qochdim|qochib ~ ket*; adashib|adashdim; ovqat ~ yoʻq|yoq|bermay*',
    blackmail: 'shantaj*; rasm*|surat*|video* ~ hammaga|ota-onam*|onam*|doʻstlar* ~ yubor*|koʻrsat*|tarqat*; tarqat* ~ rasm*|video*',
    papers: 'pasport*|hujjat*|telefon* ~ olib ~ qoʻy*|qoy*|ol*; pasport*|hujjat* ~ bermay*|olishdi|tortib',
    debt: 'qarz* ~ ishla*|toʻla*|tola*|bor; pul|maosh ~ bermay*|toʻlamay*|tolamay*',
  }),
  language(ky, {
    danger: 'өлтүр* ~ [мени] [бизди]; жардам ~ бергиле|бериңиз|тез; куткар*; бычак ~ менен|бар',
    selfHarm: 'өлгүм ~ кел*; жашагым ~ келбе*|жок; өзүмдү ~ өлтүр*|кес*',
    violence: 'урду|урат|уруп|ургула*|сабап|сабады|сабашты|муунтуп; мени|бизди ~ ур*|саба*|токмокто*',
    locked:
      'камап|камалып|камашты|кармап ~ койду|коюшту|турат|турушат|отурушат; эшик ~ жабык|бек*|кулпу*; чыгарбай*|чыга ~ албай*; коё ~ бербе*',
    moved: 'бүгүн|азыр|эртең|кечинде|түндө ~ алып ~ кет*|кетет|кетишет; алып ~ кетишет|кетет|кеткени',
    medical: 'кан ~ кет*|агып*|токто*; эсинен|эсимден ~ танды*|тан*; дем ~ ала ~ албай*; боюнда|кош ~ бойлуу; сынган|сынды',
    sexual: 'зордукта*; мажбур* ~ чечин*|жат*|секс*; денем* ~ карма*|тий*; эркектерге ~ сат*',
    alone:
      'жатаар|жатканга|уктаганга|жашаганга ~ жер|жай ~ жок; көчөдө|вокзалда ~ жалгыз|калдым|уктап|жашап; качып ~ кет*|чык*; адашып|адаштым; тамак ~ жок|бербе*',
    blackmail: 'шантаж*; сүрөт*|видео* ~ баарына|апама|досторума ~ жөнөт*|көрсөт*|тарат*; тарат* ~ сүрөт*|видео*',
    papers: 'паспорт*|документ*|телефон* ~ алып ~ кой*|кетти|алды; паспорт*|документ* ~ бербе*|алышты|тартып',
    debt: 'карыз* ~ иште*|төлө*|бар; акча|айлык ~ бербе*|төлөбө*',
  }),
  language(tg, {
    danger: 'мекушад|мекушанд|мекушам|куштан* ~ [маро] [моро]; кӯмак|ёрӣ|кумак ~ кунед|диҳед|зуд; наҷот ~ диҳед; корд ~ дорад|бо',
    selfHarm: 'мурдан|мемирам ~ мехоҳам|мехохам; мехоҳам ~ мирам|мурдан; зистан ~ намехоҳам|намехохам; худамро ~ мекушам|куштан|бурид*',
    violence: 'мезанад|мезананд|заданд|зад|латукӯб*|лат ~ [маро] [моро] [кард*]; маро|моро ~ мезан*|зад*|лату*|буғӣ*',
    locked:
      'қулф|банд|маҳкам|кулф ~ кард*|аст|мекун*; дар ~ қулф|кулф|баста|банд; баромадан ~ намешавад|наметавон*|намемонад|намемонанд; намегузор*|сар ~ намедиҳ*; баромада ~ наметавон*',
    moved: 'имрӯз|имруз|ҳозир|ҳоло|пагоҳ|фардо|шаб|бегоҳ ~ мебаранд|мебарад|бурдан*; мебаранд|мебарад ~ имрӯз|пагоҳ|фардо|шаб',
    medical:
      'хун ~ рафт*|меравад|омад*|меояд; беҳуш*|бехуш*; нафас ~ гирифта|кашида ~ наметавон*; ҳомила*|хомила*; шикаст ~ [дастам] [поям]',
    sexual: 'таҷовуз*|тачовуз*; маҷбур*|мачбур* ~ либос|луч|хоб|секс*; баданам* ~ даст|мерас*; ба ~ мардҳо|мардон ~ мефурӯш*|фурӯхт*',
    alone:
      'ҷои|чои ~ хоб|зист ~ нест|надорам; дар ~ кӯча|куча|вокзал ~ танҳо|танхо|мондам|хоб|зиндагӣ; гурехт*|фирор ~ [кардам]; гум ~ шудам; хӯрок|хурок|нон ~ нест|намедиҳ*|нахӯрда*',
    blackmail: 'шантаж*; сурат*|расм*|видео*|акс* ~ ба ~ ҳама|хама|модарам*|хешу*|дӯстон* ~ мефирист*|нишон|паҳн*; паҳн|пахн ~ мекун*',
    papers: 'шиноснома*|паспорт*|ҳуҷҷат*|хуччат*|телефон* ~ гирифт*|гирифта*|намедиҳ*|кашида',
    debt: 'қарз*|карз* ~ кор|диҳам|адо|дорам; пул|маош ~ намедиҳ*|надод*',
  }),
  language(fr, {
    danger: 'va|veut|vont|veulent ~ tuer; au ~ secours; aidez ~ moi|nous ~ vite|svp; couteau|pistolet',
    selfHarm: 'veux|envie ~ mourir; me ~ tuer|suicider; plus ~ envie|veux ~ vivre; avalé ~ cachets|médicaments; me ~ coupe|couper',
    violence: 'me|nous|le|la ~ frappe*|bat|battent|battu*|étrangle*',
    locked: 'enfermé*|enferme*; porte ~ fermée|verrouillée; pas ~ sortir|partir; laisse* ~ pas ~ sortir|partir',
    moved: 'emmène*|emmener|emmèn* ~~ soir|demain|nuit|maintenant|aujourdhui; soir|demain|nuit|maintenant ~ emmène*|emmener|emmèn*',
    medical: 'saigne*|sang|inconscient*|enceinte|overdose; peux|peut|arrive ~ pas|plus ~ respirer; cassé ~ bras|jambe; accouche*',
    sexual:
      'viol|violé*|viole*|violent; force*|oblige* ~ coucher|sexe|déshabiller; touche*|touché* ~ [me] [mon] corps|seins|fesses; vend|vendent|vendu* ~ [me] [nous] hommes|clients',
    alone:
      'nulle ~ part ~ dormir|aller; dors|dormir|seul|seule ~ rue|gare|dehors; fugué*|enfui*|échappé*; perdu|perdue ~ seul|seule|gare|rue|ville; rien|pas ~ mangé|manger',
    blackmail: 'chantage*; publier|montrer|envoyer|diffuser ~ photos|vidéo*|vidéos|images ~ [tous] [monde]; payer ~~ photos|vidéo*',
    papers: 'pris|prend|garde*|confisqué* ~ passeport*|papiers|documents|téléphone',
    debt: 'dois|doit|devons ~ rembourser|travailler ~~ dette*; dette*; pas|jamais ~ payé*|paie|paye',
  }),
]
