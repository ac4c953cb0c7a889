"""Finds the places where the article repeats a known name and the recogniser did not see it."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter

from service.entities import persons
from service.entities.gazetteer import Gazetteer
from service.entities.matching import Matcher
from service.entities.model import Entity, EntityType, Mention
from service.entities.nodes import Chains, Node
from service.entities.spelling import without_genitive, word_set
from service.entities.words import HYPHENS, Words

SLAVIC_COUNTRIES = word_set(
    "russland rusland ukraine belarus weissrussland bulgarien kasachstan moskau kiew kyjiw kyiv minsk sofia kreml "
    "sowjetunion tschetschenien krim donbass russische foederation petersburg sankt petersburg serbien mazedonien "
    "nordmazedonien kirgisistan usbekistan tadschikistan turkmenistan armenien aserbaidschan georgien"
)
# Surnames and names that are also everyday words: without the recogniser's word they are no names.
EVERYDAY = word_set(
    "bauer fischer koch müller wolf kohl richter jäger schneider weber stein berg könig kaiser papst vogel fuchs "
    "winter sommer herbst frühling morgen abend freitag sonntag engel zimmermann schäfer krüger krämer becker "
    "bäcker schmied zimmer haus wald feld bach busch baum rose blume kraft lange lang kurz klein groß gross "
    "schwarz weiß weiss braun rot grün grüne grünen linke linken frei reich arm jung alt neu gut bank post bahn "
    "union bund partei welt zeit bild spiegel stern fokus focus sonne erde mond horn ring ritter graf herzog "
    "fürst meister lehrer schreiber maurer krieger händler hunger sturm donner hahn huhn hase löwe adler falke "
    "hecht lachs aal kern kugel hammer nagel axt beil pfeil bogen markt kirche dom burg schloss turm tor brücke "
    "weg straße platz hof garten see fluss insel küste ost west nord süd norden süden osten westen essen halle "
    "singen siegen hagen celle regen sorge not tod teufel gott himmel hölle demokraten konservative republikaner "
    "liberale kongress senat rat regierung präsident kanzler minister gericht"
)
ARTICLE_BEFORE = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|kein|keine|keinen|jeder|jede|jedes|dieser|diese|dieses)\s+$",
    re.IGNORECASE,
)


@functools.cache
def _known_names(names: Gazetteer) -> Matcher[EntityType]:
    return Matcher((form, kind) for form, kind in names.unmistakable_forms())


def well_known(text: Words, names: Gazetteer) -> list[Mention]:
    """Names of several words that the gazetteer lists ("Internationaler Strafgerichtshof"): no recogniser is needed."""
    return [
        Mention(text.text[match.start : match.end], match.start, match.end, match.payload)
        for match in _known_names(names).find(text)
    ]


def complete(words: Words, clusters: list[list[Node]], chains: Chains) -> None:
    """Add the missed mentions to their nodes. A form that two entities share is left alone."""
    forms = _unambiguous_forms(clusters)
    taken = _Taken(mention for cluster in clusters for node in cluster for mention in node.mentions)
    for match in Matcher(forms.items()).find(words, taken.starts):
        node = match.payload
        text = words.text[match.start : match.end]
        if taken.overlaps(match.start, match.end) or not _is_name_here(words.text, match.start, match.end, node):
            continue
        node.mentions.append(Mention(text, match.start, match.end, node.type))
        chains.note(node, f"“{text}” at {match.start} repeats a name of the article")


def find_again(text: str, entities: Sequence[Entity], recognised: Iterable[Mention] = ()) -> tuple[Entity, ...]:
    """The entities of an article with their mentions in another text about it; a form that two share is left alone.

    `recognised` are names that a recogniser found in that text: it sees them where the forms alone are no evidence
    (Iran-Besuch).
    """
    clusters = [[Node(entity.type, form, base=form) for form in _forms_of(entity)] for entity in entities]
    owners = {id(node): number for number, cluster in enumerate(clusters) for node in cluster}
    forms = _unambiguous_forms(clusters)
    found: list[tuple[int, int, Node]] = [
        (match.start, match.end, match.payload)
        for match in Matcher(forms.items()).find(Words(text))
        if _is_name_here(text, match.start, match.end, match.payload)
    ]
    taken = _Taken(Mention(text[start:end], start, end, node.type) for start, end, node in found)
    for mention in recognised:
        node = forms.get(mention.text) or forms.get(without_genitive(mention.text) or "")
        if node is not None and not taken.overlaps(mention.start, mention.end):
            found.append((mention.start, mention.end, node))
    mentions: list[list[Mention]] = [[] for _ in entities]
    for start, end, node in sorted(found, key=itemgetter(0)):
        mentions[owners[id(node)]].append(Mention(text[start:end], start, end, node.type))
    return tuple(replace(entity, mentions=tuple(own)) for entity, own in zip(entities, mentions, strict=True))


def _forms_of(entity: Entity) -> list[str]:
    return list(dict.fromkeys([entity.canonical_de, *entity.variants, *(mention.text for mention in entity.mentions)]))


def _unambiguous_forms(clusters: list[list[Node]]) -> dict[str, Node]:
    owners: dict[str, tuple[int, Node]] = {}
    shared: set[str] = set()
    for number, cluster in enumerate(clusters):
        for node in cluster:
            for form in {node.text, *_surname_of(node)}:
                known = owners.setdefault(form, (number, node))
                if known[0] != number:
                    shared.add(form)
    return {form: node for form, (_, node) in owners.items() if form not in shared and _worth_finding(form)}


def _surname_of(node: Node) -> list[str]:
    """A full name's surname is looked for as well."""
    if node.type != "PER":
        return []
    person = persons.parse(node.text)
    words = person.text.split()
    if not person.is_full or person.family_first:
        return []
    return [" ".join(words[len(person.given) :])]


def _worth_finding(form: str) -> bool:
    if " " in form or "-" in form:
        return True
    return form.lower() not in EVERYDAY and (len(form) >= 4 or (len(form) >= 2 and form.isupper()))


def _is_name_here(text: str, start: int, end: int, node: Node) -> bool:
    """A person's name takes no article, and a place before a hyphen may begin another name (Frankfurt-Höchst)."""
    single = " " not in text[start:end]
    if text[end : end + 1] in HYPHENS:
        return text[end + 1 : end + 2].isupper() and node.type != "LOC"
    if node.type == "PER" and single and ARTICLE_BEFORE.search(text[max(0, start - 10) : start]):
        return False
    return not (node.type == "PER" and single and _begins_fuller_name(text, end))


def _begins_fuller_name(text: str, end: int) -> bool:
    """ "Müller" before another capitalised word is hardly the surname alone: "Müller Milch"."""
    return bool(re.match(r" [A-ZÄÖÜ][a-zäöü]+ (?:GmbH|AG|SE|KG|Group|Holding|Milch)\b", text[end : end + 30]))


class _Taken:
    """The stretches that mentions hold already; none overlaps another."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        spans = sorted((mention.start, mention.end) for mention in mentions)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self.starts = frozenset(self._starts)

    def overlaps(self, start: int, end: int) -> bool:
        first = bisect.bisect_right(self._ends, start)  # the first that ends behind `start`
        return first < len(self._starts) and self._starts[first] < end
