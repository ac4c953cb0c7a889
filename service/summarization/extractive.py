"""Chooses the sentences that tell a German news article: the article's own, each readable where it then stands."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from service.article.model import Article, BlockKind
from service.entities.model import Entity
from service.segmentation.model import Sentence
from service.summarization.features import Features, measure
from service.summarization.model import ChosenSentence
from service.summarization.terms import TermMatrix, term_matrix, terms
from service.summarization.wording import Wording, closes_quote, read, running_start

PROSE_BLOCKS: frozenset[BlockKind] = frozenset({"paragraph", "list_item", "quote"})
NEAR_DUPLICATE = 0.8  # cosine; the repeated lead of seed 001 has 1.0, neighbours in one report stay below 0.6
LONGEST_BUNDLE = 3  # sentences; a chain of "er ... er ... er" that is longer is not worth its first sentence
LONGEST_QUOTATION = 6  # sentences
LONGEST_QUOTATION_TEXT = 1200  # code points that may be looked at for its end
STANDFIRST, STANDFIRST_REACH = 2, 4  # sentences: how long a standfirst is, and how soon the body repeats it

Role = Literal["chosen", "antecedent"]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts; they add up to 1, so that a rank lies between 0 and 1.

    Tuned on wikinews-de train, checked on dev (docs/summarization.md). `redundancy` is what similarity to an already
    chosen sentence takes off (MMR: Carbonell and Goldstein 1998).
    """

    position: float = 0.42
    opening: float = 0.03
    centrality: float = 0.10
    title: float = 0.10
    entities: float = 0.08
    length: float = 0.16
    own_words: float = 0.11
    redundancy: float = 0.20


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences that may be chosen, what was read in them, and each one's bundle.

    A bundle is a sentence with those that it needs to be understood, in order; empty when these are out of reach.
    """

    sentences: tuple[Sentence, ...]
    wordings: tuple[Wording, ...]
    bundles: tuple[tuple[int, ...], ...]


class ExtractiveSummarizer:
    """Greedy maximal marginal relevance over bundles of sentences; deterministic, linear in the article's length."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or Weights()

    def choose(
        self, article: Article, sentences: Sequence[Sentence], entities: Sequence[Entity], count: int | None
    ) -> tuple[ChosenSentence, ...]:
        """At most `count` sentences in the article's order, `default_count` of them when it is None.

        Fewer come back when the article has no more prose or only repeats itself. A chosen sentence may start later
        than the one given, after a dateline, a bullet or a time stamp; its offsets stay exact.
        """
        candidates = find_candidates(article, sentences)
        if not candidates.sentences:
            return ()
        wanted = default_count(candidates) if count is None else count
        candidates, matrix, scores = self.rank(article, candidates, entities)
        roles = select(candidates, matrix, scores, wanted, self.weights.redundancy)
        return tuple(
            ChosenSentence(candidates.sentences[index], round(float(scores[index]), 4), role)
            for index, role in sorted(roles.items())
        )

    def rank(
        self, article: Article, candidates: Candidates, entities: Sequence[Entity]
    ) -> tuple[Candidates, TermMatrix, np.ndarray]:
        """Every candidate's score between 0 and 1, shape (sentences,), before anything is chosen."""
        matrix = term_matrix([terms(sentence.text) for sentence in candidates.sentences])
        features = measure(article, candidates.sentences, candidates.wordings, matrix, entities)
        candidates, scores = _drop_standfirst(candidates, matrix, self._scores(features))
        return candidates, matrix, scores

    def _scores(self, features: Features) -> np.ndarray:
        parts = [getattr(self.weights, field.name) * getattr(features, field.name) for field in fields(features)]
        return np.clip(np.sum(parts, axis=0), 0.0, 1.0)


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


def default_count(candidates: Candidates) -> int:
    """One sentence and another for every 125 words, at most 7, and never more than half of a short article.

    230 words give 3 sentences, 550 words 5.
    """
    words = sum(wording.words for wording in candidates.wordings)
    half = (len(candidates.sentences) + 1) // 2
    return min(max(2, 1 + round(words / 125)), 7, half)


