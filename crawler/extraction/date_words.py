"""Words of dates: month names, units of time, days named from today, abbreviations of time zones.

A language a line, January to December, forms of one month parted by a slash; only forms that stand in dates.
"""

from __future__ import annotations

_MONTHS = """
january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec
januar/jänner/jän februar märz/mrz april mai juni juli august september oktober/okt november dezember/dez
janvier/janv février/fevrier/févr/fév mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre décembre/decembre/déc
enero/ene febrero/feb marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre diciembre/dic
gener/gen febrer març abril maig juny juliol/jul agost/ag setembre/set octubre novembre desembre/des
janeiro fevereiro/fev março/marco abril maio junho julho agosto setembro/set outubro/out novembro dezembro
gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/set ottobre/ott novembre dicembre/dic
januari februari maart/mrt april mei juni juli augustus september oktober november december
ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie noiembrie/noi decembrie
stycznia/styczeń/sty lutego/luty/lut marca/marzec kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź listopada/listopad/lis grudnia/grudzień/gru
ledna/leden února/únor/unora března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen září/zari října/říjen listopadu prosince/prosinec
januára/január februára/február marca/marec apríla/apríl mája/máj júna/jún júla/júl augusta septembra októbra/október novembra decembra
január/jan február/febr március/márc április/ápr május/máj június/jún július/júl augusztus/aug szeptember/szept október/okt november/nov december/dec
januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra
siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj kolovoza/kolovoz rujna/rujan listopada studenoga/studenog/studeni prosinca/prosinac
januar februar mart april maj jun jul avgust septembar oktobar novembar decembar
јануар/јануара/јануари фебруар/фебруара/февруари март/марта април/априла мај/маја јун/јуна/јуни јул/јула/јули август/августа септембар/септембра/септември октобар/октобра/октомври новембар/новембра/ноември децембар/децембра/декември
января/январь/янв февраля/февраль/фев марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн июля/июль/июл августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя/нояб декабря/декабрь/дек
січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/квіт/кві травня/травень/трав/тра червня/червень/черв/чер липня/липень/лип серпня/серпень/серп/сер вересня/вересень/вер жовтня/жовтень/жовт/жов листопада/листопад/лист/лис грудня/грудень/груд/гру
студзеня лютага сакавіка красавіка мая/траўня чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня
януари февруари март април май юни юли август септември октомври ноември декември
ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ απριλίου/απρίλιος/απρ μαΐου/μάιος/μαϊ/μαι ιουνίου/ιούνιος/ιουν/ιούν ιουλίου/ιούλιος/ιουλ/ιούλ αυγούστου/αύγουστος/αυγ σεπτεμβρίου/σεπτέμβριος/σεπ/σεπτ οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοε/νοέ δεκεμβρίου/δεκέμβριος/δεκ
ocak/oca şubat/şub mart nisan/nis mayıs haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas aralık/ara
yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr
januar februar marts/mars april maj/mai juni juli august september oktober november december/desember/des
januari februari mars april maj juni juli augusti september oktober november december
janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember
tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu marraskuuta/marraskuu joulukuuta/joulukuu
jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
janvāris/janvārī februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā jūnijs/jūnijā jūlijs/jūlijā augusts/augustā septembris/septembrī oktobris/oktobrī novembris/novembrī decembris/decembrī
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor
januari februari maret april mei juni juli agustus/agt september oktober november/nop desember/des
januari februari mac april mei jun julai/jul ogos september oktober november disember/dis
januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba
enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre
tháng\u00a01/tháng\u00a0một tháng\u00a02/tháng\u00a0hai tháng\u00a03/tháng\u00a0ba tháng\u00a04/tháng\u00a0tư tháng\u00a05/tháng\u00a0năm tháng\u00a06/tháng\u00a0sáu tháng\u00a07/tháng\u00a0bảy tháng\u00a08/tháng\u00a0tám tháng\u00a09/tháng\u00a0chín tháng\u00a010/tháng\u00a0mười tháng\u00a011/tháng\u00a0mười\u00a0một tháng\u00a012/tháng\u00a0mười\u00a0hai
يناير/جانفي فبراير/فيفري مارس أبريل/ابريل/إبريل/أفريل مايو/ماي يونيو/يونيه/جوان يوليو/يوليه/جويلية أغسطس/اغسطس/أوت سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر
كانون\u00a0الثاني شباط آذار/اذار نيسان أيار/ايار حزيران تموز آب أيلول/ايلول تشرين\u00a0الأول تشرين\u00a0الثاني كانون\u00a0الأول
جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
ינואר/ינו פברואר/פבר מרץ/מרס אפריל/אפר מאי יוני יולי אוגוסט/אוג ספטמבר/ספט אוקטובר/אוק נובמבר/נוב דצמבר/דצמ
जनवरी/जन फरवरी/फ़रवरी/फर मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर
जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर
জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్
มกราคม/ม.ค กุมภาพันธ์/ก.พ มีนาคม/มี.ค เมษายน/เม.ย พฤษภาคม/พ.ค มิถุนายน/มิ.ย กรกฎาคม/ก.ค สิงหาคม/ส.ค กันยายน/ก.ย ตุลาคม/ต.ค พฤศจิกายน/พ.ย ธันวาคม/ธ.ค
"""


