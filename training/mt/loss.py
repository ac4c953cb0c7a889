"""The training objective: label-smoothed cross-entropy over a sampled vocabulary, and guided alignment."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from training.mt.model import PAD, Marian

ALIGNMENT_KEPT = 0.05  # weight that stays on the last layer's first head, which the service reads alignments from


def candidates(target: Tensor, vocabulary: int, negatives: int) -> tuple[Tensor, Tensor]:
    """The batch's own target ids and a random sample of the others, and the log-correction of each.

    Shapes (C,), (C,). A sampled negative stands for `rest / sampled` pieces (Bengio and Senecal 2008), so that the
    partition function keeps its expectation. On CPU the full softmax costs a third of a step.
    """
    present = torch.zeros(vocabulary, dtype=torch.bool, device=target.device)
    present[target[target != PAD]] = True
    own, rest = present.nonzero()[:, 0], (~present).nonzero()[:, 0]
    if negatives <= 0 or negatives >= len(rest):
        return torch.arange(vocabulary, device=target.device), torch.zeros(vocabulary, device=target.device)
    sampled = rest[torch.randperm(len(rest), device=target.device)[:negatives]]
    correction = torch.zeros(len(own) + negatives, device=target.device)
    correction[len(own) :] = math.log(len(rest) / negatives)
    return torch.cat([own, sampled]), correction


class SmoothedCrossEntropy(torch.autograd.Function):
    """Label-smoothed cross-entropy of one output projection, its gradient formed in the forward pass.

    Inputs: hidden (N, D), weight (C, D), correction (C,) added to the logits, wanted (N,) rows of weight. Returns the
    mean loss to train on and the mean cross-entropy to report (nats). One (N, C) array lives instead of five.
    """

    @staticmethod
    def forward(context, hidden: Tensor, weight: Tensor, correction: Tensor, wanted: Tensor, smoothing: float):
        logits = (hidden @ weight.T).float()
        spread = logits.mean()
        logits += correction
        normaliser = logits.logsumexp(-1, keepdim=True)
        entropy = (normaliser - logits.gather(1, wanted[:, None])).mean()
        loss = (1 - smoothing) * entropy + smoothing * (normaliser.mean() - spread)
        gradient = logits.sub_(normaliser).exp_().sub_(smoothing / logits.shape[1])
        gradient[torch.arange(len(wanted), device=wanted.device), wanted] -= 1 - smoothing
        context.save_for_backward(hidden, weight, (gradient / len(wanted)).to(hidden.dtype))
        return loss, entropy

    @staticmethod
    def backward(context, upstream: Tensor, _):
        hidden, weight, gradient = context.saved_tensors
        gradient = gradient * upstream.to(gradient.dtype)
        return gradient @ weight, gradient.T @ hidden, None, None, None


def translation_loss(
    model: Marian, hidden: Tensor, target: Tensor, negatives: int, smoothing: float
) -> tuple[Tensor, Tensor]:
    """Mean loss to train on and mean cross-entropy to report, per target piece (nats)."""
    real = target != PAD
    chosen, correction = candidates(target, model.shape.vocabulary, negatives)
    index = torch.zeros(model.shape.vocabulary, dtype=torch.long, device=target.device)
    index[chosen] = torch.arange(len(chosen), device=target.device)
    return SmoothedCrossEntropy.apply(
        hidden[real], model.embedding.weight[chosen], correction, index[target[real]], smoothing
    )


def alignment_loss(attention: Tensor, alignment: Tensor) -> Tensor:
    """Cross-entropy of attention (B, T, S) against one aligned source position per target piece (B, T)."""
    aligned = alignment >= 0
    return functional.nll_loss((attention[aligned].float() + 1e-6).log(), alignment[aligned])


def guided(attentions: list[Tensor], alignment: Tensor, weight: float) -> Tensor:
    """Guided alignment (Chen et al. 2016): all heads of the first layer while `weight` fades, one head for good."""
    kept = alignment_loss(attentions[-1][:, 0], alignment) * max(weight, ALIGNMENT_KEPT)
    return kept + weight * alignment_loss(attentions[0].mean(1), alignment) if weight > 0 else kept
