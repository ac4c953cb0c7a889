"""The English side of a sentence while names are being found in it: its words, who took them, what they look at."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from service.alignment.vocabulary import FUNCTION_WORDS, is_everyday
from service.entities.spelling import closeness, fold, word_set
from service.entities.words import HYPHENS, WORD, Form
from service.entities.words import Words as CutText
from service.translation.model import Link, Span

WITHIN_NAME = re.compile(r"\.?[ \xa0]?[-‐‑–.'’/&]?[ \xa0]?")
# Capitalised in English, and yet no part of a person's or place's name.
CALENDAR = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)
OFFICES = word_set(
    "president chancellor minister prime foreign defence defense interior finance premier secretary general senator "
    "mayor governor king queen prince princess pope mr mrs ms dr professor sir lord lady "
    "ambassador chairman leader ceo judge"
)
NEVER_A_NAME = CALENDAR | OFFICES
NO_NAME = CALENDAR | OFFICES | FUNCTION_WORDS
SHORT_FORM = 3  # letters; "US" must not be found in "us"

TARGET_START = attrgetter("target_start")

Words = tuple[int, int]  # a half-open range of word positions


class EnglishSentence:
    """`text` as translated, in words. A word belongs to at most one mention.

    What is asked of the same words again and again is worked out once, and only if it is asked at all.
    """

    def __init__(self, text: str, links: Sequence[Link]) -> None:
        found = CutText(text)
        self.text = text
        self.words = found.words
        self.spans: list[Span] = found.spans()
        self._gaps = found.gaps()
        self._lower = list(map(str.lower, self.words))
        self._last_place = dict(zip(self._lower, range(len(self._lower)), strict=True))
        self._unsorted_links = links
        self._genitive = {at for at in self._places_of("s") if self.words[at] == "s" and self._follows_apostrophe(at)}
        self._taken = [False] * len(self.words)
        self._stretches: dict[int, list[tuple[Words, str]]] = {}

    def attention(self, words: Words, source: Span) -> float:
        """The mean share of these words' attention that lies on the German span, between 0 and 1."""
        first, last = words
        if last - first == 1:  # as most are
            return self._attention_of(first, source)
        return sum(self._attention_of(at, source) for at in range(first, last)) / max(1, last - first)

    def find(self, form: Form) -> list[Words]:
        """Where a form stands, free of other mentions; a form that begins with a capital is not found in lower case."""
        if form.first not in self._last_place:  # most forms are not in a sentence
            return []
        stretches = [(first, first + len(form.words)) for first in self._places_of(form.first)]
        return [stretch for stretch in stretches if self._writes(stretch, form)]

    def _places_of(self, word: str) -> Sequence[int]:
        """Where a word in lower case stands."""
        last = self._last_place.get(word)
        if last is None:
            return ()
        first = self._lower.index(word)
        return (last,) if first == last else [at for at in range(first, last + 1) if self._lower[at] == word]

    def _writes(self, stretch: Words, form: Form) -> bool:
        first, last = stretch
        return (
            last <= len(self.words)
            and _same_words(self.words[first:last], form.words)
            and self.is_unclaimed(stretch)
            and (self._is_joined(stretch) or self.surface(stretch) == form.text)
        )

    def is_free(self, words: Words) -> bool:
        """No word of it belongs to a mention, and it does not end in a genitive ending."""
        return True not in self._taken[words[0] : words[1]] and words[1] - 1 not in self._genitive

    def is_unclaimed(self, words: Words) -> bool:
        """No word of it belongs to a mention; a form may end in a genitive ending of its own (McDonald's)."""
        return True not in self._taken[words[0] : words[1]]

    def take(self, words: Words) -> None:
        self._taken[words[0] : words[1]] = [True] * (words[1] - words[0])

    def span(self, words: Words) -> Span:
        """Code points of the words; the full stop of an initialism (U.S.) belongs to it."""
        first, last = words[0], words[1] - 1
        if first == last:
            return self.spans[first]
        start, end = self.spans[first][0], self.spans[last][1]
        dotted = len(self.words[last]) == 1 and self._gaps[last - 1][-1:] == "."
        return (start, end + 1) if dotted and self.text[end : end + 1] == "." else (start, end)

    def surface(self, words: Words) -> str:
        start, end = self.span(words)
        return self.text[start:end]

    def is_capital(self, at: int) -> bool:
        return self.words[at][0].isupper()

    def opens_sentence(self, at: int) -> bool:
        """The first word, also of a quotation: its capital says nothing."""
        return _opens_sentence(self.text, self.spans[at][0])

    def is_ordinary(self, at: int) -> bool:
        """No name here: an office, a weekday, a number, an everyday word in lower case or opening a sentence."""
        word = self._lower[at]
        if word.isdigit() or word in NEVER_A_NAME:
            return True
        if word in FUNCTION_WORDS:  # but "No Kwang Chol", "The Hague"
            return not self.is_capital(at) or self.opens_sentence(at)
        if not self.is_capital(at):
            return is_everyday(word)
        return self.opens_sentence(at) and is_everyday(word)

    @functools.cached_property
    def _beginnings(self) -> list[int]:
        """Where a name may begin: at a capital or an unknown word; an everyday word may open a sentence and a name."""
        return [
            at
            for at, word in enumerate(self._lower)
            if (self.is_capital(at) or self.is_unknown(at))
            and (not self.is_ordinary(at) or (word not in NO_NAME and self.opens_sentence(at)))
        ]

    def is_unknown(self, at: int) -> bool:
        """No English word at all: neither everyday nor a number."""
        return not self.words[at].isdigit() and not is_everyday(self.words[at])

    def aligned(self, source: Span, least: float) -> list[Words]:
        """Free stretches of words that look at the German span, strongest first; function words only inside a name."""
        good = [
            self.attention((at, at + 1), source) >= least
            and self.is_free((at, at + 1))
            and self._lower[at] not in FUNCTION_WORDS
            for at in range(len(self.words))
        ]
        stretches: list[Words] = []
        for at, is_good in enumerate(good):
            if not is_good:
                continue
            if stretches and self._may_bridge(stretches[-1][1], at):
                stretches[-1] = (stretches[-1][0], at + 1)
            else:
                stretches.append((at, at + 1))
        return sorted(stretches, key=lambda words: -self.attention(words, source) * (words[1] - words[0]))

    def most_similar(self, form: str, source: Span, least: float) -> tuple[float, Words] | None:
        """The free stretch of about as many words that reads most like the form, with its similarity (least to 1)."""
        wanted, folded = WORD.findall(form), fold(form)
        count, numbers = len(wanted), frozenset(filter(str.isdigit, wanted))  # "Formel 1", "Hannover 96"
        best: tuple[float, float, Words] | None = None
        for length in {max(1, count - 1), count, count + 1}:
            for stretch, surface in self._stretches_of(length):
                likeness = closeness(surface, folded, least)
                if likeness < least or not self.is_free(stretch) or not self._may_end(stretch, numbers):
                    continue
                least, key = likeness, (likeness, self.attention(stretch, source), stretch)
                if best is None or key[:2] > best[:2]:
                    best = key
        return (best[0], best[2]) if best else None

    def beside(self, words: Words, count: int) -> Words | None:
        """The stretch with `count` more words before it, if all of them may belong to one name."""
        stretch = (words[0] - count, words[1])
        if stretch[0] < 0 or not self.is_free((stretch[0], words[0])) or not self._is_joined(stretch):
            return None
        named = all(self.is_capital(at) and self._lower[at] not in OFFICES for at in range(stretch[0], words[0]))
        return stretch if named else None

    def widened(self, words: Words) -> Words:
        """With the capitalised free neighbours that belong to the same name: "Korean [Central] News Agency"."""
        first, last = words
        while first > 0 and self._belongs(first - 1, (first - 1, last)):
            first -= 1
        while last < len(self.words) and self._belongs(last, (first, last + 1)):
            last += 1
        return first, last

    def _belongs(self, at: int, stretch: Words) -> bool:
        return (
            self.is_capital(at)
            and not self._taken[at]
            and not self.is_ordinary(at)
            and self._is_joined(stretch)
            and not self.opens_sentence(at)
        )

    def _stretches_of(self, length: int) -> list[tuple[Words, str]]:
        """So many words from where a name may begin, if one name may hold them, with what they read, folded."""
        if length not in self._stretches:
            ranges = ((first, first + length) for first in self._beginnings if first + length <= len(self.words))
            self._stretches[length] = [(words, fold(self.surface(words))) for words in ranges if self._is_joined(words)]
        return self._stretches[length]

    def _may_end(self, stretch: Words, numbers: frozenset[str]) -> bool:
        """Whether a name that begins where the stretch does may end where it does."""
        first, last = stretch
        if not self.is_ordinary(last - 1):
            return True
        return last - first > 1 and (self.words[last - 1] in numbers or self._is_hyphenated(last - 1))

    def _is_hyphenated(self, at: int) -> bool:
        """The second part of a word: the "un" of "Kim Jong-un"."""
        return at > 0 and self._gaps[at - 1] in HYPHENS

    def _may_bridge(self, end: int, at: int) -> bool:
        """Words between two aligned stretches that may be inside one name: nothing, or "of the" between capitals."""
        between = self._lower[end:at]
        if not between:
            return _joins(self._gaps[at - 1])
        return len(between) <= 2 and set(between) <= {"of", "the", "for", "and", "on", "in"} and self.is_capital(at)

    def _is_joined(self, stretch: Words) -> bool:
        first, last = stretch
        return last - first == 1 or all(map(_joins, self._gaps[first : last - 1]))

    def _follows_apostrophe(self, at: int) -> bool:
        start = self.spans[at][0]
        return start > 0 and self.text[start - 1] in "'’"

    @functools.cached_property
    def _links(self) -> list[Link]:
        return sorted(self._unsorted_links, key=TARGET_START)

    def _attention_of(self, at: int, source: Span) -> float:
        """Of the links that make the word, each weighs as much as its part of it."""
        start, end = self.spans[at]
        mass = 0.0
        for link in self._links[max(0, bisect_right(self._links, start, key=TARGET_START) - 1) :]:
            first, last = link.target_start, link.target_end
            if first >= end:
                break
            if last > start and link.source_start < source[1] and source[0] < link.source_end:
                mass += link.weight * ((min(end, last) - max(start, first)) / (end - start))
        return mass


@functools.lru_cache(maxsize=1_024)
def _joins(gap: str) -> bool:
    """Whether the words before and behind it may stand in one name."""
    return WITHIN_NAME.fullmatch(gap) is not None


def _opens_sentence(text: str, start: int) -> bool:
    while start > 0 and text[start - 1].isspace():
        start -= 1
    return start == 0 or text[start - 1] in '.!?:“"„«»'


def _same_words(found: Sequence[str], wanted: tuple[str, ...]) -> bool:
    if tuple(found) == wanted:
        return True
    if wanted[0][0].isupper() and not found[0][0].isupper():
        return False
    return all(map(_same_word, found, wanted))


def _same_word(word: str, want: str) -> bool:
    return word == want or (word.lower() == want.lower() and not (len(want) <= SHORT_FORM and want.isupper()))
