"""Formulas of page junk in many languages, and sentences beside them that only sound alike."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crawler.extraction.lines import Line, clean_line
from crawler.extraction.tails import Told, is_junk_line, opens_other_things, told_formulas, without_bios

JUNK = [
    "Lee también: El faro vuelve a encenderse tras veinte años",
    "Te puede interesar: La isla que no quiso el puente",
    "Leia também: O farol volta a acender depois de vinte anos",
    "Leggi anche: Il faro si riaccende dopo vent'anni",
    "Lesen Sie auch: Der Leuchtturm brennt wieder",
    "Czytaj też: Latarnia znowu świeci",
    "İlgili haber: Fener yirmi yıl sonra yeniden yandı",
    "Читайте также: Маяк снова горит",
    "Διαβάστε επίσης: Ο φάρος άναψε ξανά",
    "اقرأ أيضا: المنارة تضيء من جديد",
    "यह भी पढ़ें: बीस साल बाद जला दीपस्तंभ",
    "Baca juga: Mercusuar itu menyala lagi",
    "Xem thêm: Ngọn hải đăng sáng trở lại",
    "Publicité",
    "Continua após a publicidade",
    "Weiter nach der Anzeige",
    "Empfohlener redaktioneller Inhalt",
    "To view this content, please accept cookies from the video service.",
    "Skip newsletter promotion and continue reading",
    "Image source, Harbour Pictures",
    "© 2026 Hafenblatt. Alle Rechte vorbehalten.",
    "Todos los derechos reservados.",
    "Все права защищены",
    "Síguenos en nuestras redes para no perderte nada",
    "12 commentaires",
    "残り 1,204文字",
    "[사진 = 항구신문]",
    "The lamp room on a clear evening. (Photo: Ana Vidal)",
    "Fishermen mend nets beside the pier | Photo by Ana Vidal",
    "Keepers carry the old lens down the stairs. Ana Vidal/Getty Images",
    "Das Boot im Hafen (dpa)",
    "图为灯塔重新点亮。（林小船摄）",
    "图片来自视频截图。",
]
TEXT = [
    "Lee trabaja en el puerto desde hace veinte años y conoce cada barco por su motor.",
    "Publicité ou non, la campagne de la mairie a coûté plus cher que prévu.",
    "Der Kapitän sagte am Montag, das Schiff werde im März wieder fahren. (dpa)",
    "The museum says every photo by the keeper's daughter will be shown in the spring.",
    "The site asks visitors to accept cookies before it tells them the tide, which the harbour master finds absurd.",
    "More than half of the newsletter's readers live on the mainland, the editor said.",
    "Image quality matters less to the keepers than a battery that lasts the night.",
    "他们在灯塔下拍摄了三个晚上，直到雾散去才收工。",
    "图书馆的窗户正对着港口，孩子们在那里看船。",
    "Читайте сами: так ответил смотритель, когда его спросили о приборах, и показал журнал.",
    "All rights to the recording belong to the island's council, which wants to sell it.",
]


@pytest.mark.parametrize("line", JUNK)
def test_formulas_are_junk_wherever_they_stand(line: str) -> None:
    assert is_junk_line(line, in_tail=False)


LOOKING_AHEAD = [formula for formula in told_formulas() if formula.pattern.pattern.startswith("(?=")]


@pytest.mark.parametrize(
    "formula", [each for each in told_formulas() if each not in LOOKING_AHEAD], ids=lambda formula: formula.words[0]
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_line_matches_a_formula_without_one_of_its_words(formula: Told, data: st.DataObject) -> None:
    line = clean_line(data.draw(st.from_regex(formula.pattern.pattern, fullmatch=True)))
    assume(formula.pattern.fullmatch(line))
    assert any(word in line.lower() for word in formula.words)


def test_the_words_of_a_look_ahead_are_those_it_asks_for() -> None:
    (looking,) = LOOKING_AHEAD
    assert looking.pattern.pattern.startswith(f"(?=.*(?:{'|'.join(looking.words)}))")


@pytest.mark.parametrize("line", TEXT)
def test_sentences_that_sound_alike_are_not(line: str) -> None:
    assert not is_junk_line(line, in_tail=True)


@pytest.mark.parametrize(
    "heading",
    [
        "À lire aussi", "Noticias relacionadas", "Leia mais", "Articoli correlati", "Mehr zum Thema", "Lees ook",
        "Les også", "Powiązane artykuły", "Související články", "İlgili Haberler", "Материалы по теме", "Схожі новини",
        "Σχετικά άρθρα", "مواضيع ذات صلة", "संबंधित खबरें", "ข่าวที่เกี่ยวข้อง", "Berita Terkait", "Tin liên quan",
    ],
)  # fmt: skip
def test_headings_over_other_articles(heading: str) -> None:
    assert opens_other_things(heading)


def test_a_sentence_is_no_heading_over_other_articles() -> None:
    assert not opens_other_things("More on the lamp in a later report.")


def paragraphs(*texts: str) -> list[Line]:
    return [Line("paragraph", text) for text in texts]


BODY = [f"Sentence number {number} of the story, long enough to weigh as much as prose does." for number in range(8)]
BIO = ["Ana Vidal covers the coast from a caravan.", "When she is not writing, she repairs bicycles."]


def test_what_the_last_lines_say_of_the_author_goes() -> None:
    assert without_bios(paragraphs(*BODY, *BIO), ["Ana Vidal"]) == paragraphs(*BODY)


def test_a_turn_of_an_interview_is_no_biography() -> None:
    lines = paragraphs(*BODY, "Ana Vidal: And who repairs the lamp?", "The keeper does.")
    assert without_bios(lines, ["Ana Vidal"]) == lines


def test_a_portrait_keeps_its_person() -> None:
    lines = paragraphs(BODY[0], *(f"Ana Vidal {line}" for line in BODY[1:4]))
    assert without_bios(lines, ["Ana Vidal"]) == lines


def test_one_name_alone_proves_nothing() -> None:
    lines = paragraphs(*BODY, "Ana has closed the door.")
    assert without_bios(lines, ["Ana"]) == lines
