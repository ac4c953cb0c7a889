"""Compiles `models/words/renderings.txt.xz`: the English wording that a German word most often has.

    python -m training.words.renderings        # after training.mt.prepare, vocabulary and encode

Counted in the pairs that the translation model trains on: all English words that are aligned to a German one and stand
together are its wording there, less the little words at its ends. Marked are the words that the model has seen too
seldom to have learned them, though they leave no doubt; names are none of them.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from service.alignment.vocabulary import FUNCTION_WORDS
from service.checks.english_words import WORD
from service.checks.renderings import DEFAULT_PATH, RARE_MARK, stem_key
from service.entities.word_features import CLASS_LETTERS, WORD_CLASSES, read_classes
from service.places import MODELS
from training.words.aligned import aligned_pairs, says_something, worded

LEAST_SEEN = 2
LEAST_SHARE = 0.3  # of the wordings of a word; what is worded in many ways has no one rendering
MOST_WORDS = 3
RARE = 10  # a word form that the training texts have at most so often
SURE_SHARE = 0.5  # of its wordings

Wordings = Mapping[str, Counter[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("build/mt"))
    entries = sorted(compiled(as_written(wordings(parser.parse_args().data))))
    DEFAULT_PATH.write_bytes(lzma.compress("".join(f"{word}\t{english}\n" for word, english in entries).encode()))
    print(f"{len(entries)} German words and stems, {DEFAULT_PATH.stat().st_size} bytes")


def wordings(data: Path) -> Wordings:
    """How often each German word form was worded in which way."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for pair, words in worded(list(aligned_pairs(data))):
        for word, numbers in words:
            if says_something(word):
                english = wording(pair.english.words, numbers)
                if english:
                    found[word][english] += 1
    return found


def wording(words: Sequence[str], numbers: Sequence[int]) -> str:
    """The words with these numbers if they stand together, without little words at the ends; nothing otherwise."""
    if not numbers or numbers[-1] - numbers[0] + 1 != len(numbers):
        return ""
    own = [words[number] for number in numbers]
    while own and _is_little(own[0]):
        own.pop(0)
    while own and _is_little(own[-1]):
        own.pop()
    return " ".join(own) if len(own) <= MOST_WORDS and all(map(WORD.fullmatch, own)) else ""


def _is_little(word: str) -> bool:
    return not WORD.fullmatch(word) or word.lower() in FUNCTION_WORDS


def as_written(found: Wordings) -> Wordings:
    """With a capital only what mostly has one: it may have begun a sentence."""
    small: Counter[str] = Counter()
    for counts in found.values():
        for english, count in counts.items():
            small[english.lower()] += count if english.islower() else -count
    made: dict[str, Counter[str]] = {}
    for word, counts in found.items():
        made[word] = Counter()
        for english, count in counts.items():
            made[word][english.lower() if small[english.lower()] >= 0 else english] += count
    return made


def compiled(found: Wordings) -> Iterator[tuple[str, str]]:
    """The entries: stems, and the forms whose rendering is another one."""
    stems: dict[str, Counter[str]] = defaultdict(Counter)
    for word, counts in found.items():
        stems[stem_key(word)].update(counts)
    of_stems = dict(rendered(stems.items()))
    yield from of_stems.items()
    rare = rare_words(found)
    for word, one in rendered(found.items()):
        if word in rare:
            yield RARE_MARK + word, one
        elif of_stems.get(stem_key(word)) != one:
            yield word, one


def rare_words(found: Wordings) -> set[str]:
    """The forms that are rare, sure and no names."""
    classes = read_classes(MODELS / "ner-de" / WORD_CLASSES)
    names = {word for word, letters in classes.items() if not set(letters.upper()).isdisjoint(CLASS_LETTERS)}
    return {word for word, counts in found.items() if word not in names and _is_rare(word, counts)}


def _is_rare(word: str, counts: Counter[str]) -> bool:
    english = likeliest(counts)
    is_sure = counts[english] >= SURE_SHARE * counts.total()
    return is_sure and counts.total() <= RARE and english.islower() and english != word.lower() and not word.isupper()


def likeliest(counts: Counter[str]) -> str:
    return max(counts, key=lambda english: (counts[english], english))


def rendered(found: Iterable[tuple[str, Counter[str]]]) -> Iterator[tuple[str, str]]:
    for word, counts in found:
        english = likeliest(counts)
        if counts[english] >= max(LEAST_SEEN, LEAST_SHARE * counts.total()):
            yield word, english


if __name__ == "__main__":
    main()
