"""Compiles what the tagger is told of each word: what name lists say of it, and whether it is a common noun.

    python -m training.ner.tagger.words --corpora CORPORA --out build/ner/word-classes.txt.gz

German writes nouns and names alike, so running text tells the nouns: they follow words like *ein* or *kein*, or an
adjective; names seldom do. Three more letters of a word class (`service.entities.word_features`) say so: N a noun, M a
noun that closes names as well (*Straße*), A a word that is often written small.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from service.entities.word_features import is_capitalised, tails, write_classes
from training.mt.errors import run_step
from training.ner.conll import read_conll
from training.ner.gazetteer import word_classes
from training.ner.tagger.sentences import cut
from training.ner.text import sentence_lines

SHORTEST_NOUN = 3  # letters

# These stand before nouns and hardly ever before names.
DETERMINER = re.compile(
    r"(?i)(k?eine?[nmrs]?|[msd]eine?[nmr]?|ihre?[nmr]?|unsere?[nmr]?|(dies|jed|welch|manch)e[nmrs]?|alle[nr]?|viele[nr]?"
    r"|einige[nr]?|mehrere[nr]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)"
)
ADJECTIVE = re.compile(r"[a-zäöüß]{4,}(e|en|em|er|es)")
NO_ADJECTIVE = re.compile(
    "oder|aber|wenn|über|unter|ohne|gegen|seine|ihre|einer|wurden?|werden|haben|waren|sagte|hatten?|können|müssen"
)
# So often with a small letter, and not much more often with a capital: at the head of a sentence it is hardly a name.
SMALL_OFTEN, SMALL_SHARE = 5, 0.5
# A noun that closes names in this share of the gold words that it closes, and at least twice.
NAMES_SHARE, NAMES_COUNT = 0.2, 2
# GermEval's own sentences would make every word of theirs a known one.
NOT_READ = "germeval14-translated"


def noun_text(corpora: Path) -> Iterator[str]:
    """All German text that may be used, software manuals too."""
    with (corpora / "parallel/manifest.tsv").open(encoding="utf-8") as manifest:
        rows = list(csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if row["ship"] == "yes" and row["tier"] in "ABC" and row["name"] != NOT_READ:
            with lzma.open(corpora / "parallel" / f"{row['name']}.de.xz", "rt", encoding="utf-8") as lines:
                yield from lines
    yield from sentence_lines(corpora)


@dataclass(slots=True)
class Company:
    """How often each capitalised word was seen, behind which words, and each word in small letters."""

    seen: Counter[str] = field(default_factory=Counter)
    determined: Counter[str] = field(default_factory=Counter)
    described: Counter[str] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)

    def count(self, words: list[str]) -> None:
        for before, word in zip(["", *words], words, strict=False):
            if not word[0].isupper():
                self.small[word] += word.isalpha()
                continue
            self.seen[word] += before[:1].isalnum()
            if DETERMINER.fullmatch(before):
                self.determined[word] += 1
            elif ADJECTIVE.fullmatch(before) and not NO_ADJECTIVE.fullmatch(before):
                self.described[word] += 1

    def is_noun(self, word: str) -> bool:
        seen, determined, described = max(1, self.seen[word]), self.determined[word], self.described[word]
        return (
            (determined >= 2 and determined / seen >= 0.03)
            or (determined >= 1 and determined + described >= 2 and (determined + described) / seen >= 0.1)
            or (described >= 3 and described / seen >= 0.15)
            or (determined == 1 and seen <= 3)
        )


def closing_names(gold: Path, nouns: set[str]) -> set[str]:
    """The nouns that close names in the gold sentences, as *Straße* does in *Schulstraße*."""
    closes: dict[str, Counter[bool]] = defaultdict(Counter)
    for sentence in read_conll(gold):
        for word, tag in zip(sentence.words, sentence.tags, strict=True):
            tail = next((tail for tail in tails(word) if tail in nouns), None) if is_capitalised(word) else None
            if tail and word not in nouns:
                closes[tail][tag != "O"] += 1
    return {
        tail
        for tail, counts in closes.items()
        if counts[True] >= NAMES_COUNT and counts[True] >= NAMES_SHARE * counts.total()
    }


def word_kinds(corpora: Path) -> dict[str, str]:
    """Capitalised words with N, M or A."""
    company = Company()
    for line in filter(str.strip, noun_text(corpora)):
        company.count(cut(line))
    plain = [word for word in company.seen if is_capitalised(word) and len(word) >= SHORTEST_NOUN]
    nouns = {word for word in plain if company.is_noun(word)}
    closing = closing_names(corpora / "ner/germeval14/train.conll", nouns)
    small = {
        word.capitalize()
        for word, count in company.small.items()
        if count >= SMALL_OFTEN and count >= SMALL_SHARE * company.seen[word.capitalize()]
    }
    return dict.fromkeys(small, "A") | {noun: "M" if noun in closing else "N" for noun in nouns}


def compile_words(corpora: Path, out: Path) -> None:
    listed = word_classes(corpora / "names", "de", cut)
    classes = {word: letters.strip("<>") for word, letters in listed.items()}
    kinds = word_kinds(corpora)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_classes(out, {word: classes.get(word, "") + kinds.get(word, "") for word in classes.keys() | kinds.keys()})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    return run_step("words", lambda: compile_words(arguments.corpora, arguments.out))


if __name__ == "__main__":
    sys.exit(main())
