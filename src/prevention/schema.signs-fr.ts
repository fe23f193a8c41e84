import type { LanguageSigns } from './schema.check.ts'

/** French, as young people from West and Central Africa and elsewhere may be written to; from the field's list of signs (F1–F20). */
export const fr: LanguageSigns = {
  lang: 'fr',
  parents: 'maman mama mam papa mamie mamy papi papy',
  words: {
    tell: 'dis dire dites parle parler parlez raconte raconter montre montrer repete répéter',
    parent: 'parents parent mere maman pere papa famille soeur frere oncle tante adultes tuteur mamie',
    send: 'envoie envoyer envoies envoyez montre montrer fais prends partage filme',
    picture: 'photo photos selfie selfies video videos image images',
    body: 'nue nues nu nude* deshabill* vetements culotte maillot lingerie corps seins fesses haut',
    messenger: 'telegram whatsapp snap snapchat discord dm mp prive signal insta instagram messenger viber imo tiktok',
    make: 'gagner gagne gagnes gagnez gagneras toucher touche touches recevoir recois paye payes paie rapporte rapporter',
    work: 'travail travailler boulot job emploi poste taf mission',
    place: 'etranger moscou paris dubai turquie europe russie france italie allemagne pologne maroc istanbul ville pays liban',
    police: 'police policier* flics douane* frontiere gendarme* immigration',
  },
  period: { hour: 'heure heures', day: 'jour jours journee journalier', week: 'semaine semaines hebdomadaire', month: 'mois mensuel' },
  signs: {
    F1: `
2 argent ~ facile|rapide|vite|rapidement|facilement
2 <make> ~ #m
2 <make> ~ argent|beaucoup|gros|facilement|bien ~ argent|facilement|vite|sous|fric|paye
2 <make> ~ de l argent
2 #m ~ par|pour|juste|en ~ photo*|video*|heure*|minute*|tache|soir*
2 sans ~ experience|effort|diplome|risque
2 investi* ~~ gagne*|profit*|#m
2 bien|tres|super pay*
2 gros|bon|haut|enorme|excellent salaire|revenu*|gain*
2 salaire|revenu* ~ eleve|garanti|enorme|important|#m
2 donne*|offre|offrir|achete*|acheterai|cadeau|gratuit* ~ iphone|telephone|robux|skin*|vbucks|gemmes|cadeau*|vetements
2 robux|skin*|vbucks|iphone|gemmes ~ gratuit*|cadeau|offert*
2 tout ~ ce ~ que tu ~ veux|voudras
2 depuis|chez ~ telephone|toi ~ travail*|gagne*
1 travail|job|boulot facile|simple
1 formation ~ gratuit*
1 # heures ~ jour|semaine
1 paye* ~ jour|suite|semaine
2 # balles|boules|euros ~ ce|par|weekend|semaine
2 # ~ par ~ semaine|jour|soir
2 garde*|prends ~ #|% ~ %|pourcent
2 on partage
2 bien|mieux pay*
2 pay* ~ {jour meme|le jour|cash|suite}
2 gagne bien
2 pas ~ d ~ experience
2 cv ~~ experience
3 vbucks|robux & cam|camera|photo*
2 paye*|paie*|paient ~ {tous les jours|sur place|chaque photo|a la photo}
2 voulais|veux ~ sous|fric|thunes
2 # ~ la livraison`,
    F2: `
2 ne|n|pas|rien ~ <tell> ~ personne
2 <tell> ~ rien|pas|jamais|personne ~ [a] <parent>|personne|tes
2 <tell> ~ a|en ~ personne
2 <tell> ~ rien|pas ~ tes ~ parents
3 <tell> ~ rien|pas|personne ~~ <parent> ~ de|nous|moi|que|on|surtout
3 personne & surtout & <parent>
3 <tell> & personne & <parent>
3 notre ~ secret
2 secret ~ entre ~ nous|toi
3 petit secret
2 entre nous|toi ~ et
2 garde* ~ secret|pour ~ toi|cela|ca
1 un secret
2 personne ~ ne ~ doit|saura|sache|savoir|saurait
2 <parent> ~ ne ~ doivent|doit|saura|sauront|sachent|comprend*
2 <parent> ~ pas ~ savoir|besoin
2 besoin|obligation ~ que ~ <parent> ~ sache*
3 efface|supprime|effacer|supprimer ~ conversation|messages|discussion|historique|chat
2 efface|supprime ~ message|tout|ca
2 en cachette|secret
2 sans ~ que ~ <parent>|personne ~ sache*|voi*
2 cache ~ telephone|ca|toi
2 personne ~ saura|sait|verra
2 interdit ~ parler|dire
2 dirai|dis ~ a personne
2 reste ~ entre nous
2 messages ~ s effacent|disparaissent
1 anonym*
3 pas ~ mot ~ adultes|profs
3 dis|parle ~ adultes & pas|rien`,
    F3: `
2 <parent>|ils|amis ~ ne|te ~ comprennent|comprend|aiment|ecoutent ~ pas|rien
3 quitte|quitter|fuis|pars|fugue* ~ maison|chez|famille|parents
3 quitte|arrete|laisse|laisser ~ ecole|etudes|lycee|college
2 sans ~ tes ~ parents|mere
3 viens|venir|rejoins ~ seul|seule
2 n|ne ~ amene|emmene|ramene ~ personne
2 ecoute ~ pas ~ parents|mere|eux|amis|les
2 pas ~ besoin ~ eux|parents|amis
3 personne ~ ne ~ te ~ croira|aidera
2 mieux ~ avec moi
2 chez toi|maison ~ personne|on ~ te ~ comprend*|aime*|veut
3 viens ~~ sans personne`,
    F4: `
1 ecri*|contacte*|ajoute*|envoie*|message ~ moi|nous|en ~ prive|dm|mp|<messenger>
1 lien ~ bio|profil|dessous
1 t me
2 viens|passe|passons|parle|parlons|continue*|on|va|rejoins ~ sur|en ~ <messenger>
2 sur ~ <messenger> ~ mieux|prive|discret|tranquille
2 donne|envoie|file ~ ton|numero ~ numero|snap|whatsapp|insta|telegram
3 messages|photos|chat|mode ~ ephemere*|secret*|disparai*
3 discussion|conversation secrete
2 telecharge|installe ~ <messenger>
2 cree|ouvre|fais|utilise ~ autre|nouveau|second|deuxieme|faux ~ compte|profil
2 pas ~ ici|sur ~ ecri*|parl*|discut*
2 viens ~ sur ~ snap|insta|telegram|whatsapp|signal
3 messages ~ effacent|disparaissent|supprim*
2 autre appli|application|messagerie`,
    F5: `
3 code ~ que ~ ta|ton|tes ~ mere|pere|parents|maman ~ re*
3 <send>|donne|apporte|amene|scan|copie|photo ~ passeport
3 passeport ~ garde*|donne*|reste*|confie*|patron|nous
3 garde*|gardons|confie|donne|prend* ~ passeport|papiers
2 <send>|donne|apporte|scan|copie|photo ~ {papiers|carte d|identite|acte|visa|naissance}
3 donne|envoie|dis ~ code|numero|carte ~ sms|banque|bancaire|carte|recu|secret
3 carte ~ de ~ {ta mere|maman|papa|ton pere|tes parents}
2 ouvre*|compte ~ a ton nom
2 besoin ~ de ~ ton|ta ~ compte|carte|rib
3 passeport*|papiers|carte* ~ remettre|donner|laisser ~ chef|patron*|nous|responsable
3 identite ~~ selfie|recto ~~ prise|pris|embauch*|selfie
2 compte ~ bancaire ~~ argent|renvoi*|garde*
3 prete|donne|besoin|loue ~ ta|ton ~ carte|compte ~~ #|toi|pay*|semaine
2 besoin ~ de ~ tes papiers`,
    F6: `
2 <send> ~ moi ~ <picture>
2 <send> ~ <picture>
2 <picture> ~ de toi
3 <send> ~~ <body>
3 <picture> ~ <body>
3 sans ~ vetements|habits|haut|tshirt
3 enleve|retire|souleve|baisse ~ haut|tshirt|vetements|habits|pull|pantalon
2 corps entier
2 nudes|nude|intime*
2 allume|active|mets ~ camera|cam|webcam|video
1 appel video
2 shooting|mannequin*
2 <picture> ~ sexy|chaud*|coquin*|intime*|special*
2 en ~ cam|webcam
2 shooting|casting prive*
2 nouveaux visages
2 video|cam ~ avec ~ hommes|mecs|clients
2 essais|studio|casting ~~ photo|seule|personne`,
    F7: `
2 tout ~ est ~ paye*|offert*|compris
2 paie|paye|payons|payer|payé|prends|achete*|offre|rembours*|regle|occupe ~ billet*|voyage|transport|trajet|visa|vol|train|taxi|bus|avion|route
2 billet*|voyage|transport|trajet|visa|vol|taxi ~ paye*|gratuit*|offert*|compris|charge|pris|rembours*|par nous
3 passer|traverser ~ frontiere
2 fais|faire|faisons|arrange*|prepare*|occupe* ~ papiers|visa|passeport|documents
2 envoie|appelle ~ taxi|voiture|chauffeur
2 viens|venir|passe|viendra ~ te ~ chercher|prendre
2 billet*|visa|voyage ~ pay*
3 billet*|visa|voyage & rembours* & salaire|paie|apres
2 occup* ~ du|de ~ vol|visa|billet|voyage
2 tout paye`,
    F8: `
2 decider|decide|repondre|reponds ~ avant ~ soir|demain|nuit
1 urgent*|vite|immediat*|depeche*|rapidement
1 tout de suite
1 rate pas|manque
2 derniere ~ chance|place*|occasion
2 reste* ~ # ~ place*
2 places ~ limit*|rest*
2 decide*|reponds|choisis|dis ~ {vite|maintenant|aujourd|ce soir|suite}
2 pas ~ temps ~ reflechir|perdre
2 avant ~ trop tard
2 part*|depart|pars ~ {demain|ce soir|cette nuit|aujourd}
2 si ~ pas ~ maintenant|aujourd
2 maintenant ~ ou ~ jamais`,
    F9: `
2 mon|ma ~ cousin*|ami*|oncle|frere|patron|tante ~~ restaurant|cafe|magasin|ferme|salon|entreprise
1 cherche*|recherche*|recrute*|besoin ~ filles|garcons|jeunes|personnes|personne|fille|gens|hotesses|modeles|filles
2 sans ~ contrat|papiers|questions|documents
2 pas ~ besoin|de ~ contrat|papiers|documents
2 details|infos|expliqu*|adresse|reste|dirai ~ {prive|mp|dm|plus tard|place|apres|rencontre*|telephone}
2 legal|serieux|honnete|fiable & gagne*|argent|travail|job
2 pas ~ arnaque|drogue|illegal
2 interess* ~ ecri*|contacte*|message|mp|dm|prive|reponds
2 ami|patron|agence|oncle|contact ~ cherche*|recrute*|besoin
2 j ai|offre|propose|trouve* ~ travail|job|boulot|emploi ~ pour toi|toi
2 te|t ~ propose|offre|trouve* ~ travail|job|boulot|emploi
1 opportunite|occasion
2 travail|job|emploi ~ a ~ etranger|filles
2 mp|dm|prive ~ details|infos
2 cherche* ~ jeunes|filles ~ avec|compte`,
    F10: `
2 filles|fille|garcons|jeunes|garcon|femmes ~ de|entre|age* ~ #
2 jeunes|jolies|belles|jolie|belle ~ filles|fille|femmes|hotesses
1 age* ~ #
1 # ans
2 belle|bonne|jolie presentation|apparence
2 physique|apparence|silhouette|taille|poids ~ important*|agreable|compte|photo|et|poids|kg
2 celibataire* ~ filles|jeunes
2 cherche|veut ~ jeune* ~ epouse|femme|mariee
2 epouse ~ jeune
2 plus jeune ~ passe|ok|bien
2 hotesses|filles|serveuses ~ # ~ #
2 etranger ~ marier|epouser|epouse
2 filles ~ des # ans`,
    F11: `
1 compatriote*|pays|frangin*
2 meme ~ village|ville|pays|region|quartier|sang|endroit|coin|peuple|ethnie
2 de ~ ton ~ village|quartier|pays
2 entre ~ compatriotes|freres|nous|gens
2 on ~ est ~ freres|famille|compatriotes|pareils
2 comme ~ frere|soeur|famille
3 compatriote*|freres|meme & secret|vite|urgent|dois|aujourd|personne & pays|village|compatriote*|freres|famille
2 confiance ~ compatriote*|frere*|pays
2 chez nous ~ on ~ aide|entraide`,
    F12: `
3 qui|quelqu|<parent>|est ~ verifie*|regarde*|lit|lisent|voit|voient|fouille*|utilise* ~ ton|tes ~ telephone|messages|portable|compte|ordi*
3 quand ~ <parent> ~ sort*|absent*|travail*|dorm*|part*|rentr*|la
3 quand ~ personne ~ maison|la
2 heure|quand|ou ~ <parent> ~ rentr*|travail*|part*|sort*|revien*
2 tu ~ es ~ seul|seule
2 seul|seule ~ maison|chez|la
2 quelqu|<parent>|y ~ un|est ~ avec|pres|cote|la|maison ~ toi
2 avec qui ~ vis|habites
2 quelle|dans ~ ecole|lycee|college
2 ou ~ habites|vis|etudies
1 tu ~ habites ~ ou
2 ton|quelle ~ adresse
1 quel age
2 envoie|active|partage ~ localisation|position
2 ton ~ mot de passe
2 parents ~ stricts|severes|controlent|laissent
3 mere|pere|parents ~ regarde*|controle*|fouille* ~ ton ~ tel|telephone|portable
2 t as ~ quel age
2 <parent> ~ rentr*|revien* ~ heure|quand`,
    F13: `
2 jamais ~ rencontre|vu|connu ~ comme toi
2 pas ~ comme ~ autres
2 tu ~ es ~ special*|unique|different*|choisi*
2 mature ~ pour|ton ~ age
3 seul*|que moi ~ qui ~ te ~ comprend*|aime
3 personne ~ ne ~ t|te ~ aime*|comprend* ~ comme|mieux|sauf
2 toi seul*|seulement|seule ~ peux|confiance|aider
2 confiance ~ en|a ~ moi|toi
2 fais ~ moi ~ confiance
2 tu ~ peux ~ tout|me ~ dire|raconter|confier
2 ame soeur
2 vivre ~ sans toi
3 prouve*|preuve ~ aime*|confiance|moi|que|amour
2 si ~ tu ~ m ~ aimes|aimais
1 bebe|princesse|cherie|chérie|mignonne
1 tu ~ es ~ belle|magnifique|sexy
2 je|t ~ ai choisi*
1 aidera|aider ~ ta famille
3 personne ~ te ~ comprend|aime ~ comme moi
1 cadeau ~ ta famille`,
    F14: `
3 ton|ta|tes ~ frere|soeur|pere|mere|famille|ami ~ nous|me ~ doit|doivent
3 paye|depense ~ ton|ta|tes|pour ~~ dois|doit ~ travailler|rembourser|payer|faire
3 tu|vous ~ nous ~ dois|devez
2 tu|vous ~ me|m ~ dois|devez
3 tu ~ dois ~ nous|rembours*|payer|rendre|argent|#m|travailler ~ rembours*|rendre|argent|payer|#m|dette|pour
3 rembours* ~ dette|argent|tout|moi|nous|#m
2 rends ~ argent|dette|#m
3 ta|une|cette ~ dette
3 dette ~ pay*|rembours*|travaill*|augment*
3 depens* ~ pour toi
3 apres ~ tout ~ ce que ~ fait|donne|depense
3 tant|jusqu ~ que ~ tu ~ rembours*|paye|paies|pas|n
2 retir*|deduit|prelev* ~ salaire|paie
3 pars|partir|partiras ~ pas ~ avant|tant
3 travailles|bosses|bosser|travailler ~ jusqu ~~ rembours*|paye*
3 on|nous ~ paye ~ ta|ton ~~ travaill*|rembours*|boss*
2 billet|voyage|chambre ~ retir*|deduit|pris ~ paye|salaire|paie
3 rends|rembours* ~ avec ~ premier salaire`,
    F15: `
3 vais|va|je ~ publier|poster|diffuser|balancer|partager|publie|poste|balance|diffuse ~ tes|ta|tout|photo*|video*|ca|la|les|nude*
3 vais|je ~ envoyer|envoie|montrer|montre ~~ a tous|tout|tes|toute ~ monde|amis|parents|famille|classe|ecole|contacts|mere|pere
3 je|vais ~ dire|dirai|raconter|dis ~ a|tout ~ tes|tout|ta|ton ~ parents|monde|mere|pere|ecole|police
3 si ~ tu ~ ne|n|me|bloques|refuses|pas|parles ~~ photo*|tout le monde|parents|publie*|envoie*|regrett*|dis|police|mal|tue*|dirai|famille|trouver*
3 sinon ~ je|tout|tes|on|tu ~ vais|publie*|envoie*|dis|monde|verra*|parents|regrett*|photo*|dirai|tue|vas
3 tu|vas ~ regretter|regretteras
3 tuer|tue|frapper ~ toi|te|ta
3 te|vais ~ tuer|frapper|trouver|retrouver
3 sais|sait|trouve* ~ ou ~ tu ~ habites|vis|etudies
3 ta|ton ~ famille|soeur|mere|frere ~ paiera|souffr*|mal|danger|probleme*
2 j|ai|avons ~ tes ~ photo*|video*|captures|nudes
3 tout le monde|amis|parents|ecole ~ verra*|saura*|voir
3 expuls*|prison|arrete*|arrêt* ~ toi|tu|si|te
3 tu|te ~ expuls*|prison|arreter
3 denonc*|livre* ~ te|toi|police|immigration
3 paie|paye ~ sinon|ou
2 pire ~ pour toi
3 fais ~ ce ~ que ~ je ~ dis ~ ou
3 classe|monde|ecole|amis ~ verra|verront
3 paie|paye|envoie ~~ ou ~ je ~ poste|publie|balance|montre
3 veux ~ pas ~ que ~ <parent> ~ voi*|sache*|lise*
2 fais ~ ce ~ que ~ je ~ dis
3 dis ~ a ~ quelqu ~~ messages|photos ~~ tout le monde`,
    F16: `
2 pars|partir|partons|viens|venir|aller|voyager|demenag*|vivre|allons|emmene* ~ a|en|au|avec|dans|pour ~ <place>
2 pars|partir|partons|viens|fuyons ~ avec moi|loin|ensemble|ici
2 t|te ~ {emmene*|emmenerai|faire venir|amener}
2 <work> ~ a|en|au ~ <place>
2 nouvelle vie
2 attend*|cherche*|accueill* ~ gare|aeroport
2 serveuse*|danseuse*|hotesse*|chantier|nounou|usine|menage ~ a|en|dans|autre ~ <place>|chypre|autre
2 viens vivre ~ avec|chez
2 place|travail ~ sur ~ chantier
2 pour istanbul|dubai|beyrouth|doha
2 danse* ~ club ~ a`,
    F17: `
3 vis|habites|dors ~ avec ~ filles|nous|moi
2 loge|logement|hebergement|chambre|appart*|nourri* ~ fourni*|gratuit*|offert*|compris|inclus|loge*|donne*|nourri*|trouve*|donnons
2 nourri* ~ loge*
2 loge* ~ nourri*
2 fourni*|gratuit*|donne*|offr* ~ logement|hebergement|chambre
3 vivras|habiteras|dormiras|vivre|habiter|logeras ~ chez|avec ~ moi|nous|patron*|filles|madame
2 loge* ~ sur place|chez
2 vivre ~ et ~ travailler
2 dors|vis|loges|viens ~ chez ~ nous|moi
2 nourrit|loge ~~ dormir|salaire`,
    F18: `
3 je|moi|c ~ ami|amie|oncle|tante|cousin|cousine|frere|copain & personne|secret|rien
3 je|moi|c ~ ton|ta ~ oncle|tante|cousin|cousine|frere|ami & vite|urgent|depeche*|maintenant|suite
2 ton|ta|tes ~ ami*|copine*|copain*|frere|soeur|cousin*|oncle|tante|voisin*|cousine ~ travaille*|deja|aussi|gagne*|dit|donne|parti*|connai*|envoye
2 ta|ton|tes ~ mere|pere|maman|papa|parents ~ {demande|envoye|d accord|dit|connai*|sait|sont} ~ moi|de|te|chercher|accord|que|deja
2 ami*|cousin* ~ de ~ ton|ta|tes
2 je ~ connais ~ ta|ton|tes
2 eu|recu|donne ~ ton numero
2 recommande* ~ par|toi
2 demande ~ a ~ ton|ta ~ ami*|copine|frere|soeur|cousin*
2 toutes|autres|plein|beaucoup ~ filles|amies|copines|garcons ~ travaill*|gagn*|deja|font|parti*
2 ta|ton ~ copine|pote|ami* ~ donne ~ num*
2 elle|il ~ bosse|travaille ~ avec nous
3 mere|pere|maman|papa|parents ~ {au courant|d accord|sait} & monte|viens|vite|voiture`,
    F19: `
2 chaque jour ~ mission|tache|defi
2 d abord|commence*|premier* ~ petit*|facile|simple ~ tache|mission|travail|service|chose
2 petit*|simple service|tache|mission|defi
1 premier*|prochain*|nouvelle ~ tache|mission|defi
3 tache*|mission ~ #m
2 ensuite|apres|puis ~ plus ~ gros*|difficile|serieux|argent|grand*
2 livre*|porte*|apporte*|recupere*|transporte*|depose* ~ colis|paquet|sac|enveloppe|sachet
3 mission|tache secrete|speciale
2 reussi*|passe|accompli* ~ test|defi|mission|epreuve
3 mettre|mets ~ feu
2 retire*|transfer* ~ argent|liquide ~ compte|carte|pour
2 sac|colis|paquet|truc ~ a ~ deposer|livrer|porter|amener
2 d abord ~~ apres|ensuite|puis ~~ vrai*|gros*|mieux
3 apres|ensuite|puis ~ vrai*|gros*|serieus* ~ mission*|boulot*|tache*|argent
2 argent ~ arrive ~~ renvoi*|transfer*
2 restes|mendie*|vends|assis ~~ gare|metro|bebe|train
2 mission*|defi* ~~ paye*|#m
2 apporte*|porte*|depose*|livre* ~ boite|colis|truc|enveloppe ~ adresse|quelqu|pote
2 jeu|niveau|defi* ~~ virement|carte|#m|pay*
2 vends ~~ soir|nuit|feux|rue
2 livreur|coursier & collegien*|lyceen*|jeunes
2 niveau*|epreuve* ~~ prix|nuit`,
    F20: `
2 dis ~ a ~ tes ~ parents ~ que
3 si ~~ <police> ~~ dis|reponds|tais|rien|dire
3 <police> ~ dis|reponds|rien|tais|dire|mens
3 dis|parle|dire|parler ~ pas|rien ~ a ~ la ~ <police>
3 dis ~ a|la ~ police|frontiere|douane
2 si ~ on|quelqu|ils|prof* ~ demande*|arrete*|appelle* ~~ dis|reponds|rien
2 dis ~ que ~ tu ~ as|es|vas ~ #|touriste|vacances|famille|niece|chez|visite|etudiant*
2 dis ~ a ~ ta|ton|tes ~ mere|parents|pere|maman ~ que
2 mens ~ a|parents|mere
2 prof*|ecole|docteur|assistante ~ rien|pas ~ dis|dire|parle*
3 si ~ on ~ demande ~ aeroport|frontiere & dis
3 controle|frontiere|douane|aeroport ~ dis ~~ famille|mariage|tante|touriste*|vacances`,
  },
}
