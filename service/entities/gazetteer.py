"""Knows the English form of well-known German name forms; read from the file that `training/names/compile.py` makes.

Not for finding names in text: it only answers what a given form is called.
"""

from __future__ import annotations

import functools
import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from service.article.characters import without_break_hints
from service.entities.model import EntityType
from service.entities.spelling import stem, without_genitive

LONGEST_ACRONYM = 3  # letters: "BERLIN" is Berlin in capitals, "ULM" may be anything
DATIVE = re.compile(r"^\w+den$")  # "in den Niederlanden"
DEFAULT_PATH = Path(__file__).parents[2] / "models" / "names" / "names.tsv.gz"


@dataclass(frozen=True, slots=True)
class Concept:
    """One real-world name: `forms` maps German forms to English; `accepted` are English forms a translation may use."""

    type: EntityType
    source: str
    forms: dict[str, str]
    accepted: tuple[str, ...] = ()
    wikidata: str | None = None
    english: tuple[str, ...] = field(init=False)  # every English form, canonical ones first, without repeats

    def __post_init__(self) -> None:
        object.__setattr__(self, "english", tuple(dict.fromkeys((*self.forms.values(), *self.accepted))))


class Gazetteer:
    """German form and type to concept; besides, English for single Slavic given names and surnames."""

    def __init__(self, concepts: Iterable[Concept], given: dict[str, str], surnames: dict[str, str]) -> None:
        self.given = given
        self.surnames = surnames
        self.famous: dict[str, str] = {}
        self._exact: dict[tuple[EntityType, str], tuple[str, Concept]] = {}
        self._stemmed: dict[tuple[EntityType, str], tuple[str, Concept]] = {}
        for concept in concepts:
            for german in concept.forms:
                self._exact.setdefault((concept.type, german), (german, concept))
                if " " in german and concept.source != "naturalearth":
                    self._stemmed.setdefault((concept.type, stem(german)), (german, concept))
                if concept.type == "PER" and concept.source == "hand":
                    self._learn_surname(german, concept.forms[german])
        listed = {id(concept): concept for _, concept in self._exact.values()}.values()
        self._english = {(concept.type, english) for concept in listed for english in concept.english}
        self._found = functools.lru_cache(maxsize=16_384)(self._look_up)  # the same names are asked for again and again

    def find(self, form: str, kind: EntityType) -> tuple[str, Concept] | None:
        """The listed German form that `form` is an exact, an inflected or a capital writing of, and its concept."""
        return self._found(form, kind)

    def _look_up(self, form: str, kind: EntityType) -> tuple[str, Concept] | None:
        form = without_break_hints(form)
        base = without_genitive(form)
        return (
            self._exact.get((kind, form))
            or (self._exact.get((kind, base)) if base else None)
            or (self._stemmed.get((kind, stem(form))) if " " in form else None)
            or (self._exact.get((kind, form[:-1])) if kind == "LOC" and DATIVE.search(form) else None)
            or (self._exact.get((kind, form.title())) if len(form) > LONGEST_ACRONYM and form.isupper() else None)
        )

    def knows_exactly(self, form: str, kind: EntityType) -> bool:
        """True for forms that a reader would take for this type at sight: no small towns."""
        found = self._exact.get((kind, form))
        return found is not None and (found[1].source != "naturalearth" or found[1].forms[form] != form)

    def only_type(self, form: str) -> EntityType | None:
        """The one type under which a form is listed, small towns and people left aside; None when there are several."""
        kinds: list[EntityType] = [kind for kind in ("LOC", "ORG", "MISC") if self._is_listed(form, kind)]
        return kinds[0] if len(kinds) == 1 else None

    def unmistakable_forms(self) -> Iterator[tuple[str, EntityType]]:
        """Listed forms of several words, with their types; those that begin with an article may be plain German."""
        for (kind, form), (_, concept) in self._exact.items():
            if (
                " " in form
                and concept.source in ("hand", "cldr", "orgs")
                and not form.startswith(("Die ", "Der ", "Das "))
            ):
                yield form, kind

    def _is_listed(self, form: str, kind: EntityType) -> bool:
        found = self.find(form, kind)
        return found is not None and found[1].source != "naturalearth"

    def is_english(self, form: str, kind: EntityType) -> bool:
        """True when some listed name of this type is called so in English."""
        return (kind, form) in self._english

    def _learn_surname(self, german: str, english: str) -> None:
        """A well-known person's surname alone is translated alike, whoever bears it."""
        german_words, english_words = german.split(), english.split()
        if len(german_words) == len(english_words) > 1 and german_words[-1] != english_words[-1]:
            self.famous[german_words[-1]] = english_words[-1]


def load(path: Path = DEFAULT_PATH) -> Gazetteer:
    """Read the compiled file. Raises OSError when it is missing, ValueError when it is not what compile.py writes."""
    concepts: list[Concept] = []
    tokens: dict[str, dict[str, str]] = {"GIVEN": {}, "SURNAME": {}}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            kind, wikidata, source, pairs, accepted = line.rstrip("\n").split("\t")
            forms = dict(_pair(pair) for pair in pairs.split("|"))
            if kind in tokens:
                tokens[kind].update(forms)
                continue
            others = tuple(accepted.split("|")) if accepted else ()
            concepts.append(Concept(kind, source, forms, others, wikidata or None))  # type: ignore[arg-type]
    return Gazetteer(concepts, tokens["GIVEN"], tokens["SURNAME"])


@functools.cache
def default() -> Gazetteer:
    """The bundled gazetteer, read once."""
    return load()


def _pair(text: str) -> tuple[str, str]:
    german, separator, english = text.partition("=")
    return german, english if separator else german
