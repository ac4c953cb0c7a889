"""Names tied across both languages: where each German mention stands in the English, and what was put right there."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.alignment.model import SentencePair
from service.alignment.projection import Projector, project
from service.article.model import Article, Block
from service.entities.chains import chain
from service.entities.model import Entity, GlossaryEntry, Mention
from service.segmentation.model import Sentence
from service.translation.model import Link, Translation
from tests.unit.marked import read_marked


def links(german: str, english: str, pairs: Sequence[tuple[str, str]], weight: float = 0.7) -> tuple[Link, ...]:
    """One link per pair of words, as attention would give them."""
    found = []
    for source, target in pairs:
        start, at = german.index(source), english.index(target)
        found.append(Link(start, start + len(source), at, at + len(target), weight))
    return tuple(sorted(found, key=lambda link: link.target_start))


def pair_of(
    marked: str,
    english: str,
    attention: Sequence[tuple[str, str]] = (),
    glossary: Sequence[GlossaryEntry] = (),
    recognised: Sequence[Mention] | None = None,
) -> SentencePair:
    german, mentions = read_marked(marked)
    entities = chain(Article(german, (Block("paragraph", 0, len(german)),)), mentions, glossary)
    translation = Translation(german, english, links(german, english, attention), -0.5)
    recogniser = None if recognised is None else lambda _: recognised
    return project(Sentence(german, 0, len(german), 0), translation, entities, recogniser)


def linked(pair: SentencePair) -> dict[str, str | None]:
    german, english = pair.source.text, pair.english
    return {german[slice(*m.source)]: m.target and english[slice(*m.target)] for m in pair.mentions}


def test_canonical_names_are_found_without_any_attention() -> None:
    pair = pair_of(
        "[Wladimir Putin|PER] traf in [Pjöngjang|LOC] [Kim Jong-un|PER].",
        "Vladimir Putin met Kim Jong Un in Pyongyang.",
    )
    assert linked(pair) == {"Wladimir Putin": "Vladimir Putin", "Pjöngjang": "Pyongyang", "Kim Jong-un": "Kim Jong Un"}
    assert pair.changes == ()


@pytest.mark.parametrize(
    "german, english, name, target",
    [
        ("[Russlands|LOC] Angriff dauert an.", "The Russian attack continues.", "Russlands", "Russian"),
        ("[Russlands|LOC] Angriff dauert an.", "Russia's attack continues.", "Russlands", "Russia"),
        ("Die [USA|LOC] drohen.", "The United States is threatening.", "USA", "United States"),
        ("Die [USA|LOC] drohen.", "The U.S. is threatening.", "USA", "U.S."),
        ("Die [Nato|ORG]-Staaten tagen.", "The NATO countries are meeting.", "Nato", "NATO"),
        ("Die [Bundesregierung|ORG] irrt.", "The Federal Government errs.", "Bundesregierung", "Federal Government"),
        ("Die [WHO|ORG] warnt.", "The WHO warns.", "WHO", "WHO"),
        ("Der [IWF|ORG] mahnt.", "The International Monetary Fund warns.", "IWF", "International Monetary Fund"),
        ("Papst [Franziskus|PER] betet.", "Pope Francis prays.", "Franziskus", "Francis"),
        ("[Hamburgs|LOC] Hafen wächst.", "Hamburg’s port is growing.", "Hamburgs", "Hamburg"),
    ],
)  # fmt: skip
def test_accepted_forms_are_linked_and_left_as_they_are(german: str, english: str, name: str, target: str) -> None:
    pair = pair_of(german, english)
    assert linked(pair) == {name: target}
    assert pair.english == english and pair.changes == ()


@pytest.mark.parametrize(
    "german, english, right",
    [
        ("[Andrei Beloussow|PER] kam.", "Andrei Beloussow came.", "Andrei Belousov came."),
        ("[Andrei Beloussow|PER] kam.", "Andrej Belsow came.", "Andrei Belousov came."),
        ("[Wladimir Putin|PER] kam.", "Wladmir Putin came.", "Vladimir Putin came."),
        ("[Kim Yong-un|PER] kam.", "Kim Yong-un came.", "Kim Jong Un came."),
        ("Er traf [Walter Lübcke|PER].", "He met Walter Lubbke’s friends.", "He met Walter Lübcke’s friends."),
        ("Sie wohnt in [Pjöngjang|LOC].", "She lives in Pjongjang.", "She lives in Pyongyang."),
        ("Sie wohnt in [Kiew|LOC].", "She lives in Kiev.", "She lives in Kyiv."),
    ],
)
def test_a_mangled_name_is_put_right_and_reported(german: str, english: str, right: str) -> None:
    pair = pair_of(german, english)
    assert pair.english == right
    (change,) = pair.changes
    assert pair.english[change.start : change.end] == change.after
    assert pair.english[: change.start] + change.before + pair.english[change.end :] == english
    assert pair.mentions[0].how == "repaired"


def test_gibberish_in_a_name_s_place_is_replaced() -> None:
    pair = pair_of("Das sagte [Müller|PER].", "Mxlhr said that.", [("Müller", "Mxlhr")])
    assert pair.english == "Müller said that."


def test_a_translated_surname_is_put_back() -> None:
    pair = pair_of("Er lobte [Helmut Kohl|PER].", "He praised Helmut Cabbage.", [("Kohl", "Cabbage")])
    assert pair.english == "He praised Helmut Kohl."
    assert linked(pair) == {"Helmut Kohl": "Helmut Kohl"}


def test_ordinary_words_are_never_overwritten() -> None:
    english = "The chancellor said she was coming home to the capital."
    pair = pair_of(
        "[Merkel|PER] sagte, sie kehre nach [Hintertupfing|LOC] zurück.",
        english,
        [("Merkel", "chancellor"), ("Hintertupfing", "capital")],
    )
    assert pair.english == english and pair.changes == ()
    assert linked(pair) == {"Merkel": None, "Hintertupfing": None}


def test_an_institution_that_the_gazetteer_does_not_know_keeps_its_translation() -> None:
    english = "The University of Bamberg and the German Aerospace Center agree."
    pair = pair_of(
        "Die [Universität Bamberg|ORG] und das [Deutsche Zentrum für Luft- und Raumfahrt|ORG] sind einig.",
        english,
        [("Universität", "University"), ("Bamberg", "Bamberg"), ("Deutsche", "German"), ("Raumfahrt", "Aerospace"),
         ("Zentrum", "Center")],
    )  # fmt: skip
    assert pair.english == english and pair.changes == ()
    assert linked(pair) == {
        "Universität Bamberg": "University of Bamberg",
        "Deutsche Zentrum für Luft- und Raumfahrt": "German Aerospace Center",
    }


def test_a_surname_stays_a_surname_in_the_whole_article() -> None:
    german, mentions = read_marked("[Andrei Beloussow|PER] kam. [Beloussow|PER] sprach.")
    article = Article(german, (Block("paragraph", 0, len(german)),))
    projector = Projector(chain(article, mentions))
    second = Sentence("Beloussow sprach.", 22, len(german), 0)
    assert projector.project(second, Translation(second.text, "Belsov spoke.", (), 0.0)).english == "Belousov spoke."


def test_two_people_with_one_surname_are_told_apart_by_order() -> None:
    pair = pair_of("[Jan Müller|PER] traf [Jana Müller|PER].", "Jan Müller met Jana Müller.")
    assert [m.target for m in pair.mentions] == [(0, 10), (15, 26)]


def test_a_name_that_was_dropped_has_no_target() -> None:
    assert linked(pair_of("[Merz|PER] lachte in [Bonn|LOC].", "He laughed in Bonn.")) == {"Merz": None, "Bonn": "Bonn"}


def test_a_glossary_overrules_ordinary_words() -> None:
    glossary = [GlossaryEntry("Ampel", "traffic light coalition", "ORG")]
    pair = pair_of("Die Ampel streitet.", "The traffic light argues.", [("Ampel", "traffic light")], glossary)
    assert pair.english == "The traffic light coalition argues."


def test_the_english_recogniser_completes_what_nothing_else_found() -> None:
    english = "The Slow City Alliance met."
    recognised = [Mention("Slow City Alliance", 4, 22, "ORG")]
    pair = pair_of("Das [Bündnis langsamer Städte|ORG] tagte.", english, recognised=recognised)
    assert linked(pair) == {"Bündnis langsamer Städte": "Slow City Alliance"}
    assert pair.mentions[0].how == "recogniser" and pair.english == english


def test_every_mention_of_the_sentence_has_its_pair_in_order_and_others_have_none() -> None:
    german, mentions = read_marked("[Merz|PER] kam. [Merz|PER] ging nach [Bonn|LOC].")
    entities = chain(Article(german, (Block("paragraph", 0, len(german)),)), mentions)
    sentence = Sentence(german[10:], 10, len(german), 0)
    pair = project(sentence, Translation(sentence.text, "Merz went to Bonn.", (), 0.0), entities)
    assert [sentence.text[slice(*m.source)] for m in pair.mentions] == ["Merz", "Bonn"]


def test_an_empty_translation_links_nothing() -> None:
    pair = pair_of("[Merz|PER] kam.", "")
    assert pair.english == "" and linked(pair) == {"Merz": None}


WORDS = st.sampled_from(
    [
        "Merz",
        "Kim",
        "Jong-un",
        "Belousov",
        "the",
        "U.S.",
        "Russian",
        "\U0001f600",
        "e\u0301t\u0301",
        "so\u00adft",
        "\u00a0",
        "\r\n",
        "’s",
        "(",
        "Putin",
    ]
)


@given(
    st.lists(WORDS, max_size=12).map(" ".join), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)
)
def test_offsets_hold_whatever_the_translation_says(english: str, places: list[tuple[int, int]]) -> None:
    german, mentions = read_marked(
        "\U0001f600 [Kim Jong-un|PER] und [Merz|PER] in den [USA|LOC], so\u00adft e\u0301 [Beloussow|PER]."
    )
    entities: tuple[Entity, ...] = chain(Article(german, (Block("paragraph", 0, len(german)),)), mentions)
    attention = tuple(
        Link(min(a, len(german) - 1), min(a + 3, len(german)), min(b, len(english)), min(b + 4, len(english)), 0.9)
        for a, b in sorted(places, key=lambda place: place[1])
    )
    pair = project(Sentence(german, 0, len(german), 0), Translation(german, english, attention, 0.0), entities)
    targets = sorted(m.target for m in pair.mentions if m.target)
    assert all(0 <= start < end <= len(pair.english) for start, end in targets)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(targets))
    for change in pair.changes:
        assert pair.english[change.start : change.end] == change.after
    undone = pair.english
    for change in reversed(pair.changes):
        undone = undone[: change.start] + change.before + undone[change.end :]
    assert undone == english
