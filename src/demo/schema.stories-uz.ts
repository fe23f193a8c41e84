import type { Stories } from './schema.stories-type.ts'

export const storiesUz: Stories = {
  places: ['bozor yonida', 'vokzal oldida', 'omborda', 'savdo markazi oldida', 'avtomoykada'],
  told: {
    away: [
      'Uydan ketganimga {n} hafta boʻldi. Avval {place} tunadim, keyin tanishlarnikida.',
      'Internatdan dam olish kuniga chiqarishdi, men qaytib bormadim.',
      'Uyda yashash qiyin boʻlib qoldi. Narsalarimni yigʻib, ketdim.',
    ],
    alone: [
      'Amakim bilan keldik. U ishga ketdi va qaytmadi. {n} haftadan beri yolgʻizman.',
      'Onam uyda qoldi, meni qoʻshnilar bilan joʻnatishdi. Endi ular qarzing bor deyishyapti.',
      'Akam qayerdaligini bilmayman. {place} bir-birimizni yoʻqotib qoʻydik.',
    ],
    no_school: [
      'Ikki yildan beri maktabga bormayman. Roʻyxatsiz olishmadi.',
      'Ota-onam ishda, men kichkinalarga qarayman. Maktabga borgim keladi.',
      'Bizni bogʻchaga ham, shifoxonaga ham yozdirishmagan.',
    ],
    no_papers: [
      'Pasportim xoʻjayinda. Ishlab bersang, qaytaraman, dedi.',
      'Hujjatimiz yoʻq, guvohnoma buvimda qolgan. Shuning uchun hech qayerga bormaymiz.',
      'Metrikam yoʻlda yoʻqolgan. Onam soʻrab borishga qoʻrqadi.',
    ],
    work: [
      'Biz {place} kuniga oʻn ikki soat ishlaymiz. Pulni bizni olib kelgan odam oladi.',
      'Oshxonada ish boʻladi deyishgan edi, lekin {place} olib kelishdi. Telefonimni olib qoʻyishdi.',
      'Ertadan kechgacha {place} yordam beraman. Yoʻl puli qarzi kamaymayapti.',
    ],
    online: [
      'Oʻyinda bir qiz yozdi: yaxshi ish bor emish. Pasport rasmini soʻradi, hech kimga aytma, dedi.',
      'Chatda tanishdik. Avval sovgʻalar qildi, endi yolgʻiz kel, deyapti.',
      'Posilka tashish uchun koʻp pul vaʼda qilishdi. Endi qarzing bor, deb yozishyapti.',
    ],
    begging: [
      'Biz {place} kichkina bola bilan turamiz. Kechqurun pulni bir xola oladi, u qarindoshimiz emas.',
      'Menga {place} pul yigʻ, deyishadi. Kam boʻlsa, ovqatsiz qolaman.',
      'Singlim bilan {place} yuramiz. Bir amaki uzoqdan qarab turadi.',
    ],
  },
  asks: [
    'Uyga qaytgim keladi.',
    'Singlim yonimda boʻlsin.',
    'Biroz uxlasam boʻladimi?',
    'Oʻqigim keladi.',
    'Iltimos, ularga qoʻngʻiroq qilmang.',
    'Hali bilmayman.',
  ],
  wrote: [
    'Assalomu alaykum. Begona odamlarning uyida yashayapman. Shu yerda soʻrasam boʻladimi?',
    'Yordam bering, iltimos. Faqat kechasi yoza olaman.',
    'Dugonam {place} ishlagani ketgan edi, {n} kundan beri javob bermayapti. Kimga aytay?',
    'Qarzing bor, deyishyapti. Ertaga u yerga borishga qoʻrqyapman.',
  ],
  later: [
    'Yaxshiman, maktabga boryapman.',
    'Baʼzan yomon uxlayman, boshqasi yaxshi.',
    'Biz koʻchdik, hozir uzoqdamiz.',
    'Kimdir bilan gaplashgim keladi.',
  ],
}
