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
# "Karlsruhe (red)." in front of a report
DATELINE_ALONE = re.compile(r"^(?:[A-ZÄÖÜ][\w.'’-]*[ /,]*){1,4}\([^)]{2,25}\)[.:]?$")
PAIRED_DASH = re.compile(r"\s[–—-]\s.*\s[–—-]\s")
LABEL = re.compile(r"^[A-ZÄÖÜ][\w&.-]*(?: [A-ZÄÖÜ][\w&.-]*){0,3}: ")  # "SPIEGEL: ", "Anna Schnitzer: "
AGE = re.compile(r"\b(?:der|die|den|dem|des) \d{1,3}-Jährigen?\b")
ROLE = re.compile(rf"\b(?:{'|'.join(lexicon.SAYING)}) (?:der|die) (\w+(?:-\w+)*)(?= +(?![A-ZÄÖÜ„»\"])|[.,])")
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
        leans=_leans(outside, outer_words, quoted) or _speaks_unnamed(text, outside, outer_words),
        finished=bool(SENTENCE_END.search(text)),
        question=text.rstrip('"“”«»‘’‹›)').endswith("?"),
        prose=_is_prose(text, count),
    )


def running_start(text: str, at_top: bool = False, in_list: bool = False, in_lead: bool = False) -> int:
    """Where the report starts: after a ticker's time stamp, a list's bullet, the dateline at the top of an article.

    :param in_lead: whether a paragraph near the top begins here, where a dateline may follow a teaser. One without an
        agency is only believed if no second dash makes a parenthesis of it ("Merkel – Kanzlerin seit 2005 – sagte").
    """
    start = 0
    if in_list and (bullet := BULLET.match(text)):
        start = bullet.end()
    if stamp := TIME_STAMP.match(text[start:]):
        start += stamp.end()
    dateline = DATELINE.match(text) if (at_top or in_lead) and start == 0 else None
    if dateline and not at_top and "(" not in dateline.group() and PAIRED_DASH.search(text):
        dateline = None
    if dateline and dateline.end() <= LONGEST_DATELINE:
        start = dateline.end()
    return start if start < len(text) else 0


def asks_in_interview(block: str) -> bool:
    """ "SPIEGEL: Das kostet viel Geld. Reicht das?": what the interviewer says is no statement of the report."""
    return LABEL.match(block) is not None and block.rstrip('"“”«»‘’‹› ').endswith("?")


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
        (outside[0].islower() and outer_words[0].islower())
        or _starts_leaning(outer_words)
        or _pronoun_before_noun(outer_words)
        or _points_back(outside)
        or _contrasts(outside)
        or _done_to_somebody(outside)
        or _known_by_age(outside)
        or _reported_without_source(outside, outer_words)
    )


def _starts_leaning(outer_words: list[str]) -> bool:
    first = outer_words[0].lower()
    second = outer_words[1] if len(outer_words) > 1 else ""
    if first in lexicon.OF_WHAT and second in lexicon.BEING:
        return True
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


def _done_to_somebody(outside: str) -> bool:
    """ "Klingbeil widersprach ihr": before the pronoun stands nobody but the one who acts, and no preposition."""
    clause = WORD.findall(re.split(r"[,;:]", outside)[0])
    for position, word in enumerate(clause):
        following = clause[position + 1] if position + 1 < len(clause) else ""
        if position and word in lexicon.OBJECT_PRONOUNS:
            if word == "ihr" and following and following not in lexicon.AFTER_OBJECT:
                return False
            return sum(before[0].islower() and before not in lexicon.ARTICLES for before in clause[:position]) <= 1
    return False


def _known_by_age(outside: str) -> bool:
    """ "sagte der 53-Jährige": the sentence before names him, unless a name stands in front."""
    age = AGE.search(outside)
    return age is not None and not any(
        word[0].isupper() and word.lower() not in lexicon.TIME_NOUNS for word in WORD.findall(outside[: age.start()])
    )


def _speaks_unnamed(text: str, outside: str, outer_words: list[str]) -> bool:
    """The first person outside a quotation, without its speaker; or a speaker who is only called by an office."""
    words = {word.lower() for word in outer_words}
    if not words.isdisjoint(lexicon.FIRST_PERSON) and words.isdisjoint(lexicon.ATTRIBUTIONS) and not LABEL.match(text):
        return True
    role = ROLE.search(outside)
    office = role[1].lower() if role else ""
    return office.endswith(tuple(lexicon.ROLES)) and office not in lexicon.ONLY_ONE


def _pronoun_after_time(outer_words: list[str], noun: int) -> bool:
    """ "Am Freitag traf er": a noun of time is nobody's antecedent."""
    if outer_words[noun].lower() not in lexicon.TIME_NOUNS or noun > 2:
        return False
    following = [word for word in outer_words[noun + 1 : noun + 4] if not word.isdecimal()][:2]
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


def _contrasts(outside: str) -> bool:
    """ "Am Freitag regnete es jedoch": what follows a comma contrasts with the same sentence, all else with another."""
    main_clause = outside.split(",")[0]
    return any(word.lower() in lexicon.CONTRASTS for word in WORD.findall(main_clause))


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
    """Not a time stamp, a row of figures, a ticker's heading, an announcement or a line that belongs to the page."""
    if (
        count < 2
        or text.rstrip().endswith(":")
        or "+++" in text
        or "\t" in text
        or text.count("|") > 1
        or ONLY_TIME.match(text)
        or DATELINE_ALONE.match(text)
    ):
        return False
    if text.lower().startswith(lexicon.BOILERPLATE_OPENINGS):
        return False
    letters = sum(map(str.isalpha, text))
    return letters * 2 > len(text)
