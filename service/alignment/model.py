"""A German sentence beside its English, with every name tied across both."""

from __future__ import annotations

from dataclasses import dataclass

from service.segmentation.model import Sentence


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

    From the translation: how sure the model was (`confidence`), the words of `english` that it was unsure of (`doubts`,
    names apart, which have checks of their own), both None where not known, and in how many stretches it was made.
    """

    source: Sentence
    english: str
    mentions: tuple[MentionPair, ...] = ()
    changes: tuple[Change, ...] = ()
    confidence: float | None = None
    doubts: tuple[tuple[int, int], ...] | None = None
    stretches: int = 1
