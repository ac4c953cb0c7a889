"""Measures a packed recogniser and writes its model card: corpora and licences, recipe, scores, limits."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from service.entities.base import Recognizer
from service.entities.loading import load_recognizer_in
from training.ner.conll import NER_CORPORA, read_conll
from training.ner.evaluate import SCORED, recognizer_spans, score
from training.ner.gazetteer import LICENCES
from training.ner.text import LABELLED, parallel_names

TEST_SETS = {
    "de": ("germeval14/dev", "germeval14/test", "smartdata/test"),
    "en": ("uner-en-ewt/test", "wikigold-en/test", "worldwide-newswire-en/test", "wnut17-en/test"),
}
LANGUAGE = {"de": "German", "en": "English"}
LIMITS = {
    "de": """\
- Organisations are the weak side: companies and bodies unknown to the training texts are missed or taken for places.
- MISC (works, prizes, competitions, laws) is unreliable; treat it as a hint.
- Trained on sentences of newspapers and Wikipedia of 2000-2014 and some tweets: later names are known by their context
  and their letters only.
- A name in a compound (`Scholz-Regierung`) is found as the name alone. The corpora do not label parts of words, so no
  figure below says how well.""",
    "en": """\
- Meant to confirm names that the German side found, never to overrule it.
- The best part of its training sentences are machine translations of German ones.
- MISC is unreliable, and the test sets disagree on what it is.""",
}
CARD = """\
# ner-{language}: the bundled {name} name recogniser

{what}

Licence of the weights: CC BY-SA 4.0, for the share-alike texts among the sources below.

## Sources

Annotated sentences (share: how many of the sentences were used, below 1 drawn at random{drawn}):

| corpus | licence | parts | share |
|---|---|---|---|
{corpora}

{text}

Name lists for the word classes:

| list | licence |
|---|---|
{names}

No evaluation or test part of any corpus was read. MISC is left open where a corpus does not annotate it; hyphenated
words are cut, and a known name in an unlabelled compound is labelled.

## Recipe

`CORPORA` is a folder with `ner/`, `parallel/`, `sentences/`, `summaries/` and `names/`. One core.

```
{commands}
```
{made}
## Scores

Strict spans (both ends and the type), micro average over PER, LOC and ORG, in percent; then F1 by type.
`python -m training.ner.evaluate --model models/ner-{language} CORPORA/ner/SET.conll ...`

| set | precision | recall | F1 | PER | LOC | ORG | MISC |
|---|---|---|---|---|---|---|---|
{scores}
{remark}
Speed: `python -m bench.recognition --model models/ner-{language}`.

## Limits

{limits}
"""
WHAT = {
    "de": """\
The lower three layers of our own translation model's encoder (`marian-de-en`), taught anew to tag: post-norm,
width 384, served by CTranslate2 in int8. Each piece also carries the type of its word: how it is written, what name
lists say of it, and whether it is, or ends in, a common noun. A head in numpy reads the first and the last piece of
each word and a hashed table of words; the best path of a linear-chain CRF gives the tags. Labels PER, LOC, ORG, MISC.
Made by `training/ner/tagger`; but for our own translation model nothing was taken from any other model.""",
    "en": """\
A spaCy 3.8 pipeline with one component (`ner`): hashed word features (form, word class, prefix, suffix, shape) and
floret vectors, four convolution layers, a transition parser. Labels PER, LOC, ORG, MISC. The class of a word is what
name lists say of it, kept as its NORM. Vectors are stored in eight bits and unpacked by
`service.entities.spacy_recognition.load_pipeline`. Made by `training/ner`; nothing was taken from any other model.""",
}
DRAWN = {
    "de": " anew for each pass; of GermEval's sentences without names 0.6",
    "en": "",
}
REMARK = {
    "de": """
GermEval: outer level, derived and partial labels counted as no name. smartdata does not annotate MISC. GermEval dev
chose the best pass and is a little flattered. MISC is low because GermEval counts currencies (Euro) and we do not.
""",
    "en": """
uner-en-ewt and wnut17 differ from our rules in what they call a name; worldwide-newswire has no stated licence and was
used for this measurement only.
""",
}
PROJECTED = (
    "| germeval14-translated | CC BY 4.0; English machine-written, CC0 | GermEval 2014 train, names projected | 1 |"
)
TEXT = {
    "de": """\
Running text: what the translation model learned from, see the card of `marian-de-en`, and the German side of the
parallel corpora that the manifest lets ship, for the nouns. Sentences labelled by taggers, without what these were not
sure of: from UD German GSD, train (CC BY-SA 4.0), and

| text | licence |
|---|---|
{texts}""",
    "en": """\
Running text for the word vectors: the English side of the parallel corpora below, the sentences of the corpora above.

