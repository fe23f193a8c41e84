/**
 * Which letters are heard alike. A sound is one character: vowels a o u e i, softened A (я) O (ё) U (ю); consonants b v g d j (ж, дж, ҷ) z k l m n N (ң) p r s t f
 * h (х, ҳ) c (ц) C (ч) S (ш, щ). Latin letters say different things in different countries, so a Latin name has several readings; each is a set of rules.
 * Sources: the systems of schema.names.systems.ts read backwards; the alphabets of Uzbekistan (1995) and Turkey; French, Polish and Czech orthography;
 * чж after the system of Palladius for Chinese; Yoruba ṣ after the orthography of 1974; Arabic and Persian letters after BGN/PCGN 1956 and 1958.
 */
export const cyrillicSounds =
  'а=a б=b в=v г=g ғ=g ґ=g д=d е=e ё=O є=e ж=j җ=j ҷ=j дж=j з=z и=i і=i ї=i ӣ=i й=i к=k қ=k ҡ=k л=l м=m н=n ң=N ҥ=N о=o ө=o п=p р=r с=s ҫ=s т=t у=u ӯ=u ү=u ұ=u ў=o ф=f х=h ҳ=h һ=h ц=c ч=C чж=j ҹ=j ш=S щ=S ъ= ы=i ь= э=e ә=a ю=U я=A ђ=j ћ=C џ=j ј=i љ=l њ=n'

const latin =
  'a=a b=b c=k ce=ce ci=ci cy=ci cc=k ck=k ch=C chr=kr tch=C tsch=C tsh=C cz=c d=d dj=j dzh=j dz=dz dsh=j dsch=j dž=j e=e f=f g=g gh=g h=h i=i j=j k=k kh=h l=l m=m n=n o=o oo=u ou=u iou=U p=p ph=f q=k qu=k r=r rh=r s=s sh=S shch=S sch=S chtch=S šč=S shh=S sz=S t=t th=t ts=c tc=c tz=c u=u v=v w=v x=h y=i yu=U ya=A yo=O ye=e z=z zh=j zs=j ' +
  'č=C ć=C ç=C š=S ś=S ŝ=S ş=S ș=S ṣ=S ž=j ż=j ź=z ğ=g ġ=g ĝ=g ı=i ñ=n ň=n ł=l ð=d þ=t ß=s æ=e œ=e ø=o ë=O yë=O â=A û=U ə=a ŋ=N ɓ=b ɗ=d ƙ=k đ=d ķ=k ț=c'

export const readings: readonly { readonly id: string; readonly source: string; readonly letters: string }[] = [
  { id: 'common', source: 'English and ICAO spelling; x as in Uzbek', letters: latin },
  {
    id: 'french',
    source: 'French orthography; passports before 1997; Congo, Guinea, Cameroon',
    letters: `${latin} ch=S tch=C ce=se ci=si cy=si ç=s x=ks gu=gu gue=ge gui=gi guy=gi ge=je gi=ji gy=ji eau=o au=o ai=e aî=e eu=e oi=ua oî=ua gn=ni œu=e qu=k â=a û=u ë=e e$= es$= ine$=in`,
  },
  {
    id: 'slavic',
    source: 'scholarly, ISO 9, Polish and Czech spelling',
    letters: `${latin} j=i ja=A ju=U jo=O je=e c=c ce=ce ci=ci ch=h cz=C x=h ż=j rz=j w=v å=o`,
  },
  {
    id: 'english',
    source: 'English orthography',
    letters: `${latin} ce=se ci=si cy=si x=ks ee=i ea=i oo=u ck=k â=a û=u ë=e e$= ie$=i ey$=i`,
  },
]

/** Arabic and Persian: short vowels are not written, so names are compared by consonants; و and ی are vowels or consonants. */
export const arabicSounds =
  'ا=a آ=a أ=a إ=i ٱ=a ى=i ب=b پ=p ت=t ث=s ج=j چ=C ح=h خ=h د=d ذ=z ر=r ز=z ژ=j س=s ش=S ص=s ض=z ط=t ظ=z ع= غ=g ف=f ق=k ک=k ك=k گ=g ل=l م=m ن=n و=u ؤ=u ه=h ة= ی=i ي=i ئ=i ء= ې=e ڭ=N ۇ=u ۆ=o ێ=e ە=a'

/** What may be taken for what, and how much is lost by it (1: nothing in common). Sources: the tables above where two systems disagree; hearing over a telephone. */
export const near =
  'ao=.25 ei=.2 ou=.3 ae=.35 Aa=.2 Ae=.35 Ai=.5 Oe=.15 Oo=.2 OU=.4 Uu=.15 oi=.6 ai=.6 au=.6 eo=.5 eu=.6 iu=.5 Ui=.5 Oa=.4 Ao=.4 Ui=.4 ' +
  'hk=.45 hg=.45 kg=.5 bv=.5 vf=.25 vu=.3 vo=.5 bp=.5 dt=.45 zs=.4 zj=.5 jS=.4 jC=.45 CS=.3 Ss=.4 Cc=.4 cs=.35 cz=.5 Nn=.15 ck=.5 Ck=.5 jg=.45 ji=.35 jd=.5 Ct=.6 ct=.5 mn=.55 lr=.6 hj=.6 Ch=.5 Sh=.6 kC=.5 fp=.6 ks=.6'

/** Sounds that come and go: h is mute in French and Italian, a nasal before a consonant in the Congo, glides everywhere. */
export const fleeting = 'a=.55 o=.55 u=.55 e=.5 i=.45 A=.7 O=.7 U=.7 h=.45 n=.8 m=.8 v=.8 g=.8 d=.85 t=.85'
