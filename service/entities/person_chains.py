"""Chains the people of an article: full names, surnames, genitives, transcriptions; namesakes stay apart."""

from __future__ import annotations

import bisect
import collections
import itertools
import re
from collections.abc import Iterable

from service.article.model import Article
from service.entities import persons
from service.entities.gazetteer import Gazetteer
from service.entities.model import Mention
from service.entities.nodes import Chains, Node, genitive_base, nodes_of
from service.entities.spelling import fold, plain, without_genitive

RELATIVE = re.compile(
    r"(?:vater|vaters|mutter|sohn|sohnes|sohns|tochter|bruder|bruders|schwester|onkel|neffe|nichte|frau|mann|ehefrau|ehemann"
    r"|witwe|witwer|großvater|großvaters|großmutter|enkel|enkelin|vorgänger|namensvetter)s?[ ,]+(?:\S+ )?$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?][“\"«]? +[A-ZÄÖÜ„»]")

Cluster = list[Node]  # the full names of one person


def chain_people(article: Article, mentions: list[Mention], names: Gazetteer, chains: Chains) -> list[Node]:
    """The nodes of all people, joined; a surname that several bear may come back as several nodes."""
    nodes = nodes_of(mentions, plain)
    full = [node for node in nodes if persons.parse(node.text).is_full]
    short = [node for node in nodes if not persons.parse(node.text).is_full]
    _drop_genitives(article, full, chains)
    index = _Index(_join_full_names(article, full, names, chains), short)
    return full + [part for node in short for part in _join_short_name(article, node, index, chains)]


def _drop_genitives(article: Article, full: list[Node], chains: Chains) -> None:
    """ "Angela Merkels" is a genitive when the article also has "Angela Merkel"."""
    by_key = {node.key: node for node in full}
    for node in full:
        bare = without_genitive(node.text)
        if bare and (other := by_key.get(plain(bare))) is not None:
            node.base = bare
            chains.join(other, node, f"“{node.mentions[0].text}” is the genitive of “{other.text}”")
        else:
            node.base = genitive_base(article, node.mentions) or ""


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


class _Index:
    """Who may be meant by a short name: people by every form in which an article may go on to call them."""

    def __init__(self, people: list[Cluster], short: list[Node]) -> None:
        self.forms: dict[tuple[str, str], list[Cluster]] = collections.defaultdict(list)
        self.initials: dict[str, list[Cluster]] = collections.defaultdict(list)
        self.near: dict[str, list[Cluster]] = collections.defaultdict(list)
        for cluster in people:
            for key in {key for node in cluster for key in _keys_of(persons.parse(node.text))}:
                self.forms[key].append(cluster)
            self.initials[_initials(cluster[0].text)].append(cluster)
            for key in _near_keys(persons.parse(cluster[0].text)):
                self.near[key].append(cluster)
        self.alone: dict[str, Node] = {}
        self.numbered: dict[tuple[str, ...], list[Node]] = collections.defaultdict(list)
        for node in short:
            self.alone.setdefault(fold(node.text), node)
            if persons.parse(node.text).generation:
                self.numbered[persons.parse(node.text).surname].append(node)
        self._starts: dict[int, list[int]] = {}

    def starts(self, cluster: Cluster) -> list[int]:
        """Where the full names of a person stand, in order."""
        found = self._starts.get(id(cluster))
        if found is None:
            found = self._starts[id(cluster)] = sorted(m.start for node in cluster for m in node.mentions)
        return found

    def names_between(self, cluster: Cluster, start: int, end: int) -> bool:
        starts = self.starts(cluster)
        at = bisect.bisect_left(starts, start)
        return at < len(starts) and starts[at] < end


def _keys_of(person: persons.Person) -> Iterable[tuple[str, str]]:
    yield ("surname", " ".join(person.surname))
    yield ("surname", person.family)
    words = person.text.split()[-len(person.surname) :]
    for at, word in enumerate(words):  # "Al Thani" of "Mohammed bin Abdulrahman Al Thani"
        if word.lower() in persons.PARTICLES:
            yield ("surname", " ".join(person.surname[at:]))
    if not person.family_first:
        yield from (("surname", " ".join((*person.given[at:], *person.surname))) for at in range(1, len(person.given)))
    yield ("given", person.given[0])


