"""Labels for the parts of hyphenated words, which the corpora label as a whole or not at all.

Where a corpus leaves a compound unlabelled, the name inside is labelled if it is a known name and left open if nobody
can tell: a recogniser learns nothing from an open word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from training.ner.conll import Sentence

OPEN = "-"
# A word that is a name of one type in this share of its occurrences is known well enough to be labelled in a compound.
SURE_SHARE = 0.8
SURE_COUNT = 2
ALWAYS_KNOWN = {"US": "LOC", "USA": "LOC", "EU": "ORG", "UN": "ORG", "UNO": "ORG", "Nato": "ORG", "NATO": "ORG"}


class NameLexicon:
    """What the training sentences and the place list say of a word that stands alone."""

    def __init__(self, sentences: Iterable[Sentence], classes: dict[str, str]) -> None:
        self.tags: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence in sentences:
            following = [*sentence.tags[1:], "O"]
            for word, tag, after in zip(sentence.words, sentence.tags, following, strict=True):
                alone = tag.startswith("B-") and not after.startswith("I-")
                self.tags[word][tag[2:] if alone else "O" if tag == "O" else "part"] += 1
        self.classes = classes

    def type_of(self, word: str) -> str | None:
        """The entity type of a word that is surely a name, else None."""
        if word in ALWAYS_KNOWN:
            return ALWAYS_KNOWN[word]
        counts = self.tags.get(word)
        if counts:
            label, count = counts.most_common(1)[0]
            sure = label not in ("O", "part") and count >= SURE_COUNT and count / counts.total() >= SURE_SHARE
            return label if sure else None
        return "LOC" if self.classes.get(word, "").strip("<>") == "P" else None

    def is_common(self, word: str) -> bool:
        return not word[0].isupper() or self.tags.get(word, Counter())["O"] >= SURE_COUNT


def compound_tags(parts: list[str], lexicon: NameLexicon) -> list[str]:
    """Labels for the pieces of a hyphenated word that its corpus left unlabelled."""
    tags = []
    for part in parts:
        known = lexicon.type_of(part) if part[0].isalpha() else None
        open_ended = part[0].isalpha() and not lexicon.is_common(part)
        tags.append(f"B-{known}" if known else OPEN if open_ended else "O")
    return tags


def compound_heads(sentences: Iterable[Sentence]) -> list[str]:
    """Words behind the last hyphen of a compound that is no name as a whole: `Chef` in `Nokia-Chef`.

    Those that mostly close compounds without a label, and common words never seen in a name.
    """
    unnamed, named, closing_unnamed, closing_named = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for sentence in sentences:
        for word, tag in zip(sentence.words, sentence.tags, strict=True):
            (unnamed if tag == "O" else named)[word] += 1
            _, hyphen, head = word.rpartition("-")
            if hyphen and head:
                (closing_unnamed if tag == "O" else closing_named)[head] += 1
    closing = {head for head, count in closing_unnamed.items() if count > closing_named[head]}
    common = {word for word, count in unnamed.items() if count >= SURE_COUNT and not named[word]}
    return sorted(head for head in closing | (common - closing_named.keys()) if head.isalpha())
