"""What a line of an article is by the look of it: heading, list item, caption, table row; and where a line runs on.

Shared by plain text and HTML: editors fake headings with bold paragraphs and break lines by hand in both.
"""

from __future__ import annotations

import re
from itertools import pairwise

from service.article.model import BlockKind

# Two printed lines of a broadsheet column; longer lines without a full stop are unfinished paragraphs.
LONGEST_HEADING = 120
# "Wie geht es weiter?" heads the paragraph below; a longer question is a sentence of the text.
LONGEST_QUESTION_HEADING = 70
LONGEST_CAPTION = 250
LONGEST_CELL = 80
# Hard-wrapped text is at most 80 columns by custom (72 to 78 in agency wires and e-mail), 100 with some slack.
WIDEST_WRAP = 100
NARROWEST_WRAP = 50

# Enough of a line to see how it ends.
_TAIL = 24

_CLOSING = r"""["'“”»«‘’›‹)\]]*"""
_SENTENCE_END = re.compile(rf"[.!?…:;]{_CLOSING}(?:\[\d{{1,3}}\])*$")
_QUESTION_END = re.compile(rf"[!?]{_CLOSING}$")
_INNER_SENTENCE_END = re.compile(r"[a-zäöüß][.!?] +[A-ZÄÖÜ]")

_BULLET = re.compile(r"(?:[-–—*•·▪▫■□●○◦‣⁃►▶➤✓✔]|[a-z]\))[ \t\u00a0]+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})[.)][ \t\u00a0]+(?=\S)")
_CAPTION = re.compile(
    r"\(?(?:(?:Fotos?|Bild(?:er)?|Symbolbild|Symbolfoto|Archivbild|Archivfoto|Grafik|Quelle|Credits?):"
    r"|©|\(c\) |Copyright\b|(?:Symbol|Archiv)(?:bild|foto)\b)",
    re.IGNORECASE,
)
_CREDIT_AT_END = re.compile(r"(?:Foto|Bild|Grafik|Archivbild|Archivfoto|Symbolbild|Symbolfoto): ?[^.!?]{2,60}$")
_CELL_BORDER = re.compile(r"\t+|[ \u00a0]{3,}| ?\|+ ?")
_CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?: ?Uhr)?"
_TIME_STAMP = re.compile(rf"[+*\s]*(?:\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2,4}})?,?\s+)?{_CLOCK}[\s:+*–-]*$")
_TICKER_HEADING = re.compile(r"\+\+\+.*\+\+\+$")
_FIGURE = re.compile(r"[-+–−±]?[\d.,:/]+\s?(?:%|€|\$|Prozent|Euro|Mio\.?|Mrd\.?)?$")

# A line cannot stop after one of these words, so the next line carries on.
_MID_SENTENCE = re.compile(
    r"(?:^|\s)(?:der|die|das|des|dem|den|ein|eine|einer|eines|einem|einen|kein|keine|keinen|und|oder|sowie|dass|weil|"
    r"wenn|ob|als|wie|von|vom|zum|zur|im|am|beim|ins|für|mit|bei|nach|aus|durch|gegen|ohne|über|unter|zwischen|wegen|"
    r"während|seine|seiner|ihre|ihrer|diese|dieser|dieses|andere|anderen|sehr|nicht nur)$|,$",
    re.IGNORECASE,
)


def ends_sentence(line: str) -> bool:
    """Whether the line stops like a sentence (or announces what follows, with a colon)."""
    return _SENTENCE_END.search(line[-_TAIL:]) is not None


def list_item(line: str) -> bool:
    """Whether a bullet opens the line. Numbers are judged by their neighbours: see `numbered_items`."""
    return _BULLET.match(line) is not None


