"""Generated sentences against an article: what it bears out is kept, what it does not is left out and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from service.article.plain import read_text
from service.entities.glossary import NO_GLOSSARY
from service.entities.occurrences import find_again
from service.patience import Patience
from service.pipeline.abstraction import Abstract, abstract
from service.pipeline.names import find_entities
from service.pipeline.options import SummaryOptions
from service.pipeline.parts import Parts
from service.pipeline.results import BilingualSummary
from service.pipeline.summary import summarize
from service.segmentation.german import segment
from service.summarization.abstractive import AbstractiveSummarizer
from service.summarization.budget import BY_LENGTH, Budget
from service.summarization.candidates import find_candidates
from service.summarization.generation import CannotWrite, GeneratedText
from service.summarization.support import Support, SupportFinder

TEXT = """Neues Museum in Dresden
Die Stadt Dresden eröffnet am 3. Mai ein neues Museum für die Geschichte der Elbe. Der Bau kostete 45 Millionen Euro \
und dauerte vier Jahre.
Oberbürgermeisterin Anna Lindner nannte das Haus „ein Geschenk an die Bürger“. Lindner will den Eintritt im ersten \
Jahr nicht erhöhen.
Der Architekt Paul Weber soll nach Angaben der Polizei Rechnungen gefälscht haben. Er bestreitet die Vorwürfe.
Im Museum sind 2.300 Fundstücke zu sehen, darunter 😀 ein Boot aus dem 14. Jahrhundert. Die Elbe trat 2002 über die \
Ufer und überschwemmte die Altstadt von Dresden.
Die Stadt erwartet im ersten Jahr 200.000 Besucher."""

WRITTEN = SummaryOptions(engine="abstractive")


@dataclass(frozen=True, slots=True)
class Dictation:
    """A generator that writes what it is told, about all it is given or about its first sentences."""

    text: str
    read: int | None = None

    def generate(self, sentences: Sequence[str], patience: Patience) -> GeneratedText:
        return GeneratedText(self.text, len(sentences) if self.read is None else self.read)


class Broken:
    def generate(self, sentences: Sequence[str], patience: Patience) -> GeneratedText:
        raise RuntimeError(f"out of memory at {sentences[0]}")


def written(text: str, parts: Parts, read: int | None = None) -> Abstract:
    article = read_text(TEXT)
    entities = find_entities(article, parts, NO_GLOSSARY)
    return abstract(article, segment(article), entities, AbstractiveSummarizer(Dictation(text, read)), parts.recognizer)


def summary(text: str, parts: Parts, budget: Budget = BY_LENGTH) -> BilingualSummary:
    writer = AbstractiveSummarizer(Dictation(text))
    return summarize(read_text(TEXT), replace(parts, writer=writer), SummaryOptions(budget, "abstractive"))


FAITHFUL = {
    "Dresden eröffnet am 3. Mai ein neues Museum über die Elbe.": "Die Stadt Dresden eröffnet",
    "Der Bau des Museums kostete 45 Mio. Euro.": "Der Bau kostete",
    "Anna Lindner will den Eintritt im ersten Jahr nicht erhöhen.": "Lindner will den Eintritt",
    "Die Oberbürgermeisterin nannte das Haus „ein Geschenk an die Bürger“.": "Oberbürgermeisterin Anna Lindner",
    "Laut Polizei soll der Architekt Paul Weber Rechnungen gefälscht haben.": "Der Architekt Paul Weber",
    "Im ersten Jahr erwartet die Stadt 200000 Besucher.": "Die Stadt erwartet",
    "Paul Weber bestreitet die Vorwürfe.": "Er bestreitet",
    "Zu sehen sind 2300 Fundstücke und ein Boot aus dem 14. Jahrhundert.": "Im Museum sind",
}
UNFAITHFUL = {
    "Der Bau des Museums kostete 54 Millionen Euro.": "54 Millionen",
    "Der Bau kostete 45 Milliarden Euro.": "45 Milliarden",
    "Der Bau kostete 45 Millionen Dollar.": "45 Millionen Dollar",
    "Die Stadt Dresden eröffnet am 3. Juni ein neues Museum für die Geschichte der Elbe.": "Juni",
    "Die Stadt erwartet im ersten Jahr 2.300 Fundstücke.": "2.300",
    "Der Architekt Thomas Schuster soll nach Angaben der Polizei Rechnungen gefälscht haben.": "Thomas Schuster",
    "Anna Lindner soll nach Angaben der Polizei Rechnungen gefälscht haben.": "Anna Lindner",
    "Dresden trat 2002 über die Ufer und überschwemmte die Altstadt der Elbe.": "another order",
    "Lindner will den Eintritt im ersten Jahr erhöhen.": "leaves out a denial",
    "Die Stadt Dresden eröffnet am 3. Mai kein neues Museum für die Geschichte der Elbe.": "denies",
    "Der Architekt Paul Weber hat nach Angaben der Polizei Rechnungen gefälscht.": "leaves out “soll",
    "Die Stadt eröffnet am 3. Mai angeblich ein neues Museum für die Geschichte der Elbe.": "“angeblich”",
    "Der Architekt Paul Weber soll Rechnungen gefälscht haben.": "whose words",
    "Anna Lindner nannte das Haus „eine Zumutung für die Bürger“.": "is not quoted",
    "Die Stadt Dresden eröffnet am 3. Mai ein neues": "no whole sentence",
    "Das neue Museum das neue Museum das neue Museum eröffnet in Dresden.": "again and again",
    "Der Fußballverein gewann das Pokalspiel gegen starke Gegner deutlich.": "nothing of it",
    "Die Elbe gilt vielen Urlaubern als schönstes Reiseziel Europas.": "most of its words",
}  # fmt: skip


@pytest.mark.parametrize("sentence", FAITHFUL)
def test_a_faithful_sentence_is_kept_and_points_to_its_source(parts, sentence):
    made = written(sentence, parts)
    assert [choice.sentence.text for choice in made.chosen] == [sentence], made.warnings
    source = made.chosen[0].support[0]
    assert source.text.startswith(FAITHFUL[sentence])
    assert TEXT[source.start : source.end] == source.text


@pytest.mark.parametrize("sentence", UNFAITHFUL)
def test_an_unfaithful_sentence_is_left_out_and_named(parts, sentence):
    made = written(f"Die Stadt erwartet im ersten Jahr 200.000 Besucher. {sentence}", parts)
    assert [choice.sentence.text for choice in made.chosen] == ["Die Stadt erwartet im ersten Jahr 200.000 Besucher."]
    assert [warning.code for warning in made.warnings] == ["generated_sentence_dropped"]
    assert UNFAITHFUL[sentence] in made.warnings[0].detail


def test_a_sentence_rests_on_one_of_the_article_and_on_what_that_leans_on():
    article = read_text(TEXT)
    finder = SupportFinder(find_candidates(article, segment(article)))
    denial = finder.find("Paul Weber bestreitet die Vorwürfe.").sentences
    assert denial[0].text == "Er bestreitet die Vorwürfe."
    assert denial[1].text.startswith("Der Architekt Paul Weber"), "whom the pronoun stands for"
    assert len(finder.find("Die Stadt erwartet 200.000 Besucher und zeigt 2.300 Fundstücke.").sentences) == 1
    assert finder.find("Quark schmeckt süß.") == Support((), 0.0)


def test_what_was_said_already_is_left_out(parts):
    made = written("Die Stadt erwartet 200.000 Besucher. Im ersten Jahr erwartet die Stadt 200.000 Besucher.", parts)
    assert len(made.chosen) == 1
    assert "says again" in made.warnings[0].detail


def test_names_of_the_article_are_found_in_the_generated_text(parts):
    text = "😀 Lindners Museum in Dresden; Weber schweigt über die Elbe."
    found = find_again(text, find_entities(read_text(TEXT), parts, NO_GLOSSARY))
    names = {
        entity.canonical_de: [text[m.start : m.end] for m in entity.mentions] for entity in found if entity.mentions
    }
    assert names["Anna Lindner"] == ["Lindners"]
    assert names["Dresden"] == ["Dresden"]
    assert all(text[m.start : m.end] == m.text for entity in found for m in entity.mentions)


def test_an_abstractive_summary_has_exact_places_and_linked_names(parts):
    made = summary(" ".join([*list(FAITHFUL)[:3], next(iter(UNFAITHFUL))]), parts)
    assert (made.engine, made.degraded) == ("abstractive", None)
    assert [sentence.pair.source.text for sentence in made.sentences] == list(FAITHFUL)[:3]
    for sentence in made.sentences:
        pair = sentence.pair
        assert TEXT[sentence.place.start : sentence.place.end] == sentence.place.text
        assert sentence.verdict != "blocked"
        for mention in pair.mentions:
            entity = next(entity for entity in made.entities if entity.id == mention.entity)
            surface = pair.source.text[slice(*mention.source)]
            assert surface.split()[-1].rstrip("s") in " ".join([entity.canonical_de, *entity.variants])
    names = {mention.entity for sentence in made.sentences for mention in sentence.pair.mentions}
    assert len(names) >= 3, "Dresden, the Elbe and Anna Lindner"
    assert all(TEXT[m.start : m.end] == m.text for entity in made.entities for m in entity.mentions)
    assert [warning.code for warning in made.warnings].count("generated_sentence_dropped") == 1


def test_a_budget_holds_for_generated_sentences_too(parts):
    assert len(summary(" ".join(FAITHFUL), parts, Budget(sentences=2)).sentences) == 2
    made = summary(" ".join(FAITHFUL), parts, Budget(words=20))
    assert made.engine == "abstractive"
    assert sum(len(sentence.pair.source.text.split()) for sentence in made.sentences) <= 20
    assert summary(" ".join(FAITHFUL), parts, Budget(words=3)).degraded == (
        "no generated sentence is as short as was asked for"
    )


def test_a_person_is_introduced_by_the_full_name_here_too(parts):
    text = "Lindner will den Eintritt im ersten Jahr nicht erhöhen. Die Stadt erwartet 200.000 Besucher."
    made = summary(text, parts)
    assert made.sentences[0].pair.source.text.startswith("[Anna Lindner] will den Eintritt")
    assert made.sentences[0].place.text.startswith("Lindner will den Eintritt")
    edit = made.sentences[0].edits[0]
    assert (edit.language, edit.before, edit.after) == ("de", "Lindner", "[Anna Lindner]")


def test_with_too_little_left_the_summary_is_extractive_and_says_why(parts):
    made = summary(" ".join([next(iter(FAITHFUL)), *list(UNFAITHFUL)[:3]]), parts)
    assert made.engine == "extractive"
    assert made.degraded == "of 4 generated sentences 1 hold against the article"
    assert made.sentences and all(sentence.place == sentence.pair.source for sentence in made.sentences)
    assert [warning.code for warning in made.warnings].count("generated_sentence_dropped") == 3


@pytest.mark.parametrize("text", ["", " \n", "…", "😀"])
def test_a_model_that_writes_nothing_degrades(parts, text):
    assert summary(text, parts).degraded


def test_without_a_model_or_with_a_broken_one_the_summary_is_extractive(parts, caplog):
    article = read_text(TEXT)
    assert "no model" in (summarize(article, parts, WRITTEN).degraded or "")
    broken = summarize(article, replace(parts, writer=AbstractiveSummarizer(Broken())), WRITTEN)
    assert broken.degraded == "the abstractive engine failed"
    assert broken.sentences == summarize(article, parts).sentences
    assert "RuntimeError" in caplog.text and "Dresden" not in caplog.text, "no article text in the log"


def test_a_model_that_reads_only_the_beginning_says_so(parts):
    made = written("Die Stadt Dresden eröffnet am 3. Mai ein neues Museum.", parts, read=2)
    assert made.warnings[0].code == "article_read_in_part"
    assert "first 2 of the article's 9 sentences" in made.warnings[0].detail


def test_an_article_without_prose_cannot_be_rewritten(parts):
    article = read_text("Überschrift eins\nÜberschrift zwei")
    with pytest.raises(CannotWrite, match="no prose"):
        abstract(article, segment(article), (), AbstractiveSummarizer(Dictation("Egal.")), parts.recognizer)
