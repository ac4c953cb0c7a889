"""How long a sentence the model should read at once: BLEU, chrF++ and processor time by the limit, in long sentences.

    python -m bench.stretches --corpora ../shared/corpora [--limits 120 70 60 50]

Only lines with a sentence of more than 40 pieces take part, the same ones for each limit; the others are not cut.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

from service.article.plain import read_text
from service.segmentation.german import segment
from service.translation.loading import load_engine
from service.translation.marian_engine import MarianEngine
from service.translation.marian_tokenizer import MarianTokenizer

SETS = ("wmt19.de-en", "wmt20.de-en", "wmt21.de-en", "flores-dev")
LONG = 40  # pieces


@dataclass(frozen=True, slots=True)
class Line:
    sentences: tuple[str, ...]
    reference: str


def long_lines(corpora: Path, name: str, tokenizer: MarianTokenizer) -> list[Line]:
    german, english = ((corpora / "eval" / f"{name}.{side}").read_text("utf-8").splitlines() for side in ("de", "en"))
    lines = [
        Line(tuple(sentence.text for sentence in segment(read_text(source))), reference)
        for source, reference in zip(german, english, strict=True)
    ]
    return [line for line in lines if any(len(e.tokens) > LONG for e in tokenizer.encode_all(line.sentences))]


def translated(lines: Sequence[Line], engine: MarianEngine) -> list[str]:
    targets = iter(engine.translate([sentence for line in lines for sentence in line.sentences]))
    return [" ".join(next(targets).target for _ in line.sentences) for line in lines]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path(__file__).parents[1] / "models" / "marian-de-en")
    parser.add_argument("--limits", type=int, nargs="+", default=[120, 70, 60, 50])
    arguments = parser.parse_args()
    tokenizer = MarianTokenizer.from_folder(arguments.model)
    sets = {name: long_lines(arguments.corpora, name, tokenizer) for name in SETS}
    print("| pieces | " + " | ".join(f"{name}, {len(lines)} lines" for name, lines in sets.items()) + " | CPU s |")
    print("|---|" + "---|" * (len(sets) + 1))
    for limit in arguments.limits:
        engine = load_engine(arguments.model, workers=1, max_pieces=limit)
        started, cells = time.process_time(), []
        for lines in sets.values():
            made, references = translated(lines, engine), [[line.reference for line in lines]]
            bleu, chrf = BLEU().corpus_score(made, references), CHRF(word_order=2).corpus_score(made, references)
            cells.append(f"{bleu.score:.2f}, {chrf.score:.2f}")
        print(f"| {limit} | " + " | ".join(cells) + f" | {time.process_time() - started:.1f} |", flush=True)


if __name__ == "__main__":
    main()
