"""Turns of phrase around a player's name that tell employer from origin, object and reporter, in seven languages.

Patterns on folded text. Those that end in `$` look at what stands before the name (or the verb), the others behind it.
"""

from __future__ import annotations

import re

_ADJECTIVE_WORDS = (
    "rival",
    "the",
    "its",
    "their",
    "his",
    "her",
    "original",
    "old",
    "leading",
    "tech giant",
    "competitor",
    "competing",
    "startup",
    "start-up",
    "lab",
    "facebook parent",
    "chef de file",
    "géant",
    "marktführer",
    "branchenprimus",
    "konkurrent",
    "konkurrenten",
    "rivalen",
    "竞争对手",
    "对手",
    "老东家",
)
_ADJECTIVES = rf"(?:(?:{'|'.join(_ADJECTIVE_WORDS)})\s+){{0,3}}"

# ---- origin: the place people come from
ORIGIN_BEFORE = re.compile(
    r"(?:\bfrom|\bformer|\bex|\bformerly (?:of|at|with)|\bonce at|\bleav(?:e|es|ing)|\bleft|\bdepart(?:s|ed|ing)?|\bquit(?:s|ting)?|\bexit(?:s|ed|ing)?|\bof|\babandon(?:s|ed)?|\bflee(?:s|ing)?|\bfled|(?<=[a-z] )rivals?|\bagainst|\bthan|\bswapped|\b(?:stint|tenure|spell|years|months)s? (?:at|with)|"
    r"从|从[^,,。]{0,6}|(?:挥向|伸向|瞄准|盯上)了?[^,,。]{0,14}|超过了?|高于|低于|不及|结束了?在|前|原|离开|来自|曾在|曾任|曾就职于|自|(?<![成认作])为|与|对|"
    r"元|元・|"
    r"\bvon|\bvom|\baus(?: de[mrn])?|\behemalige[rnms]?|\bfrühere[rnms]?|\bverlässt|\bbei|"
    r"\bancien(?:ne|s|nes)?|\bde|\bd'|\bdu|\bquitt(?:e|é|er|ent)|\bchez|"
    r"\bantiguo|\bexdirectivo|\babandonan?|\bdejan?|\bhuyen? de|\bdel|"
    rf"전|前)[\s-]*{_ADJECTIVES}['\"「“]?$"
)
# Where no such word stands before the name, the word for origin stands right there: a short window is read faster.
_ORIGIN_WINDOW, _ORIGIN_WINDOW_WITH_ADJECTIVES = 18, 40


def is_after_origin(before: str) -> bool:
    """Whether the text that ends at a name makes it the place people come from."""
    has_adjective = before.rstrip(" -'\"「“").endswith(_ADJECTIVE_WORDS)
    window = _ORIGIN_WINDOW_WITH_ADJECTIVES if has_adjective else _ORIGIN_WINDOW
    return bool(ORIGIN_BEFORE.search(before[-window:]))


# "the former chief of the data start-up Scale AI": between the two stands no verb of moving.
FORMER_FAR = re.compile(
    r"\b(?:former|ex|ancien(?:ne)?s?|ehemalige[rnms]?|frühere[rnms]?|exdirectiv[oa]|antigu[oa])\b"
    r"(?:(?!\b(?:hire[sd]?|hiring|join\w*|leav\w*|left|named|appointed|as|to|rejoin\w*|recrut\w*|embauch\w*|nomm\w*|wechsel\w*|geht|holt|contrat\w*|fich\w*|se|a)\b)[^,.;:()]){0,70}$"
)
ACTS_AFTER_OF = re.compile(r"\s(?!rising|leading|building)[a-z]+ing\b")
ORIGIN_AFTER = re.compile(
    r"(?:'s)?\s+(?:veteran|alum\w*|defector)|[」』\"')]*\s*(?:出身|(?:など[^、。]{0,12}|研究所|社|ラボ|陣営)?からの?|の元|を退|を去|を離|を辞め)|\s*(?:출신|에서|을 떠|를 떠|을 퇴사|를 퇴사|를 나|을 나|\s떠난|\s떠나)|[^,。;]{0,24}(?:为目标|为挖角对象)|\s*(?:离职|之后|之外|以外|前(?!沿)|老将|老兵|元老|出走)|s? früher"
)

