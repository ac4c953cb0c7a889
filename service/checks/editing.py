"""Shows a checked pair with the full names that its readers need: texts, names, changes and findings move together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from service.alignment.model import Change, MentionPair, SentencePair
from service.checks.model import Finding
from service.entities.model import Entity
from service.summarization.context import Edit, apply, english_edit, moved


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """In the text that is shown in a language, `text[start:end] == after`; unedited there stands `before`."""

    language: Literal["de", "en"]
    entity: str
    before: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edited:
    """A pair as it is shown, with its findings in their places there."""

    pair: SentencePair
    findings: tuple[Finding, ...]
    edits: tuple[ShownEdit, ...]


def edited(
    pair: SentencePair, findings: Sequence[Finding], german: Sequence[Edit], entities: Mapping[str, Entity]
) -> Edited:
    """The pair with the German edits, and with the same ones in the English where the name was found there."""
    english = [made for edit in german if (made := _in_english(edit, pair, entities[edit.entity])) is not None]
    shown = replace(
        pair,
        source=replace(pair.source, text=apply(pair.source.text, german)),
        english=apply(pair.english, english),
        mentions=tuple(_mention(mention, german, english) for mention in pair.mentions),
        changes=tuple(_change(change, english) for change in pair.changes),
        unlikely=None if pair.unlikely is None else tuple(moved(word, english) for word in pair.unlikely),
        unexplained=tuple(moved(word, english) for word in pair.unexplained),
        omissions=tuple(moved(word, german) for word in pair.omissions),
    )
    edits = (*_shown("de", german), *_shown("en", english))
    return Edited(shown, tuple(_finding(finding, german, english) for finding in findings), edits)


def _in_english(edit: Edit, pair: SentencePair, entity: Entity) -> Edit | None:
    targets = (mention.target for mention in pair.mentions if mention.source == (edit.start, edit.end))
    target = next(targets, None)
    return None if target is None else english_edit(edit, pair.english, target, entity)


def _shown(language: Literal["de", "en"], edits: Sequence[Edit]) -> list[ShownEdit]:
    spans = [moved((edit.start, edit.end), edits) for edit in edits]
    return [
        ShownEdit(language, edit.entity, edit.before, edit.after, start - 1, end + 1)
        for edit, (start, end) in zip(edits, spans, strict=True)
    ]


def _mention(mention: MentionPair, german: Sequence[Edit], english: Sequence[Edit]) -> MentionPair:
    target = None if mention.target is None else moved(mention.target, english)
    return replace(mention, source=moved(mention.source, german), target=target)


def _finding(finding: Finding, german: Sequence[Edit], english: Sequence[Edit]) -> Finding:
    de = None if finding.de is None else moved(finding.de, german)
    en = None if finding.en is None else moved(finding.en, english)
    return replace(finding, de=de, en=en)


def _change(change: Change, english: Sequence[Edit]) -> Change:
    """A name that was put right and then completed: the place is that of the part that was put right."""
    start, end = moved((change.start, change.end), english)
    for edit in english:
        if edit.start <= change.start and change.end <= edit.end:
            start += max(0, edit.after[1:-1].rfind(change.after))
            end = start + len(change.after)
    return replace(change, start=start, end=end)
