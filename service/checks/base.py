"""The small interface of a check: one class, one file, one lexicon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from service.alignment.model import SentencePair
from service.checks.model import Finding
from service.entities.model import Entity


class Check(Protocol):
    """Looks at one sentence pair. Returns one `pass` finding, or one finding for each fault."""

    kind: str

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]: ...