def _join_short_name(article: Article, node: Node, index: _Index, chains: Chains) -> list[Node]:
    """Attach a surname to its person; where several bear it, each mention goes to the one that its block names."""
    for kind, base in _readings(node.text):
        candidates = index.forms.get((kind, " ".join(persons.parse(base).surname)), [])
        if not candidates:
            continue
        node.base = base
        if len(candidates) == 1:
            _attach(candidates[0][0], node, kind, chains)
            return [node]
        return _split_by_block(article, node, candidates, kind, index, chains)
    _join_alone(article, node, index, chains)
    return [node]


def _readings(text: str) -> list[tuple[str, str]]:
    """What a short name may be, likeliest first."""
    forms = [form for form in (text, without_genitive(text)) if form]
    return [(kind, form) for kind in ("surname", "given") for form in forms]


def _attach(person: Node, node: Node, kind: str, chains: Chains) -> None:
    full = persons.parse(person.text)
    part = "surname" if kind == "surname" else "given name"
    if plain(node.base) in plain(full.text):
        why = f"“{node.base}” is the {part} of “{full.text}”"
    else:
        why = f"“{node.base}” is another writing of the {part} of “{full.text}”"
    chains.join(person, node, why)


def _split_by_block(
    article: Article, node: Node, candidates: list[Cluster], kind: str, index: _Index, chains: Chains
) -> list[Node]:
    """Several people bear this surname: decide mention by mention, and leave alone what cannot be decided."""
    mains = [cluster for cluster in candidates if not _introduced_as_relative(article, index.starts(cluster)[0])]
    starts = [block.start for block in article.blocks]
    parts: dict[int, Node] = {}
    for mention in node.mentions:
        block = bisect.bisect_right(starts, mention.start) - 1
        begin, end = (article.blocks[block].start, article.blocks[block].end) if block >= 0 else (0, len(article.text))
        named = [cluster for cluster in candidates if index.names_between(cluster, begin, mention.start)]
        person = named[0] if len(named) == 1 else None
        if not named and len(mains) == 1:
            others = [cluster for cluster in candidates if cluster is not mains[0]]
            person = None if any(index.names_between(other, begin, end) for other in others) else mains[0]
        part = parts.setdefault(id(person) if person else -2 - block, Node("PER", node.key, base=node.base))
        part.mentions.append(mention)
        if person:
            _attach(person[0], part, kind, chains)
    return list(parts.values())


def _introduced_as_relative(article: Article, first: int) -> bool:
    """ "sein Vater Kim Jong-il": somebody who comes in as another's relative is not who a bare surname means."""
    return bool(RELATIVE.search(article.text[max(0, first - 40) : first]))


def _join_alone(article: Article, node: Node, index: _Index, chains: Chains) -> None:
    """A surname without a full name in the article: join its genitive, its transcriptions and its misspellings."""
    other = index.alone[fold(node.text)]
    if other is not node:
        chains.join(other, node, f"“{node.text}” is another writing of “{other.text}”")
        return
    bare = without_genitive(node.text)
    if bare and (other := index.alone.get(fold(bare), node)) is not node:
        node.base = bare
        chains.join(other, node, f"“{node.mentions[0].text}” is the genitive of “{other.text}”")
        return
    node.base = genitive_base(article, node.mentions) or ""
    _join_to_longer(node, bare or node.text, index, chains)


def _join_to_longer(node: Node, bare: str, index: _Index, chains: Chains) -> None:
    """ "Benedikt" of "Benedikt XVI.", "JFK" of "John F. Kennedy", "Belussow" of "Andrej Beloussow"."""
    if not persons.parse(node.text).generation:
        forms = {persons.parse(node.text).surname, persons.parse(bare).surname}
        regnal = [other for form in forms for other in index.numbered.get(form, ())]
        if len(regnal) == 1:
            chains.join(regnal[0], node, f"“{node.text}” is short for “{regnal[0].text}”")
            return
    spelled = index.initials.get(node.text, [])
    if len(spelled) == 1 and len(node.text) >= 3:
        chains.join(spelled[0][0], node, f"“{node.text}” is made of the initials of “{spelled[0][0].text}”")
        return
    near = {id(cluster): cluster for key in _near_keys(persons.parse(node.text)) for cluster in index.near.get(key, ())}
    fitting = [cluster for cluster in near.values() if persons.misspelt_surname(node.text, cluster[0].text.split()[-1])]
    if len(fitting) == 1:
        full = fitting[0][0]
        chains.join(full, node, f"“{node.text}” differs from the surname of “{full.text}” by one letter")


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[ \-]", name) if word)
