"""Makes names of what a recogniser found: cut to what is a name, parted where two stand together, of the right type.

What comes in may overlap, hold titles, run over the end of a sentence, or stand in a web address.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import get_args

from service.article.model import Article
from service.entities import gazetteer, persons
from service.entities.gazetteer import Gazetteer
from service.entities.german_words import replaced_words
from service.entities.model import EntityType, Mention
from service.entities.spelling import fold, without_genitive, word_set
from service.segmentation.german import sentence_spans

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
SPACED_DASH = re.compile(r"\s[-–—]\s")
STOP_INSIDE = re.compile(r"[.!?] +[A-ZÄÖÜ]")
# E-mail, web and account addresses are no names, nor are their parts. https://www.rfc-editor.org/rfc/rfc3986#section-3
ADDRESS = re.compile(r"://|^\W*(?:www\.|[@#]\w)|\w(?:@|\(at\))\w|\.(?:at|ch|com|de|eu|info|net|org)(?:/|\W*$)")
ADDRESS_MARKS = frozenset("/@#.(")  # without one of them there is none
LONGEST_ADDRESS = 200
# "Frankfurt/Main" is one town; "Wien/Linz" above a report are two.
RIVERS = word_set("Main Oder Saale Havel Elbe Spree Donau Ruhr Inn Isar Weser Aller Rhein Neckar Ems Leine Lahn M O")
SLASH = re.compile(r"(?<=\w)/(?=\w)")
LIST_MARKS = {"LOC": SLASH, "PER": re.compile(SLASH.pattern + r"|, (?!(?:jun|sen|jr|sr)\b)", re.IGNORECASE)}

# Before a place or a person's bare name stands no article, but "die Sonne", "am Mond", "der Biker".
ARTICLE = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|im|am|beim|vom|zum|zur|ins)\s$", re.IGNORECASE
)

Span = tuple[int, int]


def clean_mentions(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Names only, inside one sentence, without overlaps (the longer wins), without titles and quotation marks."""
    ends = [block.end for block in article.blocks]
    trimmed = [
        clean
        for mention in mentions
        if mention.type in NAME_TYPES
        for span in _parts(article, mention, ends)
        if (clean := _trimmed(article.text, span, mention)) is not None and not _in_address(article.text, clean)
    ]
    common = {mention.text for mention in trimmed if _is_common_noun(article.text, mention)}
    names = (mention for mention in trimmed if mention.text not in common)
    taken: list[Mention] = []
    for mention in sorted(names, key=lambda m: (m.start, m.start - m.end)):
        if taken and mention.start < taken[-1].end:
            if mention.end - mention.start > taken[-1].end - taken[-1].start:
                taken[-1] = mention
            continue
        taken.append(mention)
    return taken


def _is_common_noun(text: str, mention: Mention) -> bool:
    """A word that translators replace, behind an article, and not listed as a name: nobody called Sonne or Biker."""
    if mention.type not in ("PER", "LOC") or mention.text.lower() not in replaced_words():
        return False
    if any(gazetteer.default().knows_exactly(mention.text, kind) for kind in ("LOC", "ORG")):
        return False
    return ARTICLE.search(text[max(0, mention.start - 8) : mention.start]) is not None


def _in_address(text: str, mention: Mention) -> bool:
    """Whether the characters around the mention, up to the next white space, make an address."""
    start, end, around = mention.start, mention.end, mention.text
    if start and not text[start - 1].isspace():
        around = text[max(0, start - LONGEST_ADDRESS) : start].rsplit(None, 1)[-1] + around
    if end < len(text) and not text[end].isspace():
        around += text[end : end + LONGEST_ADDRESS].split(None, 1)[0]
    return not ADDRESS_MARKS.isdisjoint(around) and ADDRESS.search(around) is not None


def _parts(article: Article, mention: Mention, block_ends: list[int]) -> list[Span]:
    """The mention cut to its block, and where one ran over the end of a sentence, a slash or a comma, its parts."""
    text = article.text
    start, end = max(mention.start, 0), min(mention.end, len(text))
    at = bisect.bisect_right(block_ends, start)
    if at < len(block_ends):
        end = min(end, block_ends[at])
    if not STOP_INSIDE.search(text, start, end):
        return _listed_parts(text, start, end, mention.type)
    sentences = list(sentence_spans(text, start, end))
    parts: list[Span] = []
    for number, (first, last) in enumerate(sentences, 1):
        ends_sentence = number < len(sentences) and text[last - 1] in ".!?"
        parts += _listed_parts(text, first, last - ends_sentence, mention.type)
    return parts


