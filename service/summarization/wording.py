"""What wording says about reading a sentence alone: what it leans on, whose words it holds, whether it is prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from service.summarization import lexicon

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# No mark may open again inside: that keeps the search linear in a text of nothing but opening marks.
QUOTATION = re.compile(r"„[^„“”\"]*[“”\"]|»[^»«]*«|“[^“”]*”|\"[^\"]*\"|‚[^‚‘’]*[‘’]|›[^›‹]*‹")
SWISS_QUOTATION = re.compile(r"(?:^|[\s(])«\w")
SWISS_TO_GERMAN = str.maketrans("«»‹›", "»«›‹")
CLOCK = r"\(?\[?\d{1,2}[:.]\d{2}(?:\s*Uhr)?\]?\)?"
TIME_STAMP = re.compile(rf"^(?:{CLOCK}\s*(?:[:|–—-]|\+{{2,3}})\s*|[\[(]\d{{1,2}}[:.]\d{{2}}(?:\s*Uhr)?[\])]\s*)")
ONLY_TIME = re.compile(rf"^[\W_]*{CLOCK}[\W_]*$")
BULLET = re.compile(r"^(?:[-–—*•·▪▫■□●○◦‣⁃►▶➤✓✔]|\d{1,3}[.)](?=\s+[A-ZÄÖÜ]))\s+")
DATELINE = re.compile(
    r"^(?:[A-ZÄÖÜ][\w.'’-]*)(?:[ /,]+(?:[A-ZÄÖÜ][\w.'’-]*|am|an|der|im|bei|ob)){0,5}"
    r"(?:\s*\([^)]{2,25}\))?\s+[–—-]\s+(?=[A-ZÄÖÜ„»\"])"
)
LONGEST_DATELINE = 45  # code points; "Mexiko-Stadt/Washington (dpa/AFP) – " has 37
SENTENCE_END = re.compile(r"[.!?…:][\"“”«»‘’‹›)\]]*$")
LEANING_REACH = 4  # words: "Anschließend fuhren sie", "Am Abend sagte er" are found, a pronoun after a name is not
QUOTATION_SHARE = 0.5  # more than half of the words in quotation marks: the sentence is a quotation


@dataclass(frozen=True, slots=True)
class Wording:
    """What one sentence shows of itself. `quoted` is the share of its words between quotation marks."""

    words: int
    quoted: float
    opens_quote: bool
    closes_quote: bool
    leans: bool
    finished: bool
    question: bool
    prose: bool


def read(text: str, quote_is_open: bool = False) -> Wording:
    """The wording of a sentence; `quote_is_open` when a quotation runs into it from the sentence before."""
    opens, closes, outside, inside = _quotation(_german_marks(text), quote_is_open)
    inner_words = len(WORD.findall(inside))
    outer_words = WORD.findall(outside)
    count = inner_words + len(outer_words)
    quoted = inner_words / count if count else 0.0
    return Wording(
        words=count,
        quoted=quoted,
        opens_quote=opens,
        closes_quote=closes,
        leans=_leans(outside, outer_words, quoted),
        finished=bool(SENTENCE_END.search(text)),
        question=text.rstrip('"“”«»‘’‹›)').endswith("?"),
        prose=_is_prose(text, count),
    )


def running_start(text: str, at_top: bool = False, in_list: bool = False) -> int:
    """Where the report starts: after a ticker's time stamp, a list's bullet, the dateline at the top of an article."""
    start = 0
    if in_list and (bullet := BULLET.match(text)):
        start = bullet.end()
    if stamp := TIME_STAMP.match(text[start:]):
        start += stamp.end()
    dateline = DATELINE.match(text) if at_top and start == 0 else None
    if dateline and dateline.end() <= LONGEST_DATELINE:
        start = dateline.end()
    return start if start < len(text) else 0


def closes_quote(rest_of_block: str) -> bool:
    """Whether a quotation that is open here is closed before another one opens; else its mark was a stray one."""
    mark = re.search(r"[„“”»«\"]", _german_marks(rest_of_block))
    return mark is not None and mark.group() in '“”«"'


def _german_marks(text: str) -> str:
    """Swiss quotations point the other way: «so» becomes »so«."""
    return text.translate(SWISS_TO_GERMAN) if SWISS_QUOTATION.search(text) else text


def _quotation(text: str, quote_is_open: bool) -> tuple[bool, bool, str, str]:
    """Whether a quotation stays open, whether one is closed from before, the words outside and those inside."""
    closes = False
    inside: list[str] = []
    if quote_is_open:
        end = re.search(r"[“”«»\"]", text)
        if end is None:
            return True, False, "", text
        closes = True
        inside.append(text[: end.start()])
        text = text[end.end() :]
    outside = QUOTATION.sub(lambda match: inside.append(match.group()) or " ", text)
    opening = re.search(r"[„»“\"](?=\w)", outside)
    if opening is None:
        return False, closes, outside, " ".join(inside)
    inside.append(outside[opening.end() :])
    return True, closes, outside[: opening.start()], " ".join(inside)


def _leans(outside: str, outer_words: list[str], quoted: float) -> bool:
    """Whether the sentence needs the one before it to be understood, or to know who speaks."""
    if quoted > QUOTATION_SHARE and not _names_someone(outer_words):
        return True
    if not outer_words:
        return False
    return (
        _starts_leaning(outer_words)
        or _pronoun_before_noun(outer_words)
        or _points_back(outside)
        or _reported_without_source(outside, outer_words)
    )


def _starts_leaning(outer_words: list[str]) -> bool:
    first = outer_words[0].lower()
    second = outer_words[1] if len(outer_words) > 1 else ""
    if first in lexicon.DEMONSTRATIVES:
        return second.lower() not in lexicon.TIME_NOUNS
    if first in lexicon.CONNECTIVES:
        return not (first in lexicon.FREE_BEFORE_A_NOUN and second[:1].isupper())
    if first == "es":
        return second.lower() not in lexicon.IMPERSONAL_VERBS
    if first in lexicon.POSSESSIVES | lexicon.PERSONAL_PRONOUNS:
        return True
    return first in lexicon.DEMONSTRATIVE_ARTICLES and second.lower() in lexicon.FINITE_VERBS


def _pronoun_before_noun(outer_words: list[str]) -> bool:
    for position, word in enumerate(outer_words[: LEANING_REACH + 1]):
        if position and word[0].isupper():
            return _pronoun_after_time(outer_words, position)
        if word.lower() in lexicon.PERSONAL_PRONOUNS and word != "Ihnen":
            return True
    return False


def _pronoun_after_time(outer_words: list[str], noun: int) -> bool:
    """ "Am Freitag traf er": a noun of time is nobody's antecedent."""
    if outer_words[noun].lower() not in lexicon.TIME_NOUNS or noun > 2:
        return False
    following = outer_words[noun + 1 : noun + 3]
    return any(word in lexicon.PERSONAL_PRONOUNS for word in following)


