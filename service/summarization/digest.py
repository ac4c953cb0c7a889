"""One summary of several articles: what they share, who says it, and where their figures differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np

from service.article.model import Article
from service.entities.model import Entity, Mention
from service.segmentation.model import Sentence
from service.summarization.budget import Budget
from service.summarization.candidates import Candidates, find_candidates
from service.summarization.extractive import ExtractiveSummarizer, default_budget
from service.summarization.figures import Figure, differing, figures_in
from service.summarization.model import ChosenSentence, Role
from service.summarization.selection import select
from service.summarization.terms import TermMatrix, term_matrix, terms

ALIKE = 0.35  # cosine of stems and names; reports of one fact in other words, read in pairs of the seeds
TELLING = 0.15  # cosine of the words alone, without names and without COMMON ones
VERY_ALIKE = 0.40  # from here on sentences that share so many names, and another term, need no telling word
SHARED_NAMES, SHARED_TERMS = 2, 3
COMMON = 0.15  # of an article's sentences; a word that more of them have tells its subject, not one fact
SHARED_WEIGHT = 0.5  # what support by all other articles adds to a sentence's own rank
LONGEST_READ = 60  # sentences of each article, so that twenty long articles stay within a second


@dataclass(frozen=True, slots=True)
class DigestArticle:
    """An article with what the stages before found in it; one name has one id in all articles of a digest."""

    article: Article
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of another article that says the same; `likeness` is between 0 and 1."""

    article: int
    sentence: Sentence
    likeness: float


@dataclass(frozen=True, slots=True)
class DigestSentence:
    """A sentence of the digest, the article it is from, and what supports it in the others."""

    article: int
    chosen: ChosenSentence
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Figures for the same thing (`counted`) that differ between articles: shown side by side, never averaged."""

    counted: str
    figures: tuple[tuple[int, Figure], ...]  # index of the article, and its figure


@dataclass(frozen=True, slots=True)
class Digest:
    """`groups` are the articles that share sentences, by index, the largest first; one that shares none is alone."""

    sentences: tuple[DigestSentence, ...]
    disagreements: tuple[Disagreement, ...]
    groups: tuple[tuple[int, ...], ...]


def digest(articles: Sequence[DigestArticle], budget: Budget) -> Digest:
    """Sentences that keep the budget: first what several articles tell, then what each adds, in the articles' order."""
    pool = _pool(articles)
    if not pool.candidates.sentences:
        return Digest((), (), tuple((index,) for index in range(len(articles))))
    links = [_links(pool, row) for row in range(len(pool.origins))]
    support = np.array([len(sources) for sources in links]) / max(1, len(articles) - 1)
    scores = (pool.scores + SHARED_WEIGHT * support) / (1 + SHARED_WEIGHT)
    budget = default_budget(pool.candidates) if budget.is_open else budget
    redundancy = ExtractiveSummarizer().weights.redundancy
    roles = select(pool.candidates, pool.matrix, scores, budget, redundancy, too_alike=ALIKE)
    sentences = tuple(
        DigestSentence(
            pool.origins[row],
            ChosenSentence(pool.candidates.sentences[row], round(float(scores[row]), 4), role),
            tuple(pool.source(*link) for link in links[row]),
        )
        for row, role in _in_order(pool, links, roles)
    )
    return Digest(sentences, tuple(_disagreements(pool, links)), _groups(len(articles), pool, links))


@dataclass(frozen=True, slots=True)
class _Pool:
    """The sentences of all articles, one row each; `origins` holds the article of each row.

    `matrix` knows words and names, `telling` only words that few sentences have: names alone make no support.
    """

    candidates: Candidates
    origins: tuple[int, ...]
    scores: np.ndarray
    matrix: TermMatrix
    telling: TermMatrix
    names: tuple[frozenset[str], ...]

    def source(self, row: int, likeness: float) -> Source:
        return Source(self.origins[row], self.candidates.sentences[row], round(likeness, 4))


def _pool(articles: Sequence[DigestArticle]) -> _Pool:
    summarizer = ExtractiveSummarizer()
    parts, scores = [], [np.zeros(0)]
    for each in articles:
        candidates = _shortened(find_candidates(each.article, each.sentences))
        if candidates.sentences:
            candidates, _, own_scores = summarizer.rank(each.article, candidates, each.entities)
            scores.append(own_scores)
        parts.append(candidates)
    words, names = _words_and_names(articles, parts)
    origins = tuple(index for index, part in enumerate(parts) for _ in part.sentences)
    return _Pool(
        _together(parts),
        origins,
        np.concatenate(scores),
        term_matrix([[*own_words, *own_names] for own_words, own_names in zip(words, names, strict=True)]),
        term_matrix(_telling(words, origins)),
        tuple(map(frozenset, names)),
    )


def _together(parts: Sequence[Candidates]) -> Candidates:
    offsets = accumulate((len(part.sentences) for part in parts), initial=0)
    return Candidates(
        tuple(chain.from_iterable(part.sentences for part in parts)),
        tuple(chain.from_iterable(part.wordings for part in parts)),
        tuple(
            tuple(offset + member for member in bundle)
            for offset, part in zip(offsets, parts, strict=False)
            for bundle in part.bundles
        ),
    )


