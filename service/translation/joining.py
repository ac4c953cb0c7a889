"""Puts the translated stretches of a segment together again: white space, links, and one sentence that reads as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.entities.spelling import word_set
from service.translation.later import Later
from service.translation.model import Link, Translation

# A stretch that ends like this in German may end its sentence in English too.
ENDS_A_SENTENCE = re.compile(r"[.!?:;…“”\"«»]$")
FULL_STOP = re.compile(r"(?<!\.\w)\.$")
FIRST_WORD = re.compile(r"[A-Z]\w*")
# What the model begins a stretch with as if it were a sentence; a name keeps its capital.
OPENERS = word_set(
    "the a an it he she they we you this that these those in on at of for to from with by as and or but if when while "
    "where which who what there is are was were has have had not no his her its their our after before because since "
    "so than then according both however also even until during under over about into between against"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The translation of `segment[start:end]`, which has no white space around it; `pieces` is its length."""

    start: int
    end: int
    pieces: int
    translation: Translation


def join(segment: str, stretches: Sequence[Stretch]) -> Translation:
    """The best translation of each stretch together, and as its `others` the second best of each, and so on."""
    most = max((len(stretch.translation.others) for stretch in stretches), default=0)
    best = _join_rank(segment, stretches, 0)
    return replace(best, others=Later(most, lambda at: _join_rank(segment, stretches, at + 1))) if most else best


def _join_rank(segment: str, stretches: Sequence[Stretch], rank: int) -> Translation:
    """The stretches of one rank between the segment's own white space, one space from each other."""
    if not stretches:
        return Translation(segment, segment, (), 0.0)
    target = segment[: stretches[0].start]
    links: list[Link] = []
    score = 0.0
    for number, stretch in enumerate(stretches):
        ranked = _ranked(stretch.translation, rank)
        score += stretch.pieces * ranked.score
        goes_on = number > 0 and not ENDS_A_SENTENCE.search(stretches[number - 1].translation.source)
        fitted = _fitted(ranked, goes_on, number == len(stretches) - 1)
        target += " " if number else ""
        links += [link.moved(stretch.start, len(target)) for link in fitted.links]
        target += fitted.target
    target += segment[stretches[-1].end :]
    pieces = sum(stretch.pieces for stretch in stretches)
    return Translation(segment, target, tuple(links), score / max(1, pieces), parts=len(stretches))


def _ranked(translation: Translation, rank: int) -> Translation:
    """The best for rank 0, then its others; the last of them where there are fewer."""
    last = min(rank, len(translation.others))
    return translation.others[last - 1] if last else translation


def _fitted(translation: Translation, goes_on: bool, last: bool) -> Translation:
    """Without the capital and the full stop that belong to a sentence and not to a stretch in its midst.

    `goes_on`: the stretch before does not end a sentence. A German noun has its capital everywhere.
    """
    german, target = translation.source, translation.target
    opener = FIRST_WORD.match(target)
    if goes_on and opener and opener.group().lower() in OPENERS:
        target = target[0].lower() + target[1:]
    if not last and not ENDS_A_SENTENCE.search(german) and FULL_STOP.search(target):
        target = target[:-1] + ("," if german.endswith(",") else "")
    links = tuple(
        link if link.target_end <= len(target) else replace(link, target_end=len(target))
        for link in translation.links
        if link.target_start < len(target)
    )
    return replace(translation, target=target, links=links)
