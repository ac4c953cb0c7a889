"""How long a summary may be, in sentences, words or characters, and which of its sentences keep it within."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.summarization.graphemes import graphemes
from service.summarization.wording import read

MOST_SENTENCES = 12  # a summary with more is no summary


@dataclass(frozen=True, slots=True)
class Budget:
    """What a summary may cost at most; None sets no bound. All bounds hold together, in each language by itself.

    Words stand between white space; characters are graphemes, and the spaces between sentences count.
    """

    sentences: int | None = None
    words: int | None = None
    characters: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether the article's length decides."""
        return self == BY_LENGTH

    @property
    def counts_sentences_only(self) -> bool:
        """Whether the choice is certain before the English is known, which may be longer than the German."""
        return self.words is None and self.characters is None

    @property
    def limits(self) -> tuple[float, float, float]:
        """Sentences, words and characters; the last has no space after it, so one more fits."""
        unlimited = float("inf")
        return (
            self.sentences or MOST_SENTENCES,
            unlimited if self.words is None else self.words,
            unlimited if self.characters is None else self.characters + 1,
        )

    def cost(self, text: str) -> tuple[int, int, int]:
        """What one sentence takes of each limit; nothing is counted that has no bound."""
        words = len(text.split()) if self.words is not None else 0
        return 1, words, graphemes(text) + 1 if self.characters is not None else 0

    def holds(self, texts: Iterable[str]) -> bool:
        """Whether the sentences, a space between each two, cost no more than they may."""
        total = [sum(costs) for costs in zip(*map(self.cost, texts), strict=True)]
        return all(cost <= limit for cost, limit in zip(total, self.limits, strict=False))


BY_LENGTH = Budget()  # of the article


def within(budget: Budget, sides: Sequence[Sequence[str]], ranks: Sequence[float]) -> list[int]:
    """The indices of the sentences that stay when each side must keep the budget: the least important go first.

    :param sides: the sentences in each language, German first; a sentence that leans on one that goes, goes too.
    """
    kept = list(range(len(ranks)))
    while kept and not all(budget.holds([side[index] for index in kept]) for side in sides):
        bundle = min(
            _bundles(kept, sides[0]), key=lambda members: sum(ranks[index] for index in members) / len(members)
        )
        kept = [index for index in kept if index not in bundle]
    return kept


def _bundles(kept: Sequence[int], german: Sequence[str]) -> list[list[int]]:
    """What can only go together: a sentence with those after it that lean on it."""
    bundles = [[kept[0]]]
    for _, index in pairwise(kept):
        if read(german[index]).leans:
            bundles[-1].append(index)
        else:
            bundles.append([index])
    return bundles
