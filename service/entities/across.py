"""Merges the names of several articles: Beloussow here and Belousov there are one person, two Müllers stay two.

Full names are chained as if one article had listed them. A bare surname says little away from its article: it joins
the only person who bears it, and only between articles that have more names in common.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from service.article.model import Article, Block
from service.entities import gazetteer, persons
from service.entities.model import Entity, Mention
from service.entities.name_chains import chain_others
from service.entities.nodes import Chains, Node
from service.entities.person_chains import chain_people
from service.entities.spelling import fold, without_genitive

FEWEST_IN_COMMON = 2  # names besides the one in question ...
LEAST_IN_COMMON = 0.5  # ... that are this share of the names of the article with fewer: two reports of one event
INITIAL = re.compile(r"[^\W\d_]\.?$")


def merge(articles: Sequence[Sequence[Entity]]) -> tuple[tuple[Entity, ...], ...]:
    """The entities of each article under ids that all articles share, "e1" being the first name of the first.

    An entity keeps the mentions of its own article; its forms, its English and its reasons are those of all.
    """
    bearers = [_Bearer(at, entity) for at, entities in enumerate(articles) for entity in entities]
    groups = _by_full_name([bearer for bearer in bearers if not bearer.is_bare])
    groups = _with_bare_surnames(groups, [bearer for bearer in bearers if bearer.is_bare])
    shared: list[list[Entity]] = [[] for _ in articles]
    groups.sort(key=lambda group: min((bearer.article, bearer.first) for bearer in group.bearers))
    for number, group in enumerate(groups, 1):
        for article, entity in _renamed(group, f"e{number}"):
            shared[article].append(entity)
    return tuple(tuple(sorted(entities, key=lambda entity: entity.mentions[0].start)) for entities in shared)


@dataclass(frozen=True, slots=True)
class _Bearer:
    """An entity in its article."""

    article: int
    entity: Entity

    @property
    def first(self) -> int:
        return self.entity.mentions[0].start

    @property
    def is_bare(self) -> bool:
        """A person without a given name, or with no more of it than an initial."""
        given = persons.parse(self.entity.canonical_de).given
        return self.entity.type == "PER" and all(INITIAL.match(name) for name in given)

    @property
    def forms(self) -> tuple[str, ...]:
        forms = (self.entity.canonical_de, *self.entity.variants)
        return tuple(form for form in forms if self.entity.type != "PER" or self.is_bare or persons.parse(form).is_full)


@dataclass
class _Group:
    """What is one name in all articles, and why."""

    bearers: list[_Bearer]
    why: list[str] = field(default_factory=list)

    @property
    def articles(self) -> set[int]:
        return {bearer.article for bearer in self.bearers}

    @property
    def is_person(self) -> bool:
        return self.bearers[0].entity.type == "PER"

    @property
    def surnames(self) -> set[str]:
        return {persons.parse(form).family for bearer in self.bearers for form in bearer.forms if self.is_person}


def _by_full_name(bearers: Sequence[_Bearer]) -> list[_Group]:
    """Names chained over an article that lists every form once a line; no line knows what stands beside it."""
    names, chains = gazetteer.default(), Chains()
    listed, mentions = _list_of_names(bearers)
    people = [mention for mention in mentions if mention.type == "PER"]
    others = [mention for mention in mentions if mention.type != "PER"]
    nodes = [*chain_people(listed, people, names, chains), *chain_others(listed, others, names, chains)]
    node_at = {mention.start: node for node in nodes for mention in node.mentions}
    first_nodes: list[Node] = []
    places = iter(mentions)
    for bearer in bearers:
        own = [node_at[mention.start] for mention in itertools.islice(places, len(bearer.forms))]
        for node in own[1:]:
            chains.join(own[0], node, f"“{node.text}” is “{own[0].text}” in one of the articles")
        first_nodes.append(own[0])
    groups: dict[int, _Group] = {}
    for bearer, node in zip(bearers, first_nodes, strict=True):
        root = chains.root(node)
        groups.setdefault(id(root), _Group([], chains.why.get(id(root), []))).bearers.append(bearer)
    return list(groups.values())


def _list_of_names(bearers: Sequence[_Bearer]) -> tuple[Article, list[Mention]]:
    mentions: list[Mention] = []
    start = 0
    for bearer in bearers:
        for form in bearer.forms:
            mentions.append(Mention(form, start, start + len(form), bearer.entity.type))
            start += len(form) + 1
    text = "".join(f"{mention.text}\n" for mention in mentions)
    return Article(text, tuple(Block("paragraph", mention.start, mention.end) for mention in mentions)), mentions


def _with_bare_surnames(groups: list[_Group], bare: Sequence[_Bearer]) -> list[_Group]:
    """Each bare surname with its only possible bearer in an article on the same matter, else by itself."""
    joined = list(groups)
    by_surname: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        for surname in group.surnames:
            by_surname[surname].append(group)
    for bearer in bare:
        surnames = dict.fromkeys(_surname(form) for form in _readings(bearer.entity.canonical_de))
        possible = next((by_surname[surname] for surname in surnames if by_surname[surname]), [])
        if len(possible) == 1 and _may_be(bearer, possible[0], groups):
            group = possible[0]
            group.bearers.append(bearer)
            full = group.bearers[0].entity.canonical_de
            group.why.append(f"“{bearer.entity.canonical_de}” is the surname of “{full}” in another article")
            continue
        group = _Group([bearer])
        joined.append(group)
        by_surname[next(iter(surnames))].append(group)
    return joined


def _readings(text: str) -> Iterator[str]:
    yield text
    if base := without_genitive(text):
        yield base


def _surname(form: str) -> str:
    return persons.parse(form).family or fold(form)


def _may_be(bearer: _Bearer, group: _Group, groups: Sequence[_Group]) -> bool:
    """Whether the article of a bare surname tells of the same matter as one that has the full name.

    Never where the article itself has the full name: its own chains knew better than to join the two.
    """
    if bearer.article in group.articles or not _initials_fit(bearer, group):
        return False
    return any(_same_matter(bearer.article, other, group, groups) for other in group.articles)


def _initials_fit(bearer: _Bearer, group: _Group) -> bool:
    initials = persons.parse(bearer.entity.canonical_de).given
    given = persons.parse(group.bearers[0].entity.canonical_de).given
    return all(name.startswith(initial.rstrip(".")) for initial, name in zip(initials, given, strict=False))


def _same_matter(one: int, other: int, group: _Group, groups: Sequence[_Group]) -> bool:
    """Two articles that share another person, or half of the names of the one that has fewer."""
    beside = [each for each in groups if each is not group]
    common = [each for each in beside if {one, other} <= each.articles]
    fewer = min(sum(at in each.articles for each in beside) for at in (one, other))
    if any(each.is_person for each in common):
        return True
    return len(common) >= max(FEWEST_IN_COMMON, LEAST_IN_COMMON * fewer)


def _renamed(group: _Group, identifier: str) -> Iterator[tuple[int, Entity]]:
    """One entity for each article of the group, under the group's best name."""
    best = max((bearer.entity for bearer in group.bearers), key=_standing)
    forms = [form for bearer in group.bearers for form in (bearer.entity.canonical_de, *bearer.entity.variants)]
    reasons = [reason for bearer in group.bearers for reason in bearer.entity.why]
    for article in sorted(group.articles):
        own = [bearer.entity for bearer in group.bearers if bearer.article == article]
        mentions = sorted((mention for entity in own for mention in entity.mentions), key=lambda m: m.start)
        yield (
            article,
            replace(
                best,
                id=identifier,
                variants=tuple(form for form in dict.fromkeys(forms) if form != best.canonical_de),
                mentions=tuple(mentions),
                why=tuple(dict.fromkeys([*reasons, *group.why])),
            ),
        )


def _standing(entity: Entity) -> tuple[bool, int, bool, int, int]:
    """A glossary's form first, then a full name, the best known writing of it, and the one that is used most."""
    found = gazetteer.default().find(entity.canonical_de, entity.type)
    place = list(found[1].forms).index(found[0]) if found else 0
    words = len(entity.canonical_de.split()) if entity.type == "PER" else 0
    return entity.fixed, words, found is not None, -place, len(entity.mentions)
