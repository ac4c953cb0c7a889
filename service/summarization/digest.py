"""One summary of several articles: what they share, who says it, and where their figures differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np

from service.article.model import Article
from service.entities.model import Entity
from service.segmentation.model import Sentence
from service.summarization.candidates import Candidates, find_candidates
from service.summarization.extractive import ExtractiveSummarizer, default_count
from service.summarization.figures import Figure, differing, figures_in
from service.summarization.model import ChosenSentence
from service.summarization.selection import select
from service.summarization.terms import TermMatrix, term_matrix, terms

ALIKE = 0.35  # cosine of stems and names; reports of one fact in other words, read in pairs of the seeds
TELLING = 0.15  # cosine of the words alone, without names and without COMMON ones
COMMON = 0.15  # of an article's sentences; a word that more of them have tells its subject, not one fact
SHARED_WEIGHT = 0.5  # what support by all other articles adds to a sentence's own rank
LONGEST_READ = 60  # sentences of each article, so that twenty long articles stay within a second

Name = tuple[int, int, str]  # a mention's span in its article, and the name that all articles share


@dataclass(frozen=True, slots=True)
class DigestArticle:
    """An article with what the stages before found in it."""

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
    """`groups` are the articles that share sentences, by index; an article that shares none is a group of its own."""

    sentences: tuple[DigestSentence, ...]
    disagreements: tuple[Disagreement, ...]
    groups: tuple[tuple[int, ...], ...]


def digest(articles: Sequence[DigestArticle], count: int | None = None) -> Digest:
    """At most `count` sentences, in the order of the articles and of each article's text."""
    pool = _pool(articles)
    if not pool.candidates.sentences:
        return Digest((), (), tuple((index,) for index in range(len(articles))))
    links = [_links(pool, row) for row in range(len(pool.origins))]
    support = np.array([len(sources) for sources in links]) / max(1, len(articles) - 1)
    scores = (pool.scores + SHARED_WEIGHT * support) / (1 + SHARED_WEIGHT)
    wanted = default_count(pool.candidates) if count is None else count
    redundancy = ExtractiveSummarizer().weights.redundancy
    roles = select(pool.candidates, pool.matrix, scores, wanted, redundancy, too_alike=ALIKE)
    sentences = tuple(
        DigestSentence(
            pool.origins[row],
            ChosenSentence(pool.candidates.sentences[row], round(float(scores[row]), 4), role),
            tuple(pool.source(*link) for link in links[row]),
        )
        for row, role in sorted(roles.items())
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
    """The stems of each sentence outside of names, and its names as all articles call them."""
    words, names = [], []
    for part, known in zip(parts, _shared_names(articles), strict=True):
        for sentence in part.sentences:
            inside = [name for name in known if sentence.start <= name[0] < sentence.end]
            words.append(terms(_blanked(sentence, inside)))
            names.append([name for _, _, name in inside])
    return words, names


def _blanked(sentence: Sentence, names: Sequence[Name]) -> str:
    text = sentence.text
    for start, end, _ in names:
        first, last = start - sentence.start, end - sentence.start
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


def _shared_names(articles: Sequence[DigestArticle]) -> list[list[Name]]:
    """Beloussow here and Belousov there are one name by their English form; a surname joins its only full name."""
    everywhere = {entity.canonical_en for each in articles for entity in each.entities if entity.type == "PER"}
    full = [name for name in everywhere if " " in name]

    def shared(entity: Entity) -> str:
        bearers = [name for name in full if entity.type == "PER" and entity.canonical_en in name.split()]
        return bearers[0] if len(bearers) == 1 else entity.canonical_en

    return [
        [(mention.start, mention.end, f"@{shared(entity)}") for entity in each.entities for mention in entity.mentions]
        for each in articles
    ]


def _links(pool: _Pool, row: int) -> list[tuple[int, float]]:
    """The most similar sentence of every other article, where one says the same."""
    likeness = pool.matrix.similarity(pool.matrix.row(row))
    telling = pool.telling.similarity(pool.telling.row(row))
    best: dict[int, int] = {}
    for other in np.flatnonzero((likeness >= ALIKE) & (telling >= TELLING)).tolist():
        article = pool.origins[other]
        if article != pool.origins[row] and (article not in best or likeness[other] > likeness[best[article]]):
            best[article] = other
    return [(other, min(1.0, float(likeness[other]))) for _, other in sorted(best.items())]


def _disagreements(pool: _Pool, links: Sequence[Sequence[tuple[int, float]]]) -> Iterator[Disagreement]:
    """Figures that count the same thing in sentences that say the same, and are not the same."""
    figures = [figures_in(sentence) for sentence in pool.candidates.sentences]
    seen: set[tuple[str, frozenset[float]]] = set()
    for row, linked in enumerate(links):
        for other, _ in linked:
            for counted, pair in differing(figures[row], figures[other]) if row < other else ():
                values = (counted, frozenset(figure.value for figure in pair))
                if values not in seen:
                    seen.add(values)
                    yield Disagreement(counted, tuple(zip((pool.origins[row], pool.origins[other]), pair, strict=True)))


def _groups(count: int, pool: _Pool, links: Sequence[Sequence[tuple[int, float]]]) -> tuple[tuple[int, ...], ...]:
    group = list(range(count))
    for row, linked in enumerate(links):
        for other, _ in linked:
            old, new = group[pool.origins[other]], group[pool.origins[row]]
            group = [new if member == old else member for member in group]
    members = [tuple(index for index in range(count) if group[index] == label) for label in Counter(group)]
    return tuple(sorted(members))
