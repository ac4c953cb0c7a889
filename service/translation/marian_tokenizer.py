"""Marian's sentencepiece tokenisation, with the place of every piece in the text that it comes from.

Gives the tokens that `transformers.MarianTokenizer` gives, with one difference: text that looks like a special token
(`</s>`, `<unk>`, `>>fr<<`) is text here, because an article must not be able to end its own sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sentencepiece

from service.translation.model import Span

SPACE = "▁"
END = "</s>"
UNKNOWN = "<unk>"

_BYTE_PIECE = re.compile(r"<0x([0-9A-F]{2})>")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_LONGEST_CHARACTER = 4  # bytes, UTF-8


@dataclass(frozen=True, slots=True)
class Encoding:
    """`tokens[i]` covers `text[spans[i][0]:spans[i][1]]`, in code points, leading white space included; no `</s>`."""

    tokens: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Decoding:
    """Decoded text; tokens `starts[i]:starts[i + 1]` together make the stretch `spans[i]` of it.

    Usually that is one token a stretch. The bytes of one character share one, and a lone space joins what follows.
    """

    text: str
    starts: tuple[int, ...]
    spans: tuple[Span, ...]


class MarianTokenizer:
    """Turns German text into Marian's source tokens, and its target tokens into English text."""

    def __init__(self, source_model: Path, target_model: Path, vocabulary: Path) -> None:
        self._source = sentencepiece.SentencePieceProcessor(model_file=str(source_model))
        self._target = sentencepiece.SentencePieceProcessor(model_file=str(target_model))
        self._known = frozenset(json.loads(vocabulary.read_text(encoding="utf-8")))

    @classmethod
    def from_folder(cls, folder: Path) -> MarianTokenizer:
        """Read `source.spm`, `target.spm` and `vocab.json`."""
        return cls(folder / "source.spm", folder / "target.spm", folder / "vocab.json")

    def encode(self, text: str) -> Encoding:
        return self.encode_all([text])[0]

    def encode_all(self, texts: Sequence[str]) -> list[Encoding]:
        """Tokenise each text; a lone surrogate, which no encoder can take, is read as U+FFFD."""
        readable = [_LONE_SURROGATE.sub(_REPLACEMENT, text) for text in texts]
        mappings = self._source.encode(readable, return_type="offset_mapping", num_threads=1)
        return [Encoding(self._as_tokens(mapping["pieces"]), tuple(mapping["offsets"])) for mapping in mappings]

    def _as_tokens(self, pieces: Sequence[str]) -> tuple[str, ...]:
        return tuple(piece if piece in self._known else UNKNOWN for piece in pieces)

    def decode(self, tokens: Sequence[str], surfaces: Sequence[str] | None = None) -> Decoding:
        """Put tokens together; `surfaces[i]` stands in for token i where it is unknown or no valid UTF-8."""
        text, starts, spans = "", [0], []
        for length, stretch in _stretches(tokens, surfaces):
            stretch = stretch if text else stretch.lstrip(" ")
            text += stretch
            spans.append((len(text) - len(stretch.lstrip(" ")), len(text)))
            starts.append(starts[-1] + length)
        kept = len(text.rstrip(" "))
        return Decoding(text[:kept], tuple(starts), tuple((min(a, kept), min(b, kept)) for a, b in spans))


def is_byte(token: str) -> bool:
    """Whether the token is one byte of a character that the vocabulary does not know."""
    return bool(_BYTE_PIECE.fullmatch(token))


def _stretches(tokens: Sequence[str], surfaces: Sequence[str] | None) -> Iterator[tuple[int, str]]:
    """The smallest groups of tokens that make text of their own: how many tokens, and the text."""
    at, length, space = 0, 0, ""
    while at < len(tokens):
        special = tokens[at].startswith("<")
        taken, text = _next_text(tokens, at, surfaces) if special else (1, tokens[at].replace(SPACE, " "))
        at, length = at + taken, length + taken
        if text.strip(" ") or at == len(tokens):
            yield length, space + text
            length, space = 0, ""
        else:
            space += text


def _next_text(tokens: Sequence[str], at: int, surfaces: Sequence[str] | None) -> tuple[int, str]:
    fallback = surfaces[at] if surfaces else _REPLACEMENT
    if tokens[at] == UNKNOWN:
        return 1, fallback
    if not is_byte(tokens[at]):
        return 1, tokens[at].replace(SPACE, " ")
    values = []
    for token in tokens[at : at + _LONGEST_CHARACTER]:
        match = _BYTE_PIECE.fullmatch(token)
        if not match:
            break
        values.append(int(match.group(1), 16))
        try:
            return len(values), bytes(values).decode("utf-8")
        except UnicodeDecodeError:
            continue
    return 1, fallback