def _listed_parts(text: str, start: int, end: int, kind: str) -> list[Span]:
    """ "Wien/Linz" are two places, "Reyna/Schmitz" and "Gruber, Horvath" two people."""
    marks = LIST_MARKS.get(kind)
    if marks is None or not marks.search(text, start, end) or gazetteer.default().find(text[start:end], kind):  # type: ignore[arg-type]
        return [(start, end)]
    parts: list[Span] = []
    for mark in marks.finditer(text, start, end):
        if text[mark.end() : end] not in RIVERS:
            parts.append((start, mark.start()))
            start = mark.end()
    return [*parts, (start, end)]


def _trimmed(text: str, span: Span, mention: Mention) -> Mention | None:
    """What is left of a part of a mention without what is no part of a name; None when nothing is."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not (text[end - 1].isalnum() or text[end - 1] in ".'’)"):
        end -= 1
    if dash := SPACED_DASH.search(text, start, end):
        end = dash.start()  # "San Sebastián - Mit dem Filmfestival"
    if mention.type == "PER":
        start = _after_titles(text, start, end)
        end = _before_particles(text, start, end)
    if gazetteer.default().find(text[start:end], mention.type) is None:  # type: ignore[arg-type]
        end = _before_common_noun(text, start, end)
    if start >= end or not any(map(str.isalpha, text[start:end])):
        return None
    if (start, end) == (mention.start, mention.end):
        return mention
    return Mention(text[start:end], start, end, mention.type)


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


def _before_particles(text: str, start: int, end: int) -> int:
    """ "Alexander van": a particle that no surname follows is none."""
    while (space := text.rfind(" ", start, end)) > 0 and text[space + 1 : end] in persons.PARTICLES:
        end = space
    return end


def settle_people(article: Article, mentions: Sequence[Mention], names: Gazetteer) -> list[Mention]:
    """People whole and apart: what the other names of the article say about each.

    "Von der Leyen" at the start of a sentence belongs to Ursula von der Leyen; "warf Kaczyński Wałęsa vor" names two
    people where the article has a full name for each; "Lech Wałęsa" is no organisation where "Wałęsa" is a person.
    """
    people = [mention for mention in mentions if mention.type == "PER"]
    surnames = {fold(mention.text.split()[-1]) for mention in people if " " in mention.text}
    behind_particles = _behind_particles(people)
    bare = {mention.text for mention in people if " " not in mention.text}
    settled: list[Mention] = []
    for mention in mentions:
        words = mention.text.split()
        if len(words) == 2 and mention.type != "PER" and words[0] in names.given and _is_bare(words[1], bare):
            mention = replace(mention, type="PER")
        if mention.type == "PER" and len(words) > 1 and _are_two(words, people, surnames):
            cut = mention.text.rindex(words[-1])
            settled.append(
                replace(mention, text=mention.text[:cut].rstrip(), end=mention.start + len(mention.text[:cut].rstrip()))
            )
            mention = replace(mention, text=words[-1], start=mention.start + cut)
        settled.append(_with_particles(article.text, mention, behind_particles))
    return settled


def _is_bare(word: str, bare: Collection[str]) -> bool:
    return word in bare or without_genitive(word) in bare


def _are_two(words: list[str], people: Sequence[Mention], surnames: Collection[str]) -> bool:
    """Whether two surnames of the article stand side by side, each borne by somebody of another full name."""
    if fold(words[-2]) not in surnames or fold(words[-1]) not in surnames:
        return False
    if len(words) > 2 and all(other.text.split() != words[:-1] for other in people):
        return False  # "Anna Müller Schmidt" is hardly Anna Müller and somebody else
    others = [other.text.split() for other in people if other.text.split()[-2:] != words[-2:] and " " in other.text]
    return all(any(fold(other[-1]) == fold(word) for other in others) for word in words[-2:])


def _behind_particles(people: Sequence[Mention]) -> dict[str, str]:
    """The particles of each surname that has some: "von der" for "Leyen"."""
    found: dict[str, str] = {}
    for mention in people:
        words = mention.text.split()
        first = next((at for at, word in enumerate(words) if word in persons.PARTICLES), None)
        if first and all(word in persons.PARTICLES for word in words[first:-1]):
            found[words[-1]] = " ".join(words[first:-1])
    return found


def _with_particles(text: str, mention: Mention, behind_particles: dict[str, str]) -> Mention:
    particles = behind_particles.get(mention.text) or behind_particles.get(without_genitive(mention.text) or "")
    if particles is None:
        return mention
    start = mention.start - len(particles) - 1
    if start < 0 or text[start : mention.start].lower() != f"{particles} ":
        return mention
    return Mention(text[start : mention.end], start, mention.end, "PER")
