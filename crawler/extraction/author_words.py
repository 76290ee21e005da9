"""Words around the names of authors: what stands before them, what parts them, and what is no person."""

from __future__ import annotations

import re

# "By ...", "Text: ...", "文｜...": several may follow each other.
PREFIX = re.compile(
    r"^(?:(?:(?:story|text|words|written|reported|posted|published|edited|reviewed|fact checked|analysis|opinion|interview|report)\s+)?by[:\s]+"
    r"|(?:von|par|por|di|de(?=:)|door|av|af|przez|text von|texte de|propos recueillis par|skrevet av|skrivet av|oleh|nga|a cura di|автор|автори|авторы)\s*:?\s+"
    r"|(?:authors?|autor(?:es|en|in|a)?|autore|auteurs?|writer|reporter|redaktion|redaktor|text|texte|texto|testo|tekst|tekst i|opracowanie|penulis|"
    r"pewarta|wartawan|yazar|yazan|haber|muhabir|текст|корреспондент|журналист|skribent|journalist|journaliste|periodista|συντάκτης|"
    r"γράφει(?: ο| η)?|בקלם|מאת|كتب|كتبت|بقلم|लेखक|ผู้เขียน|tác giả)\s*[:：]\s*|γράφει (?:ο|η)\s+|מאת\s+|بقلم\s+|كتب\s+"
    r"|(?:文|撰文|作者|记者|記者|采访|采写|採訪|本报记者|撰稿|文字|取材|執筆|筆者|글|기자)\s*[:：=/／|｜丨]\s*|(?:本报|本報|本刊|见习|通讯员)?(?:记者|記者)\s+)+",
    re.IGNORECASE,
)
# "Mara Lind, Staff Writer" and "홍길동 기자": a title behind the name.
SUFFIX = re.compile(
    r"\s?(?:(?:선임|수습|인턴|전문|객원|경제|정치)?기자|특파원|논설위원|편집위원|앵커|記者|記|通信員|특별취재팀|氏|さん)$|\s*[=＝]\s*\S+$"
)
# A conjunction of one or two letters parts two names only between capitals.
SPLIT = re.compile(
    r"\s*(?:;|；|、|/|\||｜|&|\n|\band\b|\bund\b|\bet\b|\boraz\b|(?<=\w)\s+(?:ve|dan|og|och|en|ja|và|та|и|і|й|και|với|y|e|i|a|o|और|และ|ו(?=\s))\s+(?=[^\W\d_a-zа-яα-ω])|\sو\s"
    r"|和(?=[\u4e00-\u9fff]{2,4}$))\s*"
)
COMMA = re.compile(r"\s*(?:,|，)\s*")
# "Mara Lind in Oslo", "Mara Lind (AFP)", "Mara Lind | Harbour Post", "Mara Lind mara@post.example".
TAIL = re.compile(
    r"\s(?:updated|published|posted)\b.*$|\s(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{0,3}day\b|\.).*$"
    r"|\s(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s)?\d.*$|"
    r"\s*(?:\(.*?\)|（.*?）|\[.*?\]|(?:\s[·•]|\|).*$|\s[-–—]\s.*$|https?://\S+|\S+@\S+|@\w+|\s(?:for|in|at|of|from|via|aus|mit|with|pour|à|para|em|på)\s(?-i:[^a-z]).*$|\s(?:and|und|et)$)\s*",
    re.IGNORECASE,
)
HONORIFIC = re.compile(
    r"^(?:dr|prof|mr|mrs|ms|sir|ing|mgr|dott|herr|frau)\.?\s+(?:(?:med|rer|phil)\.\s*)?", re.IGNORECASE
)

