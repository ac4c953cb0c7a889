"""Marks names in a sentence as HTML: escaped by construction, never nested, the longest span first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Language = Literal["de", "en"]
MARK = Markup('<mark class="entity entity-%s" data-entity="%s" lang="%s">%s</mark>')  # escapes what is put in


@dataclass(frozen=True, slots=True)
class Highlight:
    """A name at `text[start:end]`, code points."""

    start: int
    end: int
    entity: str
    type: str


def highlight(text: str, highlights: Iterable[Highlight], language: Language) -> Markup:
    """The text with a <mark> around each name; what is not our own markup is escaped."""
    html = Markup("")
    position = 0
    for span in without_overlaps(highlights):
        html += text[position : span.start]
        name = text[span.start : span.end]
        html += MARK % (span.type.lower(), span.entity, language, name)
        position = span.end
    return html + text[position:]


def without_overlaps(highlights: Iterable[Highlight]) -> list[Highlight]:
    """Keep the longest where spans overlap, the earlier of two as long; in order of place."""
    kept: list[Highlight] = []
    for span in sorted(highlights, key=lambda span: (span.start - span.end, span.start)):
        if span.start < span.end and all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
