"""The reference engine: Hugging Face transformers and torch, float32, to hold the default engine to.

Needs the extra `reference`. Slow by choice: it decodes with `generate`, then reads the alignment and the score from a
second pass over the finished translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy
import torch
from transformers import MarianMTModel, MarianTokenizer

from service.translation.conversion import ALIGNMENT_HEADS, ALIGNMENT_LAYER
from service.translation.marian_engine import Batch, Hypothesis, Search


class TransformersDecoder:
    """Decodes a Marian checkpoint, one batch after the other."""

    workers = 1

    def __init__(
        self, checkpoint: Path, alignment_layer: int = ALIGNMENT_LAYER, alignment_heads: int = ALIGNMENT_HEADS
    ) -> None:
        self._vocabulary = MarianTokenizer.from_pretrained(str(checkpoint))
        # Only the eager implementation gives the attention back.
        self._model = MarianMTModel.from_pretrained(
            str(checkpoint), dtype=torch.float32, attn_implementation="eager"
        ).eval()
        self._alignment_layer = alignment_layer
        self._alignment_heads = alignment_heads

    def decode(self, batches: Sequence[Batch], searches: Sequence[Search]) -> list[list[Hypothesis]]:
        return [self._decode_batch(batch, search) for batch, search in zip(batches, searches, strict=True)]

    @torch.inference_mode()
    def _decode_batch(self, batch: Batch, search: Search) -> list[Hypothesis]:
        source, source_mask = self._padded([self._vocabulary.convert_tokens_to_ids(list(tokens)) for tokens in batch])
        generated = self._model.generate(
            input_ids=source,
            attention_mask=source_mask,
            num_beams=search.beam_size,
            num_return_sequences=search.hypotheses,
            do_sample=False,
            early_stopping=search.beam_size > 1,
            no_repeat_ngram_size=search.no_repeat_ngram_size,
            max_new_tokens=search.max_length(max(map(len, batch))),
            min_new_tokens=1,
            max_length=None,
            bad_words_ids=[[self._vocabulary.pad_token_id]],
            renormalize_logits=True,  # CTranslate2 forbids tokens before the softmax, not after
            forced_eos_token_id=None,
        )
        targets = [self._without_specials(row) for row in generated.tolist()]
        repeated = [rows.repeat_interleave(search.hypotheses, dim=0) for rows in (source, source_mask)]
        attention, scores = self._read(*repeated, targets)
        found = [
            Hypothesis(
                self._vocabulary.convert_ids_to_tokens(target),
                attention[row, : len(target), : len(batch[row // search.hypotheses]) + 1],
                score,
            )
            for row, (target, score) in enumerate(zip(targets, scores, strict=True))
        ]
        ranked = [found[row : row + search.hypotheses] for row in range(0, len(found), search.hypotheses)]
        return [replace(best, others=tuple(others)) for best, *others in ranked]

    def _padded(self, sequences: Sequence[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids with `</s>` at the end and `<pad>` after it, and the mask; both of shape (sequences, longest)."""
        ended = [torch.tensor([*ids, self._vocabulary.eos_token_id]) for ids in sequences]
        ids = torch.nn.utils.rnn.pad_sequence(ended, batch_first=True, padding_value=self._vocabulary.pad_token_id)
        lengths = torch.tensor([len(row) for row in ended])
        return ids, (torch.arange(ids.shape[1])[None, :] < lengths[:, None]).long()

    def _without_specials(self, row: list[int]) -> list[int]:
        """The generated ids between the start token and the first `</s>`."""
        ids = row[1:]
        return ids[: ids.index(self._vocabulary.eos_token_id)] if self._vocabulary.eos_token_id in ids else ids

    def _read(
        self, source: torch.Tensor, source_mask: torch.Tensor, targets: list[list[int]]
    ) -> tuple[numpy.ndarray, list[float]]:
        """Alignment of shape (sentences, target, source), and the mean log-probability of each target with `</s>`."""
        target, target_mask = self._padded(targets)
        output = self._model(input_ids=source, attention_mask=source_mask, labels=target, output_attentions=True)
        attention = output.cross_attentions[self._alignment_layer][:, : self._alignment_heads].mean(dim=1)
        logits = output.logits
        logits[..., self._vocabulary.pad_token_id] = -torch.inf
        chosen = logits.log_softmax(-1).gather(-1, target[..., None]).squeeze(-1)
        chosen = chosen.masked_fill(target_mask == 0, 0.0)
        return attention.numpy(), (chosen.sum(1) / target_mask.sum(1)).tolist()