# "from Mira Doe's start-up, X" and its like: what stands between only says what X is.
FROM_ITS_KIND = re.compile(
    r"\b(?:from|at|von|bei|chez|de)\s[^,.;:()]{0,60}\b(?<!\bthe )(?:start-?ups?|labs?|company|companies|firms?|rivale?s?|competitors?|rivalen|konkurrenten|labor|entreprises?|sociétés?|jeune pousse|empresas?|compañías?)\b[^,.;:()]{0,12},?\s(?:(?:including|such as|like|wie|comme|como)\s)?$"
)
# What a person was before, at however many firms: "ex-X", "who held posts at both X and Y". Who was at several left them long ago.
WAS_BEFORE = re.compile(
    r"(?:\bformer|\bex|\bformerly (?:of|at|with)|\bonce at|曾在|曾任|曾任职于|曾就职于|前|原|元|元・|전|前|\behemalige[rnms]?|\bfrühere[rnms]?|\bancien(?:ne|s|nes)?|\bantigu[oa]s?|\b(?:stint|tenure|spell|years)s? (?:at|with))[\s-]*$"
)
# A line of a career tells nothing of leaving: 曾任职于 X 的张三.
CAREER_BEFORE = re.compile(
    r"(?:曾|曾经)(?:在|任|任职于?|就职于?|效力于?|参与)\s?$|\b(?:previously|formerly) (?:at|of|with)\s$"
)
# Those who take over from another: whose post it is hires, whosever people they were.
REPLACES = re.compile(
    r"\b(?:replac\w+|succe(?:ed\w*|ssor)|as its (?:new|next)|fill(?:s|ing)? (?:his|her|their)|in (?:his|her|their) place|step(?:s|ping)? in for|nachfolg\w*|succèd\w*|remplac\w+|sustitu\w+|relev\w+)\b|接替|接任|继任|接棒|接手|后任|後任|후임"
)
# "Microsoft raided DeepMind", 掏空 X: what stands behind is plundered.
# "X co-founder returns to Y": whose people move, by their post.
POST_AFTER = re.compile(
    r"(?:'s|s')?\s+(?:(?:ai|top|key|star|research|technical|chief|model|safety|former)\s+){0,3}(?:co-?founders?|founders?|ceo|cto|coo|chief|scientists?|head|leads?|veterans?|execs?|executives?|vp|vice president|boss)\b"
)
# "X confirmed that one of its co-founders is leaving the company": the speaker's own people.
OWN_PEOPLE = re.compile(
    r"\b(?:one|some|two|three|several|members?) of its\b|\bits (?:own |top )?(?:co-?founders?|chief|head|ceo|cto)\b"
)
RAIDS = re.compile(r"\b(?:raid|plunder|ransack|pille|siphon)\w*$|挖空|掏空|洗劫")
# "Meta的挖角行动不仅限于OpenAI，还包括谷歌": whom a hunt aims at.
AIMS_AT_ZH = re.compile(r"(?:行动|对象|名单|范围|目标)[^。;]{0,8}(?:限于|包括|瞄准|针对|涉及|指向)")
# 零一万物大部分训练团队会加入…: the people of the one named go.
PEOPLE_GO_ZH = re.compile(r"(?:的)?[^,。;]{0,14}(?:团队|成员|人员|员工|骨干)[^,。;]{0,6}")
LEAPS_ZH = re.compile(r"跳槽|转投|投奔|出走|倒戈|改投|投靠")
ARRIVES_ZH = re.compile(r"(?:了|,)?(?:成为?|成了|为|担任|出任|任|$)")
WAS_AFTER = re.compile(r"(?:'s)?\s+(?:veteran|alum\w*)|[」』\"')]*\s*出身|\s*출신|\s*[「“\"]?(?:老将|老兵|元老)")
# "OpenAI has seen several of its researchers recruited by Meta": the one that only looks on loses them.
LOOKS_ON = re.compile(
    r"\b(?:has seen|have seen|saw|sees|ha visto|han visto|vio|ve|a vu|voit|sah|sieht|musste zusehen)\b"
)
# People are wooed, not won: nobody has lost them. What stands in the act itself, and what before it.
WOOS = re.compile(
    r"橄榄枝|喊话|招手|婉拒|拒绝|勧誘|勧诱|打診|打诊|러브콜|제안|offer|\bwoo|court|approach|target|chas|tempt|turned down|reject|umwirb|umworben|fait les yeux|corteja|tienta"
)
TRIED_BEFORE = re.compile(
    r"\b(?:tr(?:y|ies|ied|ying) (?:and fail\w* )?|attempt\w* |fail\w* |hop(?:es|ed|ing) |seek(?:s|ing)? |want(?:s|ed)? |versuch\w* |wollte\w* |essay\w* |tent\w* |intent\w* |quiere\w* )(?:to |zu |de |d'|en vain )?$"
    r"|(?:试图|企图|想|尝试|曾试图|未能|计划)(?:重金|高薪)?$"
)
# Those named only beside the one that acts (与谷歌竞争, "against Google"): nobody leaves them.
BESIDE_BEFORE = re.compile(r"(?:[与跟和同对为]|\bagainst|\bthan|\bwith|\brivals?)\s?$")

