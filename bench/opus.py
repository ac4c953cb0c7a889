"""A model of opus-mt's size with random weights: our engine beside transformers, and how near int8 comes to its peak.

    python -m bench.opus models/marian-de-en [--rounds 5]

The weights are random, so these are speeds and no translations: an article of 27 sentences of 30 pieces, 30 pieces out
of each. Tokenizer files come from the folder named. Needs the extra `reference`.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import MarianConfig, MarianMTModel

from bench.reference import QuickDecoder, use_all_cores
from service.translation.conversion import TOKENIZER_FILES, convert
from service.translation.ctranslate2_engine import CTranslate2Decoder
from service.translation.marian_engine import Search, batches
from service.translation.tuning import tune_process

VOCABULARY = 58_101  # the last piece is <pad>, as in opus-mt
END, UNKNOWN = 0, 1
SENTENCES, PIECES = 27, 30


@dataclass(frozen=True, slots=True)
class Forced(Search):
    """As many pieces out as went in; random weights have no end of their own."""

    def max_length(self, source_length: int) -> int:
        return PIECES


def configuration() -> MarianConfig:
    """opus-mt-de-en: 6+6 layers of width 512."""
    pad = VOCABULARY - 1
    return MarianConfig(
        vocab_size=VOCABULARY, decoder_vocab_size=VOCABULARY, d_model=512, encoder_layers=6, decoder_layers=6,
        encoder_attention_heads=8, decoder_attention_heads=8, encoder_ffn_dim=2048, decoder_ffn_dim=2048,
        activation_function="swish", scale_embedding=True, static_position_embeddings=True,
        share_encoder_decoder_embeddings=True, tie_word_embeddings=True, pad_token_id=pad, eos_token_id=END,
        forced_eos_token_id=None, decoder_start_token_id=pad, num_beams=1, max_length=512, bad_words_ids=[[pad]],
    )  # fmt: skip


def write_checkpoint(folder: Path, tokenizer: Path) -> list[str]:
    """A checkpoint as transformers saves it; returns its pieces."""
    torch.manual_seed(1)
    model = MarianMTModel(configuration())
    model.final_logits_bias[0, END] = -1e4  # a random model might end at once
    model.save_pretrained(folder)
    for name in TOKENIZER_FILES:
        shutil.copy(tokenizer / name, folder / name)
    known = ["</s>", "<unk>", *(f"p{number}" for number in range(VOCABULARY - 3)), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({piece: number for number, piece in enumerate(known)}))
    return known


def measure(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, tuple[float, float]]:
    """Median seconds of wall and processor time, rounds alternating; the first warms up."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, work in ways.items():
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            if number:
                taken[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return {name: tuple(map(statistics.median, zip(*runs, strict=True))) for name, runs in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    tune_process()
    with tempfile.TemporaryDirectory() as temporary:
        checkpoint = Path(temporary) / "checkpoint"
        pieces = write_checkpoint(checkpoint, arguments.folder)
        ours = CTranslate2Decoder(convert(checkpoint, Path(temporary) / "int8"))
        theirs = QuickDecoder(checkpoint)
    use_all_cores()
    drawn = random.Random(1)
    article = [drawn.choices(pieces[2:-1], k=PIECES) for _ in range(SENTENCES)]
    halves = [[article[i] for i in batch] for batch in batches([PIECES] * SENTENCES, ours.workers)]
    ways = {
        "our engine, int8, an article": lambda: ours.decode(halves, [Forced()] * len(halves)),
        "transformers, float32, an article": lambda: theirs.decode([article], [Forced()]),
        "our engine, int8, one sentence": lambda: ours.decode([article[:1]], [Forced()]),
        "transformers, float32, one sentence": lambda: theirs.decode([article[:1]], [Forced()]),
    }
    taken = measure(ways, arguments.rounds)
    print(f"| opus-mt's size, {SENTENCES} x {PIECES} pieces | wall ms | CPU ms | times our engine |\n|---|---|---|---|")
    for name, (wall, cpu) in taken.items():
        first = taken[name.replace("transformers, float32", "our engine, int8")][0]
        print(f"| {name} | {1000 * wall:.0f} | {1000 * cpu:.0f} | {wall / first:.1f} |")


if __name__ == "__main__":
    main()
