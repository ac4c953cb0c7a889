"""Chains places, organisations and other names: inflection, known forms, transcriptions, short forms."""

from __future__ import annotations

import collections
import re

from service.article.model import Article
from service.entities import acronyms
from service.entities.gazetteer import Gazetteer
from service.entities.model import Mention
from service.entities.nodes import Chains, Node, genitive_base, nodes_of
from service.entities.spelling import fold, stem

LEADING_ARTICLE = re.compile(r"^(?:der|die|das|den|dem|des) (?=[A-ZÄÖÜ])", re.IGNORECASE)


def chain_others(article: Article, mentions: list[Mention], names: Gazetteer, chains: Chains) -> list[Node]:
    nodes = nodes_of(mentions, lambda text: stem(LEADING_ARTICLE.sub("", text)))
    for node in nodes:
        node.base = _nominative(article, node, names)
    _join_known(nodes, names, chains)
    _join_english(nodes, names, chains)
    _join_transcriptions(nodes, chains)
    acronyms.join_organisations(article, nodes, names, chains)
    _join_shortened_places(nodes, chains)
    return nodes


def _nominative(article: Article, node: Node, names: Gazetteer) -> str:
    """The listed form; else the most frequent writing, the shortest of equals: "Alpenverein", not "Alpenvereins"."""
    counts = collections.Counter(mention.text for mention in node.mentions)
    for text in counts:
        if (found := names.find(text, node.type)) is not None:
            return found[0]
    if node.type == "LOC" and len(counts) == 1 and (base := genitive_base(article, node.mentions)):
        return base
    return min(counts, key=lambda text: (-counts[text], len(text)))


def _join_known(nodes: list[Node], names: Gazetteer, chains: Chains) -> None:
    first: dict[tuple[str, int], Node] = {}
    for node in nodes:
        found = names.find(node.text, node.type)
        if found is None:
            continue
        other = first.setdefault((node.type, id(found[1])), node)
        if other is not node:
            chains.join(other, node, f"“{node.text}” and “{other.text}” are known forms of one name")


def _join_english(nodes: list[Node], names: Gazetteer, chains: Chains) -> None:
    """ "Pyongyang" beside "Pjöngjang": a writing that is listed as the English of another name of the article."""
    english: dict[tuple[str, str], Node] = {}
    unknown = []
    for node in nodes:
        found = names.find(node.text, node.type)
        if found is None:
            unknown.append(node)
            continue
        for form in found[1].english:
            english.setdefault((node.type, form), node)
    for node in unknown:
        other = english.get((node.type, node.text))
        if other is not None:
            chains.join(other, node, f"“{node.text}” is “{other.text}” in English")


def _join_transcriptions(nodes: list[Node], chains: Chains) -> None:
    """Places in two transcriptions (Tschernobyl, Chernobyl); a short name has too many neighbours."""
    first: dict[str, Node] = {}
    for node in nodes:
        key = " ".join(fold(word) for word in node.text.split())
        if node.type != "LOC" or len(key) < 6:
            continue
        other = first.setdefault(key, node)
        if other is not node:
            chains.join(other, node, f"“{node.text}” is another writing of “{other.text}”")


def _join_shortened_places(nodes: list[Node], chains: Chains) -> None:
    """ "Frankfurt" is "Frankfurt am Main" when the article has no other Frankfurt."""
    longer: dict[str, list[Node]] = collections.defaultdict(list)
    for node in nodes:
        if node.type == "LOC" and re.search(r" (?:am|an der|im|in|ob der|bei|\()", node.text):
            longer[stem(node.text.split()[0])].append(node)
    for node in nodes:
        found = longer.get(node.key, []) if node.type == "LOC" else []
        if len(found) == 1 and found[0] is not node:
            chains.join(found[0], node, f"“{node.text}” is short for “{found[0].text}”")
