"""From target tokens and their attention to English text and links between the two strings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy

from service.translation.marian_tokenizer import Encoding, MarianTokenizer, Span
from service.translation.model import Link


def assemble(
    source: str,
    encoding: Encoding,
    tokens: Sequence[str],
    attention: numpy.ndarray,
    tokenizer: MarianTokenizer,
    log_probs: numpy.ndarray | None = None,
) -> tuple[str, tuple[Link, ...]]:
    """Decode `tokens` and link each stretch of English to the stretch of `source` that it looks most at.

    attention: shape (target tokens, source tokens or more); what lies past the source tokens (`</s>`) is no place in
    the text and is left out. log_probs: shape (target tokens,). A token that has no text of its own is replaced by the
    source that it looks at.
    """
    if not tokens:
        return "", ()
    starts, spans = _visible_stretches(source, encoding.spans)
    if not spans:
        return tokenizer.decode(tokens).text, ()
    mass = numpy.add.reduceat(attention[:, : len(encoding.spans)], starts, axis=1)  # (target tokens, source stretches)
    surfaces = [source[slice(*spans[best])] for best in mass.argmax(axis=1).tolist()]
    decoding = tokenizer.decode(tokens, surfaces)
    lengths = numpy.diff(decoding.starts)
    mass = numpy.add.reduceat(mass, decoding.starts[:-1], axis=0) / lengths[:, None]
    best = mass.argmax(axis=1)
    weights = mass[numpy.arange(len(best)), best].clip(0.0, 1.0)
    known = (
        [None] * len(best) if log_probs is None else numpy.minimum.reduceat(log_probs, decoding.starts[:-1]).tolist()
    )
    return decoding.text, tuple(
        Link(*spans[place], *span, weight, log_prob)
        for place, span, weight, log_prob in zip(best.tolist(), decoding.spans, weights.tolist(), known, strict=True)
        if span[0] < span[1]
    )


@lru_cache(maxsize=64)  # a search finds several translations of one text
def _visible_stretches(text: str, spans: tuple[Span, ...]) -> tuple[list[int], list[Span]]:
    """Group the pieces that make visible text together: first piece of each group, and its span without white space.

    sentencepiece gives the span of a character to the last piece that it became (its last byte, the end of a ligature);
    the empty ones before it, and a lone space, join the piece after them.
    """
    starts: list[int] = []
    visible: list[Span] = []
    first = 0
    for index, (start, end) in enumerate(spans):
        piece = text[start:end]
        if piece.strip():
            starts.append(first)
            visible.append((end - len(piece.lstrip()), start + len(piece.rstrip())))
            first = index + 1
    return starts, visible
