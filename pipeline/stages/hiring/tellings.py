"""How a sentence tells an act: as news or as what was before, as a report, as a remark, or as a mere name.

Patterns on folded text, in seven languages. Those that end in `$` look at what stands before an act or a name.
"""

from __future__ import annotations

import re

# ---- past and reported acts
# What makes a clause news although its sentence tells of the past: "who worked at Google, is leaving".
TOLD_AS_NEW = re.compile(
    r"\b(?:is|are|was|has|have|will|would|now|announced|confirmed|this (?:week|month)|today|yesterday|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|wird|werden|künftig|nun|jetzt|va|vont|vient de|ces derni(?:ers|ères) (?:jours|semaines|mois)|récemment|recently|in recent (?:days|weeks|months)|kürzlich|vor kurzem|recientemente|désormais|será|ahora|acaba de|se ha)\b|将|即将|现已|近日|日前|宣布|证实|今日|本周|转投|이번|예정|밝혔|今回|今月|発表|と発表|ことが分か|予定"
)
# Figures of job banks and surveys are of the market, not of the firm the headline names.
SURVEY = re.compile(
    r"(?:人力银行|人力资源|资料库|数据库|后台数据|报告)[^,。]{0,8}(?:显示|观察|指出|统计)|\b(?:survey|data (?:from|by)|according to (?:data|a report))\b"
)
# 曾在X工作的某人出任…: what the one who comes did before stands inside the sentence that is news.
ATTRIBUTIVE_ZH = re.compile(r"(?:曾|此前|原)[^,。;]{1,24}的[^,。;]{0,10}")
HEARD_BEFORE = re.compile(
    r"此前(?:[,,]?[^,,。]{0,12}(?:记者|媒体)|[了瞭]?解|报道|消息|披露|曝|有|获悉|传)|先前报导|앞서 (?:보도|전해)"
)
# A departure told of those who come now: "researchers who'd left the company", "after they left", "die einst … verließen".
PAST_LEAVE_BEFORE = re.compile(
    r"(?:\bwho(?:'d|’d| had| once| previously)|\bhaving|\b(?:after|since|before) (?:they|he|she)(?:'d| had)?|\bonce|\bwhen (?:they|he|she)|\b(?:die|der)(?: \w+)? (?:einst|zuvor|damals)[^,;]{0,30}|\bqui avai(?:t|ent)|\bque había[n]?|曾|当初|早年)\s*$"
    r"|\b(?:after|following|despite|nach|après|malgré|tras)\s+(?:the |den |de |les |las )?(?:many|several|numerous|recent|earlier|previous|string of|wave of|vielen|zahlreichen|nombreux|muchas|varias)\s+(?:[a-z-]+\s+){0,2}$"
)
# What others did before, told for comparison: "mirroring moves by X and Y, both of which hired".
COMPARES = re.compile(r"\b(?:mirror(?:s|ing)|resembl(?:es|ing)|similar (?:moves?|deals?|steps?|hires?|strateg\w+))\b")
# "weeks after it began to hire": the hiring lies before what is told.
BEGAN_BEFORE = re.compile(
    r"\b(?:days|weeks|months|years) (?:after|since) [^,;.]{0,50}$|\ba (?:unas|pocas) (?:semanas|días) de [^,;.]{0,50}$|\b(?:semanas|meses) después de [^,;.]{0,50}$"
    r"|\b(?:jours|semaines|mois) après [^,;.]{0,50}$|\b(?:tage|wochen|monate) nach(?:dem)? [^,;.]{0,50}$"
)
TOLD_AS_PAST = re.compile(r"\b(?:days?|weeks?|months?|years?) (?:after|since)\s+$|\bsince\s+$")
PAST_JOIN_BEFORE = re.compile(
    r"(?:年初|年底|去年|前年|月|年)才[^,,。]{0,24}$|(?:\bafter|\bsince|\bbefore|\bprior to|\bfirst (?:\w+ ){0,4}|\bwho|\bhad|\bwho had|\bhaving|\bfollowing|\bthought of|\bconsidered|\bconsidering|\brefused to|\bdeclined to|曾|曾经|此前|之前|\bqui avai(?:t|ent)|\bavant de|\bantes de|\btras|\bnachdem er|\bwar erst)\s+(?:\w+\s+)?$"
)
PAST_JOIN_AFTER = re.compile(
    r"[^,,。]{0,8}(?:年|个月)的|\s*[\w ]{2,24}的[几多数两三四五]?[名位]?[^,,。]{0,4}(?:研究人员|研究员|工程师|高管|员工|成员|科学家|专家)|\s*[\w ]{0,14}(?:才|仅|不到|刚|仅仅)[^,,。]{0,8}(?:月|天|周|年)|\s*[\w ]{2,14}(?:[一二三四五六七八九十\d]+)(?:多)?(?:年|个月)(?:后|之后)|した(?:ばかり|後|数)|(?:して)?(?:から)?(?:わずか)?(?:数|\d+)(?:日|週|周|か月|カ月|ヶ月|年)|\s+war(?:en)?\b|의 |겼던|했던|の数日後|からわずか|한 지|했다가"
)
# "Two hires of X walk back", "losing key hires": those who came before, told of by a noun.
HIRES_AS_NOUN = re.compile(
    r"\s+(?:jump|leave|leaving|left|return|quit|depart|exit|walk|back out|defect|go\b|going|head|threaten|who|are|were|so quickly|this quickly|already)"
)
# A joining that does not come about: "rather than letting them join OpenAI", 禁止加入, 합류를 막.
UNREAL_BEFORE = re.compile(
    r"\b(?:rather than|instead of|prevent\w*|block\w*|stop\w*|barr?(?:s|ed|ing)?|keep\w*|kept|forbid\w*|prohibit\w*|bann?(?:s|ed|ing)?|not to|refus\w+ to|declin\w+ to|without|statt|anstatt|hindern?|verbiet\w+|plutôt que|au lieu|empêch\w+|interdi\w+|refus\w+ de|en lugar de|en vez de|impid\w+|impedir|evitar|prohib\w+|rechaz\w+)\b[^.;:]{0,60}$"
    r"|\b(?:about to|on the verge of|sur le point de|a failli|faillit|kurz davor|a punto de|estuvo cerca de)\b[^.;:,]{0,60}$"
    r"|\bfrom $|\b(?:threat\w*|drohte|menaç\w+|amenaz\w+)\b[^.:;]{0,60}$|(?:禁止|不让|不准|不许|阻止|防止|避免|拒绝|婉拒|不得|不能|不会|限制|没有|并未|放弃)[^,,。]{0,8}$"
)
UNREAL_AFTER = re.compile(
    r"[^、。,.]{0,6}(?:を禁|を示唆|申し出|と脅|を防|を拒|を断|を見送|しない|せず|を制限)|[^,.]{0,4}(?:을|를)?\s?(?:막|금지|거절|거부|고사)"
)
ATTRIBUTION = re.compile(
    r"\b(?:says?|said|told|tells|noted|notes|predict(?:s|ed)?|warn(?:s|ed)?|expect(?:s|ed)?|think(?:s)?|believe[sd]?|compare[sd]?|calls?|called|slams?|slammed|criticiz\w+|jokes?|joked|brag(?:s|ged)?|claim(?:s|ed)?|according to|argued|confirmed that|sagte?|laut|zufolge|selon|según|dijo|a déclaré)\b|表示|称,|透露|によると|에 따르면|认为"
)
IT_SAYS = re.compile(
    r"[\s,,]*(?:that |in \w+ |on \w+ )*(?:it|they|he|she|the (?:company|lab|startup|firm)|its|we|that it|将|已|正|公司|还|es|sie|elle|il)\b"
)

