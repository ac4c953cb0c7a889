"""Example texts in which mentions are written [Angela Merkel|PER]."""

from __future__ import annotations

import re

from service.entities.model import Mention

MARK = re.compile(r"\[([^\]]+)\|(PER|LOC|ORG|MISC|DATE)\]")


def read_marked(marked: str) -> tuple[str, list[Mention]]:
    """The text without its marks, and the mentions in it."""
    text, mentions, done = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[done : mark.start()]
        mentions.append(Mention(mark[1], len(text), len(text) + len(mark[1]), mark[2]))  # type: ignore[arg-type]
        text += mark[1]
        done = mark.end()
    return text + marked[done:], mentions
