"""Turns the annotated corpora into training documents (spaCy DocBin), with the labels our annotation rules ask for.

Hyphenated words are cut, and where a corpus leaves a compound unlabelled the name
inside is labelled if it is a known name, left open if nobody can tell: spaCy learns nothing from an open token.
Corpora that do not annotate MISC go into a file of their own; training leaves open what may be MISC there.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import iob_to_biluo

from service.entities.recognition import COMPOUND_HEADS
from training.ner.conll import NER_CORPORA, NameCorpus, Sentence, read_conll
from training.ner.gazetteer import word_classes
from training.ner.projected import projected_sentences
from training.ner.tokenizer import blank_pipeline
from training.ner.variation import Variation

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
        return "LOC" if self.classes.get(word) == "<P>" else None

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


def to_document(nlp: Language, sentence: Sentence, lexicon: NameLexicon) -> tuple[Doc, list[str]]:
    """The sentence in our tokens, with one BIO tag (or `-` for open) a token."""
    words: list[str] = []
    tags: list[str] = []
    for word, tag in zip(sentence.words, sentence.tags, strict=True):
        parts = [token.text for token in nlp.tokenizer(word)]
        words += parts
        if len(parts) > 2 and tag == "O":
            tags += compound_tags(parts, lexicon)
        else:
            inside = tag if tag in ("O", OPEN) else f"I-{tag[2:]}"
            tags += [tag, *[inside] * (len(parts) - 1)]
    return Doc(nlp.vocab, words=words), tags


def labelled(document: Doc, tags: list[str]) -> Doc:
    """The document with its entities set; open tokens become missing annotation."""
    biluo = iob_to_biluo(["O" if tag == OPEN else tag for tag in tags])
    entities: list[Span] = []
    start = 0
    for index, tag in enumerate(biluo):
        if tag[0] in "BU":
            start = index
        if tag[0] in "LU":
            entities.append(Span(document, start, index + 1, label=tag[2:]))
    missing = [Span(document, index, index + 1) for index, tag in enumerate(tags) if tag == OPEN]
    document.set_ents(entities, missing=missing, default="outside")
    return document


def corpus_documents(
    nlp: Language, corpora: Path, corpus: NameCorpus, lexicon: NameLexicon, variation: Variation
) -> Iterator[Doc]:
    """The training sentences of a corpus, some with other names, each as often as its weight says."""
    chance = random.Random(corpus.name)
    whole, share = divmod(corpus.repeat, 1)
    for path in corpus.train_paths(corpora):
        for sentence in read_conll(path):
            copies = int(whole) + (chance.random() < share)
            for _ in range(copies):
                yield labelled(*to_document(nlp, variation.vary(sentence), lexicon))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--language", choices=("de", "en"), required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder for full.spacy, no-misc.spacy, word list")
    arguments = parser.parse_args()
    nlp = blank_pipeline(arguments.language)
    corpora = NER_CORPORA[arguments.language]
    projected = projected_sentences(arguments.corpora) if arguments.language == "en" else []
    gold = [s for corpus in corpora for path in corpus.train_paths(arguments.corpora) for s in read_conll(path)]
    lexicon = NameLexicon(
        [*gold, *projected], word_classes(arguments.corpora / "names", arguments.language, nlp.tokenizer)
    )
    variation = Variation(arguments.corpora / "names", arguments.language)
    bins = {misc: DocBin(attrs=["ENT_IOB", "ENT_TYPE"]) for misc in (True, False)}
    for corpus in corpora:
        for document in corpus_documents(nlp, arguments.corpora, corpus, lexicon, variation):
            bins[corpus.misc].add(document)
    for sentence in projected:
        bins[True].add(labelled(*to_document(nlp, sentence, lexicon)))
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / COMPOUND_HEADS).write_text("\n".join(compound_heads(gold)) + "\n", encoding="utf-8")
    for misc, name in ((True, "full"), (False, "no-misc")):
        bins[misc].to_disk(arguments.out / f"{name}.spacy")
        print(f"{name}: {len(bins[misc])} documents")


if __name__ == "__main__":
    main()
