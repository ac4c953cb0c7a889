"""What every summarizer promises, whichever way it chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from service.article.model import Article
from service.entities.model import Entity
from service.segmentation.model import Sentence
from service.summarization.budget import Budget
from service.summarization.model import ChosenSentence


class Summarizer(Protocol):
    """Chooses the sentences of an article that together tell what it is about."""

    def choose(
        self, article: Article, sentences: Sequence[Sentence], entities: Sequence[Entity], budget: Budget
    ) -> tuple[ChosenSentence, ...]:
        """Sentences in the article's order that keep the budget; an open one leaves their number to its length."""
        ...
