"""The English side of a sentence while names are being found in it: its words, who took them, what they look at."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from service.alignment.vocabulary import FUNCTION_WORDS, is_everyday
from service.entities.spelling import similarity, word_set
from service.translation.model import Link

WORD = re.compile(r"[^\W_]+")
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
NO_NAME = CALENDAR | OFFICES | FUNCTION_WORDS
SHORT_FORM = 3  # letters; "US" must not be found in "us"

Words = tuple[int, int]  # a half-open range of word positions
Span = tuple[int, int]  # code points


class EnglishSentence:
    """`text` as translated, in words. A word belongs to at most one mention."""

    def __init__(self, text: str, links: Sequence[Link]) -> None:
        self.text = text
        self.spans: list[Span] = [match.span() for match in WORD.finditer(text)]
        self.words: list[str] = [text[start:end] for start, end in self.spans]
        self._links = self._links_by_word(links)
        self._genitive = [self._is_genitive(at) for at in range(len(self.words))]
        self._taken = [False] * len(self.words)

    def attention(self, words: Words, source: Span) -> float:
        """The mean share of these words' attention that lies on the German span, between 0 and 1."""
        return sum(self._attention_of(at, source) for at in range(*words)) / max(1, words[1] - words[0])

    def find(self, form: str) -> Iterator[Words]:
        """Where a form stands, free of other mentions; a form that begins with a capital is not found in lower case."""
        wanted = _words_of(form)
        for first in range(len(self.words) - len(wanted) + 1):
            stretch = (first, first + len(wanted))
            same = _same_words(self.words[first : stretch[1]], wanted)
            if same and self.is_unclaimed(stretch) and self._is_joined(stretch):
                yield stretch

    def is_free(self, words: Words) -> bool:
        """No word of it belongs to a mention, and it does not end in a genitive ending."""
        return not any(self._taken[words[0] : words[1]]) and not self._genitive[words[1] - 1]

    def is_unclaimed(self, words: Words) -> bool:
        """No word of it belongs to a mention; a form may end in a genitive ending of its own (McDonald's)."""
        return not any(self._taken[words[0] : words[1]])

    def take(self, words: Words) -> None:
        self._taken[words[0] : words[1]] = [True] * (words[1] - words[0])

    def span(self, words: Words) -> Span:
        """Code points of the words; the full stop of an initialism (U.S.) belongs to it."""
        start, end = self.spans[words[0]][0], self.spans[words[1] - 1][1]
        last = self.words[words[1] - 1]
        dotted = len(last) == 1 and words[1] - words[0] > 1 and self.text[end - 2 : end - 1] == "."
        return (start, end + 1) if dotted and self.text[end : end + 1] == "." else (start, end)

    def surface(self, words: Words) -> str:
        return self.text[slice(*self.span(words))]

    def is_capital(self, at: int) -> bool:
        return self.words[at][0].isupper()

    def opens_sentence(self, at: int) -> bool:
        """The first word, also of a quotation: its capital says nothing."""
        before = self.text[: self.spans[at][0]].rstrip()
        return not before or before[-1] in '.!?:“"„«»'

    def is_ordinary(self, at: int) -> bool:
        """No name here: an office, a weekday, a number, an everyday word in lower case or opening a sentence."""
        word = self.words[at]
        if word.isdigit() or word.lower() in NO_NAME:
            return True
        if not self.is_capital(at):
            return is_everyday(word)
        return self.opens_sentence(at) and is_everyday(word)

    def is_unknown(self, at: int) -> bool:
        """No English word at all: neither everyday nor a number."""
        return not self.words[at].isdigit() and not is_everyday(self.words[at])

    def aligned(self, source: Span, least: float) -> list[Words]:
        """Free stretches of words that look at the German span, strongest first; function words only inside a name."""
        good = [
            self._attention_of(at, source) >= least
            and self.is_free((at, at + 1))
            and self.words[at].lower() not in FUNCTION_WORDS
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

    def most_similar(self, form: str, source: Span) -> tuple[float, Words] | None:
        """The free stretch of about as many words that reads most like the form, with its similarity (0 to 1)."""
        count = len(_words_of(form))
        best: tuple[float, float, Words] | None = None
        for length in {max(1, count - 1), count, count + 1}:
            for first in range(len(self.words) - length + 1):
                stretch = (first, first + length)
                if not self._may_be_a_name(stretch):
                    continue
                likeness = similarity(self.surface(stretch), form)
                key = (likeness, self.attention(stretch, source), stretch)
                if best is None or key[:2] > best[:2]:
                    best = key
        return (best[0], best[2]) if best else None

    def beside(self, words: Words, count: int) -> Words | None:
        """The stretch with `count` more words before it, if all of them may belong to one name."""
        stretch = (words[0] - count, words[1])
        if stretch[0] < 0 or not self.is_free((stretch[0], words[0])) or not self._is_joined(stretch):
            return None
        named = all(self.is_capital(at) and self.words[at].lower() not in OFFICES for at in range(stretch[0], words[0]))
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

    def _may_be_a_name(self, stretch: Words) -> bool:
        first, last = stretch
        if not self.is_free(stretch) or not self._is_joined(stretch):
            return False
        begins_phrase = last - first > 1 and self.opens_sentence(first) and self.words[first].lower() not in NO_NAME
        if self.is_ordinary(first) and not begins_phrase:
            return False
        if self.is_ordinary(last - 1) and not self._is_hyphenated(last - 1):
            return False
        return self.is_capital(first) or self.is_unknown(first)

    def _is_hyphenated(self, at: int) -> bool:
        """The second part of a word: the "un" of "Kim Jong-un"."""
        return at > 0 and self.text[self.spans[at - 1][1] : self.spans[at][0]] in ("-", "‐", "‑")

    def _may_bridge(self, end: int, at: int) -> bool:
        """Words between two aligned stretches that may be inside one name: nothing, or "of the" between capitals."""
        between = [word.lower() for word in self.words[end:at]]
        joined = bool(WITHIN_NAME.fullmatch(self.text, self.spans[at - 1][1], self.spans[at][0]))
        if not between:
            return joined
        return len(between) <= 2 and set(between) <= {"of", "the", "for", "and", "on", "in"} and self.is_capital(at)

    def _is_joined(self, stretch: Words) -> bool:
        return all(
            WITHIN_NAME.fullmatch(self.text, self.spans[at][1], self.spans[at + 1][0])
            for at in range(stretch[0], stretch[1] - 1)
        )

    def _is_genitive(self, at: int) -> bool:
        start = self.spans[at][0]
        return self.words[at] == "s" and start > 0 and self.text[start - 1] in "'’"

    def _links_by_word(self, links: Sequence[Link]) -> list[list[tuple[int, int, float]]]:
        """For each word the German spans that its pieces look at, weighted by the piece's part of the word."""
        found: list[list[tuple[int, int, float]]] = [[] for _ in self.spans]
        at = 0
        for link in sorted(links, key=lambda link: link.target_start):
            while at < len(self.spans) and self.spans[at][1] <= link.target_start:
                at += 1
            word = at
            while word < len(self.spans) and self.spans[word][0] < link.target_end:
                start, end = self.spans[word]
                part = (min(end, link.target_end) - max(start, link.target_start)) / (end - start)
                found[word].append((link.source_start, link.source_end, link.weight * part))
                word += 1
        return found

    def _attention_of(self, at: int, source: Span) -> float:
        return sum(weight for start, end, weight in self._links[at] if start < source[1] and source[0] < end)


@functools.lru_cache(maxsize=4_096)
def _words_of(form: str) -> tuple[str, ...]:
    return tuple(WORD.findall(form))


def _same_words(found: Sequence[str], wanted: Sequence[str]) -> bool:
    if wanted[0][0].isupper() and not found[0][0].isupper():
        return False
    return all(
        word == want or (word.lower() == want.lower() and not (len(want) <= SHORT_FORM and want.isupper()))
        for word, want in zip(found, wanted, strict=True)
    )
