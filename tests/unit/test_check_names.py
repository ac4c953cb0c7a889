"""Names: kept, lost, replaced, and out of nowhere."""

from __future__ import annotations

import pytest

from service.alignment.model import MentionPair, SentencePair
from service.checks.model import Finding
from service.checks.names import NamesCheck
from service.entities.model import Entity
from service.segmentation.model import Sentence

RIGHTS = Entity(
    "e4", "ORG", "Europäischer Gerichtshof für Menschenrechte", "European Court of Human Rights", ("EGMR",), ()
)
BELOUSOV = Entity("e1", "PER", "Andrei Beloussow", "Andrei Belousov", ("Andrei Beloussow", "Beloussow"), ())
KIEV = Entity("e2", "LOC", "Kiew", "Kyiv", ("Kiew",), ())
COURT = Entity(
    "e3", "ORG", "Bundesverfassungsgericht", "Federal Constitutional Court", ("Bundesverfassungsgericht",), ()
)


def check(german: str, english: str, *named: tuple[Entity, str, str | None]) -> list[Finding]:
    """`named`: an entity, its German mention, and the English text that the projection found for it."""
    mentions = []
    for entity, source, target in named:
        start = german.index(source)
        place = None if target is None else (english.index(target), english.index(target) + len(target))
        mentions.append(MentionPair(entity.id, (start, start + len(source)), place, "similarity"))
    sentence = SentencePair(Sentence(german, 0, len(german), 0), english, tuple(mentions))
    return NamesCheck().check(sentence, {entity.id: entity for entity, _, _ in named})


@pytest.mark.parametrize(
    ("german", "english", "named"),
    [
        ("Beloussow traf in Kiew ein.", "Belousov arrived in Kyiv.",
         [(BELOUSOV, "Beloussow", "Belousov"), (KIEV, "Kiew", "Kyiv")]),
        ("Beloussows Rede überraschte.", "Belousov's speech surprised.", [(BELOUSOV, "Beloussows", "Belousov's")]),
        ("Das Bundesverfassungsgericht urteilt.", "The Federal Constitutional Court rules.",
         [(COURT, "Bundesverfassungsgericht", "Federal Constitutional Court")]),
        ("Der EGMR prüft.", "The ECHR is examining it.", [(RIGHTS, "EGMR", "ECHR")]),
        ("In der K.o.-Runde wartet Madrid.", "In the KO round, Madrid awaits.", []),
        ("Beloussow kam.", "Andrei Belousov came.", [(BELOUSOV, "Beloussow", None)]),
        ("Die nordfranzösische Stadt feiert.", "The city in northern France celebrates.", []),
        ("Er reiste nach Venedig.", "He travelled to Venice.", []),
        ("Der Brexit kostet Großbritannien viel.", "Brexit is costing the United Kingdom dearly.", []),
        ("Die Scholz-Regierung zögert.", "The government of Scholz hesitates.", []),
    ],
)  # fmt: skip
def test_kept_names_pass(german: str, english: str, named: list[tuple[Entity, str, str | None]]) -> None:
    assert [finding.verdict for finding in check(german, english, *named)] == ["pass"]


def test_a_replaced_name_is_blocked() -> None:
    german, english = "Am Montag traf Beloussow ein.", "On Monday the minister Lukashenko arrived."
    (finding,) = check(german, english, (BELOUSOV, "Beloussow", None))
    assert finding.verdict == "blocked"
    assert german[slice(*finding.de)] == "Beloussow"
    assert english[slice(*finding.en)] == "Lukashenko"


def test_a_missing_name_is_reviewed() -> None:
    (finding,) = check("Am Montag traf Beloussow ein.", "On Monday he arrived.", (BELOUSOV, "Beloussow", None))
    assert (finding.verdict, finding.en) == ("review", None)


def test_a_name_from_nowhere_is_reviewed() -> None:
    english = "The chancellor met Emmanuel Macron yesterday."
    (finding,) = check("Der Kanzler reiste gestern ab.", english)
    assert finding.verdict == "review"
    assert english[slice(*finding.en)] == "Emmanuel Macron"


def test_a_given_name_may_be_added_but_not_changed() -> None:
    trump = Entity("e4", "PER", "Donald Trump", "Donald Trump", ("Donald Trump", "Trump"), ())
    added = check("Am Freitag sah Trump zu.", "On Friday Donald Trump watched.", (trump, "Trump", "Trump"))
    assert [finding.verdict for finding in added] == ["pass"]
    merkel = Entity("e5", "PER", "Angela Merkel", "Angela Merkel", ("Angela Merkel",), ())
    german, english = (
        "Am Freitag kam die frühere Kanzlerin Angela Merkel.",
        "On Friday the former chancellor Sabine Merkel came.",
    )
    changed = check(german, english, (merkel, "Angela Merkel", "Sabine Merkel"))
    assert [finding.verdict for finding in changed] == ["review"]


def test_a_headline_in_capitals_has_no_strangers() -> None:
    assert check("Frau sucht verlorenen Hund", "Woman Searches For Lost Spaniel")[0].verdict == "pass"
