import type { LanguageSigns } from './schema.check.ts'

/** Uzbek, written in Latin; Uzbek in Cyrillic folds to the same keys. From the field's list of signs (F1–F20); to be read by a native speaker. */
export const uz: LanguageSigns = {
  lang: 'uz',
  parents: 'oyi oyijon ona onajon aya dada dadajon ada ota otajon buvi buvijon',
  words: {
    nottell:
      "aytma aytmang aytmagin aytmanglar aytmaysan gapirma gapirmang gapirmagin bildirma bildirmang bildirmagin ko'rsatma ko'rsatmang sezdirma qo'yma",
    parent:
      'ota-onang* onang* otang* onanga otanga oyingga dadangga oying* dadang* oyimga oyijon ota-ona* otaona* akang* opang* oilang* uydagi* kattalar* buving* onam* otam* qarindosh* yaqinlar*',
    send: "yubor yuboring yuborgin yuborasan yuborsang tashla tashlang tashlavor yuborvor jo'nat jo'nating ol ko'rsat ko'rsating olib",
    picture: 'rasm* foto* fotoni surat* video* selfi* videoni kruzhok*',
    body: "yalang'och* kiyimsiz ichki badan* tanang* yech* yechib kupalnik* ko'krak*",
    messenger: 'telegram* telega* lichka* lichkada shaxsiy* vatsap* whatsapp* instagram* insta* imo* diskord* discord* viber* ls tg',
    place: "moskva* rossiya* turkiya* dubay* koreya* chet xorij* qozog'iston* yevropa* polsha* shahar* piter* arab*",
    police: 'politsiya* militsiya* chegara* mirshab* tergov* uchastkovoy* inspektor* bojxona* ment*',
    'place-of': 'qishloq* mahalla* joy* yurt* shahar* tuman* viloyat* el*',
  },
  period: {
    hour: 'soat* soatiga',
    day: 'kun* kuniga kunlik kunda',
    week: 'hafta* haftasiga haftalik haftada',
    month: 'oy oyiga oylik oyda oyligi',
  },
  signs: {
    F1: `
2 oson|tez|katta|ko'p|yaxshi|mo'may pul*|daromad*|maosh*|oylik*
2 pul* ~ oson|tez|ko'p ~ top*|ishla*
2 pul ishla*|ishlash*|topish* & istay*|xohla*|mumkin|oson|tez
2 daromad*|maosh*|oylik* ~ #m|yuqori|baland
2 #m ~ ishla*|top*|olasan|olasiz|beramiz|beraman|to'la*
2 ishla*|top* ~ #m
2 tajriba* ~ kerak emas|shart
2 hech narsa ~ qilish ~ kerak
2 telefon*|iphone*|ayfon*|robuks*|skin*|almaz*|sovg'a* ~ beraman|olib|sovg'a*|tekin*|bepul*|sotib
2 tekin*|bepul* ~ robuks*|skin*|almaz*|telefon*|iphone*|ayfon*|uc
2 nima ~ xohla*|istasang ~ olib|beraman
1 yengil ish*
1 uydan|telefondan ~ ishla*
1 # soat ~ kun*
1 puli|pulini ~ {darrov|naqd|har kuni|darhol}
2 #|#m ~ foiz* ~ seniki|senga
2 yarmi|foizi seniki|senga
2 kuniga|kunlik|kunda|haftasiga ~ #m|#
2 har kuni pul*
3 robux|robuks*|almaz* & kamera*|rasm*
2 har kuni ~ to'lov*|to'la*|pul*
2 pul* kerakmi`,
    F2: `
2 birovga ~ <nottell>
2 hech|hechkimga ~ kim|kimga|kim* ~ <nottell>
2 hechkim* ~ <nottell>
2 <nottell> ~ hech ~ kim*
2 <parent> ~ <nottell>
2 ota onang*|ona* ~ <nottell>
3 hech kim* & ota|onang*|otang*|oyi* & <nottell>
2 hech kim*|hechkim ~ bilma*|ko'rma*|eshitma*|sezma*
2 <parent> ~ bilma*|ko'rma*|eshitma*|sezma*
2 <parent> ~ bilish* ~ shart emas|kerak
3 bizning|ikkimiz* ~ sir*
3 sirimiz
2 sir* ~ oramizda|ikkimiz*|orada|qolsin|saqla*
2 oramizda ~ qol*
1 bu sir
2 yashirin*|yashirincha|maxfiy|bildirmasdan|bildirmay
3 yozishma*|chat*|xabar*|suhbat* ~ o'chir*
2 o'chir* ~ xabar*|hammasini
2 hech kimga|kimga ~ aytma*
2 kattalarga|ota ~ aytish ~ mumkin emas
3 kattalarga|katta* ~ <nottell>`,
    F3: `
2 <parent>|ular|do'stlaring ~ seni ~ {tushunma*|sevma*|yaxshi ko'rma*|qadrla*}
2 seni ~ tushunma*|sevishma*
3 uydan ~ ket*|qoch*|chiqib ket
3 maktab*|o'qish* ~ tashla*
2 ota-onang*siz|onangsiz
3 o'zing|yolg'iz|bir ~ o'zing|yolg'iz ~ kel|kelgin|keling|kelasan|chiq
3 yolg'iz|o'zing kel|kelgin|keling|kelasan|chiq|bor
2 hech kim* ~ olib kelma*
2 ularga|ularni|onangni|dugonang* ~ quloq solma|eshitma
3 senga ~ hech kim ~ ishonma*|yordam
2 uyda|uyingda ~ tushunma*|sevma*|qadrla*
2 mening|men ~ oldimga|yonimga kel*`,
    F4: `
1 <messenger> ~ yoz|yozing|yozgin|yozinglar|bog'la*
1 yoz*|bog'lan* ~ <messenger>
2 <messenger> ~ o't|o'tamiz|o'taylik|o'ting|gaplash*|yozish*|kir
2 bu yerda ~ yozma*|gaplashma*|xavfli
3 maxfiy|yashirin|sirli chat*
3 o'chib|yo'qoladigan|o'zi ~ ketadigan|xabar*|o'chadigan
2 raqam*|nomer* ~ ber|bering|tashla|yubor|yoz
2 yangi|boshqa|ikkinchi ~ akkaunt*|profil* ~ och*|oching
1 t me
2 yukla*|o'rnat* ~ <messenger>`,
    F5: `
3 onang*|otang*|oying* ~ kelgan|keladigan|kelsa ~ kod*
3 pasport* ~ yubor*|tashla*|ber|berib|bering|rasm*|olib|jo'nat*
3 pasport* ~ bizda|menda|xo'jayin* ~ qol*|tur*|saqla*
3 rasm*|foto* ~ pasport*
2 hujjat*|guvohnoma*|metrika* ~ yubor*|tashla*|ber|bering|olib|jo'nat*|bizda|menda
3 karta*|kod*|sms* ~ raqam*|kod*|parol* ~ yubor*|ayt|ber|tashla*
3 onang*|otang*|dadang* karta*
2 nomingga ~ karta*|sim*
3 karta*|hisob* ~ bizga|menga ~ ber*|top*
2 ustidan|kartangga|kartang* ~ pul ~ o'tkaz*|tush*
3 karta* ~ nom* & #m|beramiz|pul*
3 hujjat* ~~ kunga ~ kerak`,
    F6: `
2 <picture> ~ yubor*|tashla*|jo'nat*|ko'rsat*|ol
2 <picture> ~ o'zing*|o'zingni
3 <picture> ~ <body>
3 <body> ~ <picture>
3 kiyim*|ko'ylak*|mayka* ~ yech*|kiyimsiz
2 kamera* ~ yoq*|och*
1 video qo'ng'iroq*
2 chiroyli|ochiq|maxsus|faqat menga ~ <picture>
2 butun bo'y
2 kamera ~ oldida|qarshisida
2 model* ~ agent*|qiz*|kerak
2 bo'y bast*
2 video*|kamera* ~ gaplash*|erkak*
2 erkak* ~ video*|kamera*`,
    F7: `
2 hammasi|hammasini ~ to'la*|bizdan
2 yo'l*|bilet*|chipta*|taksi*|samolyot*|viza* ~ {to'la*|bizdan|mendan|olib ber*|sotib|tekin*|bepul*|qoplaymiz}
2 bilet*|chipta* ~ olaman|olamiz|oldim|oldik
2 yo'l ~ pul*|haqi*|kira* ~ to'la*|bizdan|mendan|beramiz
2 pasport*|hujjat*|viza*|patent* ~ qilib ber*|to'g'rila*|bitir*
3 chegara* ~ o'tkaz*
2 taksi*|mashina* ~ yubor*|jo'nat*|boradi|keladi
2 olib ketaman|ketamiz|ketadi|ketishadi
2 mashina*|taksi* ~ chiq|o'tir|chiqib
2 poyezd|poezd|bilet|yo'l ~ pul* ~ mendan|bizdan`,
    F8: `
1 tez|tezroq|shoshil*|zudlik*|darhol|darrov
1 hoziroq|bugunoq
1 shoshilinch|srochno
2 joy* ~ oz|kam|qoldi|cheklangan|tugayapti
2 oxirgi ~ imkon*|joy*|marta
2 ertaga|bugun|kechasi|ertalab ~ ketamiz|jo'naymiz|yo'lga|ketyapmiz|chiqamiz
2 o'ylab ~ o'tirma*
2 hozir ~ qaror|javob|ayt
2 kech ~ bo'l* & tez*|hozir|shoshil*
2 bo'lmasa ~ joy* ~ ketadi|boshqa*`,
    F9: `
2 akamning|amakimning|do'stimning|tanishimning|opamning|xolamning ~~ kafesi|restorani|do'koni|fermasi|firmasi
1 qiz*|yigit*|bola*|odam*|ishchi* ~ kerak
1 kerak ~ qiz*|yigit*|bola*|odam*|ishchi*
2 shartnoma*|hujjat* ~ kerak emas|shart
2 shartnomasiz|hujjatsiz|pasportsiz
2 batafsil|qolgan*|hammasi*|tafsilot* ~ lichka*|keyin|kelgan*|kelsang|uchrash*|shaxsiy*|telegram*
2 qonuniy|halol & ish*|pul*|daromad*
2 yaxshi|zo'r|oson ish bor
2 ish bor|taklif* ~ senga|qiziq*|xohla*
2 qiziqsa*|qiziqqan*|xohlasang|xohlagan* ~ yoz*|lichka*
1 ish bor
2 qanday ish* ~ keyin|kelgan*`,
    F10: `
2 qiz*|yigit*|bola* ~ # ~ yosh*
2 # ~ yosh* ~ qiz*|yigit*|bola*
1 # ~ yosh*
1 yosh* ~ #
2 chiroyli|ko'rkam|kelishgan|sohibjamol ~ qiz*|yigit*|juvon*
2 tashqi|qiyofa* ko'rinish*
2 bo'y* ~ vazn*|#|sm
2 turmushga chiqmagan
2 yosh ~ kelin*|qiz* ~ qidir*|izla*|kerak
2 boy ~ yigit*|er*|odam* ~ bor
2 qiz*|yigit* ~ # ~ #
2 chet ellik ~ turmush*|uylan*`,
    F11: `
1 yurtdosh*|vatandosh*|hamyurt*|hamqishloq*|hamshahar*|zemlyak*
2 bir ~ <place-of> ~ odam*|miz|mi|bola*
2 bir|bitta ~ qishloqdanmiz|mahalladanmiz|joydanmiz|yurtdanmiz|shahardanmiz|tumandanmiz|viloyatdanmiz|qishloqdan|mahalladan|joydan|yurtdan
2 men ham ~ qishloq*|mahalla*|tuman*|joy*|shahar*|samarqand*|farg'ona*|andijon*|namangan*|buxoro*|xorazm*|qashqadaryo*|surxondaryo*|toshkent*
2 o'zimiz*|o'zbek ~ odam*|bola*|ning|niki|likman
2 o'zimizniki*|o'zimizning*
2 o'zbek o'zbek*
2 begona* ~ ishonma*
3 yurtdosh*|vatandosh*|hamqishloq*|hamyurt*|o'zimiz* & sir*|tez*|shoshil*|hech|bugun|qarz*|kerak
2 yurtdosh*|vatandosh*|hamqishloq*|hamyurt* & ish*|pul*|ishon*|yordam`,
    F12: `
3 kim|onang*|otang*|ota|oying*|dadang* ~ telefon*|yozishma*|xabar* ~ tekshir*|ko'r*|o'qi*|qara*
3 telefon* ~ kim|onang*|otang* ~ tekshir*|ko'r*|o'qi*|qara*
3 telefon*|yozishma* ~ tekshir* 
3 <parent> ~ uyda ~ yo'q|bo'lma* ~ qachon|payt*|vaqt*
3 qachon ~ <parent> ~ ket*|yo'q|bo'lma*|ish*
2 <parent> ~ qachon|qayerda|soat ~ kel*|ket*|ish*
2 uyda ~ yolg'iz*|o'zing*|kim bor
2 yolg'izmisan|yolg'izmisiz|yolg'izsan
2 yoningda ~ kim|bor*
2 kim bilan ~ yasha*|tur*
2 qaysi maktab*
2 qayerda|qayda ~ yashay*|turas*|o'qiy*
2 manzil* ~ yoz|ayt|ber|tashla|yubor|qanaqa
1 necha* ~ yosh*
1 yosh* ~ necha*
2 lokatsiya*|geolokatsiya* ~ yubor*|tashla*|yoq*
2 parol* ~ qanday|nima|ayt
2 ota onang*|onang* ~ uxla*`,
    F13: `
2 sen ~ boshqa* ~ o'xshama*
2 sen ~ alohida*|boshqacha*|maxsus*|noyob*
2 yoshing* ~ nisbatan|qara* ~ katta|aqlli
3 faqat ~ men ~ seni ~ tushun*|sev*|yaxshi
3 hech kim ~ seni ~ menchalik|tushunma*|sevma*
2 menga ~ ishon*
2 menga ~ hamma* ~ ayt*|gapir*
2 seni|sizni ~ tanla*
3 isbot* ~ qil*|sev*|la*
2 agar ~ sevsang|ishonsang|do'stim bo'lsang
2 sensiz ~ yashay*|yasholma*
1 malikam|asalim|go'zalim
1 juda ~ chiroyli*|go'zal*san
2 seni ~ sevib qoldim
1 oilangga ~ yordam
3 hech kim ~ tushunma* & mendek|menday|menchalik|seni
1 oilang* ~ sovg'a`,
    F14: `
3 akang|opang|otang|onang|ukang|oilang|do'sting ~ bizga|bizdan|mendan ~ qarz*
3 bizga ~ qarz*
2 menga ~ qarz*
2 qarzing*|qarzdorsan|qarzdor*
3 qarz* ~ uz*|to'la*|ishlab|qaytar*
3 pul*|hamma* ~ qaytar*|ishlab ber* & qarz*|senga|sarfla*|bo'lmasa
2 pulimni|pulni|pullarni qaytar*
3 senga ~ pul* ~ sarfla*|xarj*|ketdi|to'la*
3 sen|senga ~ uchun|shuncha ~ qil*|sarfla*|ber* ~ endi
3 to'lamaguncha|uzmaguncha|qaytarmaguncha
2 oylik*|maosh* ~ ushla*|chegir*
3 qarzing ~ uzilmaguncha|tugamaguncha
3 birinchi oylik* ~ qaytar*`,
    F15: `
3 rasm*|video*|yozishma*|foto* ~ tarqat*|joyla*|qo'yaman|chiqar*
3 rasm*|video*|yozishma*|foto* ~ hammaga|hamma|do'st*|onang*|otang*|maktab*|internet* ~ yubor*|ko'rsat*|ko'radi|tarqat*|tashla*
3 hammaga|hamma|onang*|otang*|do'stlaring*|maktab* ~ {yuboraman|ko'rsataman|ko'radi|tarqataman|aytaman|aytib|aytib beraman|biladi}
3 yo'qsa|bo'lmasa|aks ~~ hamma*|onang*|otang*|tarqat*|o'ldir*|yomon|pushaymon|ayt*|rasm*|politsiya*
3 agar ~~ yubormasang|to'lamasang|kelmasang|qilmasang|bermasang|aytsang|bloklasang|javob bermasang ~~ hamma*|onang*|tarqat*|yomon|o'ldir*|rasm*|aytaman|politsiya*|ko'r*
3 yubormasang|to'lamasang|kelmasang|qilmasang|bermasang|aytsang|bloklasang ~~ hamma*|onang*|otang*|tarqat*|yomon|o'ldir*|aytaman|politsiya*|pushaymon|ko'r*
3 pushaymon ~ bo'l*|qil*
3 afsuslan* & senga|san|yana|qattiq
3 o'ldiraman|o'ldiramiz|uraman|uramiz|so'yaman
3 qayerda ~ yashash*|turish* ~ bila*
3 seni ~ topaman|topamiz
3 oilang*|singling*|ukang* ~ yomon|zarar|jabr
3 politsiya*|militsiya* ~ topshir*|beraman|berib|aytaman
3 deport*|qamal*|qamoq* 
2 yomon ~ bo'ladi
2 menda ~ rasm*|video* ~ bor`,
    F16: `
2 <place> ~ ketamiz|ket|boramiz|bor|ko'ch*|kel|keling|olib|uchamiz|ketasan|borasan
2 ketamiz|ket|boramiz|qochamiz|yur|yuring ~ {men bilan|biz bilan|<place>|birga}
2 men|biz bilan ~ ket*|yur*|bor*
2 <place> ~ ish* ~ bor|topib|ber*
2 chet el* ~ ish*|ket*|yur*
2 seni ~ olib ~ ketaman|boraman|ketamiz|boramiz
2 yangi hayot
2 kutib ~ ol* & vokzal*|aeroport*|avtobus*
2 o'zim ~ ish*|joy* ~ joyla*|topib|qo'y*
2 menga|biznikiga ~ ko'chib
2 istanbul*|dubay*|anqara* ~ qiz*|ish*|kerak`,
    F17: `
2 yotoq*|turar|uy|joy|kvartira*|ovqat*|xona* ~ {bepul*|tekin*|beramiz|beriladi|bizdan|bilan ta'min*|ber*}
2 bepul*|tekin* ~ yotoq*|uy|kvartira*|ovqat*|xona*|turar
2 ish* ~ turar|yotoq*|uy ~ joy*
3 {menikida|biznikida|bizda|men bilan|xo'jayinnikida} ~ yasha*|tur*|yot*
2 ham ~ ish* ~ ham ~ uy|turar|yotoq*
2 yotish*|yashash*|yotoq* ~ joy ~ bor
2 ovqat* ~~ yotish* ~ joy`,
    F18: `
3 men|biz ~ do'sti*|tog'a*|amaki*|qarindosh*|xola*|aka*|opa*|tanish* & hech|sir*|birovga
3 men ~ tog'ang*|amaking*|xolang*|akang*|opang*|qarindoshing* & tez|tezroq|shoshil*|hozir|darrov
3 onang|otang|oying|dadang|buving ~ meni|menga ~~ olib ~ yubordi|aytdi|kel*|ket*
3 onang|otang|oying|dadang ~ meni|menga ~~ olib
2 dugonang*|do'sting*|o'rtog'ing*|akang*|opang*|amaking*|xolang*|qo'shning*|sinfdoshing*|tog'ang* ~ ishla*|ket*|ayt*|berdi|bil*|tani*|raqam*|bor*|ham
2 onang|otang|oying|dadang ~ yubordi|iltimos|aytdi|so'radi|rozi|biladi
2 men ~ otang*|onang*|akang*|oilang*|dadang* ~ do'sti*|tanishi*|og'aynisi*|qarindoshi*
2 raqam*|nomer* ~ berdi|oldim
2 hamma|ko'p ~ qizlar|bizniki*|dugona* ~ ishla*|ket*
2 dugonang*|do'sting*|opang* ~ so'ra
3 do'sti*|tanishi* & yubordi|aytdi & mashina*|chiq|kel`,
    F19: `
2 har kuni ~ topshiriq*|vazifa*
2 avval|oldin|boshida ~ oson|kichik|yengil|oddiy ~ topshiriq*|vazifa*|ish*
2 oson|kichik|oddiy topshiriq*|vazifa*
1 birinchi|keyingi|yangi topshiriq*
3 topshiriq* ~ #m
2 keyin ~ kattaroq|qiyinroq|jiddiyroq|ko'proq
2 posilka*|paket*|sumka*|xaltani|xalta*|konvert*|yuk* ~ olib|yetkaz*|ber*|eltib
3 maxfiy|yashirin topshiriq*|vazifa*
3 {zakladka*|o't qo'y*|yoqib yubor*}
2 topshiriq*|sinov* ~ bajar*|o'tsang|o't
2 narsa*|yuk* ~ olib ~ bor*|kel*|tashla*
3 avval|boshida|oldin ~~ keyin ~~ kattaroq|ko'proq|jiddiyroq|qiyinroq
2 avval|oldin ~ varaqa*|reklama* ~ tarqat*
2 tilanchi*|gadoy*|sadaqa ~ qil*|so'ra*|yig'*
2 quti*|narsa* ~ elt*|yetkaz*|olib
2 o'yin*|bosqich*|sinov* ~~ karta*|pul*
2 sotasan ~~ ovqat*|joy
2 kuryer* & maktab*|bola*|#m`,
    F20: `
3 <police> ~~ desa|so'ra*|to'xtat* ~~ de|degin|ayt*|dema*|jim|deysan
3 <police> ~ aytma*|dema*|gapirma*|jim
2 so'rasa*|so'rashsa*|to'xtatsa* ~~ de|degin|deysan|ayt|aytgin|dema|aytma
2 o'qituvchi*|muallim*|maktab*|doktor*|psixolog* ~ aytma*|gapirma*|dema*
2 onang*|oying*|otang*|uydagilar* ~~ deb ~ ayt*|qo'y
2 mehmon*|sayohat*|turist* ~ deb ~ ayt*|de|degin
3 post*|chegara*|tekshiruv* ~~ degin|deysan|de
2 qarindosh*|to'yga ~~ degin|deysan`,
  },
}
