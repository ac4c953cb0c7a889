"""What the marks in an answer are worth: do human translators have the doubted words, and counterparts of the omitted?

    python -m bench.doubts --corpora ../shared/corpora [--lines N]

First decodes, without names. A word counts as confirmed when it stands in the human translation of its line. Synonyms
do not: no share is 100 %. A German word counts as translated by people when the dictionary finds its counterpart there.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sacrebleu.metrics import CHRF

from service.alignment.model import SentencePair
from service.alignment.projection import Projector
from service.checks.attempts import first_plans
from service.checks.counterparts import content_words, marked, omitted
from service.segmentation.model import Sentence
from service.translation.base import is_measured
from service.translation.confidence import WORD
from service.translation.loading import load_engine
from service.translation.model import Span

MODEL = Path(__file__).parents[1] / "models" / "marian-de-en"
SETS = ("wmt19.de-en", "wmt20.de-en", "wmt21.de-en")
FIFTHS = 5

Line = tuple[SentencePair, str]  # with its human translation


def confirmed(lines: Iterable[Line]) -> Iterator[tuple[str, bool]]:
    """For each English word why it is marked, if it is, and whether the human translation has it."""
    for pair, reference in lines:
        human = {word.lower() for word in WORD.findall(reference)}
        for match in WORD.finditer(pair.english):
            yield mark_of(match.span(), pair), match.group().lower() in human


def mark_of(word: Span, pair: SentencePair) -> str:
    explained = word not in pair.unexplained
    unlikely = word in (pair.unlikely or ())
    if explained:
        return "unlikely" if unlikely else "not marked"
    return "unexplained and unlikely" if unlikely else "unexplained"


def translated(lines: Iterable[Line]) -> Iterator[tuple[str, bool]]:
    """For each German content word whether it is marked, and whether people translated it."""
    for pair, reference in lines:
        german = pair.source.text
        left_out = set(omitted(german, reference))
        for span in content_words(german):
            yield "omitted" if span in pair.omissions else "not marked", span not in left_out


def report(title: str, found: Iterable[tuple[str, bool]]) -> None:
    known: dict[str, list[bool]] = {}
    for mark, right in found:
        known.setdefault(mark, []).append(right)
    print(f"  {title}")
    for mark, rights in sorted(known.items()):
        print(f"    {mark}: {len(rights)}, {sum(rights) / len(rights):.0%}")


def report_sentences(lines: Sequence[Line]) -> None:
    metric = CHRF(word_order=2)

    def mean(chosen: Sequence[Line]) -> str:
        score = sum(metric.sentence_score(pair.english, [own]).score for pair, own in chosen) / max(1, len(chosen))
        return f"{len(chosen)} lines, chrF++ {score:.1f} on average"

    for fifth in range(FIFTHS):
        inside = [line for line in lines if min(FIFTHS - 1, int((line[0].confidence or 0.0) * FIFTHS)) == fifth]
        print(f"  confidence {fifth / FIFTHS:.1f} to {(fifth + 1) / FIFTHS:.1f}: {mean(inside)}")
    print(f"  without a mark: {mean([line for line in lines if not line[0].doubts and not line[0].omissions])}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--lines", type=int, help="only so many of each set")
    arguments = parser.parse_args()
    engine, projector = load_engine(arguments.model), Projector(())
    for name in SETS:
        german, english = (
            (arguments.corpora / "eval" / f"{name}.{side}").read_text("utf-8").splitlines()[: arguments.lines]
            for side in ("de", "en")
        )
        plans = first_plans([Sentence(text, 0, len(text), 0) for text in german], is_measured(engine))
        found = engine.translate([plan.german for plan in plans])
        pairs = [
            projector.project(plan.sentence, marked(translation))
            for plan, one in zip(plans, found, strict=True)
            for translation in plan.translations(one)
        ]
        lines = list(zip(pairs, english, strict=True))
        print(f"\n{name}, {len(lines)} lines")
        report("English words, and how many of them the human translation has", confirmed(lines))
        report("German content words, and of how many the human translation has a counterpart", translated(lines))
        report_sentences(lines)


if __name__ == "__main__":
    main()
