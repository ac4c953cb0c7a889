"""A German sentence beside its English, with every name tied across both."""

from __future__ import annotations

from dataclasses import dataclass

from service.segmentation.model import Sentence
from service.translation.model import Span


@dataclass(frozen=True, slots=True)
class MentionPair:
    """One mention of an entity in both languages, code points within the sentence's own strings.

    `target` is None when the English side has no counterpart; `how` names what found it (attention, canonical,
    similarity, recogniser, repaired), so that a doubtful link can be explained.
    """

    entity: str
    source: tuple[int, int]
    target: tuple[int, int] | None
    how: str


@dataclass(frozen=True, slots=True)
class Change:
    """The translation mangled a name and it was put right: what stood there, and what stands there now."""

    entity: str
    before: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SentencePair:
    """`source` in the article, `english` as it will be shown (names already put right).

    From the translation: how sure the model was (`confidence`) and the words of `english` that it was unsure of
    (`unlikely`), both None where not known, and in how many stretches it was made. From a dictionary: the words of
    `english` that nothing in the German stands for (`unexplained`), those of the German that the English has no
    counterpart of (`omissions`), and how many have no certain one (`uncovered`). Names are not among the words: they
    have checks of their own.
    """

    source: Sentence
    english: str
    mentions: tuple[MentionPair, ...] = ()
    changes: tuple[Change, ...] = ()
    confidence: float | None = None
    unlikely: tuple[Span, ...] | None = None
    stretches: int = 1
    unexplained: tuple[Span, ...] = ()
    omissions: tuple[Span, ...] = ()
    uncovered: int = 0

    @property
    def doubts(self) -> tuple[Span, ...]:
        """The words of `english` that may be wrong, for whichever of the two reasons, in order."""
        return tuple(sorted({*(self.unlikely or ()), *self.unexplained}))