def find_candidates(article: Article, sentences: Sequence[Sentence]) -> Candidates:
    """Sentences of running prose: no heading, caption, table row, time stamp, or line that belongs to the page."""
    kept: list[Sentence] = []
    wordings: list[Wording] = []
    open_quote = OpenQuote()
    for sentence in sentences:
        kind = article.blocks[sentence.block].kind
        if kind not in PROSE_BLOCKS:
            continue
        sentence = _from(sentence, running_start(sentence.text, at_top=not kept, in_list=kind == "list_item"))
        wording = read(sentence.text, quote_is_open=open_quote.reaches(sentence.block))
        open_quote = open_quote.after(wording, sentence, article)
        if wording.prose:
            kept.append(sentence)
            wordings.append(wording)
    return Candidates(tuple(kept), tuple(wordings), tuple(_bundles(wordings)))


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
    """Nothing before the first sentence is needed, every sentence is finished, every quotation opened and closed."""
    first, last = wordings[0], wordings[-1]
    if first.closes_quote or (first.leans and not at_top) or last.opens_quote:
        return False
    unbroken = all(
        not before.opens_quote or after.opens_quote or after.closes_quote for before, after in pairwise(wordings)
    )
    return unbroken and all(wording.finished for wording in wordings)


def _needs_previous(wordings: Sequence[Wording], index: int) -> bool:
    """The first sentence of an article leans on nothing: "Seinen ersten Besuch machte Gauck" looks ahead there."""
    return wordings[index].closes_quote or (wordings[index].leans and index > 0)


def _drop_standfirst(candidates: Candidates, matrix: TermMatrix, scores: np.ndarray) -> tuple[Candidates, np.ndarray]:
    """A standfirst that the body says again gives its score to the body's sentence, which has its names introduced."""
    bundles, scores = list(candidates.bundles), scores.copy()
    for index in range(min(STANDFIRST, len(bundles))):
        likeness = matrix.similarity(matrix.row(index))[index + 1 : index + 1 + STANDFIRST_REACH]
        repeated = np.flatnonzero(likeness >= NEAR_DUPLICATE)
        if len(repeated) and bundles[index + 1 + repeated[0]]:
            body = index + 1 + int(repeated[0])
            scores[body] = max(scores[body], scores[index])
            bundles[index] = ()
    return replace(candidates, bundles=tuple(bundles)), scores


def select(
    candidates: Candidates,
    matrix: TermMatrix,
    scores: np.ndarray,
    wanted: int,
    redundancy: float,
    too_alike: float = NEAR_DUPLICATE,
) -> dict[int, Role]:
    """The roles of the taken sentences by index: tier by tier, each bundle by what its sentences add on average.

    A sentence whose cosine with a taken one reaches `too_alike` says the same again and is never taken.
    """
    likeness = np.zeros(len(scores))
    roles: dict[int, Role] = {}
    for bundles in _tiers(candidates):
        while len(roles) < wanted:
            gains = (scores - redundancy * likeness).tolist()
            open_bundles = _without(bundles, roles, likeness >= too_alike)
            best = _best(open_bundles, gains, wanted - len(roles))
            if best is None:
                break
            for member in bundles[best]:
                roles.setdefault(member, "chosen" if member == best else "antecedent")
                np.maximum(likeness, matrix.similarity(matrix.row(member)), out=likeness)
    return roles


def _tiers(candidates: Candidates) -> Iterator[Sequence[tuple[int, ...]]]:
    """First what reads well alone, then single sentences that lean on others; cut quotations only if there is no more.

    An article that is one long quotation still gets a summary; that its marks do not match is for the checks to say.
    """
    alone = tuple((index,) for index in range(len(candidates.wordings)))
    whole = tuple(
        () if wording.opens_quote or wording.closes_quote else single
        for wording, single in zip(candidates.wordings, alone, strict=True)
    )
    yield from (candidates.bundles, whole) if any(whole) or any(candidates.bundles) else (alone,)


def _without(
    bundles: Sequence[tuple[int, ...]], taken: Container[int], too_alike: np.ndarray
) -> Iterator[tuple[int, list[int]]]:
    """Each sentence that may still be taken, with what its bundle still lacks."""
    repeats = too_alike.tolist()
    for index, bundle in enumerate(bundles):
        missing = [member for member in bundle if member not in taken]
        if missing and index not in taken and not any(repeats[member] for member in missing):
            yield index, missing


def _best(open_bundles: Iterable[tuple[int, list[int]]], gains: list[float], room: int) -> int | None:
    """The sentence whose bundle gains most on average; None when nothing fits."""
    fitting = ((index, missing) for index, missing in open_bundles if len(missing) <= room)
    best = max(fitting, key=lambda bundle: sum(gains[member] for member in bundle[1]) / len(bundle[1]), default=None)
    return None if best is None else best[0]
