"""What every Marian engine does around its decoder: split, tokenise, batch by length, guard against loops, link.

Only the decoder differs between CTranslate2 (the default) and transformers (the reference), so that both give the same
translation for the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy

from service.translation.assembly import assemble
from service.translation.confidence import Confidence
from service.translation.foreign import encode_meant, encode_readable, put_back
from service.translation.joining import Stretch, join
from service.translation.later import Later
from service.translation.marian_tokenizer import Encoding, MarianTokenizer, Span
from service.translation.model import Manner, Manners, Translation, manners_of

# The bundled model leaves less out of a long sentence that it reads in two stretches, and two decode side by side
# (`python -m bench.stretches`).
MAX_PIECES = 60
# Clause by clause the model leaves less out (docs/checks.md); shorter clauses lose their context.
CLAUSE_PIECES = 30
MAX_BATCH_SENTENCES = 32
MAX_BATCH_TOKENS = 1024

LOOP_NGRAM = 4
LOOP_REPEATS = 3
MAX_LENGTH_RATIO = 2.5
LENGTH_MARGIN = 10  # pieces; a short segment may well triple in length ("Tja." - "Oh well, there you go.")


@dataclass(frozen=True, slots=True)
class Search:
    """How the decoder looks for the best translation."""

    beam_size: int = 1
    no_repeat_ngram_size: int = 0
    max_length_ratio: float = MAX_LENGTH_RATIO
    hypotheses: int = 1  # how many translations it gives, at most `beam_size`

    def max_length(self, source_length: int) -> int:
        return int(self.max_length_ratio * source_length) + LENGTH_MARGIN


# No 4-gram can come twice and the output stays in proportion, so what looped cannot loop again.
CAREFUL_SEARCH = Search(beam_size=4, no_repeat_ngram_size=LOOP_NGRAM, max_length_ratio=1.5)
# All that the beam holds at its end: the second best often keeps what the best has lost, and costs nothing.
WIDE_SEARCH = replace(CAREFUL_SEARCH, hypotheses=CAREFUL_SEARCH.beam_size)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """The tokens found for one sentence, without `</s>`.

    attention: shape (tokens, source tokens with `</s>`); score: mean log-probability of a token; others: the next best;
    log_probs: shape (tokens,), of each token, or None.
    """

    tokens: Sequence[str]
    attention: numpy.ndarray
    score: float
    others: tuple[Hypothesis, ...] = ()
    log_probs: numpy.ndarray | None = None


NOTHING = Hypothesis((), numpy.zeros((0, 0), numpy.float32), 0.0)


Batch = Sequence[Sequence[str]]  # the source tokens of some sentences, without `</s>`


class Decoder(Protocol):
    """A model that decodes batches of token sequences. Safe to call from several threads at once."""

    workers: int

    def decode(self, batches: Sequence[Batch], searches: Sequence[Search]) -> list[list[Hypothesis]]:
        """Decode each batch of source tokens (without `</s>`) by its search; batches may run side by side."""
        ...


@dataclass(frozen=True, slots=True)
class _Part:
    """`encoding` is that of `segment[start:end]`, which has no white space around it, without its foreign runs."""

    segment: int
    start: int
    end: int
    encoding: Encoding
    runs: tuple[Span, ...] = ()


class MarianEngine:
    """A TranslationEngine over any Marian decoder."""

    def __init__(
        self,
        tokenizer: MarianTokenizer,
        decoder: Decoder,
        split_long: Callable[[str, int], list[Span]],
        search: Search | None = None,
        max_pieces: int = MAX_PIECES,
        confidence: Confidence | None = None,
    ) -> None:
        """split_long(text, limit) cuts a text at clause boundaries into spans of at most `limit` code points."""
        self._tokenizer = tokenizer
        self._decoder = decoder
        self._split_long = split_long
        self._search = search or Search()
        self._max_pieces = max_pieces
        self._confidence = confidence

    @property
    def is_measured(self) -> bool:
        return self._confidence is not None

    def translate(self, segments: Sequence[str], manner: Manners = "plain") -> list[Translation]:
        """Translate each segment as one unit, in order; white space around it stays as it is."""
        manners = manners_of(segments, manner)
        parts = self._parts(segments, [self._most(manner) for manner in manners])
        searches = [self._search if manners[part.segment] == "plain" else WIDE_SEARCH for part in parts]
        hypotheses = self._decode([part.encoding.tokens for part in parts], searches)
        stretches: list[list[Stretch]] = [[] for _ in segments]
        for part, hypothesis in zip(parts, hypotheses, strict=True):
            translation = self._translation(segments[part.segment], part, hypothesis)
            stretches[part.segment].append(Stretch(part.start, part.end, len(part.encoding.tokens), translation))
        joined = map(join, segments, stretches)
        if self._confidence is None:
            return list(joined)
        return [self._confidence.judge(one, manner) for one, manner in zip(joined, manners, strict=True)]

    def _most(self, manner: Manner) -> int:
        """How many pieces are decoded at once."""
        return min(CLAUSE_PIECES, self._max_pieces) if manner == "careful" else self._max_pieces

    def _parts(self, segments: Sequence[str], most: Sequence[int]) -> list[_Part]:
        trimmed = [_trim(segment, 0, len(segment)) for segment in segments]
        filled = [index for index, (start, end) in enumerate(trimmed) if start < end]
        encodings = encode_meant([segments[index][slice(*trimmed[index])] for index in filled], self._tokenizer)
        parts: list[_Part] = []
        for index, encoding in zip(filled, encodings, strict=True):
            start, end = trimmed[index]
            parts += self._split(index, segments[index], start, end, encoding, most[index])
        return parts

    def _split(self, index: int, segment: str, start: int, end: int, encoding: Encoding, most: int) -> list[_Part]:
        """Cut what has more than `most` pieces at clause boundaries, again and again; at last inside a word."""
        if len(encoding.tokens) <= most:
            return [_Part(index, start, end, *encode_readable(segment[start:end], encoding, self._tokenizer))]
        limit = max(1, (end - start) * most // len(encoding.tokens))
        spans = self._split_long(segment[start:end], limit)
        if len(spans) < 2:
            spans = _cuts(segment[start:end], encoding, most)
        trimmed = [_trim(segment, start + first, start + last) for first, last in spans]
        filled = [(first, last) for first, last in trimmed if first < last]
        encodings = encode_meant([segment[first:last] for first, last in filled], self._tokenizer)
        parts: list[_Part] = []
        for (first, last), own in zip(filled, encodings, strict=True):
            parts += self._split(index, segment, first, last, own, most)
        return parts

    def _decode(self, sources: Sequence[Sequence[str]], searches: Sequence[Search]) -> list[Hypothesis]:
        order: list[tuple[list[int], Search]] = []
        for search in dict.fromkeys(searches):
            # A sentence of emoji leaves nothing to decode.
            alike = [i for i, source in enumerate(sources) if source and searches[i] == search]
            grouped = batches([len(sources[i]) for i in alike], self._decoder.workers)
            order += [([alike[i] for i in batch], search) for batch in grouped]
        found = self._decode_in(order, sources)
        doubtful = [i for i, hypothesis in found.items() if runs_wild(sources[i], hypothesis.tokens)]
        # One by one: a batch may decode as long as its longest sentence needs, and a beam makes use of that.
        found |= self._decode_in([([i], CAREFUL_SEARCH) for i in doubtful], sources)
        return [found.get(i, NOTHING) for i in range(len(sources))]

    def _decode_in(
        self, batched: Sequence[tuple[Sequence[int], Search]], sources: Sequence[Sequence[str]]
    ) -> dict[int, Hypothesis]:
        order = [batch for batch, _ in batched]
        results = self._decoder.decode([[sources[i] for i in batch] for batch in order], [one for _, one in batched])
        return {i: h for batch, found in zip(order, results, strict=True) for i, h in zip(batch, found, strict=True)}

    def _translation(self, segment: str, part: _Part, hypothesis: Hypothesis) -> Translation:
        source = segment[part.start : part.end]
        target, links = assemble(
            source, part.encoding, hypothesis.tokens, hypothesis.attention, self._tokenizer, hypothesis.log_probs
        )
        found = Translation(source, *put_back(source, target, links, part.runs), hypothesis.score)
        others = hypothesis.others
        if not others:
            return found
        return replace(found, others=Later(len(others), lambda at: self._translation(segment, part, others[at])))


def _trim(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends."""
    stripped = text[start:end].lstrip()
    start = end - len(stripped)
    return start, start + len(stripped.rstrip())