def _words_and_names(
    articles: Sequence[DigestArticle], parts: Sequence[Candidates]
) -> tuple[list[list[str]], list[list[str]]]:
    """The stems of each sentence outside of names, and the names in it."""
    words, names = [], []
    for each, part in zip(articles, parts, strict=True):
        known = [(mention, f"@{entity.id}") for entity in each.entities for mention in entity.mentions]
        for sentence in part.sentences:
            inside = [(mention, name) for mention, name in known if sentence.start <= mention.start < sentence.end]
            words.append(terms(_blanked(sentence, [mention for mention, _ in inside])))
            names.append([name for _, name in inside])
    return words, names


def _blanked(sentence: Sentence, mentions: Sequence[Mention]) -> str:
    text = sentence.text
    for mention in mentions:
        first, last = mention.start - sentence.start, mention.end - sentence.start
        text = text[:first] + " " * (last - first) + text[last:]
    return text


def _telling(words: Sequence[Sequence[str]], origins: Sequence[int]) -> list[list[str]]:
    """Without the words that an article uses again and again: they tell its subject, not one fact."""
    spread = Counter((article, word) for article, own in zip(origins, words, strict=True) for word in set(own))
    lengths = Counter(origins)
    common = {word for (article, word), count in spread.items() if count > max(2, COMMON * lengths[article])}
    return [[word for word in own if word not in common] for own in words]


def _shortened(candidates: Candidates) -> Candidates:
    return Candidates(
        candidates.sentences[:LONGEST_READ],
        candidates.wordings[:LONGEST_READ],
        tuple(bundle if max(bundle, default=0) < LONGEST_READ else () for bundle in candidates.bundles[:LONGEST_READ]),
    )


def _links(pool: _Pool, row: int) -> list[tuple[int, float]]:
    """The most similar sentence of every other article, where one says the same."""
    likeness = pool.matrix.similarity(pool.matrix.row(row))
    telling = pool.telling.similarity(pool.telling.row(row))
    shared = np.rint(likeness * np.sqrt(pool.matrix.lengths * pool.matrix.lengths[row]))
    names = np.array([len(pool.names[row] & others) for others in pool.names])
    by_words = (likeness >= ALIKE) & (telling >= TELLING)
    by_names = (likeness >= VERY_ALIKE) & (shared >= SHARED_TERMS) & (names >= SHARED_NAMES)
    best: dict[int, int] = {}
    for other in np.flatnonzero(by_words | by_names).tolist():
        article = pool.origins[other]
        if article != pool.origins[row] and (article not in best or likeness[other] > likeness[best[article]]):
            best[article] = other
    return [(other, min(1.0, float(likeness[other]))) for _, other in sorted(best.items())]


def _in_order(
    pool: _Pool, links: Sequence[Sequence[tuple[int, float]]], roles: Mapping[int, Role]
) -> list[tuple[int, Role]]:
    """What is shared first; a sentence that leans on the one before it stays behind it."""
    runs: list[list[int]] = []
    for row in sorted(roles):
        leans = pool.candidates.wordings[row].leans or pool.candidates.wordings[row].closes_quote
        if leans and row - 1 in roles and pool.origins[row - 1] == pool.origins[row]:
            runs[-1].append(row)
        else:
            runs.append([row])
    runs.sort(key=lambda run: not any(links[row] for row in run))
    return [(row, roles[row]) for run in runs for row in run]


def _disagreements(pool: _Pool, links: Sequence[Sequence[tuple[int, float]]]) -> Iterator[Disagreement]:
    """Figures that count the same thing in sentences that say the same, and are not the same; one entry a thing."""
    figures = [figures_in(sentence) for sentence in pool.candidates.sentences]
    things: list[tuple[str, dict[tuple[int, int], Figure]]] = []  # by article and place
    for first, second in sorted({(min(pair), max(pair)) for pair in _pairs(links)}):
        for counted, (ours, theirs) in differing(figures[first], figures[second]):
            told = {(pool.origins[first], ours.start): ours, (pool.origins[second], theirs.start): theirs}
            same = [thing for thing in things if thing[1].keys() & told.keys()]
            things = [thing for thing in things if thing not in same]
            things.append(
                (same[0][0] if same else counted, dict(chain(*(figures.items() for _, figures in same), told.items())))
            )
    for counted, places in things:
        yield Disagreement(counted, tuple((article, figure) for (article, _), figure in sorted(places.items())))


def _pairs(links: Sequence[Sequence[tuple[int, float]]]) -> Iterator[tuple[int, int]]:
    for row, linked in enumerate(links):
        yield from ((row, other) for other, _ in linked)


def _groups(count: int, pool: _Pool, links: Sequence[Sequence[tuple[int, float]]]) -> tuple[tuple[int, ...], ...]:
    group = list(range(count))
    for row, linked in enumerate(links):
        for other, _ in linked:
            old, new = group[pool.origins[other]], group[pool.origins[row]]
            group = [new if member == old else member for member in group]
    members = [tuple(index for index in range(count) if group[index] == label) for label in Counter(group)]
    return tuple(sorted(members, key=lambda group: (-len(group), group)))
