"""A summary in new sentences: a model writes it, and what the article does not bear out is left out."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from service.article.model import Article, Warning
from service.checks.grounding import Grounds, ungrounded
from service.entities.base import Recognizer
from service.entities.model import Entity, Mention
from service.entities.occurrences import find_again
from service.entities.words import WORD
from service.patience import Cancelled
from service.segmentation.model import Sentence
from service.summarization.abstractive import AbstractiveSummarizer, Draft, WrittenSentence
from service.summarization.generation import CannotWrite
from service.summarization.model import ChosenSentence
from service.summarization.terms import terms

logger = logging.getLogger(__name__)

RIVALS = (frozenset({"PER", "ORG"}), frozenset({"LOC"}))  # types of names that may stand for each other in a sentence
LONGEST_SHOWN = 200  # code points of a sentence that was left out
ALIKE = 0.8  # share of the words that two written sentences have between them: the second says the same again


@dataclass(frozen=True, slots=True)
class Abstract:
    """The written sentences that hold against the article, out of `written`.

    They stand in a text of their own, and so do the mentions of `names`, the article's entities.
    """

    chosen: tuple[ChosenSentence, ...]
    names: tuple[Entity, ...]
    written: int
    warnings: tuple[Warning, ...]


def abstract(
    article: Article,
    sentences: Sequence[Sentence],
    entities: Sequence[Entity],
    writer: AbstractiveSummarizer,
    recognizer: Recognizer,
) -> Abstract:
    """What the model writes about the article and the article bears out. Raises CannotWrite."""
    draft = draft_of(article, sentences, writer)
    recognised = recognizer.recognize(draft.text)
    names = find_again(draft.text, entities, recognised)
    kept: list[WrittenSentence] = []
    warnings = list(partly_read(draft))
    for written in draft.sentences:
        faults = ungrounded(grounds_of(written, names, entities, recognised)) or repeats(written, kept)
        if faults:
            warnings.append(left_out(written.sentence.text, faults[0]))
        else:
            kept.append(written)
    chosen = (
        ChosenSentence(written.sentence, round(written.support.coverage, 4), support=written.support.sentences)
        for written in kept
    )
    return Abstract(tuple(chosen), names, len(draft.sentences), tuple(warnings))


def draft_of(article: Article, sentences: Sequence[Sentence], writer: AbstractiveSummarizer) -> Draft:
    """Whatever a model's library raises is a reason to fall back, not to fail; its message may quote the article."""
    try:
        return writer.write(article, sentences)
    except (CannotWrite, Cancelled):
        raise
    except Exception as error:
        logger.warning("the abstractive engine failed with %s", type(error).__name__)
        raise CannotWrite("the abstractive engine failed") from error


def grounds_of(
    written: WrittenSentence, names: Sequence[Entity], entities: Sequence[Entity], recognised: Sequence[Mention]
) -> Grounds:
    """The sentence with its names, and the names of the article's sentences that it rests on.

    A sentence with a name of its own of some type borrows none of that type from those that it leans on.
    """
    sentence, support = written.sentence, written.support
    own = [entity for place in support.sentences[:1] for entity in entities if within(entity.mentions, place)]
    types = {entity.type for entity in own}
    lent = [
        entity
        for place in support.sentences[1:]
        for entity in entities
        if entity.type not in types and within(entity.mentions, place)
    ]
    return Grounds(
        text=sentence.text,
        support=tuple(place.text for place in support.sentences),
        coverage=support.coverage,
        names=tuple(
            (entity.id, (mention.start - sentence.start, mention.end - sentence.start))
            for entity in names
            for mention in within(entity.mentions, sentence)
        ),
        orders=tuple(order_of(own, support.sentences[:1], types) for types in RIVALS),
        supported=frozenset(entity.id for entity in [*own, *lent]),
        recognised=tuple(
            (mention.start - sentence.start, mention.end - sentence.start) for mention in within(recognised, sentence)
        ),
        name_words=frozenset(
            word
            for entity in entities
            for form in (entity.canonical_de, *entity.variants)
            for word in WORD.findall(form)
            if word[0].isupper()
        ),
    )


def order_of(entities: Sequence[Entity], places: Sequence[Sentence], types: frozenset[str]) -> tuple[str, ...]:
    """The ids of the entities of these types in the order in which a sentence first names them."""
    first = [
        (within(entity.mentions, place)[0].start, entity.id)
        for place in places
        for entity in entities
        if entity.type in types
    ]
    return tuple(entity for _, entity in sorted(first))


def within(mentions: Sequence[Mention], sentence: Sentence) -> list[Mention]:
    return [mention for mention in mentions if sentence.holds(mention.start, mention.end)]


def repeats(written: WrittenSentence, kept: Sequence[WrittenSentence]) -> list[str]:
    own = set(terms(written.sentence.text))
    for other in kept:
        told = set(terms(other.sentence.text))
        if len(own & told) >= ALIKE * min(len(own), len(told)):
            return ["it says again what an earlier sentence says"]
    return []


def left_out(sentence: str, fault: str) -> Warning:
    shown = sentence if len(sentence) <= LONGEST_SHOWN else f"{sentence[:LONGEST_SHOWN]}…"
    return Warning("generated_sentence_dropped", f"A generated sentence was left out, because {fault}: {shown}")


def partly_read(draft: Draft) -> tuple[Warning, ...]:
    """A warning if the article is longer than the model reads at once."""
    if draft.read == draft.of:
        return ()
    detail = f"The abstractive engine read the first {draft.read} of the article's {draft.of} sentences."
    return (Warning("article_read_in_part", detail),)
