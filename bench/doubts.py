"""What the model's own doubts are worth: are doubted words and sentences those that human translators wrote otherwise?

    python -m bench.doubts --corpora ../shared/corpora [--lines N]

A word counts as confirmed when it stands in the human translation of its line. Synonyms do not: no share is 100 %.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from sacrebleu.metrics import CHRF

from service.translation.confidence import WORD
from service.translation.loading import load_engine
from service.translation.model import Translation

MODEL = Path(__file__).parents[1] / "models" / "marian-de-en"
SETS = ("wmt19.de-en", "wmt20.de-en", "wmt21.de-en")
FIFTHS = 5


def confirmed(translation: Translation, reference: str) -> tuple[list[bool], list[bool]]:
    """For each doubted word of the translation whether the reference has it, then the same for the others."""
    human = {word.lower() for word in WORD.findall(reference)}
    doubted = set(translation.doubts or ())
    found: tuple[list[bool], list[bool]] = ([], [])
    for match in WORD.finditer(translation.target):
        found[match.span() not in doubted].append(match.group().lower() in human)
    return found


def report_words(translations: Sequence[Translation], references: Sequence[str]) -> None:
    pairs = [confirmed(one, reference) for one, reference in zip(translations, references, strict=True)]
    doubted, others = ([known for pair in pairs for known in pair[side]] for side in (0, 1))
    share = len(doubted) / (len(doubted) + len(others))
    free = sum(not one.doubts for one in translations) / len(translations)
    print(f"  {share:.1%} of the words are doubted, {free:.0%} of the lines have none")
    print(
        f"  confirmed: {sum(doubted) / len(doubted):.0%} of the doubted, {sum(others) / len(others):.0%} of the others"
    )


def report_sentences(translations: Sequence[Translation], references: Sequence[str]) -> None:
    metric = CHRF(word_order=2)
    for fifth in range(FIFTHS):
        inside = [
            (one.target, reference)
            for one, reference in zip(translations, references, strict=True)
            if min(FIFTHS - 1, int((one.confidence or 0.0) * FIFTHS)) == fifth
        ]
        chrf = sum(metric.sentence_score(text, [own]).score for text, own in inside) / max(1, len(inside))
        span = f"{fifth / FIFTHS:.1f} to {(fifth + 1) / FIFTHS:.1f}"
        print(f"  confidence {span}: {len(inside)} lines, chrF++ {chrf:.1f} on average")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--lines", type=int, help="only so many of each set")
    arguments = parser.parse_args()
    engine = load_engine(arguments.model)
    for name in SETS:
        german, english = (
            (arguments.corpora / "eval" / f"{name}.{side}").read_text("utf-8").splitlines()[: arguments.lines]
            for side in ("de", "en")
        )
        translations = engine.translate(german)
        print(f"\n{name}, {len(german)} lines")
        report_words(translations, english)
        report_sentences(translations, english)


if __name__ == "__main__":
    main()
