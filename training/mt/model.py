"""The MarianMT architecture as a plain module: post-norm, tied embeddings, swish, sinusoidal positions.

Written for speed on CPU (fused projections, plain matrix-product attention, see README.md) and exported exactly
to transformers' MarianMTModel by `training.mt.export`. Shapes: B sentences, S source pieces, T target pieces, D model
width, H heads, V vocabulary (without `<pad>`). Post-norm as in Vaswani et al. 2017 and Marian's `transformer-base`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

PAD = -1  # in batches; never an index
EOS = 0


@dataclass(frozen=True)
class Shape:
    vocabulary: int
    width: int = 384
    feed_forward: int = 1536
    heads: int = 6
    encoder_layers: int = 6
    decoder_layers: int = 2
    positions: int = 512

    def as_dict(self) -> dict:
        return asdict(self)


def sinusoids(positions: int, width: int) -> Tensor:
    """Marian's position signal: sines in the first half, cosines in the second. Shape (positions, width)."""
    angle = torch.arange(positions)[:, None] / 10000 ** (2 * torch.arange(width // 2) / width)
    return torch.cat([angle.sin(), angle.cos()], dim=1).float()


class Attention(nn.Module):
    def __init__(self, width: int, heads: int, cross: bool) -> None:
        super().__init__()
        self.heads, self.cross = heads, cross
        if cross:
            self.query = nn.Linear(width, width)
            self.key_value = nn.Linear(width, 2 * width)
        else:
            self.query_key_value = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor) -> tuple[Tensor, Tensor]:
        """x (B, T, D), memory (B, S, D), mask broadcast to (B, H, T, S), additive; returns output and probabilities."""
        batch, length, width = x.shape
        if self.cross:
            query = self.query(x)
            key, value = self.key_value(memory).chunk(2, dim=-1)
        else:
            query, key, value = self.query_key_value(x).chunk(3, dim=-1)
        query, key, value = (
            part.reshape(batch, -1, self.heads, width // self.heads).transpose(1, 2) for part in (query, key, value)
        )
        scores = (query * (width // self.heads) ** -0.5) @ key.transpose(2, 3) + mask
        probabilities = scores.softmax(dim=-1)
        mixed = (probabilities @ value).transpose(1, 2).reshape(batch, length, width)
        return self.out(mixed), probabilities


class Layer(nn.Module):
    def __init__(self, shape: Shape, decoder: bool) -> None:
        super().__init__()
        self.self_attention = Attention(shape.width, shape.heads, cross=False)
        self.self_norm = nn.LayerNorm(shape.width)
        if decoder:
            self.cross_attention = Attention(shape.width, shape.heads, cross=True)
            self.cross_norm = nn.LayerNorm(shape.width)
        self.widen = nn.Linear(shape.width, shape.feed_forward)
        self.narrow = nn.Linear(shape.feed_forward, shape.width)
        self.final_norm = nn.LayerNorm(shape.width)

    def forward(self, x, mask, memory=None, memory_mask=None, dropout: float = 0.0):
        probabilities = None
        x = self.self_norm(x + _drop(self.self_attention(x, None, mask)[0], dropout))
        if memory is not None:
            attended, probabilities = self.cross_attention(x, memory, memory_mask)
            x = self.cross_norm(x + _drop(attended, dropout))
        fed = self.narrow(_drop(functional.silu(self.widen(x)), dropout))
        return self.final_norm(x + _drop(fed, dropout)), probabilities


def _drop(x: Tensor, p: float) -> Tensor:
    return functional.dropout(x, p) if p else x


class Marian(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.encoder = nn.ModuleList(Layer(shape, decoder=False) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(Layer(shape, decoder=True) for _ in range(shape.decoder_layers))
        self.register_buffer("positions", sinusoids(shape.positions, shape.width), persistent=False)
        self.reset()

    def reset(self) -> None:
        nn.init.normal_(self.embedding.weight, std=self.shape.width**-0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def embed(self, ids: Tensor) -> Tensor:
        """ids (B, T), PAD gives the zero embedding that also starts the decoder; returns (B, T, D)."""
        found = self.embedding(ids.clamp(min=0)) * (self.shape.width**0.5)
        found = found.masked_fill((ids == PAD)[..., None], 0)
        return found + self.positions[: ids.shape[1]].to(found.dtype)

    def encode(self, source: Tensor, dropout: float = 0.0) -> tuple[Tensor, Tensor]:
        """source (B, S) -> memory (B, S, D) and its additive mask (B, 1, 1, S)."""
        x = _drop(self.embed(source), dropout)
        mask = torch.zeros(source.shape, dtype=x.dtype, device=x.device).masked_fill(source == PAD, -1e4)[:, None, None]
        for layer in self.encoder:
            x, _ = layer(x, mask, dropout=dropout)
        return x, mask

    def decode(self, prefix: Tensor, memory: Tensor, memory_mask: Tensor, dropout: float = 0.0):
        """prefix (B, T) starting with PAD -> hidden states (B, T, D) and each layer's cross-attention (B, H, T, S)."""
        x = _drop(self.embed(prefix), dropout)
        length = prefix.shape[1]
        causal = torch.full((length, length), -1e4, dtype=x.dtype, device=x.device).triu(1)
        attentions = []
        for layer in self.decoder:
            x, probabilities = layer(x, causal, memory, memory_mask, dropout=dropout)
            attentions.append(probabilities)
        return x, attentions

    @torch.no_grad()
    def greedy(self, source: Tensor, limit: int) -> list[list[int]]:
        """Greedy translations of source (B, S), without EOS; recomputes the prefix, short and slow."""
        memory, mask = self.encode(source)
        prefix = torch.full((source.shape[0], 1), PAD, device=source.device)
        done = torch.zeros(source.shape[0], dtype=torch.bool, device=source.device)
        for _ in range(limit):
            hidden, _ = self.decode(prefix, memory, mask)
            following = (hidden[:, -1] @ self.embedding.weight.T).float().argmax(-1)
            prefix = torch.cat([prefix, following.masked_fill(done, EOS)[:, None]], dim=1)
            done |= following == EOS
            if done.all():
                break
        return [row[: row.index(EOS)] if EOS in row else row for row in prefix[:, 1:].tolist()]