# "das von Amazon finanzierte Start-up"
BACKER_DE = re.compile(
    r"\s+(?:mit)?(?:finanzier|unterstütz|gestütz|geförder|gegründet|getragen|entwickelt|betrieben)\w*"
)

# ---- objects: whose people are meant, or to whom something is given
_PEOPLE_EN = r"(?:researchers?|engineers?|scientists?|executives?|execs?|employees?|staff(?:ers)?|talents?|veterans?|experts?|leaders?|people|team members?|workers?|specialists?|colleagues|founders?|co-?founders?|ceo|chief)"
OBJECT_AFTER = re.compile(
    rf"(?:'s?|s')?\s+(?:(?:top|senior|ai|siri|gemini|copilot|llama|claude|alexa|key|star|lead|leading|safety|alignment|policy|product|applied|hardware|other|two|three|four|five|six|seven|eight|more|several|\d+|best|model|models?|foundation|research)\s+){{0,4}}(?:researchers?|engineers?|scientists?|executives?|execs?|employees?|staffers|talents?|veterans?|experts?|team members?)"
    rf"|(?:'s|s')\s+(?:[\w-]+\s+){{0,3}}(?:{_PEOPLE_EN}|(?:head|vice president|director|lead|chief|architect) of|[\w-]+ (?:chief|head|lead))\b"
    r"|-(?:forscher|mitarbeit|talent|team|ingenieur|expert|entwickler|angestellt|leute|manager|beschäftigt|chef)\w*"
    r"|\s*(?:的)?(?:[^,,。、;;迎聘招挖请引等对向将也都在已正纷]{0,8})?(?:研究员|工程师|研究人员|员工|副总裁|高级总监|总监|首席[^,。]{1,5}[官家]|高管|人才|科学家|专家|骨干|团队成员|核心成员|大牛|创始人|负责人|开发者|研发人员|作者)"
    r"|(?:の(?:[^、。]{0,12})?|(?:生成)?ai)(?:精鋭|精锐|研究者|エンジニア|幹部|干部|社員|社员|人材|従業員|从业员|ceo|責任者|责任者|担当者|チーム|共同創|共同创|技術者|技术者)"
    r"|(?:의)?\s?(?:[가-힣a-z]+ ){0,2}(?:총괄|책임자|수장|창업자|부사장|연구원|엔지니어|임원|직원|인재|인력|개발자|연구진)"
)
LIST_GAP = re.compile(
    r"\s*(?:'s|ai(?=[、,]))?\s*(?:,|、|,\s*and|,\s*et|,\s*as well as|and|und|et|y|e|or|ou|oder|o|u|&|/|和|及|与|以及|跟|や|と|および|와|과|및|as well as|然后|甚至|并|이나|·|・)\s*(?:rival |the |its )?$"
    r"|的?[「“\"《][^「」“”\"《》]{1,20}[」”\"》]\s*[、,和及与]\s*$"  # 腾讯的“青云计划”、阿里的“…”
    r"|\s*,?\s*(?:还|也|以及)包括了?\s*$"
)
IN_BRACKETS = re.compile(r"\s?\([^()]{1,24}\)")
OBJECT_BEFORE = re.compile(
    r"[向给]$|(?:按照?|参照|对标|相当于)$|(?:\bto|\bin|\ban|\bthought of joining|\bjoining|\bjoin|\binto|\babout|\bwith|向|给|对|在|\baux?|\bà|\bdans|\bcontra|\ben)\s+(?:\w+ \w+'s )?$|(?:抢夺|挖角|挖走|挖来|挖到|撬走|喊话|挖|抢)(?:了)?['\"「“]?\s*$"
)
# A Japanese chief acts for the firm: メタのマーク・ザッカーバーグCEOが.
CHIEF_ACTS_JA = re.compile(r"の[^、。]{0,20}(?:ceo|最高経営責任者|最高经営责任者|会長|会长|社長|社长)(?:が|は|も)")
# Who speaks for the firm where people are wooed: 谷歌高管喊话.
CHIEF_AFTER = re.compile(r"(?:公司)?(?:的)?(?:ceo|首席执行官|执行长|联合创始人|创始人|董事长|总裁|掌门人|高管)")
GIVEN_TO = re.compile(r"(?:向|给|对)\s*(?:[^,,。向给对]{1,12}(?:和|与|及|、|以及)\s*)?$")
IS_PASSIVE = re.compile(
    r"\b(?:been|were|was|are|being|is|get|gets|got|wurden?|worden|été|sont|sido|fueron|han sido)\s+(?:\w+\s+){0,2}$"
)