def numbered_items(lines: list[str]) -> set[int]:
    """Indexes of the lines that count up (`1. …`, `2. …`), so that a lone `3. Mai` opens no list."""
    numbered = [(index, int(match[1])) for index, line in enumerate(lines) if (match := _NUMBER.match(line))]
    found: set[int] = set()
    for (index, number), (following_index, following) in pairwise(numbered):
        if following == number + 1:
            found |= {index, following_index}
    return found


def table_row(line: str) -> bool:
    """Whether the line has columns: two borders, or one border and a figure. A sentence may hold a `|` or wide gaps."""
    if not _CELL_BORDER.search(line) or ("\t" not in line and ends_sentence(line)):
        return False
    cells = [cell.strip() for cell in _CELL_BORDER.split(line.strip(" |"))]
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or max(map(len, filled)) > LONGEST_CELL:
        return False
    return len(filled) > 2 or "\t" in line or any(_FIGURE.match(cell) for cell in filled)


def kind_of_line(line: str, first: bool, following: str | None) -> BlockKind:
    """What a line is by itself.

    :param line: the line without white space around it.
    :param first: whether nothing stands before it.
    :param following: the next line, or None at the end.
    """
    if list_item(line):
        return "list_item"
    if line.startswith("> "):
        return "quote"
    if table_row(line):
        return "table_row"
    if _caption(line):
        return "caption"
    if _heading(line, following):
        return "headline" if first else "subheading"
    return "paragraph"


def _caption(line: str) -> bool:
    if len(line) <= LONGEST_HEADING and _CAPTION.match(line):
        return True
    return len(line) <= LONGEST_CAPTION and _CREDIT_AT_END.search(line) is not None


def _heading(line: str, following: str | None) -> bool:
    if _TIME_STAMP.match(line) or _TICKER_HEADING.match(line):
        return True
    if len(line) > LONGEST_HEADING:
        return False
    if _QUESTION_END.search(line[-_TAIL:]):
        heads = following is not None and len(following) > 2 * len(line)
        quoted = re.search(r"[„“”»«\"]", line)
        return heads and not quoted and len(line) <= LONGEST_QUESTION_HEADING and not _INNER_SENTENCE_END.search(line)
    if line.endswith(":"):
        return following is not None and len(line) <= LONGEST_QUESTION_HEADING
    return not ends_sentence(line)


def runs_on(line: str, following: str, flowed: bool) -> bool:
    """Whether a sentence crosses the break between two lines that stand directly under each other.

    :param flowed: whether a space stood before the break, the mark of a soft break in wrapped mail (RFC 3676, 4.2).
    """
    if ends_sentence(line) or _opens_block(following) or _opens_block(line):
        return False
    if _MID_SENTENCE.search(line[-_TAIL:]):
        return True
    if following[:1].islower():
        return len(line) >= NARROWEST_WRAP
    return flowed and NARROWEST_WRAP < len(line) <= WIDEST_WRAP and _before_noun(line)


def _opens_block(line: str) -> bool:
    return bool(
        list_item(line)
        or _NUMBER.match(line)
        or table_row(line)
        or _TIME_STAMP.match(line)
        or line.startswith(("+", ">"))
    )


def _before_noun(line: str) -> bool:
    """Whether the last word looks like an inflected adjective, which wants its noun (a verb may end a heading)."""
    return re.search(r"\s[a-zäöü]\w+(?:e|er|es|em)$", line) is not None


def wrapped(lines: list[str]) -> bool:
    """Whether neighbouring lines are one paragraph broken at a column, as a typewriter would have broken it.

    Every line but the last must be so full that the next word did not fit, and at least one must stop mid-sentence.
    """
    width = max(map(len, lines))
    if len(lines) < 3 or not NARROWEST_WRAP <= width <= WIDEST_WRAP or any(map(_opens_block, lines[1:])):
        return False
    full = all(len(line) + 1 + len(below.split(None, 1)[0]) > width for line, below in pairwise(lines))
    return full and any(not ends_sentence(line) and below[0].islower() for line, below in pairwise(lines))
