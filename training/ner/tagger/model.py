"""The tagger as a torch module: the translation model's encoder, word types at its foot, a small head and a CRF on top.

Shapes: B sentences, S pieces, W words, D model width, T tags. Exported exactly by `export`; the service reads it with
`service.entities.encoder_recognition`.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from service.entities.word_features import CLASSES, SHAPES, all_classes
from training.mt.model import Layer, Shape, sinusoids
from training.ner.tagger.sentences import DOMAINS, TAGS

LAYERS = 3  # of the translation model's four: the fourth costs a quarter of the time
WORD_ROWS = 20_000
WORD_WIDTH = 48
HIDDEN = 192
WORD_DROPOUT = 0.3
IMPOSSIBLE = -1e4
POOL_SIZE = 9_000_011


class Dropout:
    """Dropout with masks cut from one pool of random numbers: drawing them anew would take a fifth of every step."""

    def __init__(self) -> None:
        self._pools: dict[tuple[float, torch.dtype], Tensor] = {}

    def __call__(self, x: Tensor, share: float) -> Tensor:
        if not share:
            return x
        if (share, x.dtype) not in self._pools:
            self._pools[share, x.dtype] = ((torch.rand(POOL_SIZE) > share) / (1 - share)).to(x.dtype)
        pool = self._pools[share, x.dtype]
        at = int(np.random.randint(0, len(pool) - x.numel()))
        return x * pool[at : at + x.numel()].view(x.shape)


class Tagger(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.encoder = nn.ModuleList(Layer(shape, decoder=False) for _ in range(LAYERS))
        self.register_buffer("positions", sinusoids(shape.positions, shape.width), persistent=False)
        self.shapes = nn.Embedding(SHAPES, shape.width)
        self.lists = nn.ModuleList(nn.Embedding(3, shape.width) for _ in all_classes()[0])
        self.domain = nn.Embedding(len(DOMAINS), shape.width)
        self.words = nn.Embedding(WORD_ROWS, WORD_WIDTH)
        self.mix = nn.Linear(2 * shape.width + WORD_WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, len(TAGS))
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.start = nn.Parameter(torch.zeros(len(TAGS)))
        for table in (self.shapes, *self.lists, self.domain):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.normal_(self.words.weight, std=0.05)
        self.register_buffer("classes", torch.tensor(all_classes()), persistent=False)
        follows, opens = possible()
        self.register_buffer("follows", follows, persistent=False)
        self.register_buffer("opens", opens, persistent=False)
        self.drop = Dropout()

    def load_encoder(self, master: dict[str, Tensor]) -> None:
        """Takes the embeddings and the lower layers of a translation model's weights."""
        wanted = self.state_dict().keys() & master.keys()
        self.load_state_dict({name: master[name] for name in wanted}, strict=False)

    def typed(self, types: Tensor) -> Tensor:
        """What a word's type adds to the embeddings of its pieces: (...) -> (..., D)."""
        classes = self.classes[types % CLASSES]
        return self.shapes(types // CLASSES) + sum(table(classes[..., n]) for n, table in enumerate(self.lists))

    def scores(self, row: dict[str, Tensor], dropout: float = 0.0, head_dropout: float = 0.0) -> Tensor:
        """pieces, types (B, S), domain (B), first, last, words (B, W) -> (B, W, T). Padding pieces are negative."""
        pieces = row["pieces"]
        x = self.embedding(pieces.clamp(min=0)) + self.typed(row["types"]) + self.domain(row["domain"])[:, None]
        x = self.drop(x * self.shape.width**0.5 + self.positions[: pieces.shape[1]], dropout)
        mask = torch.zeros(pieces.shape).masked_fill(pieces < 0, IMPOSSIBLE)[:, None, None]
        for layer in self.encoder:
            attended, _ = layer.self_attention(x, None, mask)
            x = layer.self_norm(x + self.drop(attended, dropout))
            fed = layer.narrow(functional.silu(layer.widen(x)))
            x = layer.final_norm(x + self.drop(fed, dropout))
        states = [x.gather(1, row[end][..., None].expand(-1, -1, self.shape.width)) for end in ("first", "last")]
        words = self.drop(self.words(row["words"]), WORD_DROPOUT if dropout else 0)
        hidden = self.drop(torch.cat([*states, words.to(x.dtype)], -1), head_dropout)
        return self.out(self.drop(functional.relu(self.mix(hidden)), head_dropout)).float()

    def path_weights(self) -> tuple[Tensor, Tensor]:
        """Transitions (T, T) and start (T) with the impossible ones ruled out."""
        return self.transitions + self.follows, self.start + self.opens

    def log_sum(self, scores: Tensor, lengths: Tensor) -> Tensor:
        """The logarithm of the sum over all paths (B)."""
        transitions, start = self.path_weights()
        total = start + scores[:, 0]
        for word in range(1, scores.shape[1]):
            following = torch.logsumexp(total[:, :, None] + transitions, 1) + scores[:, word]
            total = torch.where((word < lengths)[:, None], following, total)
        return torch.logsumexp(total, 1)

    def loss(self, scores: Tensor, allowed: Tensor, lengths: Tensor) -> Tensor:
        """The negative log-likelihood of all paths that the gold tags allow, summed over the sentences."""
        both = torch.cat([scores, scores.masked_fill(~allowed, IMPOSSIBLE)])
        every, gold = self.log_sum(both, lengths.repeat(2)).chunk(2)
        return (every - gold).sum()


def possible() -> tuple[Tensor, Tensor]:
    """0 where a tag may follow another, and where it may open a sentence; else far below."""
    follows = [[IMPOSSIBLE if b[0] == "I" and a[2:] != b[2:] else 0.0 for b in TAGS] for a in TAGS]
    opens = [IMPOSSIBLE if tag[0] == "I" else 0.0 for tag in TAGS]
    return torch.tensor(follows), torch.tensor(opens)
