"""Chooses the canonical German form of an entity and its English, and says which English forms a mention may have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from service.entities import gazetteer, persons
from service.entities.acronyms import ACRONYM
from service.entities.gazetteer import Gazetteer
from service.entities.glossary import Glossary
from service.entities.model import Entity, EntityType
from service.entities.spelling import fold, without_genitive
from service.entities.transliteration import english_person, pinyin
from service.entities.words import Form, distinct_forms

DIRECTIONS = {
    "Nord": "northern", "Süd": "southern", "Ost": "eastern", "West": "western", "Zentral": "central",
    "Nordost": "north-eastern", "Nordwest": "north-western", "Südost": "south-eastern", "Südwest": "south-western",
}  # fmt: skip
COMPASS = re.compile(rf"({'|'.join(sorted(DIRECTIONS, key=len, reverse=True))})-?(\w{{4,}})$")


@dataclass(frozen=True, slots=True)
class Canonical:
    german: str
    english: str
    wikidata: str | None = None
    fixed: bool = False  # set by a glossary: projection puts it in whatever the translation says


@dataclass(frozen=True)
class English:
    """How one mention should read in English, and what else may stand for it; no article, no genitive."""

    form: str
    accepted: tuple[str, ...] = ()

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """All of them, best first."""
        return distinct_forms((self.form, *self.accepted))


def canonical_forms(
    kind: EntityType, forms: Mapping[str, int], names: Gazetteer, slavic_article: bool, glossary: Glossary
) -> Canonical:
    """`forms` counts an entity's German writings; the glossary comes first, then the gazetteer, then the rules."""
    ruled = [(form, english) for form in forms if (english := glossary.english(form, kind)) is not None]
    german = _canonical_german(kind, forms, names)
    if ruled:
        fullest, english = max(ruled, key=lambda pair: (pair[0] == german, len(pair[0].split())))
        if kind != "PER" or len(fullest.split()) >= len(german.split()):
            return Canonical(german if kind == "PER" else fullest, english, fixed=True)
        english = _with_surname(_english(kind, german, names, slavic_article), english)
        return Canonical(german, english, fixed=True)
    found = names.find(german, kind)
    wikidata = found[1].wikidata if found else None
    return Canonical(german, _english(kind, german, names, slavic_article), wikidata)


def english_of(entity: Entity, mention: str) -> English:
    """The English of one mention: a surname stays a surname, an acronym an acronym."""
    return _english_of(entity.type, entity.canonical_de, entity.canonical_en, entity.fixed, mention)


@lru_cache(maxsize=4_096)  # projection and checks ask at every attempt
def _english_of(kind: EntityType, full_de: str, full_en: str, fixed: bool, mention: str) -> English:
    names = gazetteer.default()
    if kind == "PER":
        return _english_person_mention(full_de, full_en, mention, names)
    known = names.find(mention, kind)
    whole = names.find(full_de, kind)
    accepted = tuple(dict.fromkeys(form for found in (known, whole) if found for form in found[1].english))
    if fixed or known is None:
        form = full_en
        if not fixed and ACRONYM.match(mention) and not ACRONYM.match(full_de) and mention.isupper():
            form = mention  # an acronym without an English one stands as it is
        return English(form, (full_en, *accepted))
    return English(known[1].forms[known[0]], (full_en, *accepted))


def _english_person_mention(full_de: str, full_en: str, mention: str, names: Gazetteer) -> English:
    known = names.find(full_de, "PER")
    others = tuple(known[1].english) if known else ()
    form = _part(full_de, full_en, mention)
    length = len(form.split())
    if length == len(full_en.split()) or len(full_de.split()) == 1:
        accepted = tuple(other for other in others if len(other.split()) == length)
        return English(form, accepted)
    return English(form, tuple(dict.fromkeys(_part(full_de, other, mention) for other in others)))


