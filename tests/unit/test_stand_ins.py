"""Names held fixed: what the model reads instead, and what the reader gets back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from service.alignment.exchanges import exchanged, into_sentence
from service.alignment.model import MentionPair
from service.alignment.stand_ins import Hold, hold, put_back, words_of
from service.entities.model import Entity, EntityType
from service.translation.model import Link, Translation


def entity(kind: EntityType, german: str, english: str) -> Entity:
    return Entity("e1", kind, german, english, (german,), ())


def held(sentence: str, name: str, known: Entity):
    start = sentence.index(name)
    mention = MentionPair("e1", (start, start + len(name)), None, "none")
    return hold(sentence, [(mention, known)], words_of([known]))


def word_by_word(german: str, english: str) -> Translation:
    """A translation whose English words look at the German words in order."""
    links, source, target = [], 0, 0
    for left, right in zip(german.split(), english.split(), strict=True):
        source, target = german.index(left, source), english.index(right, target)
        links.append(Link(source, source + len(left), target, target + len(right), 0.9))
        source, target = source + len(left), target + len(right)
    return Translation(german, english, tuple(links), -0.5)


def back(found: Translation, holds: Sequence[Hold]) -> Translation | None:
    return put_back(replace(found, links=tuple(into_sentence(link, holds) for link in found.links)), holds)


@pytest.mark.parametrize(
    ("sentence", "name", "kind", "read"),
    [
        ("Am Montag traf Ri Pyong Chol ein.", "Ri Pyong Chol", "PER", "Am Montag traf Peter Müller ein."),
        ("Am Montag traf Tabenkin ein.", "Tabenkin", "PER", "Am Montag traf Schmidt ein."),
        ("Das sagte Ministerin Anna Tabenkin.", "Anna Tabenkin", "PER", "Das sagte Ministerin Hillary Clinton."),
        ("Es regnete in Manokwari.", "Manokwari", "LOC", "Es regnete in Pakistan."),
        ("Er lebte in der Zips.", "Zips", "LOC", "Er lebte in der Türkei."),
        ("Das Ziel der Hanvoldwerke ist klar.", "Hanvoldwerke", "ORG", "Das Ziel der UEFA ist klar."),
    ],
)
def test_a_common_name_of_the_same_kind_stands_in(sentence, name, kind, read):
    assert exchanged(sentence, held(sentence, name, entity(kind, name, name))) == read


def test_the_genitive_stays():
    sentence = "Manokwaris Hafen ist geschlossen."
    holds = held(sentence, "Manokwaris", entity("LOC", "Manokwari", "Manokwari"))
    assert exchanged(sentence, holds) == "Pakistans Hafen ist geschlossen."
    found = back(word_by_word("Pakistans Hafen ist geschlossen.", "Pakistan's port is closed."), holds)
    assert found is not None and found.target == "Manokwari's port is closed."


def test_a_stand_in_is_no_name_of_the_article():
    sentence = "Peter Müller und Ri Pyong Chol trafen sich."
    (one,) = held(sentence, "Ri Pyong Chol", entity("PER", "Ri Pyong Chol", "Ri Pyong Chol"))
    assert one.reads == "Thomas Schmidt"


def test_a_name_inside_a_compound_is_left_alone():
    assert held("Die Tabenkin-Rede begann.", "Tabenkin", entity("PER", "Tabenkin", "Tabenkin")) == ()


def test_the_name_comes_back_and_every_link_fits():
    sentence = "Minister Ri Pyong Chol reiste nach Kuba."
    holds = held(sentence, "Ri Pyong Chol", entity("PER", "Ri Pyong Chol", "Ri Pyong Chol"))
    read = exchanged(sentence, holds)
    found = back(word_by_word(read, "Minister Peter Müller went to Cuba."), holds)
    assert found is not None
    assert found.target == "Minister Ri Pyong Chol went to Cuba."
    linked = [
        (sentence[link.source_start : link.source_end], found.target[link.target_start : link.target_end])
        for link in found.links
    ]
    assert linked == [
        ("Minister", "Minister"),
        ("Ri Pyong Chol", "Ri Pyong Chol"),
        ("reiste", "went"),
        ("nach", "to"),
        ("Kuba.", "Cuba."),
    ]


@pytest.mark.parametrize(
    ("english", "shown"),
    [
        ("The SPD has warned.", "The European Patent Organisation has warned."),
        ("SPD has warned.", "The European Patent Organisation has warned."),
        ("Yesterday SPD warned.", "Yesterday the European Patent Organisation warned."),
    ],
)
def test_an_english_name_gets_its_article(english, shown):
    sentence = "Die Europäische Patentorganisation hat die BBC gewarnt."
    patents = entity("ORG", "Europäische Patentorganisation", "European Patent Organisation")
    holds = held(sentence, "Europäische Patentorganisation", patents)
    found = back(Translation("", english, (), 0.0), holds)
    assert found is not None and found.target == shown


def test_a_plural_takes_the_apostrophe_alone():
    sentence = "Die Entscheidung von Reporter ohne Grenzen und Partner fiel."
    reporters = entity("ORG", "Reporter ohne Grenzen und Partner", "Reporters Without Borders and Partners")
    holds = held(sentence, "Reporter ohne Grenzen und Partner", reporters)
    links = (Link(41, 42, 0, 8, 0.5), Link(0, 3, 9, 17, 0.5))
    found = back(Translation("", "Google's decision fell.", links, 0.0), holds)
    assert found is not None and found.target == "Reporters Without Borders and Partners' decision fell."
    assert found.target[found.links[-1].target_start : found.links[-1].target_end] == "decision"


@pytest.mark.parametrize(
    "english", ["It rained.", "It rained in Pakistan and Pakistan.", "It rained in Pakistani places."]
)
def test_a_stand_in_that_did_not_come_out_just_once_gives_nothing(english):
    sentence = "Es regnete in Manokwari."
    holds = held(sentence, "Manokwari", entity("LOC", "Manokwari", "Manokwari"))
    assert back(Translation("", english, (), 0.0), holds) is None


def test_no_trace_of_a_stand_in_is_left():
    sentence = "Am Montag traf Ri Pyong Chol ein."
    holds = held(sentence, "Ri Pyong Chol", entity("PER", "Ri Pyong Chol", "Ri Pyong Chol"))
    english = "On Monday Peter Müller arrived, and Müller stayed."
    assert back(Translation("", english, (), 0.0), holds) is None
