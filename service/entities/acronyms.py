"""Ties the forms of an organisation's name: acronym and long form, with and without legal form, a club's short name."""

from __future__ import annotations

import collections
import re
from collections.abc import Sequence

from service.article.model import Article
from service.entities.gazetteer import Gazetteer
from service.entities.nodes import Chains, Node
from service.entities.spelling import plain, stem, word_set

ACRONYM = re.compile(r"[A-ZÄÖÜ][A-Za-zÄÖÜäöü0-9.&]{0,3}[A-ZÄÖÜ0-9][A-Za-z0-9.]{0,3}s?$|[A-Z]{2,7}$")
LEGAL_FORM = re.compile(
    r" (?:AG|SE|GmbH|KG|KGaA|e\. ?V\.|eV|Inc\.?|Corp\.?|Corporation|Ltd\.?|plc|PLC|Group|Gruppe|Holding|Konzern|S\.A\."
    r"|SA|N\.V\.|NV|& Co\.?(?: KG)?|-Konzern|-Gruppe)$"
)
CLUB_YEAR = re.compile(r"0[1-9]|[1-9]\d|18\d\d|19\d\d")
CLUB_WORDS = word_set(
    "fc sc sv vfb vfl tsv tsg fsv fk ac as ssc ssv hsv spvgg msv rb rw bv sg ev borussia eintracht bayer hertha "
    "werder fortuna arminia union dynamo dinamo hansa real atletico manchester juventus inter lazio sporting "
    "benfica galatasaray energie alemannia wacker rapid austria sturm bayern schalke holstein lokomotive lok "
    "spartak zska roter"
)
GENERIC = word_set(
    "bayer union bank partei bund kommission rat parlament institut universitaet hochschule ministerium verband verein "
    "gesellschaft gericht amt behoerde agentur organisation polizei staatsanwaltschaft gewerkschaft kirche "
    "stiftung zentrum deutsche deutscher deutsches europaeische europaeischer nationale internationale vereinte "
    "staatliche freie neue grosse die der das real fc sc sv club national international american british "
    "university party group liga zeitung nachrichten"
)


def join_organisations(article: Article, nodes: list[Node], names: Gazetteer, chains: Chains) -> None:
    _join_bracketed(article, nodes, chains)
    _join_legal_forms(nodes, chains)
    _join_initials(nodes, names, chains)
    _join_half_spelled(nodes, chains)
    _join_short_names(nodes, chains)


def _join_bracketed(article: Article, nodes: list[Node], chains: Chains) -> None:
    """ "Weltgesundheitsorganisation (WHO)": two organisations, or two names of one thing, the second in brackets."""
    ends = {mention.end: node for node in nodes for mention in node.mentions}
    for node in nodes:
        for mention in node.mentions:
            opening = article.text[max(0, mention.start - 3) : mention.start]
            if not opening.endswith("(") or article.text[mention.end : mention.end + 1] not in (")", ",", ";"):
                continue
            before = mention.start - 1
            while before > 0 and article.text[before - 1] in ' \xa0“”"»«’':
                before -= 1
            other = ends.get(before)
            if (
                other is not None
                and other.type == node.type
                and other is not node
                and stands_for(node.text, other.text)
            ):
                chains.join(other, node, f"“{node.text}” stands in brackets after “{other.text}”")


def stands_for(acronym: str, name: str) -> bool:
    """True when the acronym's letters occur in the name in order, the first one at its beginning."""
    if not ACRONYM.match(acronym):
        return False
    letters = plain(re.sub(r"[^A-Za-zÄÖÜäöü]", "", acronym)).replace(" ", "")
    rest = plain(name)
    if not letters or rest[:1] != letters[0]:
        return False
    for letter in letters:
        at = rest.find(letter)
        if at < 0:
            return False
        rest = rest[at + 1 :]
    return True


def _join_legal_forms(nodes: list[Node], chains: Chains) -> None:
    by_key = {node.key: node for node in nodes if node.type == "ORG"}
    for node in by_key.values():
        bare = LEGAL_FORM.sub("", node.text)
        other = by_key.get(stem(bare))
        if bare != node.text and other is not None:
            chains.join(node, other, f"“{other.text}” is “{node.text}” without its legal form")


def _join_initials(nodes: list[Node], names: Gazetteer, chains: Chains) -> None:
    """An acronym that is spelled by the capital letters of exactly one longer name; two letters only if unknown."""
    spelled: dict[str, list[Node]] = collections.defaultdict(list)
    for node in nodes:
        initials = _initials(re.split(r"[ \-]", node.text))
        if node.type in ("ORG", "MISC") and len(initials) >= 2 and " " in node.text:
            spelled[initials.lower()].append(node)
    for node in nodes:
        if node.type in ("ORG", "MISC") and node.text.isupper():
            if len(node.text) == 2 and names.find(node.text, node.type):
                continue
            found = [other for other in spelled.get(node.text.lower(), []) if other.type == node.type]
            if len(found) == 1 and found[0] is not node:
                chains.join(found[0], node, f"“{node.text}” is made of the initials of “{found[0].text}”")


def _initials(words: Sequence[str]) -> str:
    """The capitals that begin the words; a word that is an acronym gives all its letters: "Hamburger SV" is HSV."""
    return "".join(word if word.isupper() else word[0] for word in words if word[:1].isupper())


def _join_half_spelled(nodes: list[Node], chains: Chains) -> None:
    """ "TU München" and "Technische Universität München": the same end, and the acronym of the beginning."""
    spelled: dict[str, Node] = {}
    for node in nodes:
        words = node.text.split()
        if node.type == "ORG" and len(words) >= 3:
            for end in range(2, len(words)):
                spelled.setdefault(f"{_initials(words[:end])} {' '.join(words[end:])}", node)
    for node in nodes:
        longer = spelled.get(node.text) if node.type == "ORG" else None
        if longer is not None and longer is not node:
            chains.join(longer, node, f"“{node.text}” is short for “{longer.text}”")


def _join_short_names(nodes: list[Node], chains: Chains) -> None:
    """Part of exactly one longer organisation: its last word, any name word of a club, what stands before a town."""
    towns = {stem(node.text) for node in nodes if node.type == "LOC"}
    owners: dict[str, list[Node]] = collections.defaultdict(list)
    for node in nodes:
        if node.type != "ORG":
            continue
        for words in _short_forms(LEGAL_FORM.sub("", node.text), towns):
            owners[stem(words)].append(node)
    for node in nodes:
        if node.type != "ORG" or plain(node.text) in GENERIC:
            continue
        found = {id(chains.root(other)): other for other in owners.get(node.key, []) if other is not node}
        if len(found) == 1:
            longer = next(iter(found.values()))
            chains.join(longer, node, f"“{node.text}” is short for “{longer.text}”")


def _short_forms(name: str, towns: set[str]) -> set[str]:
    words = name.split()
    if len(words) < 2:
        return set()
    if any(word.lower().replace(".", "") in CLUB_WORDS or CLUB_YEAR.fullmatch(word) for word in words):
        parts = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
        return {part for part in parts - {name} if plain(part) not in GENERIC and not re.fullmatch(r"[\d.]+", part)}
    if len(words) == 2 and stem(words[1]) in towns and plain(words[0]) not in GENERIC:
        return {words[0]}
    adjectives = all(re.match(r".{3,}(?:e|er|es|en)$", word) for word in words[:-1])
    return {words[-1]} if adjectives else set()
