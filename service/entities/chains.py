"""Ties the mentions of an article into entities: one real-world name, one entity, and a reason for every merge.

The order of business: clean the mentions, settle their types, chain people, chain the rest, find what the recogniser
missed, and put the entities together. Rather two entities for one name than one for two.
"""

from __future__ import annotations

import collections
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from service.article.characters import without_break_hints
from service.article.model import Article
from service.entities import gazetteer, occurrences, persons
from service.entities.canonical import canonical_forms
from service.entities.cleaning import clean_mentions, settle_people
from service.entities.gazetteer import Gazetteer
from service.entities.glossary import NO_GLOSSARY, Glossary
from service.entities.model import Entity, EntityType, Mention
from service.entities.name_chains import chain_others
from service.entities.nodes import Chains, Node
from service.entities.person_chains import chain_people
from service.entities.spelling import plain, stem, without_genitive
from service.entities.words import Words

SPORT = re.compile(
    r"\b(?:trainer|tore?|liga|bundesliga|spieltag|verein|mannschaft|stürmer|torwart|elfmeter|tabelle\w*|halbzeit|pokal\w*"
    r"|niederlage|auswärts\w*|heimspiel|sieg|gastgeber|1:0|2:1|0:0|aufsteiger|abstieg|profis?|saison)\b",
    re.IGNORECASE,
)


def chain(article: Article, mentions: Sequence[Mention], glossary: Glossary = NO_GLOSSARY) -> tuple[Entity, ...]:
    """The entities of an article, in order of first mention; mentions of dates, money and quantities are left aside.

    Near-linear in the length of the article. Glossary entries have the last word: their occurrences are mentions even
    where the recogniser saw none, and their English is the entity's.
    """
    names = gazetteer.default()
    words = Words(article.text)
    found = [*mentions, *occurrences.well_known(words, names)]
    clean = glossary.claim(words, clean_mentions(article, found))
    settled = settle_people(article, settle_types(article, clean, names), names)
    chains = Chains()
    nodes = [
        *chain_people(article, [mention for mention in settled if mention.type == "PER"], names, chains),
        *chain_others(article, [mention for mention in settled if mention.type != "PER"], names, chains),
    ]
    clusters = _clusters(nodes, chains)
    occurrences.complete(words, clusters, chains)
    return _entities(article, clusters, chains, names, glossary)


def settle_types(article: Article, mentions: list[Mention], names: Gazetteer) -> list[Mention]:
    """Give one writing one type where nothing speaks for two: the anchored type, else the majority's, else the first's.

    A type is anchored when the gazetteer knows the form or a fuller name of that type contains it; two anchored types
    stay apart (the town Dortmund and the club, the person Porsche and the firm).
    """
    full_names = {mention.text.split()[-1] for mention in mentions if mention.type == "PER" and " " in mention.text}
    mentions = [_of_known_type(mention, names, full_names) for mention in mentions]
    by_key: dict[str, list[Mention]] = collections.defaultdict(list)
    for mention in mentions:
        by_key[stem(mention.text)].append(mention)
    ambiguous = {key: group for key, group in by_key.items() if len({mention.type for mention in group}) > 1}
    if not ambiguous:
        return mentions
    fuller = _fuller_names(mentions)
    sport = len(SPORT.findall(article.text)) >= 2
    retyped: dict[tuple[int, int], EntityType] = {}
    for key, group in ambiguous.items():
        retyped |= _retyped(key, group, fuller, names, sport)
    return [
        replace(mention, type=retyped[spot]) if (spot := (mention.start, mention.end)) in retyped else mention
        for mention in mentions
    ]


def _of_known_type(mention: Mention, names: Gazetteer, surnames: Collection[str]) -> Mention:
    """ "Russische Föderation" is a place and nothing else, and "Hamas" no genitive of the town of Hama."""
    if names.knows_exactly(mention.text, mention.type) or mention.text in surnames:  # type: ignore[arg-type]
        return mention
    if " " in mention.text and (mention.type == "PER" or names.find(mention.text, mention.type)):  # type: ignore[arg-type]
        return mention
    kind = names.only_type(mention.text)
    if kind is None or (" " not in mention.text and not (kind == "ORG" and names.knows_exactly(mention.text, kind))):
        return mention
    return replace(mention, type=kind)


def _retyped(
    key: str, group: list[Mention], fuller: set[tuple[str, str]], names: Gazetteer, sport: bool
) -> dict[tuple[int, int], EntityType]:
    counts = collections.Counter(mention.type for mention in group)
    forms = {form for mention in group for form in (mention.text, without_genitive(mention.text)) if form}
    anchored = {
        kind for kind in counts if (kind, key) in fuller or any(names.knows_exactly(form, kind) for form in forms)
    }
    if sport and "LOC" in counts and "ORG" in counts:
        anchored |= {"LOC", "ORG"}
    if "PER" in anchored and "ORG" in counts:
        anchored.add("ORG")  # a founder and the firm that bears the name: no evidence can be had from the name itself
    pool = anchored or set(counts)
    winner = max(pool, key=lambda kind: (counts[kind], -[mention.type for mention in group].index(kind)))
    keep = anchored or {winner}
    return {(mention.start, mention.end): winner for mention in group if mention.type not in keep}


def _fuller_names(mentions: list[Mention]) -> set[tuple[str, str]]:
    """(type, word key) for words that longer names of that type hold: a person's last word, any other name's ends."""
    found: set[tuple[str, str]] = set()
    for mention in mentions:
        words = mention.text.split()
        if len(words) < 2:
            continue
        ends = {persons.surname_of(words) if mention.type == "PER" else words[-1]}
        if mention.type == "ORG":
            ends.add(words[0])
        found |= {(mention.type, stem(word)) for word in ends}
    return found


def _typed(mention: Mention, kind: EntityType) -> Mention:
    return mention if mention.type == kind else replace(mention, type=kind)


def _clusters(nodes: list[Node], chains: Chains) -> list[list[Node]]:
    grouped: dict[int, list[Node]] = collections.defaultdict(list)
    for node in nodes:
        grouped[id(chains.root(node))].append(node)
    return list(grouped.values())


def _entities(
    article: Article,
    clusters: list[list[Node]],
    chains: Chains,
    names: Gazetteer,
    glossary: Glossary,
) -> tuple[Entity, ...]:
    slavic = any(plain(node.text) in occurrences.SLAVIC_COUNTRIES for cluster in clusters for node in cluster)
    ordered = sorted(clusters, key=lambda cluster: min(mention.start for node in cluster for mention in node.mentions))
    entities = []
    for number, cluster in enumerate(ordered, 1):
        mentions = sorted((mention for node in cluster for mention in node.mentions), key=lambda mention: mention.start)
        forms: collections.Counter[str] = collections.Counter()
        for node in cluster:
            forms[without_break_hints(node.text)] += len(node.mentions)
        canonical = canonical_forms(cluster[0].type, forms, names, slavic, glossary)
        entities.append(
            Entity(
                id=f"e{number}",
                type=cluster[0].type,
                canonical_de=canonical.german,
                canonical_en=canonical.english,
                variants=tuple(dict.fromkeys(text for text in forms if text != canonical.german)),
                mentions=tuple(_typed(mention, cluster[0].type) for mention in mentions),
                why=tuple(dict.fromkeys(chains.why.get(id(chains.root(cluster[0])), ()))),
                wikidata=canonical.wikidata,
                fixed=canonical.fixed,
            )
        )
    return tuple(entities)
