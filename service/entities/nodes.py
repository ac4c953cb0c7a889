"""Mentions written alike, and how they are joined into chains with a reason for every join."""

from __future__ import annotations

import collections
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from service.article.model import Article
from service.entities.model import EntityType, Mention
from service.entities.spelling import without_genitive


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


BEFORE_NOUN = re.compile(r" [A-ZÄÖÜ][a-zäöüß]")
ARTICLE = re.compile(r"(?:^|\s)(?:der|die|das|den|dem|des|ein|eine|einen|einem|eines)\s$", re.IGNORECASE)


def genitive_base(article: Article, mentions: Sequence[Mention]) -> str | None:
    """The name without its genitive -s, when every mention stands as a genitive does: no article, then its noun.

    "Sudans Trainer", "Johnsons Berater"; but "Hans sagte", "die Emirates Airline".
    """
    base = without_genitive(mentions[0].text)
    if base is None or len(base) < 4:
        return None
    for mention in mentions:
        after, before = (
            article.text[mention.end : mention.end + 40],
            article.text[max(0, mention.start - 8) : mention.start],
        )
        if not BEFORE_NOUN.match(after) or ARTICLE.search(before):
            return None
    return base


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