| text | licence |
|---|---|
{texts}""",
}


TAGGER_RECIPE = """\
WORDS=build/ner/word-classes.txt.gz
python -m training.ner.tagger.words  --corpora CORPORA --out $WORDS
python -m training.ner.tagger.train  --corpora CORPORA --words $WORDS --weights models/marian-de-en \\
    --epochs 7 --rates 1.35 0.5 --out build/ner/first.pt
python -m training.ner.tagger.train  --corpora CORPORA --words $WORDS --weights models/marian-de-en \\
    --epochs 7 --rates 1.35 0.5 --seed 2 --out build/ner/second.pt
python -m training.ner.tagger.label  build/ner/first.pt build/ner/second.pt --corpora CORPORA --words $WORDS \\
    --out build/ner/labelled.jsonl
python -m training.ner.tagger.train  --corpora CORPORA --words $WORDS --weights models/marian-de-en \\
    --epochs 5 --start build/ner/first.pt --labelled build/ner/labelled.jsonl --out build/ner/third.pt
python -m training.ner.tagger.train  --corpora CORPORA --words $WORDS --weights models/marian-de-en \\
    --epochs 2 --rates 0.5 0 --start build/ner/third.pt --out build/ner/tagger.pt
python -m training.ner.tagger.export build/ner/tagger.pt models/ner-de --corpora CORPORA --words $WORDS
python -m training.ner.card          --corpora CORPORA --language de --model models/ner-de"""
SPACY_RECIPE = """\
python -m training.ner.text    --corpora CORPORA --language en --out build/ner/en.txt
python -m training.ner.vectors --text build/ner/en.txt --out build/ner/en.floret --epochs 2 --rows 50000 --window 3
python -m training.ner.prepare --corpora CORPORA --language en --out build/ner/docs-en
python -m training.ner.train   --language en --documents build/ner/docs-en \\
    --development CORPORA/ner/crossner-politics-en/dev.conll --vectors build/ner/en.floret \\
    --names CORPORA/names --epochs 4 --epochs-full-only 2 --out build/ner/en-1
python -m training.ner.package --trained build/ner/en-1 --documents build/ner/docs-en --out models/ner-en
python -m training.ner.card    --corpora CORPORA --language en --model models/ner-en"""
RECIPES = {"de": TAGGER_RECIPE, "en": SPACY_RECIPE}
# Where the weights differ from what the commands would give today.
MADE = {
    "de": """
The weights were made in three stretches, 40 minutes of processor time in all: seven passes without the nouns, from
the second release of `marian-de-en`; five passes with them, the last three also over 42,000 sentences labelled by that
tagger and the one of the release before; then one and a half over the corpora alone (`--rates 0.5 0`). Of each the
running means were kept. On GermEval dev they scored 78.7, 79.3 and 80.5.
""",
    "en": """
The weights were trained before `prepare` exchanged names of people and places (`variation.py`) and before the word
classes took in names from WikiANN.
""",
}


def corpus_rows(language: str) -> str:
    rows = [
        f"| {corpus.name} | {corpus.licence} | {', '.join(corpus.train)} | {corpus.repeat:g} |"
        for corpus in NER_CORPORA[language]
    ]
    return "\n".join([*rows, PROJECTED] if language == "en" else rows)


def text_rows(language: str, corpora: Path) -> str:
    used = set(LABELLED) if language == "de" else set(parallel_names(corpora))
    with (corpora / "parallel" / "manifest.tsv").open(encoding="utf-8") as manifest:
        rows = csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE)
        return "\n".join(f"| {row['name']} | {row['licence']} |" for row in rows if row["name"] in used)


def score_rows(language: str, corpora: Path, recognizer: Recognizer) -> str:
    rows = []
    for name in TEST_SETS[language]:
        sentences = list(read_conll(corpora / "ner" / f"{name}.conll"))
        scores = score(sentences, recognizer_spans(recognizer))
        values = [*scores.precision_recall_f1(), *(scores.precision_recall_f1([label])[2] for label in SCORED)]
        has_misc = any(tag.endswith("MISC") for sentence in sentences for tag in sentence.tags)
        misc = f"{100 * scores.precision_recall_f1(['MISC'])[2]:.1f}" if has_misc else "-"
        rows.append(f"| {name} | {' | '.join(f'{100 * value:.1f}' for value in values)} | {misc} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--language", choices=("de", "en"), required=True)
    parser.add_argument("--model", type=Path, required=True)
    arguments = parser.parse_args()
    language, corpora = arguments.language, arguments.corpora
    recognizer = load_recognizer_in(arguments.model)
    card = CARD.format(
        language=language,
        name=LANGUAGE[language],
        what=WHAT[language],
        drawn=DRAWN[language],
        corpora=corpus_rows(language),
        text=TEXT[language].format(texts=text_rows(language, corpora)),
        names="\n".join(f"| {name} | {licence} |" for name, licence in LICENCES.items()),
        commands=RECIPES[language],
        made=MADE[language],
        scores=score_rows(language, corpora, recognizer),
        remark=REMARK[language],
        limits=LIMITS[language],
    )
    (arguments.model / "MODEL_CARD.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
