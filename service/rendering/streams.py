"""Renders a summary as the events of a stream: what is certain comes first, in the very objects of the whole answer.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.entities.model import Entity
from service.pipeline.results import BilingualSummary, NamesFound, SentenceDone, SentencesChosen, Step
from service.rendering.documents import Json, document_json, source_json
from service.rendering.entities import entities_json, types_by_id
from service.rendering.highlight import Highlight, highlight
from service.rendering.offsets import OffsetMap, OffsetUnit
from service.rendering.summaries import highlighted, joined, origin_json, sentence_json, summary_json
from service.segmentation.model import Sentence
from service.summarization.context import Edit, apply, moved

IN_DOCUMENT_EVENT = ("id", "pipeline", "offset_unit", "document")
IN_GERMAN_SENTENCE = ("de", "source", "support", "rank")


@dataclass(frozen=True, slots=True)
class Event:
    """`number` tells which sentence of the summary an event holds."""

    name: str
    data: Json
    number: int | None = None

    def encoded(self) -> bytes:
        number = "" if self.number is None else f"id: {self.number}\n"
        data = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        return f"event: {self.name}\n{number}data: {data}\n\n".encode()


class SummaryEvents:
    """The events of one summary as its steps come. `head` are the members of the answer that are known before."""

    def __init__(self, head: Json, unit: OffsetUnit) -> None:
        self._head = head
        self._unit = unit
        self._german_sent = False
        self._sentences_sent: set[int] = set()
        self.answer: Json = {}

    def of(self, step: Step) -> Iterator[Event]:
        match step:
            case NamesFound():
                yield from self._names(step)
            case SentencesChosen():
                self._german_sent = True
                yield german_event(step, self._unit)
            case SentenceDone():
                self._sentences_sent.add(step.number)
                yield self._sentence(step)
            case BilingualSummary():
                self.answer = {**self._head, **summary_json(step, self._unit)}
                yield from self._rest()

    def _names(self, found: NamesFound) -> Iterator[Event]:
        places = self._places = OffsetMap(found.article.text, self._unit)
        document = document_json(found.article, places)
        self._article, self._types = found.article, types_by_id(found.entities)
        yield Event("document", {**self._head, "offset_unit": self._unit, "document": document})
        yield Event("entities", {"entities": entities_json(found.entities, places)})

    def _sentence(self, done: SentenceDone) -> Event:
        german, english = highlighted([done.sentence.pair], self._types)
        origin = origin_json(self._article, done.sentence, self._places)
        return Event("sentence", sentence_json(done.sentence, [*german, *english], origin, self._unit), done.number)

    def _rest(self) -> Iterator[Event]:
        """What was not certain before the end, and what only the end can tell."""
        events = [event for event in events_of(self.answer) if event.name in ("summary", "sentence", "done")]
        for event in events:
            if not (event.name == "summary" and self._german_sent) and event.number not in self._sentences_sent:
                yield event


def events_of(answer: Json) -> Iterator[Event]:
    """All events of an answer that is there as a whole."""
    yield Event("document", {name: answer[name] for name in IN_DOCUMENT_EVENT})
    yield Event("entities", {"entities": [in_document(entity) for entity in answer["entities"]]})
    summary = answer["summary"]
    sentences = [
        {name: sentence[name] for name in IN_GERMAN_SENTENCE if name in sentence} for sentence in summary["sentences"]
    ]
    yield Event("summary", {"sentences": sentences, "de": summary["de"]})
    for number, sentence in enumerate(summary["sentences"]):
        yield Event("sentence", sentence, number)
    rest = {name: value for name, value in answer.items() if name not in IN_DOCUMENT_EVENT}
    yield Event("done", {**rest, "summary": {"de": summary["de"], "en": summary["en"]}})


def in_document(entity: Json) -> Json:
    return {**entity, "mentions": [mention for mention in entity["mentions"] if mention["in"] == "document"]}


def german_event(chosen: SentencesChosen, unit: OffsetUnit) -> Event:
    """The German summary, before there is any English."""
    places = OffsetMap(chosen.article.text, unit)
    edits = [[edit for edit in chosen.edits if edit.sentence == number] for number in range(len(chosen.sentences))]
    texts = [apply(choice.sentence.text, own) for choice, own in zip(chosen.sentences, edits, strict=True)]
    marked = [
        highlight(text, names_in(choice.sentence, chosen.entities, own), "de")
        for text, choice, own in zip(texts, chosen.sentences, edits, strict=True)
    ]
    shown = [
        {
            "de": {"text": text, "html": str(html)},
            "source": source_json(chosen.article, choice.sentence, places),
            "rank": round(choice.rank, 4),
        }
        for text, choice, html in zip(texts, chosen.sentences, marked, strict=True)
    ]
    return Event("summary", {"sentences": shown, "de": {"text": " ".join(texts), "html": joined(marked)}})


def names_in(sentence: Sentence, entities: Sequence[Entity], edits: Sequence[Edit]) -> list[Highlight]:
    """The names of a sentence where they stand once it is edited."""
    return [
        Highlight(*moved((mention.start - sentence.start, mention.end - sentence.start), edits), entity.id, entity.type)
        for entity in entities
        for mention in entity.mentions
        if sentence.holds(mention.start, mention.end)
    ]
