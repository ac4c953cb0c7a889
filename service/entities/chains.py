"""Ties the mentions of an article into entities: one real-world name, one entity, and a reason for every merge.

The order of business: clean the mentions, settle their types, chain people, chain the rest, find what the recogniser
missed, and put the entities together. Rather two entities for one name than one for two.
"""

from __future__ import annotations

import bisect
import collections
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from service.article.model import Article
from service.entities import gazetteer, occurrences, persons
from service.entities import glossary as glossaries
from service.entities.canonical import canonical_forms
from service.entities.gazetteer import Gazetteer
from service.entities.model import Entity, EntityType, GlossaryEntry, Mention
from service.entities.name_chains import chain_others
from service.entities.nodes import Chains, Node
from service.entities.person_chains import chain_people
from service.entities.spelling import plain, stem, without_genitive, word_set

NAME_TYPES: tuple[EntityType, ...] = get_args(EntityType)
# What follows a name in a compound and makes no name with it; institutions, prizes and streets are not among them.
COMMON_NOUNS = word_set(
    "abgeordnete abgeordneten abgeordneter abkommen affäre aktie aktien aktionäre angriff anhänger anleger anteil "
    "anteile anwalt app arzt attentat ausschuss außenminister bande bankchef bauer beben bericht besitzer besuch "
    "beteiligung betrieb bewerber bilanz bürger bürgermeister chef chefin chefredakteur chefs deal debatte diplomat "
    "einigung einsatz erfinder erfolg ermittler experiment experte experten expertin familie fan fans feier "
    "fernsehen fest filiale film firma firmen flug fraktion fraktionschef freund freunde funktionär führung gebiet "
    "gebäude gegner gemeinde geschäft gesellschaft gesellschaften gesetz gesundheitsamt gipfel gläubiger grenze "
    "gruppe gründer hauptquartier hilfe hilfen händler impfung insider investor jäger kampagne kandidat kandidatin "
    "kanzler kapitän kapitänin klage koalition kollege konflikt konzern korrespondent krieg krise kritiker kunden "
    "kurs lager land liste länder manager mann markt maschine maske masken minister mission mitarbeiter mitglied "
    "mitglieder mitgliedstaaten modell märkte niederlage nutzer offensive papier parteitag patient patienten "
    "patientin plan pleite pläne politik politiker politikerin produktion profi profis projekt prozess präsident "
    "präsidentin putsch rakete raketen rede referendum reform regel regeln regierung regime region reise reisende "
    "rettung richtlinie rücktritt sanktion sanktionen schiff sender serie sieg sitz skandal soldat soldaten spieler "
    "spielerin spitze sprecher sprecherin staat staaten star stars strategie streit stürmer team test tests tochter "
    "tod tor trainer transfer treffen truppe truppen turnier unternehmen urteil verbot verdacht verfahren "
    "verhandlungen vertrag vertreter verwaltung viertel virus vize vorsitzende vorsitzender vorstand vorstoß wahl "
    "wahlkampf werk werke wirtschaft wähler zentrale zug züge ärger übernahme"
)
SPORT = re.compile(
    r"\b(?:trainer|tore?|liga|bundesliga|spieltag|verein|mannschaft|stürmer|torwart|elfmeter|tabelle\w*|halbzeit|pokal\w*"
    r"|niederlage|auswärts\w*|heimspiel|sieg|gastgeber|1:0|2:1|0:0|aufsteiger|abstieg|profis?|saison)\b",
    re.IGNORECASE,
)


def chain(article: Article, mentions: Sequence[Mention], glossary: Iterable[GlossaryEntry] = ()) -> tuple[Entity, ...]:
    """The entities of an article, in order of first mention; mentions of dates, money and quantities are left aside.

    Near-linear in the length of the article. Glossary entries have the last word: their occurrences are mentions even
    where the recogniser saw none, and their English is the entity's.
    """
    names = gazetteer.default()
    entries = glossaries.Glossary(glossary)
    found = [*mentions, *occurrences.well_known(article.text, names)]
    clean = entries.claim(article.text, clean_mentions(article, found))
    settled = settle_types(article, clean, names)
    chains = Chains()
    nodes = [
        *chain_people(article, [mention for mention in settled if mention.type == "PER"], names, chains),
        *chain_others(article, [mention for mention in settled if mention.type != "PER"], names, chains),
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
    mentions = [_of_known_type(mention, names) for mention in mentions]
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


def _of_known_type(mention: Mention, names: Gazetteer) -> Mention:
    """ "Russische Föderation" is a place and nothing else, whatever the recogniser says."""
    if mention.type == "PER" or " " not in mention.text or names.find(mention.text, mention.type):  # type: ignore[arg-type]
        return mention
    kind = names.only_type(mention.text)
    return mention if kind is None else replace(mention, type=kind)


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
    if gazetteer.default().find(article.text[start:end], mention.type) is None:  # type: ignore[arg-type]
        end = _before_common_noun(article.text, start, end)
    if start >= end or not any(char.isalpha() for char in article.text[start:end]):
        return None
    return Mention(article.text[start:end], start, end, mention.type)


def _before_common_noun(text: str, start: int, end: int) -> int:
    """ "Scholz-Regierung": the name part. A hyphen within a name (Ifo-Institut, Kramp-Karrenbauer) stays."""
    hyphen = text.rfind("-", start, end)
    while hyphen > start and text[hyphen + 1 : end].lower() in COMMON_NOUNS:
        end, hyphen = hyphen, text.rfind("-", start, hyphen)
    return end


def _after_titles(text: str, start: int, end: int) -> int:
    while (space := text.find(" ", start, end)) > 0 and persons.is_title(text[start:space]):
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