def _points_back(outside: str) -> bool:
    """ "Im Gegenzug", or "zu diesem Anlass" in the main clause; "Anfang dieses Jahres" points to no sentence."""
    lowered = outside.lower()
    if any(phrase in lowered for phrase in lexicon.LEANING_PHRASES):
        return True
    main_clause = WORD.findall(lowered.split(",")[0])
    return any(
        (word in lexicon.DEMONSTRATIVES and following not in lexicon.TIME_NOUNS)
        or (word == "das" and following in lexicon.AFTER_PRONOUN_DAS)
        for word, following in pairwise(main_clause)
    )


def _reported_without_source(outside: str, outer_words: list[str]) -> bool:
    lowered = {word.lower() for word in outer_words}
    if not _reports(lowered) or not lowered.isdisjoint(lexicon.REPORT_CLAUSES):
        return False
    sources = lexicon.ATTRIBUTIONS | lexicon.LOOSE_ATTRIBUTIONS
    return lowered.isdisjoint(sources) and not re.search(r",\s+so\s+(?:der|die|das|[A-ZÄÖÜ])", outside)


def _reports(words: set[str]) -> bool:
    past = not words.isdisjoint(lexicon.REPORTING_PAST) and words.isdisjoint(lexicon.CONDITIONS)
    return past or not words.isdisjoint(lexicon.REPORTING_MOOD)


def _names_someone(outer_words: list[str]) -> bool:
    return any(word[0].isupper() for word in outer_words)


def _is_prose(text: str, count: int) -> bool:
    """Not a time stamp, a row of figures, a ticker's heading or a line that belongs to the page."""
    if count < 2 or "+++" in text or "\t" in text or text.count("|") > 1 or ONLY_TIME.match(text):
        return False
    if text.lower().startswith(lexicon.BOILERPLATE_OPENINGS):
        return False
    letters = sum(character.isalpha() for character in text)
    return letters * 2 > len(text)
