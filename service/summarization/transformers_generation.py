"""Writes summaries with any sequence-to-sequence checkpoint of the Hugging Face hub.

Needs the extra `reference` (torch and transformers).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path

import torch
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, StoppingCriteria, StoppingCriteriaList

from service.patience import DeadlineExceeded, Patience
from service.summarization.generation import CannotWrite, GeneratedText

SHARE = 0.5  # of a request's time that writing may take; the rest is for what follows, or for the extractive summary
BEAM_SIZE = 1  # as the scores of the catalog's model were measured; four take half as long again
NO_REPEAT_NGRAM_SIZE = 3
MARKS = 2  # tokens that a tokenizer puts around a text, at most


class WhilePatient(StoppingCriteria):
    """Asked after each token: goes on until a request gives up, then raises what its patience raises."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor, **_: object) -> torch.Tensor:
        self._patience.check()
        return torch.zeros(input_ids.shape[0], dtype=torch.bool)


class TransformersGenerator:
    """A fetched checkpoint. May be called from several threads: they take turns, and torch uses the cores.

    `prefix` is what the model was trained to read before the text; lengths are in tokens.
    """

    def __init__(self, folder: Path, prefix: str = "", input_tokens: int = 512, output_tokens: int = 128) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model = AutoModelForSeq2SeqLM.from_pretrained(folder, local_files_only=True, dtype=torch.float32).eval()
        positions = getattr(self._model.config, "max_position_embeddings", None) or input_tokens
        self._input_tokens = int(min(input_tokens, positions, self._tokenizer.model_max_length))
        self._output_tokens = output_tokens
        self._prefix = prefix
        self._turn = threading.Lock()

    @torch.inference_mode()
    def generate(self, sentences: Sequence[str], patience: Patience) -> GeneratedText:
        own = patience.share(SHARE)
        with self._turn_within(own):
            read = self._readable(sentences)
            source = self._tokenizer(self._prefix + " ".join(sentences[:read]), return_tensors="pt")
            written = self._model.generate(
                input_ids=source["input_ids"],
                attention_mask=source["attention_mask"],
                max_new_tokens=self._output_tokens,
                num_beams=BEAM_SIZE,
                no_repeat_ngram_size=NO_REPEAT_NGRAM_SIZE,
                do_sample=False,
                stopping_criteria=StoppingCriteriaList([WhilePatient(own)]),
            )
        return GeneratedText(self._tokenizer.decode(written[0], skip_special_tokens=True).strip(), read)

    @contextmanager
    def _turn_within(self, patience: Patience) -> Iterator[None]:
        """The model for oneself. Raises CannotWrite when the time for waiting and for writing is up."""
        try:
            if not self._turn.acquire(timeout=min(patience.seconds_left, threading.TIMEOUT_MAX)):
                raise DeadlineExceeded
            try:
                yield
            finally:
                self._turn.release()
        except DeadlineExceeded:
            raise CannotWrite("the abstractive engine had not finished in time") from None

    def _readable(self, sentences: Sequence[str]) -> int:
        """How many sentences fit into the input whole: half a sentence would be summarized as if it were one."""
        pieces = [self._prefix, *(f" {sentence}" for sentence in sentences)]
        lengths = [len(tokens) for tokens in self._tokenizer(pieces, add_special_tokens=False)["input_ids"]]
        fitting = sum(length + MARKS <= self._input_tokens for length in accumulate(lengths)) - 1
        if fitting < 1:
            raise CannotWrite("the article's first sentence is longer than the abstractive engine reads at once")
        return fitting
