"""Names tied across both languages: where each German mention stands in the English, and what was put right there."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.alignment.model import SentencePair
from service.alignment.projection import Projector, project
from service.article.model import Article, Block
from service.entities.chains import chain
from service.entities.glossary import Glossary
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
    weight: float = 0.7,
) -> SentencePair:
    german, mentions = read_marked(marked)
    entities = chain(Article(german, (Block("paragraph", 0, len(german)),)), mentions, Glossary(glossary))
    translation = Translation(german, english, links(german, english, attention, weight), -0.5)
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
    marked, weak = "Das [Bündnis langsamer Städte|ORG] tagte.", [("langsamer", "Slow City Alliance")]
    pair = pair_of(marked, english, weak, recognised=recognised, weight=0.22)
    assert linked(pair) == {"Bündnis langsamer Städte": "Slow City Alliance"}
    assert pair.mentions[0].how == "recogniser" and pair.english == english
    assert linked(pair_of(marked, english, weak, weight=0.22)) == {"Bündnis langsamer Städte": None}


def test_the_english_recogniser_links_nothing_that_the_translation_did_not_look_at() -> None:
    recognised = [Mention("Nicaragua", 14, 23, "LOC")]
    pair = pair_of("Aus [Ägypten|LOC] kam nichts.", "Nothing comes Nicaragua.", recognised=recognised)
    assert linked(pair) == {"Ägypten": None}


def pairs_of(marked: str, english: Sequence[str]) -> list[SentencePair]:
    """An article of one sentence a line, each with its English, as one summary would hold them."""
    german, mentions = read_marked(marked)
    lines = [Block("paragraph", *line.span()) for line in re.finditer(r"[^\n]+", german)]
    projector = Projector(chain(Article(german, tuple(lines)), mentions))
    return [
        projector.project(Sentence(german[line.start : line.end], line.start, line.end, number), translation)
        for number, (line, text) in enumerate(zip(lines, english, strict=True))
        for translation in [Translation(german[line.start : line.end], text, (), 0.0)]
    ]


@pytest.mark.parametrize(
    ("marked", "english", "forms"),
    [
        (
            "[Wolodymyr Selenskyj|PER] kam.\n[Selenskyj|PER] sprach.\n[Selenskij|PER] ging.",
            ["Volodymyr Zelenskyy came.", "Selensky spoke.", "Zelensky left."],
            ["Volodymyr Zelensky", "Zelensky", "Zelensky"],
        ),
        (
            "[Andrei Beloussow|PER] kam.\n[Belousov|PER] ging.\n[Andrej Belousow|PER] schwieg.",
            ["Andrei Belusov came.", "Beloussow left.", "Andrej Belousow was silent."],
            ["Andrei Belousov", "Belousov", "Andrei Belousov"],
        ),
        (
            "[Kiew|LOC] wartet.\nIn [Kiew|LOC] schneit es.\n[Kiews|LOC] Rat tagt.",
            ["Kiev waits.", "It snows in Kyiv.", "Kiew's council meets."],
            ["Kyiv", "Kyiv", "Kyiv"],
        ),
        (
            "In [Peking|LOC] regnet es.\n[Peking|LOC] schweigt.",
            ["It is raining in Peking.", "Beijing is silent."],
            ["Beijing", "Beijing"],
        ),
        (
            "Die [Nato|ORG] tagt.\nDie [NATO|ORG] berät.\n[Nato|ORG]-Chef Rutte sprach.",
            ["Nato is meeting.", "NATO deliberates.", "Nato chief Rutte spoke."],
            ["NATO", "NATO", "NATO"],
        ),
        (
            "[José Ramírez Pérez|PER] kam.\n[Ramírez|PER] sprach.\n[José Ramírez|PER] ging.",
            ["Jose Ramirez Perez came.", "Ramirez spoke.", "José Ramírez left."],
            ["José Ramírez Pérez", "Ramírez", "José Ramírez"],
        ),
        (
            "[Kim Jong-un|PER] kam.\n[Kim Jong Un|PER] ging.\n[Kim Yong-un|PER] lachte.",
            ["Kim Jong-un came.", "Kim Jong Un left.", "Kim Yong-un laughed."],
            ["Kim Jong Un", "Kim Jong Un", "Kim Jong Un"],
        ),
    ],
)
def test_one_name_has_one_form_in_a_whole_summary(marked: str, english: list[str], forms: list[str]) -> None:
    pairs = pairs_of(marked, english)
    assert [
        pair.english[slice(*mention.target)] for pair in pairs for mention in pair.mentions if mention.target
    ] == forms
    assert len({mention.entity for pair in pairs for mention in pair.mentions}) == 1


def test_every_mention_of_the_sentence_has_its_pair_in_order_and_others_have_none() -> None:
    german, mentions = read_marked("[Merz|PER] kam. [Merz|PER] ging nach [Bonn|LOC].")
    entities = chain(Article(german, (Block("paragraph", 0, len(german)),)), mentions)
    sentence = Sentence(german[10:], 10, len(german), 0)
    pair = project(sentence, Translation(sentence.text, "Merz went to Bonn.", (), 0.0), entities)
    assert [sentence.text[slice(*m.source)] for m in pair.mentions] == ["Merz", "Bonn"]


def test_the_longest_accepted_form_at_a_place_is_the_name() -> None:
    pair = pair_of("In [Großbritannien|LOC] regnet es.", "It is raining in Great Britain.")
    assert linked(pair) == {"Großbritannien": "Great Britain"} and pair.changes == ()


def test_a_number_belongs_to_a_name_that_has_it() -> None:
    pair = pair_of("Die [Formel 1|MISC] kommt nicht.", "Formula 1 is not coming.", [("Formel", "Formula")])
    assert linked(pair) == {"Formel 1": "Formula 1"} and pair.changes == ()


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


@pytest.mark.parametrize(
    "german, english, shown",
    [
        (
            "Die [Europäische Patentorganisation|ORG] zögert.",
            "The European patent organisation hesitates.",
            "The European Patent Organisation hesitates.",
        ),
        ("Der Hafen von [Kangerlussuaq|LOC].", "The port of Kangerlusuaq.", "The port of Kangerlussuaq."),
        ("Er traf [No Kwang Chol|PER].", "He met No Kwang Chowl.", "He met No Kwang Chol."),
    ],
)
def test_a_known_name_gets_its_capitals_and_its_letters_back(german: str, english: str, shown: str) -> None:
    assert pair_of(german, english).english == shown


def test_another_transcription_of_an_unlisted_place_stays() -> None:
    assert pair_of("Der Hafen von [Malokurilskoje|LOC].", "The port of Malokurilskoye.").changes == ()


def test_the_numeral_of_a_pope_is_written_as_english_writes_it() -> None:
    pair = pair_of("Papst [Leo XIV.|PER] betet.", "Pope Leo XIV. is praying.")
    assert pair.english == "Pope Leo XIV is praying."
    assert linked(pair) == {"Leo XIV.": "Leo XIV"}
    assert pair_of("Es kam [Charles III.|PER]", "There came Charles III.").english.endswith("III.")


def test_a_pope_without_numeral_is_called_by_his_name() -> None:
    pair = pair_of("Papst [Leo XIV.|PER] kam, und [Leo|PER] betete.", "Pope Leo XIV came, and Leo prayed.")
    assert linked(pair) == {"Leo XIV.": "Leo XIV", "Leo": "Leo"}
    assert pair.changes == ()


def test_translated_particles_of_a_surname_are_put_right() -> None:
    pair = pair_of(
        "[Ursula von der Leyen|PER] kam. [Von der Leyen|PER] sprach.",
        "Ursula von der Leyen came. From the Leyen spoke.",
    )
    assert pair.english == "Ursula von der Leyen came. von der Leyen spoke."
    assert linked(pair)["Von der Leyen"] == "von der Leyen"


def test_a_glossary_brings_no_second_article() -> None:
    pair = pair_of("Dann sah er den [Papst|MISC].", "Then he saw the Pope.", [("Papst", "Pope")],
                   [GlossaryEntry("Papst", "the Holy Father")])  # fmt: skip
    assert pair.english == "Then he saw the Holy Father."
