"""Compiles the name lists into `models/names/names.tsv.gz`: German name forms and their English, one concept a line.

    python -m training.names.compile --corpora ../shared/corpora

Columns: type, Wikidata id, source, `German=English|...` (the first is the concept's canonical form), other accepted
English forms. A German form stands once: the first source that knows it wins, in the order of `SOURCES`. The second
file, `english-words.txt.gz`, holds the words that English news writes in lower case; projection needs it to tell a
mangled name from an ordinary word.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from service.entities.spelling import stem

HERE = Path(__file__).parent
MODELS = HERE.parent.parent / "models" / "names"

# Left out: parlgov (terms not settled), mledoze (ODbL, and CLDR and the EU list cover the same countries),
# dewiki persons (no English side).
SOURCES = ("hand", "cldr", "eu", "naturalearth", "orgs", "clubs")
SMALLEST_CITY = 20_000  # inhabitants; below that a town's name is more often a surname or a common noun
WORD_FILES = ("europarl-natural", "europarl-comtrans", "europarl-testsets", "wikinews", "tatoeba", "xquad", "pud")
RAREST_WORD = 3

SLAVIC_ENDING = re.compile(r"(ow|ew|jow|owa|ewa|ski|skij|skaja|enko|tschuk|witsch|wna|in|ina|ko|uk|jan|adse)$")
NOT_NAMES = re.compile(r"Pseudo|Unbekannt|Welt$|Äußeres|Überseeinseln|, |\(|^Kongo-|^Nördliches Amerika|^UK$")
BAD_CLUBS = {"Loko Moscow", "Sp Lisbon", "Dynamo Mosc", "T. Moscow", "Rotor"}


@dataclass
class Concept:
    """One real-world name: German forms with their English, and English forms that a translation may use as well."""

    type: str
    source: str
    pairs: dict[str, str]
    accepted: list[str] = field(default_factory=list)
    wikidata: str = ""

    def row(self) -> list[str]:
        pairs = "|".join(
            german if german == english else f"{german}={english}" for german, english in self.pairs.items()
        )
        return [self.type, self.wikidata, self.source, pairs, "|".join(dict.fromkeys(self.accepted))]


def rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def known_names() -> Iterator[Concept]:
    """The hand-written concepts; `German=English` pairs, a bare form is the same in both languages."""
    for kind, wikidata, pairs, *accepted in rows(HERE / "known.tsv"):
        forms = dict((pair.split("=", 1) if "=" in pair else (pair, pair)) for pair in pairs.split("|"))
        others = [form for form in "|".join(accepted).split("|") if form]
        yield Concept(kind, "hand", forms, others, wikidata)


def regions(path: Path) -> Iterator[Concept]:
    """CLDR territories and cities; its language names are no names of ours."""
    for german, english, kind in rows(path):
        if kind == "LOC" and not NOT_NAMES.search(german) and " - " not in english and " (" not in english:
            yield Concept("LOC", "cldr", {german.replace("\xad", ""): english.replace(" & ", " and ")})


def countries(path: Path) -> Iterator[Concept]:
    """The EU list gives a country's short name, then its long one: one concept, when the names say so."""
    concept: Concept | None = None
    for german, english, _ in rows(path):
        english = english.replace("’", "'")
        if concept and re.search(rf"\b{re.escape(next(iter(concept.pairs.values())))}\b", english):
            concept.pairs[german] = english
            continue
        if concept:
            yield concept
        concept = Concept("LOC", "eu", {german: english})
    if concept:
        yield concept


def cities(path: Path) -> Iterator[Concept]:
    """Natural Earth's populated places, largest first; a name that several towns share gets no Wikidata id."""
    places = [row for row in rows(path)]
    shared = collections.Counter(row[0] for row in places)
    for german, english, _, _, inhabitants, wikidata in places:
        if german == english and int(inhabitants) < SMALLEST_CITY:
            continue
        name = re.sub(r" \(.*\)$|^Präfektur |^Kota ", "", german)
        plain = english.replace("\u200e", "")
        if not re.search("City|Stadt", name):
            plain = re.sub(r" (City|District|County)$", "", plain)
        yield Concept("LOC", "naturalearth", {name: plain}, wikidata=wikidata if shared[german] == 1 else "")


def organisations(path: Path) -> Iterator[Concept]:
    for german, english, _ in rows(path):
        yield Concept("ORG", "orgs", {german: english.replace("’", "'")})


