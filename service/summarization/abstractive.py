"""Writes a summary in new sentences, each tied to the article's sentences that it rests on.

What it writes is a proposal: `service/pipeline/abstraction.py` keeps what the article bears out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.article.model import Article
from service.patience import Patience
from service.segmentation.german import sentence_spans
from service.segmentation.model import Sentence
from service.summarization.candidates import find_candidates
from service.summarization.generation import CannotWrite, Generator
from service.summarization.support import Support, SupportFinder


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """`sentence` stands in the draft's text, not in the article; `support` in the article."""

    sentence: Sentence
    support: Support


@dataclass(frozen=True, slots=True)
class Draft:
    """A written summary: `text` and the sentences in it. `read` of the article's `of` sentences went into it."""

    text: str
    sentences: tuple[WrittenSentence, ...]
    read: int
    of: int


class AbstractiveSummarizer:
    """Gives an article's prose to a generator and ties what comes back to the article."""

    def __init__(self, generator: Generator, patience: Patience | None = None) -> None:
        self._generator = generator
        self._patience = patience or Patience()

    def within(self, patience: Patience) -> AbstractiveSummarizer:
        """This summarizer for one request."""
        return AbstractiveSummarizer(self._generator, patience)

    def write(self, article: Article, sentences: Sequence[Sentence]) -> Draft:
        """A draft from the article's prose (no headings, captions, tables). Raises CannotWrite, Cancelled."""
        prose = find_candidates(article, sentences)
        if not prose.sentences:
            raise CannotWrite("the article holds no prose to summarize")
        generated = self._generator.generate([sentence.text for sentence in prose.sentences], self._patience)
        support = SupportFinder(prose)
        written = tuple(
            WrittenSentence(Sentence(generated.text[start:end], start, end, 0), support.find(generated.text[start:end]))
            for start, end in sentence_spans(generated.text)
        )
        if not written:
            raise CannotWrite("the abstractive engine wrote nothing")
        return Draft(generated.text, written, generated.read, len(prose.sentences))
