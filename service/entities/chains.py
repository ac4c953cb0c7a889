"""Ties the mentions of an article into entities: one real-world name, one entity, and a reason for every merge.

The order of business: clean the mentions, settle their types, chain people, chain the rest, find what the recogniser
missed, and put the entities together. Rather two entities for one name than one for two.
"""

from __future__ import annotations

import bisect
import collections
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from service.article.model import Article
from service.entities import acronyms, gazetteer, occurrences, persons
from service.entities import glossary as glossaries
from service.entities.canonical import canonical_forms
from service.entities.gazetteer import Gazetteer
from service.entities.model import Entity, EntityType, GlossaryEntry, Mention
from service.entities.spelling import fold, plain, stem, without_genitive

NAME_TYPES: tuple[EntityType, ...] = get_args(EntityType)
LEADING_ARTICLE = re.compile(r"^(?:der|die|das|den|dem|des) (?=[A-ZÄÖÜ])", re.IGNORECASE)
RELATIVE = re.compile(
    r"(?:vater|vaters|mutter|sohn|sohnes|sohns|tochter|bruder|bruders|schwester|onkel|neffe|nichte|frau|mann|ehefrau|ehemann"
    r"|witwe|witwer|großvater|großvaters|großmutter|enkel|enkelin|vorgänger|namensvetter)s?[ ,]+(?:\S+ )?$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?][“\"«]? +[A-ZÄÖÜ„»]")
SPORT = re.compile(
    r"\b(?:trainer|tore?|liga|bundesliga|spieltag|verein|mannschaft|stürmer|torwart|elfmeter|tabelle\w*|halbzeit|pokal\w*"
    r"|niederlage|auswärts\w*|heimspiel|sieg|gastgeber|1:0|2:1|0:0|aufsteiger|abstieg|profis?|saison)\b",
    re.IGNORECASE,
)


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


def chain(article: Article, mentions: Sequence[Mention], glossary: Iterable[GlossaryEntry] = ()) -> tuple[Entity, ...]:
    """The entities of an article, in order of first mention; mentions of dates, money and quantities are left aside.

    Near-linear in the length of the article. Glossary entries have the last word: their occurrences are mentions even
    where the recogniser saw none, and their English is the entity's.
    """
    names = gazetteer.default()
    entries = glossaries.Glossary(glossary)
    clean = entries.claim(article.text, clean_mentions(article, mentions))
    settled = settle_types(article, clean, names)
    chains = Chains()
    nodes = [
        *_chain_people(article, [mention for mention in settled if mention.type == "PER"], names, chains),
        *_chain_others(article, [mention for mention in settled if mention.type != "PER"], names, chains),
    ]
    clusters = _clusters(nodes, chains)
    occurrences.complete(article, clusters, chains)
    return _entities(article, clusters, chains, names, entries)


