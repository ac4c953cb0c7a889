"""German that may stand for a person whom an English sentence names again; a regular expression, whatever the case."""

from __future__ import annotations

from typing import Final

# Pronouns, "der 48-Jährige", relative clauses.
FOR_A_PERSON: Final = (
    r"\b(?:er|sie|ihn|ihm|ihr\w{0,2}|sein\w{0,2}|deren|dessen|selbst|eigene\w*|\d+-?jährige\w*)\b"
    r"|, (?:\w+ )?(?:der|die|dem|den)\b"
)
