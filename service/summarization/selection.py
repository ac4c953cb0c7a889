"""Selects sentences one after another, each with what it needs, so that together they say much and nothing twice."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

import numpy as np

from service.summarization.budget import Budget
from service.summarization.candidates import Candidates
from service.summarization.model import Role
from service.summarization.terms import TermMatrix

Cost = tuple[int, int, int]  # sentences, words, characters

NEAR_DUPLICATE = 0.8  # cosine; the repeated lead of seed 001 has 1.0, neighbours in one report stay below 0.6


def select(
    candidates: Candidates,
    matrix: TermMatrix,
    scores: np.ndarray,
    budget: Budget,
    redundancy: float,
    too_alike: float = NEAR_DUPLICATE,
) -> dict[int, Role]:
    """The roles of the taken sentences by index: tier by tier, each bundle by what its sentences add on average.

    A sentence whose cosine with a taken one reaches `too_alike` says the same again and is never taken. A later tier
    fills up to a number of sentences that was asked for, never up to a number of words or characters.
    """
    likeness = np.zeros(len(scores))
    roles: dict[int, Role] = {}
    costs = [budget.cost(sentence.text) for sentence in candidates.sentences]
    for bundles in _tiers(candidates):
        if roles and budget.sentences is None:
            break
        while True:
            gains = (scores - redundancy * likeness).tolist()
            open_bundles = _without(bundles, roles, likeness >= too_alike)
            best = _best(open_bundles, gains, costs, _left(budget, costs, roles))
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


def _left(budget: Budget, costs: Sequence[Cost], taken: Iterable[int]) -> list[float]:
    """What the taken sentences leave of each limit of the budget."""
    spent = [sum(costs[index][kind] for index in taken) for kind in range(len(budget.limits))]
    return [limit - cost for limit, cost in zip(budget.limits, spent, strict=True)]


def _best(
    open_bundles: Iterable[tuple[int, list[int]]], gains: list[float], costs: Sequence[Cost], left: Sequence[float]
) -> int | None:
    """The sentence whose bundle gains most on average; None when nothing fits into what is left."""
    if left[0] < 1:
        return None
    fitting = (
        (index, missing)
        for index, missing in open_bundles
        if all(sum(costs[member][kind] for member in missing) <= room for kind, room in enumerate(left))
    )
    best = max(fitting, key=lambda bundle: sum(gains[member] for member in bundle[1]) / len(bundle[1]), default=None)
    return None if best is None else best[0]
