"""What the gate for generated sentences lets through and what it stops: true sentences, and false ones made of them.

    python -m bench.abstraction --corpora ../shared/corpora

True are the article's own sentences, and those of the human teaser (10kGNAD) or headline (Wikinews) as far as a person
would draw them from the article alone. False are the article's own with one thing changed. The damages are found with
expressions of their own, not with the lexicons of the checks.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.summarization import SETS, read_pairs
from service.article.plain import read_text
from service.checks.grounding import ungrounded
from service.entities.base import Recognizer
from service.entities.chains import chain
from service.entities.loading import load_recognizer_in
from service.entities.model import Entity
from service.entities.occurrences import find_again
from service.pipeline.abstraction import grounds_of
from service.places import MODELS
from service.segmentation.german import segment, sentence_spans
from service.segmentation.model import Sentence
from service.summarization.abstractive import WrittenSentence
from service.summarization.budget import Budget
from service.summarization.candidates import find_candidates
from service.summarization.extractive import ExtractiveSummarizer
from service.summarization.support import SupportFinder

NUMBER = re.compile(r"\b\d+(?=\b(?![.:]\d))")
SCALES = {"Millionen": "Milliarden", "Milliarden": "Millionen", "Mio.": "Mrd.", "Mrd.": "Mio.", "Prozent": "Millionen"}
DAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
DENIAL = re.compile(r"\b(?:nicht (?!nur|zuletzt)|nie |niemals )")
NONE = re.compile(r"\b([Kk])(ein(?:e[nmrs]?)?)\b")
VERB = re.compile(r"\b(ist|sind|hat|haben|wird|werden|war|waren|will|wollen|kann|können|soll|sollen|muss|müssen)\b")
HEDGE = re.compile(r"\b(?:mutmaßlich\w*|angeblich\w*|offenbar|möglicherweise|vermutlich|wahrscheinlich|anscheinend) ")
ATTRIBUTION = re.compile(
    r",? (?:wie [^,.]{3,60} |so |)(?:sagte|sagt|teilte|erklärte|berichtete|berichtet|betonte|kündigte|hieß es)\b"
    r"[^,.]{0,80}(?=\.$)"
    r"|(?<=^)(?:Laut|Nach Angaben) [^,]{3,40}? (?=(?:ist|sind|hat|haben|wird|werden|war|waren|soll)\b)"
)


@dataclass(frozen=True, slots=True)
class Case:
    """An article's own sentence, and the names that it holds and that it does not."""

    text: str
    names: tuple[tuple[str, str], ...]  # surface, type
    others: tuple[tuple[str, str], ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--names", type=Path, default=MODELS / "ner-de")
    parser.add_argument("--limit", type=int, default=150, help="articles of each set")
    parser.add_argument("--show", help="print what got through of one kind")
    arguments = parser.parse_args()
    recognizer = load_recognizer_in(arguments.names)
    for name in SETS:
        tried: Counter[str] = Counter()
        stopped: Counter[str] = Counter()
        for text, summary in read_pairs(arguments.corpora / SETS[name])[: arguments.limit]:
            for kind, sentence, fault in results(text, summary, recognizer):
                tried[kind] += 1
                stopped[kind] += fault is not None
                if kind == arguments.show:
                    print(f"{'-' if fault else '+'} {sentence}  [{fault}]")
        print(f"\n{name}: {arguments.limit} articles")
        for kind in tried:
            print(f"  {kind:34} {stopped[kind]:5} of {tried[kind]:5} stopped, {stopped[kind] / tried[kind]:6.1%}")


def results(text: str, summary: str, recognizer: Recognizer) -> Iterator[tuple[str, str, str | None]]:
    """Kind, sentence and the first fault that the gate finds in it, for the sentences of one article."""
    article = read_text(text)
    sentences = segment(article)
    entities = chain(article, recognizer.recognize(article.text))
    finder = SupportFinder(find_candidates(article, sentences))

    def fault(sentence: str) -> str | None:
        written = WrittenSentence(Sentence(sentence, 0, len(sentence), 0), finder.find(sentence))
        recognised = recognizer.recognize(sentence)
        names = find_again(sentence, entities, recognised)
        faults = ungrounded(grounds_of(written, names, entities, recognised))
        return faults[0] if faults else None

    chosen = ExtractiveSummarizer().choose(article, sentences, entities, Budget(sentences=5))
    for start, end in sentence_spans(summary):
        yield "human summary", summary[start:end], fault(summary[start:end])
    for case in (case_of(choice.sentence, entities) for choice in chosen):
        yield "verbatim", case.text, fault(case.text)
        for kind, damage in DAMAGES.items():
            damaged = damage(case)
            if damaged is not None and damaged != case.text:
                yield kind, damaged, fault(damaged)


def case_of(sentence: Sentence, entities: Sequence[Entity]) -> Case:
    inside = [
        (mention.text, entity)
        for entity in entities
        for mention in entity.mentions
        if sentence.start <= mention.start and mention.end <= sentence.end
    ]
    here = {entity.id for _, entity in inside}
    others = tuple((entity.canonical_de, entity.type) for entity in entities if entity.id not in here)
    return Case(sentence.text, tuple((text, entity.type) for text, entity in inside), others)


def other_number(case: Case) -> str | None:
    found = list(NUMBER.finditer(case.text))
    if not found:
        return None
    number = found[-1]
    return f"{case.text[: number.start()]}{int(number.group()) + 3}{case.text[number.end() :]}"


def other_scale(case: Case) -> str | None:
    scale = re.search("|".join(map(re.escape, SCALES)), case.text)
    return scale and f"{case.text[: scale.start()]}{SCALES[scale.group()]}{case.text[scale.end() :]}"


def other_day(case: Case) -> str | None:
    day = re.search(rf"\b(?:{'|'.join(DAYS)})\b", case.text)
    return day and case.text.replace(day.group(), DAYS[(DAYS.index(day.group()) + 2) % 7])


def name_of_the_article(case: Case) -> str | None:
    """Another of the article's names in the place of one of the same type."""
    for name, kind in case.names:
        rivals = [other for other, its in case.others if its == kind and other not in case.text]
        if rivals:
            return case.text.replace(name, random.Random(name).choice(rivals))
    return None


def name_from_elsewhere(case: Case) -> str | None:
    strangers = {"PER": "Thomas Schuster", "LOC": "Portugal", "ORG": "Siemens"}
    name = next(((text, strangers[kind]) for text, kind in case.names if kind in strangers), None)
    return name and case.text.replace(*name)


def names_swapped(case: Case) -> str | None:
    """The first two names of one type in each other's place."""
    for kind in ("PER", "ORG", "LOC"):
        found = list(dict.fromkeys(name for name, its in case.names if its == kind))
        for first, second in pairwise(found):
            if first not in second and second not in first:
                return "\0".join(case.text.split(first)).replace(second, first).replace("\0", second)
    return None


def denial_dropped(case: Case) -> str | None:
    if DENIAL.search(case.text):
        return DENIAL.sub("", case.text)
    return NONE.sub(lambda match: ("e" if match[1] == "k" else "E") + match[2][1:], case.text)


def denial_added(case: Case) -> str | None:
    verb = VERB.search(case.text)
    if verb is None or DENIAL.search(case.text) or NONE.search(case.text):
        return None
    return f"{case.text[: verb.end()]} nicht{case.text[verb.end() :]}"


def hedge_dropped(case: Case) -> str | None:
    return HEDGE.sub("", case.text)


def attribution_dropped(case: Case) -> str | None:
    return ATTRIBUTION.sub("", case.text)


def cut_off(case: Case) -> str | None:
    return case.text[: case.text.rindex(" ")] if case.text.count(" ") > 8 else None


DAMAGES: dict[str, Callable[[Case], str | None]] = {
    "number changed": other_number,
    "scale word changed": other_scale,
    "weekday changed": other_day,
    "name of the article in its place": name_of_the_article,
    "name from elsewhere": name_from_elsewhere,
    "two names swapped": names_swapped,
    "denial dropped": denial_dropped,
    "denial added": denial_added,
    "hedge dropped": hedge_dropped,
    "attribution dropped": attribution_dropped,
    "end cut off": cut_off,
}


if __name__ == "__main__":
    main()
