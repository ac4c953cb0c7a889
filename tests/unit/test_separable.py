"""Separable verbs: which word a finite verb and a particle at the end of its clause make."""

from __future__ import annotations

import pytest

from service.checks.counterparts import is_common, omitted, unexplained
from service.checks.renderings import LookedUp, look_up
from service.checks.separable import separated_verbs


def found(text: str) -> list[tuple[str, str]]:
    return [(text[slice(*one.verb)], one.word) for one in separated_verbs(text, is_common)]


@pytest.mark.parametrize(
    ("sentence", "verbs"),
    [
        ("Er traf am Freitag in Nordkorea ein, angesichts der Lage.", [("traf", "eintraf")]),
        ("„Das lehne ich ab“, kündigte sie am Abend an.", [("lehne", "ablehne"), ("kündigte", "ankündigte")]),
        ("Die Polizei nahm zwei Männer fest und stellte Waffen sicher.", [("nahm", "festnahm")]),
        ("Sie kehrte zurück.", [("kehrte", "zurückkehrte")]),
        ("Er ging mit.", []),  # no such verb is known
        ("Das ist ein Haus und es steht auf.", []),
        ("Er fuhr mit dem Rad in den Ort.", []),
        ("Der Zug mit, der um.", []),
        ("", []),
    ],
)
def test_a_verb_is_put_together_with_the_particle_that_ends_its_clause(sentence, verbs):
    assert found(sentence) == verbs


def test_what_became_of_the_verb_alone_does_not_explain_it():
    sentence = "Die Delegation traf am Freitag in Nordkorea ein."
    assert [sentence[slice(*word)] for word in omitted(sentence, "The delegation met on Friday in North Korea.")] == [
        "traf"
    ]
    assert omitted(sentence, "The delegation arrived in North Korea on Friday.") == ()


def test_a_putting_together_is_not_asked_of_a_preposition():
    sentence = "Sie kehrte nach dem Treffen nach Hause zurück."
    assert unexplained(sentence, "She returned home after the meeting.", ()) == ()


def test_the_particle_goes_with_the_verb_that_is_looked_up():
    sentence = "Er traf am Frei\u00adtag ein."
    assert look_up(sentence, [(3, 7)], names=[]) == (LookedUp(3, 7, "arrived", "eintraf"), LookedUp(19, 23, ""))