def folded(word: str) -> str:
    """Lower case, the Turkish letters I and İ both as i: capitals do not tell them apart."""
    return word.lower().replace("i\u0307", "i").replace("ı", "i")


MONTHS: dict[str, int] = {}
for _line in _MONTHS.strip().split("\n"):
    for _number, _forms in enumerate(_line.split(" "), 1):
        for _form in _forms.split("/"):
            MONTHS.setdefault(_form.replace("\u00a0", " ").strip(), _number)
# In seconds.
UNITS = {
    "second": 1, "sec": 1, "秒": 1, "초": 1, "sekunde": 1, "seconde": 1, "segundo": 1,
    "minute": 60, "min": 60, "分钟": 60, "分鐘": 60, "分": 60, "분": 60, "minuto": 60, "minuti": 60, "minuten": 60, "минут": 60, "минуты": 60,
    "минуту": 60, "хвилин": 60, "dakika": 60, "phút": 60, "menit": 60, "minut": 60, "minuter": 60, "dk": 60, "دقيقة": 60, "मिनट": 60,
    "hour": 3600, "hr": 3600, "小时": 3600, "小時": 3600, "時間": 3600, "시간": 3600, "stunde": 3600, "heure": 3600, "hora": 3600, "ora": 3600,
    "ore": 3600, "час": 3600, "часа": 3600, "часов": 3600, "годин": 3600, "години": 3600, "saat": 3600, "giờ": 3600, "jam": 3600, "uur": 3600,
    "timmar": 3600, "timme": 3600, "timer": 3600, "godzin": 3600, "godziny": 3600, "godzinę": 3600, "ساعة": 3600, "ساعات": 3600, "घंटे": 3600,
    "घंटा": 3600, "ชั่วโมง": 3600,
    "day": 86400, "天": 86400, "日": 86400, "일": 86400, "tag": 86400, "jour": 86400, "día": 86400, "dia": 86400, "giorni": 86400, "giorno": 86400,
    "день": 86400, "дня": 86400, "дней": 86400, "gün": 86400, "ngày": 86400, "hari": 86400, "dagen": 86400, "dag": 86400, "dagar": 86400,
    "dni": 86400, "दिन": 86400, "วัน": 86400,
    "week": 604800, "周": 604800, "週": 604800, "woche": 604800, "semaine": 604800, "semana": 604800,
}  # fmt: skip
# Behind a count and a unit, and before them.
AGO = "之?前|전|ago|fa|назад|тому|önce|trước|(?:yang )?lalu|geleden|temu|sedan|siden|पहले|ที่แล้ว"
SINCE = "vor|il y a|hace|há|för|for|před|قبل|منذ"
DAYS_BACK = {
    "今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "yesterday": 1, "today": 0, "gestern": 1, "heute": 0, "어제": 1, "오늘": 0,
    "hier": 1, "aujourd'hui": 0, "aujourd’hui": 0, "ayer": 1, "hoy": 0, "ontem": 1, "hoje": 0, "ieri": 1, "oggi": 0, "gisteren": 1, "vandaag": 0,
    "wczoraj": 1, "dzisiaj": 0, "dziś": 0, "včera": 1, "dnes": 0, "вчера": 1, "сегодня": 0, "вчора": 1, "сьогодні": 0, "dün": 1, "bugün": 0,
    "kemarin": 1, "hari ini": 0, "hôm qua": 1, "hôm nay": 0, "igår": 1, "idag": 0, "i går": 1, "i dag": 0, "χθες": 1, "σήμερα": 0,
    "أمس": 1, "اليوم": 0, "आज": 0, "เมื่อวาน": 1, "วันนี้": 0,
}  # fmt: skip
# Before a clock time: "um 10:15", "klo 10.15", "pukul 10.15".
AT = (
    "at|um|ab|à|a las|alle ore|alle|ore|ora|às|as|om|kl|kello|klo|o godz|godz|o|v|в|у|о|об|στις|saat|pukul|pkl|jam|lúc|vào lúc|"
    "الساعة|في|على الساعة|เวลา|समय|u"
)
AFTER_NOON = frozenset("下午 晚上 晚间 傍晚 深夜 午後 오후 pm 中午 م مساء μμ ch".split())
BEFORE_NOON = frozenset("am 오전 午前 上午 凌晨 早上 ص صباحا πμ sa".split())
# In hours from UTC.
ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "BST": 1, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5,
    "EDT": -4, "ET": -5, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "PT": -8, "BRT": -3, "ART": -3, "IST": 5.5, "PKT": 5, "NPT": 5.75,
    "WIB": 7, "WITA": 8, "WIT": 9, "ICT": 7, "SGT": 8, "MYT": 8, "PHT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "ACST": 9.5,
    "AWST": 8, "NZST": 12, "NZDT": 13, "SAST": 2, "EAT": 3, "WAT": 1, "CAT": 2, "TRT": 3, "GST": 4,
}  # fmt: skip
MONTH_NUMBERS = {folded(name): number for name, number in MONTHS.items()}
UNIT_SECONDS = {folded(name): seconds for name, seconds in UNITS.items()}
DAY_COUNTS = {folded(name): count for name, count in DAYS_BACK.items()}