_AGENCIES = (
    "associated press|ap|reuters|afp|dpa|apa|ansa|efe|lusa|pap|čtk|ctk|tass|тасс|риа новости|интерфакс|interfax|укринформ|уніан|pti|ani|ians|bernama|"
    "antara|anadolu|aa|iha|dha|yonhap|연합뉴스|뉴시스|뉴스1|kyodo|共同通信|共同|時事通信|時事|xinhua|新华社|新華社|中新社|新华网|中央社|kna|epd|sid|belga|ntb|tt|ritzau|stt|"
    "mti|agerpres|bta|tanjug|hina|keystone-sda|sda|press association|pa media|bloomberg|upi|cnn|bbc|bbc news|ttxvn|sputnik|irna|wam|spa|wire services?|agencies"
)
NOBODY = re.compile(
    rf"^(?:{_AGENCIES}|admin\w*|administrator|webmaster|editors?|editorial\w*|editor in chief|staff\w*|newsroom|news desk|web ?desk|guest\w*|contributors?|"
    r"author|unknown|anonymous|none|null|user\w*|team|the team|press release|redaktion\w*|redaction|rédaction|la rédaction|redacci[oó]n|redazione|redação|"
    r"redakcja|redakce|redakcia|redakcija|redactie|toimitus|szerkesztőség|редакция|редакція|редакцията|σύνταξη|συντακτική ομάδα|haber merkezi|"
    r"tim redaksi|redaksi|ban biên tập|pv|agenc\w+|המערכת|فريق التحرير|هيئة التحرير|डेस्क|กองบรรณาธิการ|小编|编辑|编辑部|編集部|本站|网络|佚名|匿名|未知|管理员|记者|"
    r"通讯员|综合|来源|原创|온라인뉴스팀|디지털뉴스팀|편집부|taboola|outbrain|facebook|twitter|linkedin|instagram|whatsapp|home|news|share|follow|video|live|more)$",
    re.IGNORECASE,
)
# A word of these makes a desk, an outlet, a role or a place of it.
NO_PERSON = re.compile(
    r"\b(?:news|newsroom|team|staff|desk|media|magazine|times|press|editorial|editors?|group|inc|ltd|llc|gmbh|agency|agencies|wire|studio|network|online|tv|radio|"
    r"bureau|correspondents?|reporters?|contributors?|contributing|university|institute|company|corporation|services?|blog|department|writers?|journalists?|"
    r"columnists?|analysts?|producers?|photographers?|freelancers?|freelance|founder|professor|director|manager|minutes?|published|updated|authors?|bio|learn|"
    r"read|written|about|view|profile|posts|articles|category|insights?|center|centre|hospital|research|executive|web|case|full|name|recipe|sponsored|"
    r"january|february|march|july|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"admin|user|standards|practices|policy|terms|privacy|"
    r"redaktion\w*|redakteur\w*|korrespondent\w*|autor(?:in|en)?|volontär\w*|ressort\w*|chefredakt\w*|zeitung|nachrichten|journalistes?|rédact\w+|correspondante?s?|"
    r"envoyée?s?|periodista|redactora?|corresponsal|enviad[oa]|agencias?|giornalista|redattore|redattrice|inviato|corrispondente|repórter|jornalista|"
    r"корреспондент\w*|журналист\w*|обозреватель|редактор\w*|muhabiri?|editörü?|yazarı?|wartawan|jurnalis|penulis|verslaggever|redacteur|dziennikar\w+|redaktor\w*|"
    r"toimittaja|szerkesztő|δημοσιογράφος)\b"
    r"|taboola|outbrain|['’]s\b|(?:网|社|报|日报|晚报|客户端|编辑部|工作室|公司|新闻|记者|必读|科技|财经|传媒|频道|中心|局|部|委|平台|号|杂志|周刊|電子報|新聞|編輯部|編集部|ニュース|通信|放送|뉴스|신문|일보|방송|팀|취재)$",
    re.IGNORECASE,
)
# The surnames of more than 95 in 100 Chinese names, in simplified and traditional characters, and frequent Japanese openings.
SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏"
    "薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文"
    "庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛焦向柳邢路岳齐齊沿梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜詹詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵閔解强強柴华華车車冉房边邊辜吉饶饒刁瞿戚丘古米池滕晋晉苑邬鄔臧畅暢宫宮来來嵺苟全褚廉简簡娄婁盖蓋符奚木穆党黨燕郎邸冀谈談姬屠连連郜晏栾欒郁商蒙计計喻揭窦竇迟遲宇敖糜鄢冷卓花仇艾蓝藍都巩鞏稽井练練仲乐樂虞卞封竺冼原官衣楚佟栗匡宗应應台巫鞠僧桑荆荊谌諶银銀扬揚明沙薄伏岑习習胥保和蔺藺水云雲昌凤鳳酆皮元平和尉禹狄贝貝臧杭隗崇"
    "肖闫付代逯晁阚亓寇仇瞿佘粟岑敬"
    "佐鈴高田伊渡山中小加吉松井木林斎清橋森池石前藤岡遠青坂村福太"
)
DOUBLE_SURNAMES = frozenset("欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 东方 東方 皇甫 尉迟 公孙 慕容 令狐 夏侯".split())
