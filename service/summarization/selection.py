"""Selects sentences one after another, each with what it needs, so that together they say much and nothing twice."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

import numpy as np

from service.summarization.candidates import Candidates
from service.summarization.model import Role
from service.summarization.terms import TermMatrix

NEAR_DUPLICATE = 0.8  # cosine; the repeated lead of seed 001 has 1.0, neighbours in one report stay below 0.6


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
