"""Shortens a sentence to a limit without making it say something else, or refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from service.summarization.graphemes import graphemes
from service.summarization.shortening_lexicon import (
    COMPLEMENTS,
    DANGLING_ENDS,
    HEDGES,
    NEGATIONS,
    NUMBER_WORDS,
    SCALES,
    SOURCES,
    VERB_LAST,
    Language,
)
from service.summarization.wording import QUOTATION, WORD

Cut = Literal["clause", "word"]

OMISSION = " …"
LONGEST_GRAPHEME = 10  # code points; a family of four emoji has 7
SHORTEST_SHARE = 0.5  # of the limit; less would rather announce than inform
ADJECTIVE = re.compile(r"^[a-zäöü]\w+(?:e|en|er|es|em)$")
GAP = re.compile(r"\s+")
CLAUSE_END = re.compile(r"[,;:–—]$")
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
FIGURE = re.compile(r"\d|^(?:[A-ZÄÖÜ]\.?|Dr\.|Prof\.|Mr\.|Ms\.|Mrs\.)$")


def shorten(
    text: str, limit: int, language: Language, cut_after: Cut, protected: Sequence[tuple[int, int]] = ()
) -> str | None:
    """The longest faithful beginning of a sentence in at most `limit` graphemes, with an ellipsis; None without one.

    Never cut: a word, a number and its unit, a quotation, a bracket, and the spans in `protected` (names; code points
    in `text`). Never lost: a negation, a hedge, the only word that says whose words these are, and what was said.
    """
    if graphemes(text) <= limit:
        return text
    whole = [*protected, *(match.span() for pattern in (QUOTATION, BRACKETED) for match in pattern.finditer(text))]
    for cut in reversed(list(_cuts(text, limit))):
        if not CLAUSE_END.search(text[:cut]) and (cut_after == "clause" or _loses_verb_or_noun(text, cut, language)):
            continue
        if _faithful(text, cut, language, whole):
            return _ended(text[:cut])
    return None


def _cuts(text: str, limit: int) -> Iterator[int]:
    """Ends of words whose beginnings of the text fit the limit and are worth printing, in order."""
    for gap in GAP.finditer(text, 0, limit * LONGEST_GRAPHEME):
        length = graphemes(_ended(text[: gap.start()]))
        if length > limit:
            return
        if length >= SHORTEST_SHARE * limit:
            yield gap.start()


def _ended(beginning: str) -> str:
    return beginning.rstrip(" ,;:–—-") + OMISSION


def _faithful(text: str, cut: int, language: Language, whole: Sequence[tuple[int, int]]) -> bool:
    if any(start < cut < end for start, end in whole) or _inside_open_quote(text[:cut]):
        return False
    kept, lost = text[:cut].split(), text[cut:].split(maxsplit=1)
    return (
        not _splits_number(kept[-1], lost[0], language)
        and (CLAUSE_END.search(kept[-1]) is not None or _word(kept[-1]) not in DANGLING_ENDS[language])
        and _word(lost[0]) not in COMPLEMENTS[language]
        and _word(kept[-1]) not in SOURCES[language]
        and not _loses_meaning(text[:cut], text[cut:], language)
    )


def _loses_verb_or_noun(text: str, cut: int, language: Language) -> bool:
    if language != "de":
        return False
    clause = re.split(r"[,;:–—]\s+", text[:cut])
    last, following = clause[-1].split(), text[cut:].split(maxsplit=1)[0]
    subordinate = len(clause) > 1 and bool(last) and last[0].lower() in VERB_LAST
    return subordinate or bool(ADJECTIVE.match(last[-1]) and (following[0].isupper() or ADJECTIVE.match(following)))


def _inside_open_quote(beginning: str) -> bool:
    rest = QUOTATION.sub(" ", beginning)
    return re.search(r"[„»“”«\"‚›]", rest) is not None


def _splits_number(before: str, after: str, language: Language) -> bool:
    if CLAUSE_END.search(before):
        return False
    scales, numbers = SCALES[language], NUMBER_WORDS[language]
    return bool(FIGURE.search(before)) or before in scales or after in scales or before.lower() in numbers


def _loses_meaning(kept: str, lost: str, language: Language) -> bool:
    kept_words, lost_words = _words(kept), _words(lost)
    if lost_words & (NEGATIONS[language] | HEDGES[language]) or "n't" in lost or "n’t" in lost:
        return True
    return bool(lost_words & SOURCES[language]) and not kept_words & SOURCES[language]


def _words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


def _word(token: str) -> str:
    return token.strip(".,;:!?–—-()[]„“”»«\"'").lower()