def clubs(path: Path) -> Iterator[Concept]:
    for german, english, _ in rows(path):
        if "." not in german.removeprefix("1. ") and english not in BAD_CLUBS and " " in german:
            yield Concept("ORG", "clubs", {german: english})


def without_repeats(concepts: Iterable[Concept]) -> list[Concept]:
    """Keep a German form with the first concept that has it; a later one lends its Wikidata id and accepted English."""
    owner: dict[tuple[str, str], Concept] = {}
    stems: dict[tuple[str, str], Concept] = {}
    kept: list[Concept] = []
    for concept in concepts:
        german = next(iter(concept.pairs))
        first = owner.get((concept.type, german)) or stems.get((concept.type, stem(german)))
        if first is not None:
            first.wikidata = first.wikidata or concept.wikidata
            first.accepted += [form for form in concept.pairs.values() if form not in first.pairs.values()]
            extra = {de: en for de, en in concept.pairs.items() if (concept.type, de) not in owner}
            first.pairs |= extra
            owner |= {(concept.type, de): first for de in extra}
            continue
        concept.pairs = {de: en for de, en in concept.pairs.items() if (concept.type, de) not in owner}
        owner |= {(concept.type, de): concept for de in concept.pairs}
        stems |= {(concept.type, stem(de)): concept for de in concept.pairs if " " in de}
        kept.append(concept)
    return kept


def add_demonyms(concepts: list[Concept]) -> None:
    by_english = {english: concept for concept in reversed(concepts) for english in concept.pairs.values()}
    for country, words in rows(HERE / "demonyms.tsv"):
        if country in by_english:
            by_english[country].accepted += words.split("|")


def add_wikidata(concepts: list[Concept]) -> None:
    """Ids of countries and regions; a capital of the same name has lent its own. Every form must name a concept."""
    by_german = {german: concept for concept in concepts if concept.type == "LOC" for german in concept.pairs}
    for german, wikidata in rows(HERE / "wikidata.tsv"):
        by_german[german].wikidata = wikidata


def slavic_tokens(path: Path) -> Iterator[list[str]]:
    """Given names by hand and attested Russian and Bulgarian surnames: `GIVEN` and `SURNAME` rows of German=English."""
    for german, english in rows(HERE / "given.tsv"):
        yield ["GIVEN", "", "hand", f"{german}={english}", ""]
    seen: set[str] = set()
    for german, english, _, standing in rows(path):
        slavic_ending = SLAVIC_ENDING.search(german)
        if german in seen or not slavic_ending or german.endswith(("witsch", "wna")):
            continue
        if standing == "attested" or german.endswith(("ow", "ew", "owa", "ewa")):
            seen.add(german)
            yield ["SURNAME", "", "ru-names", german if german == english else f"{german}={english}", ""]


def lower_case_words(corpora: Path) -> list[str]:
    """Words that stand in lower case at least `RAREST_WORD` times in openly licensed English text."""
    counts: collections.Counter[str] = collections.Counter()
    for name in WORD_FILES:
        with lzma.open(corpora / "parallel" / f"{name}.en.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                counts.update(re.findall(r"\b[a-z]{2,}\b", line))
    return sorted(word for word, count in counts.items() if count >= RAREST_WORD)


def write(path: Path, text: str) -> None:
    """Gzip without a time stamp, so that the same input gives the same bytes."""
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{path.name}: {text.count(chr(10))} lines, {path.stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    corpora: Path = parser.parse_args().corpora
    names = corpora / "names"
    lists = (
        known_names(),
        regions(names / "cldr/names.tsv"),
        countries(names / "eu-vocab/countries.tsv"),
        cities(names / "naturalearth-cities/names.tsv"),
        organisations(names / "supraverden-orgs/names.tsv"),
        clubs(names / "openfootball-clubs/names.tsv"),
    )
    concepts = without_repeats(concept for source in lists for concept in source)
    add_demonyms(concepts)
    add_wikidata(concepts)
    table = [concept.row() for concept in concepts] + list(slavic_tokens(names / "ru-names-translit/names.tsv"))
    MODELS.mkdir(parents=True, exist_ok=True)
    write(MODELS / "names.tsv.gz", "".join("\t".join(row) + "\n" for row in table))
    write(MODELS / "english-words.txt.gz", "\n".join(lower_case_words(corpora)) + "\n")


if __name__ == "__main__":
    main()
