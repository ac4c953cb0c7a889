"""Whether a written German sentence says only what the article's sentences say that it rests on.

The gate's own readers of figures, denials, hedges and reported speech, with German on both sides. What is left out is
no fault; what is added or turned round is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, get_args

from service.checks.figures.comparison import without_support
from service.checks.hedges import german_hedges
from service.checks.negation import german_denials
from service.checks.quotes import marks
from service.checks.repetition import longest_loop
from service.checks.reported_speech import find_attribution, find_subjunctive
from service.entities.gazetteer import default as gazetteer
from service.entities.model import EntityType
from service.entities.spelling import fold, without_genitive
from service.entities.words import WORD
from service.summarization.terms import terms
from service.summarization.wording import QUOTATION, read
from service.translation.model import Span, touches

LEAST_COVERAGE: Final = 0.6  # of its content words; below, the sentence is about something else
FEWEST_WORDS: Final = 3
_SHORTEST_STEM: Final = 4  # letters; a shorter name does not begin a compound


@dataclass(frozen=True, slots=True)
class Grounds:
    """A written sentence and what it rests on: an article's sentence, and behind it those that it leans on.

    Spans are code points of `text`: `names` of the article's entities by id, `recognised` whatever looks like a name.
    `supported` are the ids of the entities that the support names, `name_words` the words of all the article's names.
    `orders` are the ids in the order of the article's sentence, those apart that cannot stand for each other.
    """

    text: str
    support: tuple[str, ...]
    coverage: float
    names: tuple[tuple[str, Span], ...] = ()
    supported: frozenset[str] = frozenset()
    recognised: tuple[Span, ...] = ()
    name_words: frozenset[str] = frozenset()
    orders: tuple[tuple[str, ...], ...] = ()

    @property
    def source(self) -> str:
        """The sentence that says it. What that leans on tells who *he* is, and adds no figure and no denial."""
        return self.support[0]


def ungrounded(grounds: Grounds) -> list[str]:
    """What the article does not bear out, a phrase a fault; empty for a sentence that may be shown."""
    if not grounds.support:
        return ["nothing of it stands in the article"]
    return [fault for check in _CHECKS if (fault := check(grounds)) is not None]


def _form(grounds: Grounds) -> str | None:
    wording = read(grounds.text)
    if not wording.finished or not wording.prose or wording.words < FEWEST_WORDS:
        return "it is no whole sentence"
    return None


def _coverage(grounds: Grounds) -> str | None:
    if grounds.coverage < LEAST_COVERAGE:
        return "most of its words do not stand where it comes from"
    return None


def _figures(grounds: Grounds) -> str | None:
    figures = without_support(grounds.source, grounds.text)
    return _not_there(grounds, figures[0].start, figures[0].end) if figures else None


def _names(grounds: Grounds) -> str | None:
    """A name is one of the support's, or it is written there as it is here; so is each word that could be a name's."""
    stands = {fold(word) for word in WORD.findall(grounds.source)}
    borne_out: list[Span] = []
    for entity, span in grounds.names:
        if entity not in grounds.supported and not _stand(grounds.text[slice(*span)], stands):
            return _not_there(grounds, *span)
        borne_out.append(span)
    like_a_name = [*grounds.recognised, *_name_words(grounds)]
    for start, end in like_a_name:
        if not touches((start, end), borne_out) and not _stand(grounds.text[start:end], stands):
            return _not_there(grounds, start, end)
    return None


def _order(grounds: Grounds) -> str | None:
    """*Berlin verklagt Wien* and *Wien verklagt Berlin* have the same words; a passive is dropped with the swaps."""
    written = [entity for entity, _ in sorted(grounds.names, key=lambda name: name[1])]
    for order in grounds.orders:
        here = list(dict.fromkeys(entity for entity in written if entity in order))
        if here != [entity for entity in order if entity in here]:
            return "it names in another order"
    return None


def _stand(name: str, words: set[str]) -> bool:
    """Whether each word of a name is among the words, in the genitive or as the beginning of a compound perhaps."""
    return all(
        any(word.startswith(base) for word in words if len(word) == len(base) or len(base) >= _SHORTEST_STEM)
        for base in (fold(without_genitive(word) or word) for word in WORD.findall(name))
    )


def _name_words(grounds: Grounds) -> list[Span]:
    """Capitalised words that stand in a name of the article, or in the gazetteer."""
    return [
        word.span()
        for word in WORD.finditer(grounds.text)
        if word.group()[0].isupper() and (word.group() in grounds.name_words or _is_listed(word.group()))
    ]


def _is_listed(word: str) -> bool:
    return any(gazetteer().knows_exactly(word, kind) for kind in get_args(EntityType))


def _negation(grounds: Grounds) -> str | None:
    """As many denials as there are; fewer only where the words that are denied are left out with them."""
    written, source = german_denials(grounds.text), german_denials(grounds.source)
    if len(written) > len(source):
        return "it denies what the article does not deny"
    if len(written) == len(source):
        return None
    if not written:
        return "it leaves out a denial"
    kept = _denied(grounds.text, written)
    said = frozenset(terms(grounds.text))
    lost = [word for word in _denied(grounds.source, source) if word in said and word not in kept]
    return "it leaves out a denial" if lost else None


def _denied(text: str, denials: list[Span]) -> list[str]:
    """The first content word behind each denial."""
    return [word for _, end in denials for word in terms(text[end:])[:1]]


def _hedges(grounds: Grounds) -> str | None:
    written = german_hedges(grounds.text)
    if lost := [hedge for kind, hedge in german_hedges(grounds.source).items() if kind not in written]:
        return f"it leaves out “{lost[0]}”"
    if added := [hedge for kind, hedge in written.items() if kind not in german_hedges(grounds.source)]:
        return f"“{added[0]}” does not stand in the article"
    return None


def _reported_speech(grounds: Grounds) -> str | None:
    if _reports(grounds.source) and not _reports(grounds.text):
        return "it does not say whose words these are"
    return None


def _quotations(grounds: Grounds) -> str | None:
    if len(marks(grounds.text)) % 2:
        return "a quotation is cut off"
    for quotation in QUOTATION.finditer(grounds.text):
        if quotation.group()[1:-1].strip(" ,.") not in grounds.source:
            return f"{quotation.group()} is not quoted from the article"
    return None


def _repetition(grounds: Grounds) -> str | None:
    if longest_loop(grounds.text) and not longest_loop(grounds.source):
        return "it says the same words again and again"
    return None


def _not_there(grounds: Grounds, start: int, end: int) -> str:
    return f"“{grounds.text[start:end]}” does not stand where the sentence comes from"


def _reports(text: str) -> bool:
    return bool(find_attribution(text) or find_subjunctive(text))


_CHECKS: Final[tuple[Callable[[Grounds], str | None], ...]] = (
    _form,
    _coverage,
    _figures,
    _names,
    _order,
    _negation,
    _hedges,
    _reported_speech,
    _quotations,
    _repetition,
)