TO_LEAVERS = re.compile(r"[向对给为][^,。;]{0,6}$")

# ---- agents and destinations
DIRECTLY_TO = re.compile(
    r"\s*(?:to |with |at |forces with )?(?:its|the|a|an|their|his|her|arch|seinem|zum|son|su|al)?[\s-]*(?:(?!(?:from|of|after|who|von|de)\b)[\w-]+\s+){0,5}?(?:rivals?|competitors?|konkurrenten|rivale|concurrent|startup|start-up|lab|giant|firm|company)\s*"
    r"|\s*(?:the |its |l'|les? |la |son |al |el |un |une |zum |das )?[^,.;:()]{0,24}?(?:équipes?|laboratoire|labo|division|unité|rangs|equipo|laboratorio|división|filas|team|lab|labs|unit|group|ranks|division)\b[^,.;:()]{0,30}?\s(?:of|at|de|d'|du|chez|von)\s*"
)
# "xAI rival OpenAI": the first name only says which firm the second is.
IS_APPOSITION = re.compile(r"(?:-|\s+)(?:rivals?|competitor|challenger|konkurrent(?:en)?|rivale[n]?)\b")
COMES_FROM = re.compile(r"(?:from|von)$")
RETURNS = re.compile(
    r"rejoin|return|back|boomerang|重返|回归|归队|復帰|复帰|出戻|복귀|돌아|유턴|컴백|친정|zurück|kehr|retour|revien|vuelv|regres|volver"
)
BY_ITSELF = re.compile(r"\b(?:by|durch|von|par|por)$")
BY = re.compile(rf"\s*(?:away |up )?(?:\w+ ){{0,2}}?(?:by|durch|par|por)\s+{_ADJECTIVES}$")
FROM_OFFERS = re.compile(
    r"(?:offers? from|offres? (?:[\w-]+ )?de|ofertas? (?:[\w-]+ )?de|angebote? (?:[\w-]+ )?von)\s+(?:rival |tech |firm |giant |the |[a-z]+ ){0,3}$"
)
OFFER_OF_ZH = re.compile(r"(?:团队|公司|集团|旗下公司)?(?:的|发出的|给出的|开出的)?\s?(?:offer|工作邀请|录用通知)")
SUFFERED_BEFORE = re.compile(r"[被遭][^,,。]{0,4}$")
SUFFERED_AFTER = re.compile(r".{0,2}(?:かれ|され|られ)|(?:당하|당한|당했|긴|겼|기고|기자)")
PASSIVE_ZH = re.compile(r"(?:被|遭|遭到|获|受)\s*(?:了)?$")
PASSIVE_JA = re.compile(r".{0,3}(?:かれ|され|られ)")
_GOES = r"to|towards?|for|joins?|joining|to join|zu|zum|zur|für|richtung|pour|vers|para|por|hacia"
_GOES_ON = (
    r"(?:work (?:at|for|with)\s+)?(?:(?:one of )?(?:its|his|her|their|the)?\s*(?:\w+\s+){0,2}(?:rivals?|competitors?|startups?|start-ups|labs?|firms|companies|firmen|unternehmen|entreprises|empresas),?\s+(?:(?:like|such as|wie|comme|como)\s+)?)?"
    rf"{_ADJECTIVES}$"
)
DESTINATION = re.compile(rf"\b(?:{_GOES})\s+{_GOES_ON}")
# Spanish "a Meta"; in English that is an article.
DESTINATION_ES = re.compile(rf"\b(?:{_GOES}|al?)\s+{_GOES_ON}")
DESTINATION_ZH = re.compile(
    r"(?:(?:去向|下一站|新东家|目的地|新去处)[^,。]{0,6}(?:是|为|指)(?:[a-z]*母公司)?|目标(?:就)?是|加入|加盟|入职|去了|转投|转战|投奔|跳槽到|跳槽至|跳槽|前往|重返|回归|空降|投向|已到|去到|转往|转赴|转至)\s*(?:了)?(?:竞争对手|对手|老东家|老对手)?\s*[「“\"]?$"
)
# 年初才加入 X: where people came to, not where they go.
ONLY_THEN_JOINED = re.compile(r"才[^,。]{0,24}(?:加入|加盟|入职)$")
DESTINATION_PARTICLE = re.compile(
    r"[」』\"')]*\s*(?:(?:같은|등|などの?|といった)\s?[^,.、。]{0,8}?)?(?:에(?!서)|로|으로|행|의 [^,.]{0,24}(?:로|으로|팀에|조직에|연구소에)|에게|へ|に|への|のチームに|の[^、。]{0,18}(?:に|へ)|行|側に)"
)
GOES_TO_JA = re.compile(r"先(?:は|として|には)")  # 転職先は…: the firm stands behind
TOWARDS_DE = re.compile(
    rf"\b(?:zu|zum|zur|bei|richtung)\s+(?:de[nmr]\s+|\w+(?:en|em|er)\s+){{0,3}}(?:[\w-]+\s+(?:wie|und)\s+)?{_ADJECTIVES}['\"„“]?$"
)
LOSES_DE = ("verl", "aderlass")
LOST_TO_DE = re.compile(
    rf"\ban\s+(?:(?:die |den |seine[nr]? )?(?:\w+\s+)?(?:konkurren\w+|wettbewerber\w*|rivalen?|firmen|unternehmen)\s+(?:wie\s+)?)?{_ADJECTIVES}$"
)
ENDS_CLAUSE = re.compile(r"[.:;\"]|\b(?:werde|wird|werden|will|wollen)\b\s*,")
HAVE_DE = re.compile(r"\s*(?:zu )?(?:haben|hat|habe|hatten?|hätten?|konnten?|können)\b")
HAVE_DE_BEFORE = re.compile(r"\b(?:hat|haben|hatten?|habe|hätten?)\b[^.;:]*$")
BECOME_DE = re.compile(r"\b(?:wurden?|worden|wird|werden)\b")
SUBORDINATE_DE = re.compile(r"\b(?:während|dass|weil|nachdem|wenn|obwohl|seit|wie|indem)\s+$")
# What a departure means for the firm that is left: "a blow for Apple" names no destination.
MATTERS_FOR = re.compile(
    r"\b(?:blow|setback|loss|challenge|moment|time|problem|crisis|test|trouble|headache|warning|bad news|zeitpunkt|rückschlag|verlust|schlag|problem|herausforderung|coup dur|revers|perte|moment|défi|golpe|revés|pérdida|momento|desafío|problema)\s+(?:for|für|pour|para)\s+(?:[\w'’]+\s+){0,3}$"
)
JOINING = re.compile(r"join|heads? to|goes to|加入|加盟|并入|rejoi|se une|se incorpora|wechsel")
LEAVES_FOR = re.compile(r"[」』\"')]*\s*(?:(?:같은|등)\s?[^,.]{0,8}?)?(?:へ|로 |으로 |행|行)")
# A name with one of these particles is no subject: 오픈AI에 합류했던, OpenAIから.
OBLIQUE_PARTICLE = re.compile(r"[」』\"')]*\s*(?:에게|에서|에|으로|로|를|을|부터|까지|に|へ|から|を|で|より)")
# Whose hunt for talent it is, whoever speaks of it: 메타의 인재 영입, Metaの人材獲得.
OWN_HUNT = re.compile(
    r"(?:による|によって|에 의한)[^、。,]{0,16}|(?:의|の|的|'s)\s?(?:ai\s?)?(?:(?:핵심|고급|대규모|大规模な?|大规模|aggressive|massive)\s?)?(?:인재|인력|人材の?|人才|talent|채용)?\s?"
)
POSSESSIVE = re.compile(r"'s?\s")
SUBJECT_PARTICLE = re.compile(
    r"[」』\"']*\s*(?:\([^)]*\))?\s*(?:、そして[^、。]{0,14}|(?:など|といった|をはじめとする|のような)(?:の?[^、。]{0,14}(?:企業|企业|大手|各社|社|ラボ|勢|势))?|등 ?(?:[가-힣ai ]{0,10}(?:기업|업체|빅테크)들?)?)?(?:が|は|も|では|이|가|은|는|도|を率いる|ceo|창업자|社|측|코리아|ジャパン|側|\)?\s?모두)"
)
LEADING_MARK = re.compile(r"[」』\"')]*\s*(?:\([^)]*\))?\s*[、,]")
LIST_ONLY = re.compile(r"[\s\"'「『\[【(·・&/、,と와과]*")
# Whom people leave, by its particle: 오픈AI가 … 교체, OpenAIを退社, Metaから流出.
LEFT_PARTICLE = re.compile(r"[」』\"')]*\s*(?:\([^)]*\))?\s*(?:が|は|も|を|から|の|이|가|은|는|을|를|에서|의|도)")
OF_THIS = re.compile(r"(?:この|今回の|こうした|이 |이런 |이번 )$")
WORKPLACE = re.compile(r"\b(?:at|for|from|by|inside|within|bei|chez|en)\s+(?:the |big tech |rival |\w+ like ){0,2}$")

