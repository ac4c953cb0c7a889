"""A newsroom's own names have the last word, and every entry is answered for."""

from __future__ import annotations

from service.article.model import Article, Block
from service.entities.chains import chain
from service.entities.glossary import Glossary
from service.entities.model import Entity, GlossaryEntry, Mention


def article(text: str) -> Article:
    return Article(text, (Block("paragraph", 0, len(text)),))


def mention(text: str, name: str, kind: str, nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return Mention(name, start, start + len(name), kind)  # type: ignore[arg-type]


def statuses(entries: list[GlossaryEntry], entities: tuple[Entity, ...]) -> list[str]:
    return [outcome.status for outcome in Glossary(entries).report(entities)]


def test_an_entry_overrules_the_gazetteer() -> None:
    text = "Die Lage in Kiew ist ernst. Kiews Bürgermeister warnt."
    entries = [GlossaryEntry("Kiew", "Kiev")]
    entities = chain(article(text), [mention(text, "Kiew", "LOC"), mention(text, "Kiews", "LOC")], Glossary(entries))
    assert [(entity.canonical_en, entity.fixed, len(entity.mentions)) for entity in entities] == [("Kiev", True, 2)]
    assert statuses(entries, entities) == ["applied"]


def test_an_entry_is_found_where_the_recogniser_saw_no_name() -> None:
    text = "Die Ampel streitet. Der Streit der Ampel dauert an."
    entries = [GlossaryEntry("Ampel", "traffic light coalition", "ORG")]
    (entity,) = chain(article(text), [], Glossary(entries))
    assert entity.type == "ORG" and entity.canonical_en == "traffic light coalition"
    assert [text[m.start : m.end] for m in entity.mentions] == ["Ampel", "Ampel"]


def test_a_surname_entry_rules_the_whole_person_and_the_full_name_stays_whole() -> None:
    text = "Wolodymyr Selenskyj kam. Selenskyj sprach."
    entries = [GlossaryEntry("Selenskyj", "Zelenskyy")]
    mentions = [mention(text, "Wolodymyr Selenskyj", "PER"), mention(text, "Selenskyj", "PER", 1)]
    (entity,) = chain(article(text), mentions, Glossary(entries))
    assert entity.canonical_en == "Volodymyr Zelenskyy"
    assert [m.text for m in entity.mentions] == ["Wolodymyr Selenskyj", "Selenskyj"]
    assert statuses(entries, (entity,)) == ["applied"]


def test_an_entry_that_does_not_occur_is_missed() -> None:
    entries = [GlossaryEntry("Bonn", "Bonn")]
    assert statuses(entries, chain(article("Es regnet."), [], Glossary(entries))) == ["missed"]


def test_the_first_of_two_contradicting_entries_rules_and_the_second_is_a_conflict() -> None:
    text = "Kiew schweigt."
    entries = [GlossaryEntry("Kiew", "Kyiv"), GlossaryEntry("Kiew", "Kiev"), GlossaryEntry("Kiew", "Kyiv")]
    entities = chain(article(text), [mention(text, "Kiew", "LOC")], Glossary(entries))
    assert entities[0].canonical_en == "Kyiv"
    assert statuses(entries, entities) == ["applied", "conflict", "applied"]


def test_empty_entries_and_markup_are_conflicts_and_rule_nothing() -> None:
    text = "Kiew schweigt."
    entries = [GlossaryEntry("", "Kyiv"), GlossaryEntry("Kiew", " "), GlossaryEntry("<b>Kiew</b>", "Kyiv")]
    entities = chain(article(text), [mention(text, "Kiew", "LOC")], Glossary(entries))
    assert not entities[0].fixed
    assert statuses(entries, entities) == ["conflict"] * 3


def test_the_longest_of_overlapping_entries_is_taken() -> None:
    text = "Das Neue Palais in Potsdam öffnet."
    entries = [GlossaryEntry("Palais", "palace"), GlossaryEntry("Neue Palais", "New Palace", "LOC")]
    entities = chain(article(text), [mention(text, "Potsdam", "LOC")], Glossary(entries))
    assert [(entity.canonical_de, entity.canonical_en) for entity in entities] == [
        ("Neue Palais", "New Palace"),
        ("Potsdam", "Potsdam"),
    ]


def test_an_entry_of_another_type_does_not_rule() -> None:
    text = "Essen ist eine Stadt."
    entries = [GlossaryEntry("Essen", "food", "MISC")]
    (entity,) = chain(article(text), [mention(text, "Essen", "LOC")], Glossary(entries))
    assert (entity.type, entity.canonical_en) == ("MISC", "food"), "the glossary has the last word on the type as well"


def test_no_text_is_lost_to_ten_thousand_entries() -> None:
    text = "Merz traf Scholz in Berlin. " * 50
    entries = [GlossaryEntry(f"Name{number}", f"Name {number}") for number in range(10_000)]
    entries.append(GlossaryEntry("Scholz", "Scholz-Test"))
    entities = chain(article(text), [], Glossary(entries))
    assert [(entity.canonical_en, len(entity.mentions)) for entity in entities] == [("Scholz-Test", 50)]
    assert all(text[m.start : m.end] == "Scholz" for m in entities[0].mentions)
    assert statuses(entries, entities).count("missed") == 10_000
