"""How far an act of hiring is about LLM people: the line that the labelling guideline draws in R2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.knowledge.hiring_phrases import pure_play
from pipeline.knowledge.surnames import SURNAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Scene

_NEAR = 2  # sentences before and after in which an LLM term still belongs to the event
_PERSON = re.compile(r"(?<![A-Za-z])[A-Z][a-zà-ÿ'’]+(?:[- ](?:[A-Z]\.|[A-Z][a-zà-ÿ'’]+|de|van|von)){1,3}(?![a-z])")

# 罗福莉正式加入: a Chinese name tells by what it does.
_PERSON_HAN = re.compile(
    rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:博士|教授)?(?:现已|已|则?将|宣布|正式|也|低调|确认|被曝|近日|自|的)?(?:从|结束|加入|加盟|离职|入职|担任|出任|辞|离开|跳槽|空降|履新|卸任|转投|被)"
)


def relevance(scenes: Sequence[Scene], at: int, hit: Hit, parties: Sequence[str]) -> float:
    """How far the event is about LLM people (0 to 1): any staff of a pure-play lab, elsewhere LLM people and teams."""
    scene = scenes[at]
    act = hit.phrase.act
    if act in _MOVES and (
        _is_board_seat(scene, hit) or _announces_board_seat(scenes, at) or _is_product_choice(scene, hit, parties)
    ):
        return 0.1
    has_people = scene.recall("people", 0, lambda: scene.has("staff", "ai_staff") or _names_person(scene))
    people = 1.0 if has_people or act not in _MOVES else 0.45
    if act == "join" and not parties:
        people *= 0.6
    if act in _ARRIVALS and scene.has("takeover") and not scene.has("acquihire"):
        people *= 0.45  # staff that comes with a company bought is no hiring
    if any(player in pure_play() for player in parties) or (scene.has_pure_player and not scene.players[0].by_model):
        return people
    if any(gone.start <= hit.start < gone.end for gone in scene.of("replaced")):
        return 0.1  # "replaces 300 posts with a language model" hires nobody
    if act in CUTS and not _is_about_llm_people(scene):
        return 0.08
    # An "algorithm engineer" of a driving unit is no LLM engineer: only words for models themselves outweigh another field.
    field = 1.0 if not scene.has("other_field") else 0.6 if scene.is_llm else 0.15
    if act == "acquihire" and _SAYS_AI.search(scene.sentence.folded):
        return 0.8 * field  # the team of an AI start-up
    return people * field * (0.9 if scene.is_llm else _borrowed(scenes, at, has_people=has_people))


def _borrowed(scenes: Sequence[Scene], at: int, *, has_people: bool) -> float:
    """Relevance that a sentence without an LLM term takes from its neighbours and the headline."""
    scene = scenes[at]
    # What a headline speaks of is told in the lead, however many sentences that has.
    reach = _NEAR + (sum(s.sentence.is_lead for s in scenes) if scene.sentence.is_title else 0)
    near = [s for s in scenes[max(0, at - _NEAR) : at + reach + 1] if s is not scene]
    if any(s.has_pure_player for s in near) and not scene.players:
        return 0.8
    if any(s.is_llm or s.has_pure_player for s in near) or any(s.sentence.is_title and s.is_llm for s in scenes[:2]):
        return 0.7 if scene.players or has_people else 0.4
    return 0.12


# Peebles和Du将加入…: in Chinese texts a foreign name may stand alone.
_PERSON_LATIN_IN_HAN = re.compile(
    r"[A-Z][a-zà-ÿ]+\s?(?:[和与與及、]\s?[A-Z][a-zà-ÿ]+\s?)*(?:现已|現已|已|则|則|也|均|都|即)?[将將]?(?:从|從|加入|加盟|離|离|入職|入职|出任|擔任|担任|跳槽|轉|转|[,，]?而)"
)


def _names_person(scene: Scene) -> bool:
    """Whether two or more capitalised words stand together that are no player's name, or a Chinese name with its act."""
    if _PERSON_HAN.search(scene.sentence.folded):
        return True
    text = _original(scene)
    if not text.isascii() and any(
        not any(p.start <= match.start() < p.end for p in scene.players)
        for match in _PERSON_LATIN_IN_HAN.finditer(text)
    ):
        return True
    if len(text) != len(scene.sentence.folded):
        return bool(_PERSON.search(text))
    return any(
        not any(player.start < match.end() and match.start() < player.end for player in scene.players)
        for match in _PERSON.finditer(text)
    )


_MOVES = {"hire", "join", "leave"}
_SAYS_AI = re.compile(r"(?<![a-z])(?:ai|ki|ia)(?![a-z])|人工智能|人工智慧|人工知能|인공지능")
_ARRIVALS = {"hire", "join"}
CUTS = {"layoff", "freeze"}
_TO_BOARD = re.compile(r"\bto (?:its |the |their )?board\b")
_BESIDE, _BESIDE_BEFORE = 26, 6  # characters between a move and the board or product it is about


def _is_board_seat(scene: Scene, hit: Hit) -> bool:
    """Whether the move is to or from a board: never LLM work."""
    text = scene.sentence.folded
    return any(
        0 <= board.start - hit.end <= _BESIDE
        or 0 <= hit.start - board.end <= _BESIDE_BEFORE
        or (board.start >= hit.end and _TO_BOARD.search(text[max(0, board.start - 4) : board.end]))
        for board in scene.of("board")
    )


def _announces_board_seat(scenes: Sequence[Scene], at: int) -> bool:
    """Whether a headline ("X appoints Jane Doe as director") is told in the first sentence as a seat on the board."""
    scene = scenes[at]
    if not scene.sentence.is_title:
        return False
    first = next((s for s in scenes if s.sentence.field == "text"), None)
    return first is not None and any(_is_board_seat(first, hit) for hit in first.of("hire", "join"))


def _is_product_choice(scene: Scene, hit: Hit, parties: Sequence[str]) -> bool:
    """Whether what is picked, named or taken in is a model of another firm: "Apple picks Gemini"."""
    text = scene.sentence.folded
    return any(
        player.by_model
        and player.id not in parties
        and 0 <= player.start - hit.end <= _BESIDE
        and not any(mark in text[hit.end : player.start] for mark in ",;、")
        for player in scene.players
    )


def _is_about_llm_people(scene: Scene) -> bool:
    """Whether more than tools is named: AI people and teams, a model's own team, or LLM work that is no tool for others."""
    tools = {hit.start for hit in scene.of("as_tool")}
    text = scene.sentence.folded
    return (
        scene.has("ai_staff")
        or any(hit.start not in tools for hit in scene.of("llm"))
        or any(
            _TEAM_AFTER.match(text, player.end) or _TEAM_BEFORE.search(text[max(0, player.start - 30) : player.start])
            for player in scene.players
            if player.by_model
        )
    )


# What makes people the makers of a model, not its users: "the Granite team", "the unit behind Granite".
_TEAM_AFTER = re.compile(
    r"['\u2019]?s?[ -]?(?:team|group|unit|division|research|labor|mannschaft|entwickl)|(?:大模型|模型)?(?:的)?(?:团队|小组|研究组|项目组)|の?(?:開発)?(?:チーム|部門)|\s?(?:모델 )?(?:개발)?팀"
)
_TEAM_BEFORE = re.compile(
    r"\b(?:behind|worked on|working on|who (?:built|train(?:ed)?|made)|trains?|hinter|équipe (?:de )?|equipo de|an) (?:its |the |the family |his )?$"
)


def _original(scene: Scene) -> str:
    start, end = scene.sentence.span(0, len(scene.sentence.folded))
    return scene.sentence.original[start:end]