WORKED_AT = re.compile(
    r"\bwho (?:previously |formerly |once |had )?(?:ran|led|headed|built|worked|oversaw|was|had)\b[^,.;]{0,50}?\b(?:at|for) $|\b(?:bislang|bisher|zuletzt)\b[^,.;]{0,40}?\bbei $"
    r"|\b(?:qui (?:travaill|œuvr|officiai|exerçai)\w*|que trabaja\w*|quienes trabaja\w*)\b[^,.;]{0,40}?\b(?:chez|bureau|pour|de|d'|en|para) ?$"
)
WORKED_IN = re.compile(
    r"で[^、。]{0,24}(?:率いていた|率いた|担当していた|務めていた|働いていた|手がけていた)"
    r"|(?:의|에서)?\s?[^,.。]{0,30}(?:이끌던|이끌었던|이끌어온|주도했던|주도하던|주도해온|총괄했던|총괄하던|맡았던|맡아온|재직하던|근무하던|일하던|몸담았던)\s"
)
AT = re.compile(r"\b(?:at\s+|bei\s+|chez\s+|au sein (?:de\s+|d'))(?:the |rival )?$")
AS_EXAMPLE = re.compile(r"\b(?:like|such as|wie|comme|como)\s")
FOR_EXAMPLE = re.compile(r"\b(?:like|such as|including|wie|comme|como)\s+(?:\w+\s+)?$")

# People named by their firm where pay is reported: "empleados de OpenAI", "OpenAI" paying them.
GIVEN_TO_STAFF = re.compile(
    r"\b(?:aux?|à|to|for|a|al|an|für|pour|para)\s+(?:[\w:]+\s+){0,4}(?:de\s|d'|of\s|von\s|at\s)?$"
)
STAFF_OF = re.compile(
    r"\b(?:employees?|staff(?:ers)?|engineers?|researchers?|workers?|team|empleados?|trabajador\w*|ingenier\w+|investigador\w+|plantilla|personal|equipos?|salariés?|employés?|ingénieurs?|chercheurs?|équipes?|effectifs|mitarbeiter\w*|angestellten?|forscher\w*|entwickler\w*|belegschaft)\s+(?:at|of|from|de|d'|des|du|von|bei|chez|en)\s?$"
    r"|\b(?:die (?:bei|für)|who (?:work|joined)(?: at| for)?|qui travaillent chez|que trabajan en)\s?$"
)
# "the salaries Meta is offering": the payer stands behind.
OFFERS_IT = re.compile(r"[^.,;]{0,50}?\b(?:offer|pay|dangl|promis|biet|zahl|offr|pai|ofrec|pag)\w*")