def _part(full_de: str, full_en: str, mention: str) -> str:
    """The words of the English name that answer the mention's words of the German one."""
    person, mentioned = persons.parse(full_de), persons.parse(mention)
    german, english = full_de.split(), full_en.split()
    if persons.NUMERAL.match(german[-1]) and persons.NUMERAL.match(english[-1]):  # "Leo" of "Leo XIV."
        return full_en if mentioned.generation else _part(" ".join(german[:-1]), " ".join(english[:-1]), mention)
    wanted = len(mentioned.text.split())
    if wanted >= len(german) or len(english) == 1 or mentioned.family_first:
        return full_en
    if person.family_first or persons.is_family_first(english):
        return (
            english[0] if fold(mention).split()[0][:3] == fold(german[0])[:3] or wanted > 1 else " ".join(english[1:])
        )
    bare = without_genitive(mention) or mention
    if wanted == 1 and len(german) > 1 and fold(german[0]) in (fold(mention), fold(bare)) and person.given:
        return english[0]
    if person.has_two_surnames and len(german) == len(english):
        return _same_place(german, english, bare.split())
    start = (
        len(english) - (len(german) - len(person.given))
        if wanted == 1 and _is_particle_short(german, mention)
        else -wanted
    )
    return " ".join(english[start:]) if start < 0 or start < len(english) else full_en


def _same_place(german: list[str], english: list[str], part: list[str]) -> str:
    """The English words that stand where the part stands in the German name; the last ones where it does not."""
    folded, wanted = [fold(word) for word in german], [fold(word) for word in part]
    places = range(len(german) - len(part) + 1)
    start = next((at for at in places if folded[at : at + len(part)] == wanted), len(german) - len(part))
    return " ".join(english[start : start + len(part)])


def _is_particle_short(german: list[str], mention: str) -> bool:
    return len(german) > 2 and mention.split()[0].lower() in persons.PARTICLES


def _canonical_german(kind: EntityType, forms: Mapping[str, int], names: Gazetteer) -> str:
    if kind == "PER":
        return max(
            forms,
            key=lambda form: (
                persons.parse(form).is_full,
                names.find(form, kind) is not None,
                forms[form],
                len(form.split()),
                len(form),
            ),
        )
    long = {form: count for form, count in forms.items() if not (ACRONYM.match(form) and form.upper() == form)} or forms
    if kind == "LOC":
        long = forms
    return max(
        long,
        key=lambda form: (names.find(form, kind) is not None, len(form.split()) > 1 and kind == "ORG", forms[form]),
    )


def _english(kind: EntityType, german: str, names: Gazetteer, slavic_article: bool) -> str:
    found = names.find(german, kind)
    if found is not None:
        return found[1].forms[found[0]]
    if kind == "PER":
        bare = re.sub(r"['’]$", "", german)
        words = bare.split()
        if persons.is_family_first(pinyin(words)):
            return " ".join(pinyin(words))
        words = english_person(words, names.given, names.surnames, slavic_article)
        return " ".join([*words[:-1], names.famous.get(words[-1], words[-1])])
    if kind == "LOC" and (part := _part_of_country(german, names)) is not None:
        return part
    for other in ("ORG", "LOC", "MISC"):
        if other != kind and (found := names.find(german, other)) is not None and found[1].source != "naturalearth":
            return found[1].forms[found[0]]
    return german


def _part_of_country(german: str, names: Gazetteer) -> str | None:
    """ "Nordgriechenland" and "Nord-Griechenland" are northern Greece."""
    match = COMPASS.match(german)
    country = names.find(match[2].capitalize(), "LOC") if match else None
    if match is None or country is None or country[1].source == "naturalearth":
        return None
    return f"{DIRECTIONS[match[1]]} {country[1].forms[country[0]]}"


def _with_surname(full: str, surname: str) -> str:
    """A glossary gives the surname only: the rest of the name stays."""
    words = full.split()
    return " ".join([*words[: max(0, len(words) - len(surname.split()))], surname])
