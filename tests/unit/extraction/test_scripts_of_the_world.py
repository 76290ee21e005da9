"""Bodies in scripts that the formulas know little of: nothing of the article may be lost to rules of other languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from crawler.page import Page
from pipeline.document import Document

STORIES = {
    "ar": (
        "ميناء الجزيرة يستقبل أول عبّارة كهربائية",
        [
            "وصلت أول عبّارة كهربائية إلى ميناء الجزيرة صباح الأحد وعلى متنها تسعون راكبا وثلاث دراجات وقطة واحدة هربت من صاحبتها.",
            "وقال القبطان إن البطاريات تكفي لأربع رحلات في اليوم، وإن الشحن يستغرق ساعة واحدة بينما يشرب الركاب القهوة على الرصيف.",
            "ويأمل سكان الجزيرة أن تنخفض أسعار التذاكر في الصيف المقبل، لكن المجلس المحلي لم يحدد بعد موعدا لاتخاذ القرار النهائي.",
        ],
    ),
    "hi": (
        "गाँव की पुरानी लाइब्रेरी फिर खुली",
        [
            "सात साल बंद रहने के बाद गाँव की पुरानी लाइब्रेरी सोमवार को फिर खुली और पहले ही दिन दो सौ से ज़्यादा बच्चे किताबें लेने आए।",
            "लाइब्रेरियन ने बताया कि आधी किताबें पड़ोस के शहर के लोगों ने दान में दी हैं और बाकी को दीमक से बचाने में तीन महीने लगे।",
            "पंचायत अब शाम को भी दरवाज़े खुले रखना चाहती है, ताकि खेतों में काम करने वाले लोग लौटते समय अख़बार पढ़ सकें।",
        ],
    ),
    "th": (
        "ตลาดริมน้ำกลับมาเปิดอีกครั้ง",
        [
            "ตลาดริมน้ำของหมู่บ้านกลับมาเปิดอีกครั้งในเช้าวันเสาร์หลังจากซ่อมสะพานไม้นานเกือบสองปีโดยมีเรือขายของมากกว่าสี่สิบลำมาจอดเรียงกัน",
            "แม่ค้าขายขนมเล่าว่าลูกค้าเก่ากลับมาครบทุกคนและบางคนตื่นตั้งแต่ตีสี่เพื่อรอซื้อขนมถ้วยแรกของวันก่อนที่แดดจะแรง",
            "ผู้ใหญ่บ้านบอกว่าจะจำกัดจำนวนเรือในวันหยุดเพื่อไม่ให้น้ำในคลองขุ่นและให้เด็กในหมู่บ้านยังว่ายน้ำได้เหมือนเดิม",
        ],
    ),
    "ru": (
        "Старая мельница снова мелет муку",
        [
            "После трёх лет ремонта мельница у деревни Зорино снова мелет муку, и первым мешок получил почтальон, который возил туда инструменты.",
            "Колесо собрали заново из лиственницы, потому что дуб, по словам плотников, нынче дороже самого здания вместе с прудом и уткой.",
            "По субботам мельник обещает показывать жернова школьникам, а по воскресеньям отдыхать и никого к воде не подпускать.",
        ],
    ),
    "tr": (
        "Köyün saat kulesi yeniden çalışıyor",
        [
            "On bir yıldır duran saat kulesi pazar sabahı yeniden çalışmaya başladı ve köylüler ilk vuruşta yanlış saati gösterdiğini hemen fark etti.",
            "Ustası, dişlilerin arasından iki kuş yuvası çıkardığını, yavrular uçana kadar da onarıma üç hafta ara verdiğini anlattı.",
            "Muhtar, kulenin bundan sonra geceleri susacağını, çünkü meydana bakan evlerde oturanların uykusuz kalmak istemediğini söyledi.",
        ],
    ),
}


@pytest.mark.parametrize("language", STORIES)
@pytest.mark.parametrize(
    "frame",
    [
        "<article><h1>{title}</h1><div class='entry-content'>{paragraphs}</div></article>",
        "<div id=c1><div class=t1>{title}</div><div class=t2>{divs}</div></div>",
        "<h1>{title}</h1><div class='content'>{breaks}</div>",
    ],
    ids=["article", "bare-divs", "line-breaks"],
)
def test_the_whole_body_is_kept_and_nothing_else(frame: str, language: str) -> None:
    title, lines = STORIES[language]
    body = frame.format(
        title=title,
        paragraphs="".join(f"<p>{line}</p>" for line in lines),
        divs="".join(f"<div>{line}</div>" for line in lines),
        breaks="<br><br>".join(lines),
    )
    menu = "".join(f"<li><a href='/{n}'>{title[: 4 + n]}</a></li>" for n in range(6))
    html = (
        f"<html lang={language}><head><title>{title}</title></head><body><ul class=menu>{menu}</ul>{body}</body></html>"
    )
    url = "https://news.example/2026/1.html"
    page = Page(
        url=url, requested_url=url, status=200, body=html.encode(), fetched_at=datetime(2026, 11, 20, tzinfo=UTC)
    )
    document = extract(page)
    assert isinstance(document, Document), document
    assert document.text.split("\n") == lines
