"""Finds the sentences of an article that a summary may hold, and what each needs beside it to be understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.article.characters import without_break_hints
from service.article.model import Article, BlockKind
from service.segmentation.model import Sentence
from service.summarization.wording import Wording, asks_in_interview, closes_quote, read, running_start

PROSE_BLOCKS: frozenset[BlockKind] = frozenset({"paragraph", "list_item", "quote"})
LONGEST_BUNDLE = 3  # sentences; a chain of "er ... er ... er" that is longer is not worth its first sentence
LONGEST_QUOTATION = 6  # sentences
LONGEST_QUOTATION_TEXT = 1200  # code points that may be looked at for its end
LEAD = 6  # sentences; a dateline stands no farther from the top


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences that may be chosen, what was read in them, and each one's bundle.

    A bundle is a sentence with those that it needs to be understood, in order; empty when these are out of reach.
    """

    sentences: tuple[Sentence, ...]
    wordings: tuple[Wording, ...]
    bundles: tuple[tuple[int, ...], ...]


def find_candidates(article: Article, sentences: Sequence[Sentence]) -> Candidates:
    """Sentences of running prose: no heading, caption, table row, time stamp, or line that belongs to the page."""
    kept: list[Sentence] = []
    wordings: list[Wording] = []
    open_quote = OpenQuote()
    asked = _questions(article)
    for sentence in sentences:
        block = article.blocks[sentence.block]
        if block.kind not in PROSE_BLOCKS or sentence.block in asked:
            continue
        in_lead = len(kept) < LEAD and sentence.start == block.start
        start = running_start(sentence.text, at_top=not kept, in_list=block.kind == "list_item", in_lead=in_lead)
        sentence = _from(sentence, start)
        wording = read(without_break_hints(sentence.text), quote_is_open=open_quote.reaches(sentence.block))
        open_quote = open_quote.after(wording, sentence, article)
        if wording.prose:
            kept.append(sentence)
            wordings.append(wording)
    return Candidates(tuple(kept), tuple(wordings), tuple(_bundles(wordings)))


def _questions(article: Article) -> frozenset[int]:
    """The blocks in which an interviewer asks."""
    texts = ((number, article.text[block.start : block.end]) for number, block in enumerate(article.blocks))
    return frozenset(number for number, text in texts if asks_in_interview(text))


def _from(sentence: Sentence, start: int) -> Sentence:
    return replace(sentence, text=sentence.text[start:], start=sentence.start + start)


def _bundles(wordings: Sequence[Wording]) -> Iterator[tuple[int, ...]]:
    """A leaning sentence brings the one before it, a sentence of a longer quotation brings the rest of it."""
    for index, wording in enumerate(wordings):
        first = last = index
        while first > 0 and (wordings[first].leans or wordings[first].closes_quote) and index - first < LONGEST_BUNDLE:
            first -= 1
        while last + 1 < len(wordings) and wordings[last].opens_quote and last - index < LONGEST_BUNDLE:
            last += 1
        bundle = range(first, last + 1)
        readable = len(bundle) <= LONGEST_BUNDLE and _reads_whole(wordings[first : last + 1], at_top=first == 0)
        yield tuple(bundle) if readable and not wording.question else ()


def _reads_whole(wordings: Sequence[Wording], at_top: bool) -> bool:
    """Nothing before the first sentence is needed, every sentence is finished, every quotation opened and closed.

    At the top of an article nothing leans back: "Seinen ersten Besuch machte Gauck" looks ahead there.
    """
    first, last = wordings[0], wordings[-1]
    if first.closes_quote or (first.leans and not at_top) or last.opens_quote:
        return False
    unbroken = all(
        not before.opens_quote or after.opens_quote or after.closes_quote for before, after in pairwise(wordings)
    )
    return unbroken and all(wording.finished for wording in wordings)


@dataclass(frozen=True, slots=True)
class OpenQuote:
    """Whether a quotation runs on. It ends with its block, and one that never closes is a stray mark."""

    block: int | None = None
    sentences: int = 0

    def reaches(self, block: int) -> bool:
        return self.block == block and self.sentences < LONGEST_QUOTATION

    def after(self, wording: Wording, sentence: Sentence, article: Article) -> OpenQuote:
        if not wording.opens_quote:
            return OpenQuote()
        end = min(article.blocks[sentence.block].end, sentence.end + LONGEST_QUOTATION_TEXT)
        closed = closes_quote(article.text[sentence.end : end])
        return OpenQuote(sentence.block, self.sentences + 1) if closed else OpenQuote()
