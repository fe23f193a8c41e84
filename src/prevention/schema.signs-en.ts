import type { LanguageSigns } from './schema.check.ts'

/** English; from the field's list of signs (F1–F20), not from any one message. */
export const en: LanguageSigns = {
  lang: 'en',
  parents: 'mum mom mama mam mommy mummy ma dad daddy papa gran grandma granny nan nana',
  words: {
    tell: 'tell telling say show mention share told',
    nobody: 'anyone anybody nobody noone others friends people soul',
    parent: 'mum mom mother dad father parents parent mam mommy mummy daddy family folks grandma guardian adults sister brother aunt uncle',
    send: 'send sending take snap show share shoot record upload',
    picture: 'photo photos pic pics picture pictures selfie selfies video videos clip clips',
    body: 'naked nude* topless undress* underwear lingerie bikini swimsuit bra body butt chest clothes shirt bare',
    messenger:
      'telegram whatsapp whats snap snapchat discord dm dms inbox pm signal insta instagram messenger viber kik wickr imo tg wa private',
    work: 'job jobs work gig employment vacancy position hiring',
    make: 'earn earning earnings make making get paid receive profit profits income payout cash earned made withdraw* withdrawal',
    place: 'moscow dubai turkey istanbul london europe germany poland abroad another city country emirates korea cyprus russia bali',
    police: 'police cops cop border customs officer officers immigration embassy',
    pay: 'pay paid cover buy book sponsor arrange',
  },
  period: { hour: 'hour hourly hr', day: 'day daily night shift today', week: 'week weekly', month: 'month monthly' },
  signs: {
    F1: `
2 get|receive|win|claim ~ # ~ coins|gems|robux|vbucks|diamonds
2 easy|quick|fast|big|good|serious|free|extra money|cash|income|profit|earnings
2 <make> ~ #m
2 <make> ~ money|cash|income|crypt*|bitcoin|lot|thousands|daily|online|weekly|bonus
2 #m ~ per|every|for|just|only|within|in ~ photo*|pic*|hour*|minute*|task|day*|week*|evening|friend
2 #m|# ~ profit*|return*|bonus|giveaway|earning*
2 investment|invest* ~~ #m|profit*|earn*|return*|platform|grow|successful
2 platform|broker ~~ earn*|profit*|pays|withdraw*
2 trading|trade|forex|crypt*|bitcoin ~~ profit*|earn*|income|invest*|withdraw*
2 invest*|deposit ~ of|just|with|only|little #m
2 all you need is ~ phone
2 no experience|skills|interview
2 without ~ risk*|experience|effort|investment
2 work|earn|paid ~ from home|phone
2 give|buy|get|send|gift ~ you ~ iphone|phone|skin*|robux|vbucks|gems|diamonds|nitro|gift*|clothes|sneakers
2 free|giveaway|drop ~ robux|skin*|vbucks|gems|iphone|nitro|eth|wallet*|usdt|coins|bonus|ticket*
2 drop ~ wallet*
2 whatever|anything|everything you want
1 lucky winner*
1 giveaway*|airdrop
1 reward*
1 # hours ~ day|week
1 free ~ training|registration
1 pays ~ well|great|really|out
1 good pay|salary|wages
1 financial* ~ free*|stable|stability
1 income|earning*|investment
1 limited time
2 make|earn ~ quick|easy ~ #
2 # ~ week|day|{a pop}|each ~ from|nobody|cash|just
2 keep|get|take|yours ~ half|#|% ~ %|percent|it
2 half|{split it|split the}
2 cash ~ same day|daily|{every day}
3 robux|vbucks|nitro & cam|camera|pic|pics
2 way|much|loads ~ more|of ~ money
2 pay*|paid ~ {at the door|on the spot|every day|per picture|each picture}
2 wanted|want|need ~ cash|money
2 # ~ delivery|drop|trip`,
    F2: `
2 if ~ <parent> ~ finds|knows|find
2 dont|not|never ~ <tell> ~ <nobody>
2 dont|not|never ~ <tell> ~ <parent>
3 dont|not|never ~ <tell> ~ <parent> ~ about us|me|this|what|where|we
3 dont|not|never & <tell> & anyone|anybody|nobody & <parent>|especially
3 our ~ secret
3 secret ~ between us|you and me|just|from ~ <parent>
2 keep ~ secret|quiet|private|yourself|between
2 {between us|between you and me}
2 <nobody> ~ needs|has|should|can|will|must ~ know*
2 <parent> ~ dont|doesnt|not|never|wont ~ know|need|find|understand
1 its ~ secret
2 secretly
3 delete|erase|clear ~ chat|conversation*|history|messages|texts
2 delete ~ this|it|message
2 so ~ nobody|noone|<parent> ~ see*|know*|find*|notice*
2 hide ~ phone|this|it|from
2 nobody|noone ~ know ~ its you|you
2 no ~ adults|parents|grown|grownups ~ allowed|ups
2 wont|not|never ~ tell ~ anyone
2 keep ~ between us
1 anonymous*
3 not ~ word ~ adults|grownups|teachers
3 dont|not|never ~ tell ~ adults|grownups`,
    F3: `
2 <parent>|they|friends ~ dont|doesnt|never|wont ~ understand|love|care|get|listen
3 leave|run ~ home|away
3 quit|leave|drop|skip ~ school
2 without ~ <parent>
3 come|meet ~ alone|yourself
2 dont bring ~ anyone|friends|friend|anybody
2 dont listen ~ them|<parent>|friends
2 dont need ~ them|<parent>|friends
3 nobody|noone ~ will ~ believe|help you
2 better ~ with me|without them
2 they ~ jealous|lying
2 nobody|noone ~ home ~ gets|wants|understands|cares|loves
2 stop ~ asking|listening ~ <parent>
2 old enough ~~ parents|own|yourself
3 come ~~ by yourself`,
    F4: `
1 message|text|write|contact|dm|pm|add|hit|inbox ~ me|us|him|her|agent|link
1 link ~ bio|profile|below|description
1 click|join|use ~ link|group|channel
1 t me
2 move|switch|go|talk|chat|continue|lets ~ on|to|over ~ <messenger>
2 add|text|message|find|dm|write|reach ~ me ~ on|in ~ <messenger>
2 <messenger> ~ is ~ safer|better|private
2 give|send|whats ~ your ~ number|snap|whatsapp|telegram|insta|discord
3 secret chat*
3 disappear*|vanish*|self ~ message*|chat*|photo*|mode|destruct*
2 download|install ~ <messenger>
2 make|create|use ~ another|new|second|different|fake ~ account|profile
2 not ~ here|safe ~ talk|write|chat
2 move|switch|go ~ another|different|other app`,
    F5: `
3 code ~ your ~ <parent> ~ receives|gets|got|receive
2 enter|type ~ code
3 send|show|give|bring|need|photo|picture|scan|copy|upload ~ passport
3 passport ~ {keep|hold|stay*|give*|hand*|with us|boss|safe}
3 keep|hold|take|hand ~ your ~ passport|documents|papers
2 send|show|give|bring|scan|copy|photo ~ id|documents|papers|birth|visa
3 send|give|tell|share|whats ~ card|pin|bank|sms|verification ~ number|code|details|password
3 <parent> ~ card|bank|credit
2 open ~ account|card ~ your name
2 need|use ~ your ~ bank|account|card
3 picture|photo|pic|pics|selfie ~~ id|passport ~~ selfie|hired|back|job|start
3 passport*|documents|papers|ids ~ to|with ~ foreman|boss|manager|agent|us
2 bank account ~~ money|send|keep|transfer
3 need|lend|borrow|rent|use ~ your ~ card|account ~~ pay|#m|week|give
3 need ~ your ~ papers|documents|passport ~~ days|sign|register|work*`,
    F6: `
2 <send> ~~ <picture>
3 <send> ~~ <picture> ~~ {only for me|just for me}
2 <send> ~ [me] ~ <picture>
2 <picture> ~ of ~ you|yourself
3 <send> ~~ <body>
3 <picture> ~ <body>
3 without ~ clothes|shirt|top
3 take off|lift ~ your|shirt|top|clothes
2 full body
2 nudes|nude|lewd
2 turn on|open ~ camera|cam|webcam|video
1 video call|chat
2 photoshoot|shoot|modelling|modeling
2 sexy|hot|naughty|private|special <picture>
2 show ~ yourself|me more
2 on ~ cam|webcam
2 private ~ shoot*|casting|session
2 shoots are private
2 new|fresh faces
2 video|cam|camera ~ with|for ~ men|guys|clients
2 test|private shoot|casting`,
    F7: `
2 everything|all ~ is|paid ~ paid|covered|for
2 <pay> ~ ticket*|flight*|travel|trip|transport|fare|bus|train|taxi|visa|journey|road
2 ticket*|flight*|travel|trip|transport|taxi|visa|journey ~ {paid|free|covered|included|on me|us|booked|arranged}
3 across|cross ~ border
2 get|make|arrange|fix|prepare|do ~ your ~ documents|papers|visa|passport
2 send|call ~ car|taxi|driver|uber
1 pick you up
1 i|we|he ~ pick|collect you
2 <pay>|sort|cover* ~ visa|ticket
3 ticket|travel|visa|flight & {pay it back|pay back|from wages|from your wages}
2 take care ~ of ~ flight|visa|ticket|travel
2 all paid`,
    F8: `
2 decide|answer|reply|choose ~ by|before ~ tonight|tomorrow|evening|morning
1 urgent*|asap|hurry|quick*|now
1 right now|away
1 dont miss|wait
1 act|only ~ fast|today|now
2 last|only|once ~ chance|lifetime|opportunity
2 only # ~ places|spots|slots|left
2 # ~ places|spots|slots|people ~ left|needed
2 spots|places|slots ~ limited|left|few
2 decide|answer|choose|reply ~ now|today|fast|quick*|tonight
2 no time ~ think|lose|waste
2 before ~ too late|someone|change
2 leave|leaving|go|bus|train ~ tonight|tomorrow
2 if not ~ now|today`,
    F9: `
2 my ~ cousin|friend|uncle|brother|boss|aunt ~~ restaurant|cafe|shop|farm|company|salon
1 looking|searching|seeking ~ for ~ people|girls|boys|guys|workers|partners|someone|models|helpers|girl|boy
1 need|needed|want|hiring|recruiting ~ people|girls|boys|workers|helpers|someone|person|couriers|models
1 # people ~ needed|wanted
2 no ~ contract|paperwork|papers|documents|questions
2 dont need ~ contract|documents|papers|papers
2 details|info|address|explain ~ later|meet|private*|dm|inbox|person|when
2 will ~ tell|explain ~ later|there|meet|when
2 legal|legit|legitimate|genuine|trusted & earn*|income|money|work|job|paid|pays|platform|invest*
2 not ~ illegal|scam|drugs|fraud
2 interested|curious ~ message|text|write|dm|ask|link|contact|below
2 my|our|a ~ friend|boss|agency|company|uncle ~ needs|looking|hiring|wants
2 offer|opportunity|have ~ work|job ~ for you
1 opportunity
2 work|job ~ {abroad|for girls|for boys|online}
1 no fees|charges|hidden`,
    F10: `
2 girls|boys|girl|boy|teens|guys|ladies ~ aged|age|from|between|under|over|# ~ #
2 girls|boys ~ only|wanted|needed
1 age|aged ~ #
1 # ~ years|yrs|yo
2 pretty|beautiful|attractive|cute|slim|good ~ girls|girl|looking|boys|women|ladies|appearance
2 looks|appearance|figure|weight|height ~ important|matter*|your|and|photo|weight|send|kg|cm
2 young ~ girls|boys|women|ladies
2 single ~ girls|women
2 wants|looking|seeking|needs ~ young|good ~ wife|bride
2 people|ppl|anyone|kids ~ under ~ #
2 girls|boys ~ wanted|needed ~ abroad|hotel|club|overseas
2 younger ~ ok|fine|welcome|better
2 foreign*|rich man|husband ~ marry|wife
2 school|teens|teenagers kids & work|job|courier`,
    F11: `
1 compatriot*|countryman|countrymen|homeland|fellow
2 same ~ town|village|city|country|place|region|district|blood|people|nation|street
2 from ~ your ~ town|village|city|country|region|district
2 our ~ own ~ people|kind
2 one of ~ us|ours|own
2 like ~ brother|sister|family
3 countryman|countrymen|compatriot*|same|our & secret|hurry|quick*|urgent*|today|owe|must & people|town|village|home|country|place
2 trust ~ own|countryman|us
2 we ~ help ~ our|each
2 strangers ~ lie|cheat|dont`,
    F12: `
3 who|does|do|anyone|<parent> ~ check*|read*|see*|look*|use* ~ your|the ~ phone|messages|chat*|device|computer|account
3 when ~ <parent> ~ out|away|leave|asleep|gone|work|home
3 when ~ nobody|noone ~ home|around
2 {what time|when|where} ~ <parent> ~ come|get|work|leave|home|back
2 are you ~ alone|by
2 home ~ alone
2 alone ~ home|now|room
2 is ~ anyone|anybody|someone|<parent> ~ with|near|home|around|there
2 who ~ do ~ you ~ live with
2 what|which|where ~ school
2 where ~ do you ~ live|exactly
1 where ~ do you ~ live
2 your ~ address
1 how old ~ you
2 send|share|turn ~ location
2 your ~ password
2 <parent> ~ strict|control*|allow*
3 boss|manager|we|they ~ keep*|hold* ~ your ~ phone
3 mum|mom|dad|parents|they ~ check ~ phone|ur
2 how old r|are u|you`,
    F13: `
2 never ~ met|seen|known ~ like you
2 not ~ like ~ other|others|everyone
2 you ~ special|different|unique|chosen
2 you ~ mature|grown|older ~ age|for|than
2 mature for your
3 only ~ i|one ~ understand*|get*|love* ~ you
3 nobody|noone ~ loves|understands|love|understand|gets ~ you ~ like|but|except
2 only ~ you|one ~ can ~ help|trust|save
2 only one ~ i|who ~ trust|understand*
2 trust me
2 you can ~ tell|trust ~ me|anything|everything
2 i ~ chose|picked you
2 soulmate*
2 live without you
3 prove ~ love|trust|it|you|that
2 if you ~ love|loved|trust|really ~ me|friend|love
1 babe|baby|princess|cutie|sweetie|gorgeous|beautiful
2 love ~ you ~ more than
2 my ~ princess|baby girl
3 nobody|noone ~ gets|understands|loves ~ you ~ like me`,
    F14: `
3 your ~ brother|sister|father|mother|mum|dad|family|friend|cousin ~ owes|owe
3 paid|spent ~ for ~ you|your ~~ have|must ~ work|pay|do
3 you ~ owe ~ us|money|for|#m|them|back|now
2 you ~ owe
3 pay ~ back ~ what|everything|money|me|us|debt|or|by|now|#m
3 work ~ off ~ debt|it|money|what
3 your ~ debt
3 debt ~ pay|paid|work|grows|back|until
3 spent ~ on you
2 i ~ bought|gave|paid ~ you ~~ owe|now|back|least
3 after ~ everything|all ~ i|we ~ done|did|gave|bought
3 until ~ you ~ pay|paid|work|earn ~ back|off|debt|everything
2 taken|deducted|deduct ~ salary|wages|pay
3 cant|cannot|not ~ leave|go ~ until|before
3 you ~ work ~ till|until ~ cleared|paid|back|debt|it
3 we ~ paid ~ for ~ your & work|owe|till|until
2 ticket|flight|travel|room|rent ~ {comes out|taken|come out|out of} ~ pay|wages|salary
3 pay us|back ~ from ~ first|salary|wages`,
    F15: `
3 pay|money ~ or ~ we|i ~ publish|post|leak|send|upload|share
3 ill|will|gonna|going|i ~ post|leak|publish|upload|spread ~ your|the|it|them|everything|pic*|photo*|video*|chat*|nude*|you
3 ill|will|gonna|going ~ send|show ~ it|them|your|the|pic*|photo*|video*|this|these ~ everyone|<parent>|friends|school|class*|all|followers
3 ill|will|gonna|going ~ tell ~ <parent>|everyone|school|police|friends ~ if|unless|about|what|that|everything
3 if ~ you ~ dont|not|block|tell|refuse|stop|leave ~~ everyone|post|leak|send|tell|regret|hurt|find|<parent>|photos|pics|video|kill|worse|police
3 or ~ ill|everyone|i ~ post|send|leak|tell|see*|know*|hurt|kill|find|show
3 or else
3 unless ~ you ~~ post|send|pics|photos|everyone|tell
3 regret it|this
3 kill|hurt|beat ~ you|your
3 know|find|found ~ where ~ live|school|you
3 ill|will find you
3 your ~ family|sister|brother|mother ~ hurt|suffer|pay|trouble
2 have ~ your ~ photos|pics|video*|screenshots|nudes|chat*
3 everyone|friends|<parent>|school ~ will ~ see|know|find ~ out|your|pic*|photo*|what|it|everything
3 deport*|arrest*|jail|prison ~ you|if|your
3 you ~ deported|arrested|jail|prison
3 report|hand|give ~ you ~ to ~ police|immigration|migration
3 pay ~ or|unless|otherwise ~ post|leak|send|everyone|else|i|ill|your
2 worse for you
3 do ~ what ~ i|we ~ say ~ or|and ~ everyone|they|i|ill|else
3 everyone|class|school ~ sees|see ~ those|your|ur|the ~ photos|pics|video
3 want ~ your ~ <parent> ~ see|know|find|read
2 do ~ as|what i ~ say|tell
3 tell|tells ~ anyone|someone ~~ chats|photos|pics|messages ~ everybody|everyone`,
    F16: `
2 go|come|move|travel|fly|work|leave|live ~ to|in|with ~ <place>
2 go|come|run|move|leave ~ away|with ~ me|together|us|here
2 take ~ you ~ to|away|out|with
2 work|job ~ <place>
2 new life
2 meet you ~ station|airport|bus
2 come live
2 waitress*|dancer*|hotel|hostess*|construction|crew|cleaner*|nanny|jobs ~ in|to|other ~ <place>
2 hotel|club|farm|factory ~ work|job* ~ abroad|overseas
2 job ~ for ~ you ~ in|abroad
2 move in ~ with
2 for|to istanbul|ankara|antalya|beirut|doha|riyadh
2 dancing|dance|dancer* ~ club ~ in`,
    F17: `
2 accommodation|housing|room|flat|apartment|hostel|place|food ~ provided|free|included|given|live|stay|arranged|from us
2 free|provide*|give ~ accommodation|housing|room|place|food ~ live|stay|and
2 free|provide* accommodation|housing
3 live|stay ~ with ~ me|us|girls|boss|owner
2 live|stay ~ at ~ my|our ~ place|house|flat|home
2 live ~ and ~ work
2 room and ~ board|food
2 sleep|live|stay ~ at|with ~ ours|us|mine|me
2 we ~ give ~ bed|food|room
2 accommodation ~ with ~ us
2 feed|house ~ you ~~ sleep|stay|place|pay`,
    F18: `
3 i|im|am|this ~ friend|cousin|uncle|aunt|brother|sister|relative|friends & dont|not|never|nobody|noone|secret ~ tell|say|anyone|anybody|secret
3 i|im|am|this ~ your ~ friend|cousin|uncle|aunt|brother|sister|father*|mother*|dad*|mum* & hurry|quick*|urgent*|now
3 your ~ mum|mom|dad|mother|father|parents ~ asked|sent|told ~ me ~ pick|get|bring|take|collect
2 your ~ friend*|brother|sister|cousin|uncle|aunt|neighbour*|neighbor*|classmate* ~ already|also|works|working|told|gave|said|knows|sent|went|earns|earn*|makes|is
2 your ~ mum|mom|dad|mother|father|parents ~ sent|asked|knows|know|told|said|ok|agree* ~ me|you|pick|us|already|with
2 friend|cousin|brother ~ of ~ your
2 i ~ know ~ your ~ <parent>|friend*|cousin
2 got|have ~ your number ~ from
2 recommended|recommending|recommend ~ by|you|him|her|highly
2 ask ~ your ~ friend*|brother|sister|her|him
2 all|many|other ~ girls|boys|friends ~ work|working|earn|earning|already|do|went
2 friend|cousin ~ gave ~ me ~ number
2 she|he ~ works ~ with|w ~ us|me
3 your ~ <parent> ~ knows|agreed|said|ok & get in|quick|come|car|hurry`,
    F19: `
2 every day ~ task|mission|challenge
2 first|start ~ with ~ small|easy|simple|little ~ task|job|thing|favour|favor
2 small|easy|simple|little task*|errand|favour|favor
1 first|next|new ~ task*
3 task* ~ #m
2 then|next|later|after ~ bigger|harder|serious|more ~ task*|job*|money|pay
2 pick|collect|deliver|bring|take|carry|drop ~ package|parcel|bag|envelope|packet|cash
3 secret|special ~ mission|task|quest
2 complete|pass ~ task*|test|challenge|mission|quest
3 set ~ fire|burn ~ to|car|building
2 transfer|withdraw|cash ~ out|money ~ account|card|for
2 test ~ of ~ trust|courage
2 drop|carry|deliver|take ~ bag|package|parcel|box|stuff
2 first|start ~~ then|later ~~ real|bigger|more|serious|proper
2 then|later|after ~ real|bigger|serious|proper ~ job*|task*|work|money|stuff
2 money ~ comes|arrives ~ in ~~ send|transfer|pass
2 sit|stand|sell|beg ~~ station|train|street|baby|trains
2 quest*|mission*|task* ~~ paid|pay|#m
2 bring|take|carry|drop|deliver ~ box|letter|parcel ~ address|someone|place
2 tiny|small|little|quick errand|delivery|favour|favor|job
2 dare|level|quest|challenge* ~~ transfer|card|#m|paid|cash
2 sell ~~ night|lights|street
2 courier & kids|school|teens
2 level*|task* ~~ night ~~ prize|#`,
    F20: `
2 tell ~ your ~ <parent> ~ it|its|that|you
3 if ~~ <police> ~~ say|tell|answer|quiet|dont
3 <police> ~~ say|tell|answer|nothing|quiet|lie
3 tell|say|talk|speak ~ <police>
2 if ~ anyone|someone|they|somebody|teacher* ~ ask*|stop*|call* ~~ say|tell|answer|dont|youre
2 say|tell ~ you|that|youre|youre ~ #|tourist|visiting|holiday|student|niece|daughter|cousin
2 tell|lie ~ <parent> ~ that|you|youre ~ sleepover|staying|friend*|study*|going|library
2 teacher*|school|doctor ~ dont|nothing|say|lie
3 if ~ anyone|they|someone ~ ask* ~ airport|border & say
3 checkpoint|border|control|airport ~ say|tell ~~ family|wedding|aunt|visiting|tourist*|relatives`,
  },
}