def _cuts(text: str, encoding: Encoding, limit: int) -> list[Span]:
    """Cut a text of more than `limit` pieces before the last word that fits, or anywhere in an endless one."""
    limit -= 1  # a cut inside a word may cost one piece more: the mark of a word's beginning
    cuts, first = [0], 0
    while len(encoding.spans) - first > limit:
        candidates = range(first + limit, first, -1)
        words = (index for index in candidates if text[encoding.spans[index][0] :][:1].isspace())
        first = next(words, first + limit)
        cuts.append(max(encoding.spans[first][0], cuts[-1]))
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def batches(lengths: Sequence[int], workers: int) -> list[list[int]]:
    """Group sentences of like length, longest first: indices into `lengths`, at least one batch a worker if possible.

    Sorting by length wastes the least padding (up to 1.6 times faster than the natural order, docs/speed.md). A batch
    ends where its tokens come nearest to a worker's share, so that nobody waits for the worker with the long sentences.
    """
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    share = max(1, -(-sum(lengths) // max(1, workers)))
    budget = min(MAX_BATCH_TOKENS, share)
    grouped: list[list[int]] = []
    tokens = last = 0
    for i in order:
        place = (2 * tokens + lengths[i]) // (2 * budget)  # of the sentence's middle
        if not grouped or place > last or len(grouped[-1]) == MAX_BATCH_SENTENCES:
            grouped.append([])
        grouped[-1].append(i)
        tokens, last = tokens + lengths[i], place
    return grouped


def runs_wild(source: Sequence[str], target: Sequence[str]) -> bool:
    """Whether the decoder lost itself: nothing, far too much, or a loop that the source does not have."""
    if not target or len(target) >= Search().max_length(len(source)):
        return True
    return _loops(target) and not _loops(source)


def _loops(tokens: Sequence[str]) -> bool:
    grams = Counter(tuple(tokens[i : i + LOOP_NGRAM]) for i in range(len(tokens) - LOOP_NGRAM + 1))
    return any(count >= LOOP_REPEATS for count in grams.values())
