import type { CheckLanguage } from './schema.check.ts'

/** Money in words of all six languages, with a rough value in dollars. The dollar's own sign and those of rouble and euro are read by themselves. */
export const currencies: readonly (readonly [number, string])[] = [
  [1, 'доллар* dollar* бакс* bucks usd usdt $ зелен*'],
  [1 / 90, 'руб* rub* rubles ₽ р рупий'],
  [1.1, 'евро euro* eur €'],
  [1 / 88, 'сом som* kgs'],
  [1 / 12500, "сум so'm* сўм* uzs"],
  [1 / 10.8, 'сомон* somon* tjs'],
]
/** A thousand, a million. */
export const multipliers: readonly (readonly [number, string])[] = [
  [1000, 'тыс тысяч* тыщ* к k тр тонн* ming минг миң* ҳазор* hazor* mille thousand'],
  [1_000_000, 'млн миллион* mln million*'],
]
/** What an amount is taken for when no currency stands with it ("40к", "200 тысяч"). */
export const bareRate = 1 / 90

/** Frequent small words by which a language is known, beside its own letters. */
export const frequent: Readonly<Record<CheckLanguage, string>> = {
  ru: 'и не что это как на ты я мы вы он она для или если тебя тебе мне меня только все уже нет да где когда привет можно нужно есть будет очень по за от до без кто надо просто сегодня',
  en: 'the and you is are to of for with your me my we it this that have will can not do if please hi hello about just be in on what',
  uz: "va bilan uchun sen siz men biz bu emas bor yo'q kerak qanday nima salom ham lekin agar hech faqat mening sening bo'ladi qil qilma kel keladi edi ekan haqida bugun ertaga uyda qachon seni menga senga bir kuni bolalar keling iltimos ol oyim dadam bizda bizning ko'p kel",
  ky: 'жана менен үчүн сен мен биз бул эмес бар жок керек кандай эмне салам сиз силер бирок эгер эч гана болот кылба кел ооба тууралуу бүгүн кыз бала эртең үйдө качан сени мага сага берем кел алып апам атам балдар биздин керек сал',
  tg: 'ва бо барои ту ман мо ин нест ҳаст аст лозим чӣ салом шумо аммо агар ҳеҷ фақат мекунам мекунӣ биё не ҳа аз ба дар ки туро маро имрӯз нагӯй мешавад дорам боз кай дар як хона падар модар бача илтимос рӯзи соати мекунем гирифта аз куҷо',
  fr: 'le la les et tu je nous vous est pas pour avec ton mon ce une un de des du que qui si bonjour salut dans sur ça moi toi mais très fait',
}
/** Letters that only some of the languages have. */
export const ownLetters: Readonly<Record<CheckLanguage, string>> = {
  ru: 'ыщэё',
  en: '',
  uz: 'ўқғҳʻ',
  ky: 'өүңыэ',
  tg: 'ӣӯҷҳқғ',
  fr: 'éèêàçùôîœ',
}
