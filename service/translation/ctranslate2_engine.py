"""The default engine: Marian models in CTranslate2, int8 on the CPU, no torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import ctranslate2
import numpy

from service.translation.marian_engine import Batch, Hypothesis, Search
from service.translation.marian_tokenizer import END

SHORTLIST_FILE = "vmap.txt"  # lexical shortlist: the output layer scores only what the source's pieces may become


class CTranslate2Decoder:
    """Decodes with one set of weights and `workers` translators of `threads` each.

    Make it in the process that uses it: a translator made before a fork hangs in the child.
    """

    def __init__(self, folder: Path, workers: int = 2, threads: int = 1, compute_type: str = "default") -> None:
        self.workers = workers
        self._translator = ctranslate2.Translator(
            str(folder), device="cpu", compute_type=compute_type, inter_threads=workers, intra_threads=threads
        )
        self._shortlist = (folder / SHORTLIST_FILE).is_file()
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._end = [] if config.get("add_source_eos") else [END]

    def decode(self, batches: Sequence[Batch], searches: Sequence[Search]) -> list[list[Hypothesis]]:
        ended = [[[*source, *self._end] for source in batch] for batch in batches]
        running = [self._start(batch, search) for batch, search in zip(ended, searches, strict=True)]
        # CTranslate2 (4.8.5) mixes up the sentences in the first attention row of a beam search over a batch: sentence
        # i gets that of i // beam. The row does not depend on the tokens chosen, so one greedy step gives it.
        first_steps = [
            self._start(batch, search, steps=1) if search.beam_size > 1 and len(batch) > 1 else found
            for batch, search, found in zip(ended, searches, running, strict=True)
        ]
        return [
            [_hypothesis(result.result(), first.result()) for result, first in zip(results, firsts, strict=True)]
            for results, firsts in zip(running, first_steps, strict=True)
        ]

    def _start(
        self, batch: list[list[str]], search: Search, steps: int | None = None
    ) -> list[ctranslate2.AsyncTranslationResult]:
        longest = max(map(len, batch)) - len(self._end)
        return self._translator.translate_batch(
            batch,
            asynchronous=True,
            beam_size=1 if steps else search.beam_size,
            num_hypotheses=1 if steps else search.hypotheses,
            no_repeat_ngram_size=search.no_repeat_ngram_size,
            max_decoding_length=steps or search.max_length(longest),
            max_input_length=0,
            use_vmap=self._shortlist,
            return_scores=True,
            return_attention=True,
            # Without a shortlist they are 58,000 for each token of opus-mt, and no beam returns them (4.8.5).
            return_logits_vocab=self._shortlist and search.beam_size == 1 and steps is None,
        )


def _hypothesis(result: ctranslate2.TranslationResult, first: ctranslate2.TranslationResult) -> Hypothesis:
    """The best hypothesis with the others behind it; `first` gives them their first attention row."""
    best, *others = (
        Hypothesis(tokens, numpy.array([*first.attention[0][:1], *attention[1:]], dtype=numpy.float32), score)
        for tokens, attention, score in zip(result.hypotheses, result.attention, result.scores, strict=True)
    )
    return replace(best, others=tuple(others), log_probs=_log_probs(result))


def _log_probs(result: ctranslate2.TranslationResult) -> numpy.ndarray | None:
    """Of each token of a greedy search, which always takes the likeliest; None where no logits came with it."""
    if not result.logits:
        return None
    logits = numpy.stack([numpy.asarray(step) for step in result.logits[0]])  # (tokens with </s>, candidates)
    likeliest = logits.max(axis=1)
    return -numpy.log(numpy.exp(logits - likeliest[:, None]).sum(axis=1))[: len(result.hypotheses[0])]
