"""Train the joint sentencepiece vocabulary and write it in MarianTokenizer's form.

    python -m training.mt.vocabulary --data build/mt

Writes `spm.model` (one model for both languages) and `vocab.json` in Marian's order: `</s>` 0, `<unk>` 1, the pieces,
`<pad>` last.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import sentencepiece

SIZE = 12_000
SENTENCES = 700_000  # lines of text, half German, half English
NEWS_REPEATS = 3  # the news corpora weigh more in the choice of pieces
NEWS = ("wikinews", "germeval14-translated", "newsdev08-18", "pud", "wmt-mix-demo")
TECHNICAL = ("manpages", "rustbook", "chat-bcontrast", "synthetic-numbers")
EVERY_LETTER = "".join(chr(code) for code in range(0xC0, 0x17F)) + "„“”‚‘’»«–—…€£$%§°½²³"


def corpus_lines(data: Path, rng: random.Random) -> list[str]:
    lines: list[str] = []
    for row in (data / "pairs.tsv").read_text(encoding="utf-8").splitlines():
        corpus, de, en = row.split("\t")
        if corpus not in TECHNICAL:
            lines += [de, en] * (NEWS_REPEATS if corpus in NEWS else 1)
    rng.shuffle(lines)
    return lines[:SENTENCES]


def train(data: Path, size: int = SIZE, seed: int = 20) -> None:
    lines = corpus_lines(data, random.Random(seed))
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_prefix=str(data / "spm"),
        vocab_size=size,
        model_type="unigram",
        character_coverage=0.9999,
        required_chars=EVERY_LETTER,
        split_digits=True,  # figures are copied digit by digit
        byte_fallback=True,  # a letter never seen still has a form
        normalization_rule_name="nmt_nfkc",
        bos_id=-1, eos_id=0, unk_id=1, pad_id=-1,
        num_threads=2, minloglevel=2,
    )  # fmt: skip
    write_marian_vocabulary(data)


def write_marian_vocabulary(data: Path) -> None:
    model = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    vocabulary = {model.id_to_piece(i): i for i in range(model.get_piece_size())}
    vocabulary["<pad>"] = len(vocabulary)
    (data / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=0), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("build/mt"))
    parser.add_argument("--size", type=int, default=SIZE)
    arguments = parser.parse_args()
    train(arguments.data, arguments.size)


if __name__ == "__main__":
    main()
