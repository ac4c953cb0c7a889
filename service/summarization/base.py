"""What every summarizer promises, whichever way it chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from service.article.model import Article
from service.entities.model import Entity
from service.segmentation.model import Sentence
from service.summarization.model import ChosenSentence


class Summarizer(Protocol):
    """Chooses the sentences of an article that together tell what it is about."""

    def choose(
        self, article: Article, sentences: Sequence[Sentence], entities: Sequence[Entity], count: int | None
    ) -> tuple[ChosenSentence, ...]:
        """At most `count` sentences in the article's order; None leaves the number to the article's length."""
        ...
