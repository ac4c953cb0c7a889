"""Turns the annotated corpora into training documents (spaCy DocBin), with the labels our annotation rules ask for.

Hyphenated words are cut and labelled as `compounds` has it; an open word is missing annotation to spaCy. Corpora that
do not annotate MISC go into a file of their own; training leaves open what may be MISC there.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import iob_to_biluo

from service.entities.recognition import COMPOUND_HEADS
from training.ner.compounds import OPEN, NameLexicon, compound_heads, compound_tags
from training.ner.conll import NER_CORPORA, NameCorpus, Sentence, read_conll, training_sentences
from training.ner.gazetteer import word_classes
from training.ner.projected import projected_sentences
from training.ner.tokenizer import blank_pipeline, words_of
from training.ner.variation import Variation


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
    gold = training_sentences(arguments.corpora, arguments.language)
    lexicon = NameLexicon(
        [*gold, *projected], word_classes(arguments.corpora / "names", arguments.language, words_of(nlp.tokenizer))
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