# ---- remarks
BINDS_BY_CONTRACT = re.compile(r"non-?compete|竞业|競業|경업|전직금지")
# Sentences that prove nothing: what is not told, and what go-betweens think of the market.
PROVES_NOTHING = re.compile(
    r"(?:没有|未|并未|拒绝)(?:透露|披露|公布|公开|回应|置评)|\b(?:did not|declined to|didn't|would not) (?:disclose|say|reveal|comment)|コメントを(?:控|避)|明らかにしていない|밝히지 않|언급을|nannte (?:aber )?keine|wollte sich nicht|n'a pas (?:précisé|dévoilé)|no (?:reveló|precisó)"
    r"|(?:有|一位|多位)猎头|猎头(?:向|对|表示|称|说|认为|现在|透露|告诉)|(?:业内人士|分析人士|分析师)(?:认为|表示|指出|称)|\b(?:recruiters?|headhunters?|analysts?) (?:say|said|told)"
)
# A team is founded, not only named ("the superintelligence lab").
FOUNDS = re.compile(
    r"\b(?:forms?|forming|found(?:s|ed|ing)|creat\w+|sets? up|setting up|launch\w*|establish\w*|builds?|building|assembl\w+|opens?|opening|spins? up|gründet|richtet|baut|eröffnet|crée\w*|lance|monte|ouvre|constitue|crea|forma|lanza|abre|monta)\b"
    r"|成立|组建|设立|新设|筹建|搭建|开设|打造|建立|新設|発足|発足|设立|立ち上げ|開設|开设|신설|출범|꾸려|꾸리|설립|개소"
)
# Keeping people told as a task that fails or is hard: "its ability to retain talent", 留不住.
OUGHT_TO_KEEP = re.compile(
    r"\b(?:ability|abilities|capacity|struggl\w+|fail\w*|unable|difficult\w*|hard|harder|challenge\w*|questions?|tries|trying|tried|need\w*|enough|capacité|difficulté\w*|peine|schwer|schwierig\w*|fähigkeit|capacidad|dificultad\w*)\b|留不住|难以留|未能留|挽留|難|苦慮|苦心|十分では|어려|못하|못한"
)
# A firm named by a common noun, as the sentence before tells which.
THE_FIRM = re.compile(
    r"(?<!into )(?<!from )(?<!of )(?<!to )(?<!for )(?<!at )(?<!in )(?<!with )(?<!by )\b(?:the (?:company|firm|start-?up|lab|group|tech giant|giant)|das (?:unternehmen|start-?up|labor)|die firma|der konzern|l'entreprise|la société|la start-?up|la empresa|la compañía)\b"
    r"|[该這这]家?(?:公司|企业|企業|团队|实验室|初创)|同社|同研究所|이 회사|이 업체|(?:^|[\s,])회사(?:는|가|측)"
)
# The contest for talent at large, whoever is named in it: 인재 유치 경쟁, "the hiring war".
CONTEST_AFTER = re.compile(r"\s?(?:경쟁|전쟁|쟁탈|大战|之争|争夺|战|合戦|競争|争い|war\b|race\b|battle\b)")
IS_CONTEST = re.compile(r"争夺|争奪|쟁탈|抢人|\b(?:war|wars|battle|race)\b")
COMES_FROM_ELSEWHERE = re.compile(r"一家|某|公司|大学|学院|初创|研究院|实验室")