def clean_mentions(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Names only, inside one block, without overlaps (the longer wins), without titles and quotation marks."""
    ends = [block.end for block in article.blocks]
    trimmed = [
        clean
        for mention in mentions
        if mention.type in NAME_TYPES and (clean := _trimmed(article, mention, ends)) is not None
    ]
    taken: list[Mention] = []
    for mention in sorted(trimmed, key=lambda m: (m.start, m.start - m.end)):
        if taken and mention.start < taken[-1].end:
            if mention.end - mention.start > taken[-1].end - taken[-1].start:
                taken[-1] = mention
            continue
        taken.append(mention)
    return taken


def settle_types(article: Article, mentions: list[Mention], names: Gazetteer) -> list[Mention]:
    """Give one writing one type where nothing speaks for two: the anchored type, else the majority's, else the first's.

    A type is anchored when the gazetteer knows the form or a fuller name of that type contains it; two anchored types
    stay apart (the town Dortmund and the club, the person Porsche and the firm).
    """
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
        ends = (words[0],) if mention.type == "PER" and persons.is_family_first(words) else (words[-1],)
        if mention.type == "ORG":
            ends = (words[0], words[-1])
        found |= {(mention.type, stem(word)) for word in ends}
    return found


# People


def _chain_people(article: Article, mentions: list[Mention], names: Gazetteer, chains: Chains) -> list[Node]:
    nodes = _nodes(mentions, plain)
    full = [node for node in nodes if persons.parse(node.text).is_full]
    short = [node for node in nodes if not persons.parse(node.text).is_full]
    _drop_genitives(full, chains)
    people = _join_full_names(article, full, names, chains)
    index = _short_forms(people)
    return full + [part for node in short for part in _join_short_name(article, node, people, index, short, chains)]


def _drop_genitives(full: list[Node], chains: Chains) -> None:
    """ "Angela Merkels" is a genitive when the article also has "Angela Merkel"."""
    by_key = {node.key: node for node in full}
    for node in full:
        bare = without_genitive(node.text)
        if bare and (other := by_key.get(plain(bare))) is not None:
            node.base = bare
            chains.join(other, node, f"“{node.mentions[0].text}” is the genitive of “{other.text}”")


def _join_full_names(article: Article, full: list[Node], names: Gazetteer, chains: Chains) -> list[list[Node]]:
    """Clusters of full names. Fullest first; a name joins when exactly one cluster of its surname is compatible."""
    clusters: list[list[Node]] = []
    buckets: dict[str, list[list[Node]]] = collections.defaultdict(list)
    for node in sorted(full, key=lambda node: -len(node.text.split())):
        person = persons.parse(node.text)
        known = names.find(node.text, "PER")
        buckets_of_node = [person.family, *((f"concept {id(known[1])}",) if known else ())]
        near = _near_keys(person)
        candidates = {id(cluster): cluster for key in (*buckets_of_node, *near) for cluster in buckets[key]}
        fitting = [
            (cluster, why) for cluster in candidates.values() if (why := _same_person(article, node, cluster, names))
        ]
        if len(fitting) == 1:
            cluster, why = fitting[0]
            chains.join(cluster[0], node, why)
        else:
            cluster = []
            clusters.append(cluster)
        cluster.append(node)
        for key in (*buckets_of_node, *near):
            if not any(cluster is other for other in buckets[key]):
                buckets[key].append(cluster)
    return clusters


def _near_keys(person: persons.Person) -> list[str]:
    """Keys that two misspelt writings of a Slavic surname share: the surname less one letter."""
    word = person.text.split()[-1]
    if person.family_first or not persons.SLAVIC_ENDING.search(word.lower().replace("v", "w")):
        return []
    key = person.family
    return [f"near {key[:at]}{key[at + 1 :]}" for at in range(1, len(key))] + [f"near {key}"]


def _same_person(article: Article, node: Node, cluster: list[Node], names: Gazetteer) -> str | None:
    """The reason why a full name belongs to a cluster, or None. Every name of the cluster must agree."""
    known = names.find(node.text, "PER")
    reasons = []
    for other in cluster:
        other_known = names.find(other.text, "PER")
        if known and other_known:
            if known[1] is not other_known[1]:
                return None
            reasons.append(f"“{node.text}” and “{other.text}” are known forms of one name")
            continue
        left, right = persons.parse(node.text), persons.parse(other.text)
        if persons.compatible(left, right):
            reasons.append(f"“{node.text}” is another writing of “{other.text}”")
        elif persons.misspelt(left, right) and not _in_one_sentence(article, node, other):
            reasons.append(f"“{node.text}” differs from “{other.text}” by one letter")
        else:
            return None
    return reasons[0]


def _in_one_sentence(article: Article, first: Node, second: Node) -> bool:
    """Two people are named side by side; one person's misspelling stands elsewhere."""
    starts = sorted(
        [(mention.start, 0) for mention in first.mentions] + [(mention.start, 1) for mention in second.mentions]
    )
    for (left, side), (right, other) in itertools.pairwise(starts):
        between = article.text[left:right]
        if side != other and "\n" not in between and not SENTENCE_END.search(between):
            return True
    return False


ShortForms = dict[tuple[str, str], list[int]]  # ("surname" or "given", key) to positions of people


def _short_forms(people: list[list[Node]]) -> ShortForms:
    """Every short form by which an article may go on to call a person."""
    index: ShortForms = collections.defaultdict(list)
    for position, cluster in enumerate(people):
        for key in {key for node in cluster for key in _keys_of(persons.parse(node.text))}:
            index[key].append(position)
    return index


def _keys_of(person: persons.Person) -> Iterable[tuple[str, str]]:
    yield ("surname", " ".join(person.surname))
    yield ("surname", person.family)
    if not person.family_first:
        yield from (("surname", " ".join((*person.given[at:], *person.surname))) for at in range(1, len(person.given)))
    yield ("given", person.given[0])


def _join_short_name(
    article: Article, node: Node, people: list[list[Node]], index: ShortForms, short: list[Node], chains: Chains
) -> list[Node]:
    """Attach a surname to its person; where several bear it, each mention goes to the one that its block names."""
    for kind, base in _readings(node.text):
        positions = index.get((kind, " ".join(persons.parse(base).surname)), [])
        if not positions:
            continue
        node.base = base
        if len(positions) == 1:
            _attach(people[positions[0]][0], node, kind, chains)
            return [node]
        return _split_by_block(article, node, [people[position] for position in positions], kind, chains)
    _join_alone(node, short, people, chains)
    return [node]


def _readings(text: str) -> list[tuple[str, str]]:
    """What a short name may be, likeliest first."""
    bare = without_genitive(text)
    forms = [
        ("surname", text),
        *([("surname", bare)] if bare else []),
        ("given", text),
        *([("given", bare)] if bare else []),
    ]
    return [(kind, form) for kind, form in forms if form]


def _attach(person: Node, node: Node, kind: str, chains: Chains) -> None:
    full = persons.parse(person.text)
    part = "surname" if kind == "surname" else "given name"
    if plain(node.base) in plain(full.text):
        why = f"“{node.base}” is the {part} of “{full.text}”"
    else:
        why = f"“{node.base}” is another writing of the {part} of “{full.text}”"
    chains.join(person, node, why)


def _split_by_block(
    article: Article, node: Node, candidates: list[list[Node]], kind: str, chains: Chains
) -> list[Node]:
    """Several people bear this surname: decide mention by mention, and leave alone what cannot be decided."""
    mains = [cluster for cluster in candidates if not _introduced_as_relative(article, cluster)]
    starts = [block.start for block in article.blocks]
    parts: dict[int, Node] = {}
    for mention in node.mentions:
        block = bisect.bisect_right(starts, mention.start) - 1
        person = _named_before(candidates, mention, starts[block] if block >= 0 else 0)
        if person is None and len(mains) == 1 and not _named_in_block(candidates, mains[0], article, block):
            person = mains[0]
        part = parts.setdefault(id(person) if person else -2 - block, Node("PER", node.key, base=node.base))
        part.mentions.append(mention)
        if person:
            _attach(person[0], part, kind, chains)
    return list(parts.values())


def _named_before(candidates: list[list[Node]], mention: Mention, block_start: int) -> list[Node] | None:
    """The only person of that surname who is named in full earlier in the same block."""
    named = [
        cluster
        for cluster in candidates
        if any(block_start <= full.start < mention.start for node in cluster for full in node.mentions)
    ]
    return named[0] if len(named) == 1 else None


def _named_in_block(candidates: list[list[Node]], main: list[Node], article: Article, block: int) -> bool:
    """True when the block names another bearer of the surname."""
    if block < 0:
        return False
    span = article.blocks[block]
    return any(
        span.start <= full.start < span.end
        for cluster in candidates
        if cluster is not main
        for node in cluster
        for full in node.mentions
    )


def _introduced_as_relative(article: Article, cluster: list[Node]) -> bool:
    """ "sein Vater Kim Jong-il": somebody who comes in as another's relative is not who a bare surname means."""
    first = min(mention.start for node in cluster for mention in node.mentions)
    return bool(RELATIVE.search(article.text[max(0, first - 40) : first]))


def _join_alone(node: Node, short: list[Node], people: list[list[Node]], chains: Chains) -> None:
    """A surname without a full name in the article: join its genitive, its transcriptions and its misspellings."""
    own = fold(node.text)
    for other in short:
        if other is node:
            break
        if fold(other.text) == own:
            chains.join(other, node, f"“{node.text}” is another writing of “{other.text}”")
            return
    bare = without_genitive(node.text)
    for other in short:
        if bare and other is not node and fold(other.text) == fold(bare):
            node.base = bare
            chains.join(other, node, f"“{node.mentions[0].text}” is the genitive of “{other.text}”")
            return
    near = [cluster for cluster in people if persons.misspelt_surname(node.text, cluster[0].text.split()[-1])]
    if len(near) == 1:
        chains.join(near[0][0], node, f"“{node.text}” differs from the surname of “{near[0][0].text}” by one letter")


# Places, organisations, and the rest


def _chain_others(article: Article, mentions: list[Mention], names: Gazetteer, chains: Chains) -> list[Node]:
    nodes = _nodes(mentions, lambda text: stem(LEADING_ARTICLE.sub("", text)))
    for node in nodes:
        node.base = _nominative(node, names)
    _join_known(nodes, names, chains)
    _join_transcriptions(nodes, chains)
    acronyms.join_organisations(article, nodes, chains)
    _join_shortened_places(nodes, chains)
    return nodes


def _nominative(node: Node, names: Gazetteer) -> str:
    """The listed form; else the most frequent writing, the shortest of equals: "Alpenverein", not "Alpenvereins"."""
    counts = collections.Counter(mention.text for mention in node.mentions)
    for text in counts:
        if (found := names.find(text, node.type)) is not None:
            return found[0]
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


# Shared


def _nodes(mentions: list[Mention], key: collections.abc.Callable[[str], str]) -> list[Node]:
    """Mentions grouped by type and key, in order of first mention."""
    nodes: dict[tuple[str, str], Node] = {}
    for mention in mentions:
        spot = (mention.type, key(mention.text))
        node = nodes.get(spot)
        if node is None:
            node = nodes[spot] = Node(mention.type, spot[1])  # type: ignore[arg-type]
        node.mentions.append(mention)
    return list(nodes.values())


def _clusters(nodes: list[Node], chains: Chains) -> list[list[Node]]:
    grouped: dict[int, list[Node]] = collections.defaultdict(list)
    for node in nodes:
        grouped[id(chains.root(node))].append(node)
    return list(grouped.values())


def _trimmed(article: Article, mention: Mention, block_ends: list[int]) -> Mention | None:
    """Cut a mention to its block and strip what is no part of a name; None when nothing is left."""
    start, end = max(mention.start, 0), min(mention.end, len(article.text))
    at = bisect.bisect_right(block_ends, start)
    if at < len(block_ends):
        end = min(end, block_ends[at])
    while start < end and not article.text[start].isalnum():
        start += 1
    while start < end and not (article.text[end - 1].isalnum() or article.text[end - 1] in ".'’)"):
        end -= 1
    if mention.type == "PER":
        start = _after_titles(article.text, start, end)
    if start >= end or not any(char.isalpha() for char in article.text[start:end]):
        return None
    return Mention(article.text[start:end], start, end, mention.type)


def _after_titles(text: str, start: int, end: int) -> int:
    while (space := text.find(" ", start, end)) > 0 and text[start:space].lower() in persons.TITLES:
        start = space + 1
    return start


def _entities(
    article: Article,
    clusters: list[list[Node]],
    chains: Chains,
    names: Gazetteer,
    entries: glossaries.Glossary,
) -> tuple[Entity, ...]:
    slavic = any(plain(node.text) in occurrences.SLAVIC_COUNTRIES for cluster in clusters for node in cluster)
    ordered = sorted(clusters, key=lambda cluster: min(mention.start for node in cluster for mention in node.mentions))
    entities = []
    for number, cluster in enumerate(ordered, 1):
        mentions = sorted((mention for node in cluster for mention in node.mentions), key=lambda mention: mention.start)
        forms = collections.Counter({node.text: 0 for node in cluster})
        for node in cluster:
            forms[node.text] += len(node.mentions)
        canonical = canonical_forms(cluster[0].type, forms, names, slavic, entries)
        entities.append(
            Entity(
                id=f"e{number}",
                type=cluster[0].type,
                canonical_de=canonical.german,
                canonical_en=canonical.english,
                variants=tuple(dict.fromkeys(text for text in forms if text != canonical.german)),
                mentions=tuple(replace(mention, type=cluster[0].type) for mention in mentions),
                why=tuple(dict.fromkeys(chains.why.get(id(chains.root(cluster[0])), ()))),
                wikidata=canonical.wikidata,
                fixed=canonical.fixed,
            )
        )
    return tuple(entities)
