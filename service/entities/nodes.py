"""Mentions written alike, and how they are joined into chains with a reason for every join."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from service.entities.model import EntityType, Mention


@dataclass
class Node:
    """All mentions of one type that are written alike, up to inflection."""

    type: EntityType
    key: str
    mentions: list[Mention] = field(default_factory=list)
    base: str = ""  # the writing without a genitive ending, once it is known

    @property
    def text(self) -> str:
        return self.base or self.mentions[0].text


class Chains:
    """Union-find over nodes that remembers why two of them were joined."""

    def __init__(self) -> None:
        self._parent: dict[int, Node] = {}
        self.why: dict[int, list[str]] = collections.defaultdict(list)

    def root(self, node: Node) -> Node:
        while (parent := self._parent.get(id(node))) is not None:
            node = parent
        return node

    def join(self, first: Node, second: Node, why: str) -> None:
        kept, dropped = self.root(first), self.root(second)
        if kept is dropped:
            return
        self._parent[id(dropped)] = kept
        self.why[id(kept)] += [*self.why.pop(id(dropped), []), why]

    def note(self, node: Node, why: str) -> None:
        """A reason that joins no two nodes: an inflected writing, an occurrence found later."""
        self.why[id(self.root(node))].append(why)


def nodes_of(mentions: Iterable[Mention], key: Callable[[str], str]) -> list[Node]:
    """Mentions grouped by type and key, in order of first mention."""
    nodes: dict[tuple[str, str], Node] = {}
    for mention in mentions:
        spot = (mention.type, key(mention.text))
        node = nodes.get(spot)
        if node is None:
            node = nodes[spot] = Node(mention.type, spot[1])  # type: ignore[arg-type]
        node.mentions.append(mention)
    return list(nodes.values())
