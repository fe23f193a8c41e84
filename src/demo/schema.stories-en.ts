import type { Stories } from './schema.stories-type.ts'

export const storiesEn: Stories = {
  places: ['near the market', 'by the station', 'at a warehouse', 'outside a shopping centre', 'at a car wash'],
  told: {
    away: [
      'I left the house {n} weeks ago. I slept {place} first, then with people I know.',
      'They let us out of the home for the weekend and I did not go back.',
      'After my aunt moved, nobody wanted me in the flat, so I went.',
    ],
    alone: [
      'I came with a woman who said she is my auntie. She left me {place} and did not come back.',
      'We were four on the road. I do not know where the others are.',
      'My mother sent me with a neighbour. Now he says I must pay back the ticket.',
    ],
    no_school: [
      'I have not been in school since we came. They said no registration, no place.',
      'I look after the small ones while they work. I would like to go to class.',
      'Nobody took us to a doctor or to a school. I can read a little.',
    ],
    no_papers: [
      'My passport is with the madam. She keeps all of them in one bag.',
      'They took my papers at the airport and said it is safer so.',
      'I never had a paper with my name. My grandmother knows the day I was born.',
    ],
    work: [
      'They promised football. Now I carry boxes {place} every day.',
      'I braid hair from morning till night. The money goes to the woman who brought me.',
      'I work {place}. They say the debt is bigger now than when I came.',
    ],
    online: [
      'A man wrote to me about a modelling job. He wants my passport photo and says it is our secret.',
      'We met in a game. He pays for everything and now he wants me to come to another city.',
      'Somebody says she is from my town and can get me a visa. She asks who else uses my phone.',
    ],
    begging: [
      'We stand {place} with the baby. In the evening another woman takes the money.',
      'I ask people for money {place}. If it is not enough I eat late.',
      'They gave me a card to show to people {place}. I cannot read what is on it.',
    ],
  },
  asks: [
    'I want to call my mother.',
    'Please do not tell them where I am.',
    'I want to go to school.',
    'I want to sleep first.',
    'I do not know what I want yet.',
  ],
  wrote: [
    'Hello. I am staying with people who are not my family. Can I ask something here?',
    'Please help. I can write only at night.',
    'My friend went to work {place} and she has not answered for {n} days.',
    'They say I owe money. I do not want to go there tomorrow.',
  ],
  later: ['I am fine. School is hard but good.', 'I sleep better now.', 'We moved. I miss the girls.', 'Can I talk to somebody this week?'],
}
