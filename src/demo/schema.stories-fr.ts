import type { Stories } from './schema.stories-type.ts'

export const storiesFr: Stories = {
  places: ['près du marché', 'devant la gare', 'dans un entrepôt', 'devant un centre commercial', 'dans une station de lavage'],
  told: {
    away: [
      'Je suis {parti|partie} de la maison il y a {n} semaines. J’ai dormi {place}, puis chez des gens.',
      'Je ne suis pas {rentré|rentrée} au foyer après le week-end.',
      'Après le départ de ma tante, on ne voulait plus de moi dans l’appartement.',
    ],
    alone: [
      'Je suis {venu|venue} avec un monsieur qui se disait mon oncle. Il m’a {laissé|laissée} {place}.',
      'Nous étions quatre sur la route. Je ne sais pas où sont les autres.',
      'Maman m’a {confié|confiée} à une voisine. Maintenant elle dit que je dois rembourser le billet.',
    ],
    no_school: [
      'Je ne vais plus à l’école depuis notre arrivée. Sans inscription, pas de place.',
      'Je garde les petits pendant qu’ils travaillent. Je voudrais aller en classe.',
      'Personne ne nous a inscrits ni à l’école ni chez le médecin.',
    ],
    no_papers: [
      'C’est madame qui garde mon passeport, avec ceux des autres.',
      'On a pris mes papiers à l’aéroport, pour les mettre à l’abri, disaient-ils.',
      'Mon acte de naissance est resté chez ma grand-mère.',
    ],
    work: [
      'On m’avait promis le football. Maintenant je porte des caisses {place}.',
      'Je fais des tresses du matin au soir. L’argent va à celle qui m’a {amené|amenée}.',
      'Je travaille {place}. On me dit que la dette grandit.',
    ],
    online: [
      'Un homme m’écrit pour un travail de mannequin. Il veut la photo du passeport et que je me taise.',
      'On s’est connus dans un jeu. Il paie tout et veut que je vienne {seul|seule} dans une autre ville.',
      'Quelqu’un dit venir de mon quartier et pouvoir trouver un visa. Elle demande qui utilise mon téléphone.',
    ],
    begging: [
      'Nous restons {place} avec le bébé. Le soir, une autre femme prend l’argent.',
      'Je demande de l’argent {place}. S’il n’y en a pas assez, je mange tard.',
      'On m’a donné un carton à montrer {place}. Je ne sais pas lire ce qu’il dit.',
    ],
  },
  asks: [
    'Je veux appeler maman.',
    'Ne leur dites pas où je suis.',
    'Je veux aller à l’école.',
    'Je voudrais dormir d’abord.',
    'Je ne sais pas encore.',
  ],
  wrote: [
    'Bonjour. Je vis chez des gens qui ne sont pas ma famille. Est-ce que je peux poser une question ici ?',
    'Aidez-moi, s’il vous plaît. Je ne peux écrire que la nuit.',
    'Mon amie est partie travailler {place}. Elle ne répond plus depuis {n} jours.',
    'On me dit que je dois de l’argent. Je ne veux pas y aller demain.',
  ],
  later: [
    'Ça va, l’école est difficile mais bien.',
    'Je dors mieux.',
    'Nous avons déménagé. Les filles me manquent.',
    'Est-ce que je peux parler à quelqu’un cette semaine ?',
  ],
}
