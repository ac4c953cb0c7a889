"""A sequence whose members are made when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

Member = TypeVar("Member", covariant=True)


class Later(Sequence[Member]):
    """`count` members, each from `make(its index)`, once; what they are made of is let go when all are made."""

    def __init__(self, count: int, make: Callable[[int], Member]) -> None:
        self._count = count
        self._make: Callable[[int], Member] | None = make
        self._made: dict[int, Member] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Member: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Member]: ...
    def __getitem__(self, index: int | slice) -> Member | Sequence[Member]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(self._count))]
        at = range(self._count)[index]
        make = self._make
        if at not in self._made and make is not None:
            self._made[at] = make(at)
            if len(self._made) == self._count:
                self._make = None
        return self._made[at]

    def __iter__(self) -> Iterator[Member]:
        return (self[at] for at in range(self._count))
