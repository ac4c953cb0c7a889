"""Measures a packed recogniser and writes its model card: corpora and licences, recipe, scores, limits."""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path

from service.entities.recognition import SpacyRecognizer
from training.ner.conll import NER_CORPORA, read_conll
from training.ner.evaluate import SCORED, recognizer_spans, score
from training.ner.gazetteer import LICENCES
from training.ner.text import parallel_names

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

A spaCy {spacy} pipeline with one component (`ner`): hashed word features (form, word class, prefix, suffix, shape) and
floret vectors, four convolution layers, a transition parser. Labels PER, LOC, ORG, MISC. The class of a word is what
name lists say of it, kept as its NORM. Vectors are stored in eight bits and unpacked by
`service.entities.recognition.load_pipeline`. Made by `training/ner`; nothing was taken from any other model.

Licence of the weights: CC BY-SA 4.0, for the share-alike texts among the sources below.

## Sources

Annotated sentences (share: how many of the sentences were used; below 1 drawn at random):

| corpus | licence | parts | share |
|---|---|---|---|
{corpora}
{projected}
Running text for the word vectors: the {name} side of the parallel corpora below{sentences},
and the sentences of the corpora above.

| text | licence |
|---|---|
{texts}

Name lists for the word classes:

| list | licence |
|---|---|
{names}

No evaluation or test part of any corpus was read. MISC is left open where a corpus does not annotate it; hyphenated
words are cut, and a known name in an unlabelled compound is labelled.

## Recipe

`CORPORA` is a folder with `ner/`, `parallel/`, `sentences/`, `summaries/` and `names/`. One core.

```
python -m training.ner.text    --corpora CORPORA --language {language} --out build/ner/{language}.txt
python -m training.ner.vectors --text build/ner/{language}.txt --out build/ner/{language}.floret {vector_options}
python -m training.ner.prepare --corpora CORPORA --language {language} --out build/ner/docs-{language}
python -m training.ner.train   --language {language} --documents build/ner/docs-{language} \\
    --development CORPORA/ner/{development} --vectors build/ner/{language}.floret \\
    --names CORPORA/names {train_options} --out build/ner/{language}-1
{more}python -m training.ner.package --trained build/ner/{last} --documents build/ner/docs-{language} \\
    --out models/ner-{language}
python -m training.ner.card    --corpora CORPORA --language {language} --model models/ner-{language}
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
    "| germeval14-translated | CC BY 4.0; English machine-written, CC0 | GermEval 2014 train, names projected | 1 |\n"
)
GERMAN_SENTENCES = ", ud-german-gsd and wikinews-de (training parts)"
GERMAN_TEXTS = ["| ud-german-gsd | CC BY-SA 4.0 |", "| wikinews-de | CC BY 2.5 |"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The options of the bundled model's training; `more`: further commands, `last`: the folder that was packed.

    `remark`: where the weights differ from what the commands would give today.
    """

    vectors: str
    development: str
    train: str
    more: str
    last: str
    remark: str


FIRST_WEIGHTS = """
The weights were trained before `prepare` exchanged names of people and places (`variation.py`) and before the word
classes took in names from WikiANN.
"""
RECIPES = {
    "de": Recipe(
        "--epochs 8",
        "germeval14/dev.conll",
        "--epochs 10 --epochs-full-only 2 --stop-after 2",
        """\
python -m training.ner.train   --language de --documents build/ner/docs-de \\
    --development CORPORA/ner/germeval14/dev.conll --vectors build/ner/de.floret --names CORPORA/names \\
    --start build/ner/de-1 --epochs 2 --epochs-full-only 0 --learning-rate 0.0008 --seed 2 --out build/ner/de-2
""",
        "de-2",
        FIRST_WEIGHTS,
    ),
    "en": Recipe(
        "--epochs 2 --rows 50000 --window 3",
        "crossner-politics-en/dev.conll",
        "--epochs 4 --epochs-full-only 2",
        "",
        "en-1",
        FIRST_WEIGHTS,
    ),
}


def corpus_rows(language: str) -> str:
    return "\n".join(
        f"| {corpus.name} | {corpus.licence} | {', '.join(corpus.train)} | {corpus.repeat:g} |"
        for corpus in NER_CORPORA[language]
    )


def text_rows(corpora: Path) -> list[str]:
    used = set(parallel_names(corpora))
    with (corpora / "parallel" / "manifest.tsv").open(encoding="utf-8") as manifest:
        rows = csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [f"| {row['name']} | {row['licence']} |" for row in rows if row["name"] in used]


def score_rows(language: str, corpora: Path, recognizer: SpacyRecognizer) -> str:
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
    recognizer = SpacyRecognizer(arguments.model)
    german = language == "de"
    recipe = RECIPES[language]
    card = CARD.format(
        language=language,
        name=LANGUAGE[language],
        spacy="3.8",
        corpora=corpus_rows(language),
        projected="" if german else PROJECTED,
        sentences=GERMAN_SENTENCES if german else "",
        texts="\n".join(text_rows(corpora) + (GERMAN_TEXTS if german else [])),
        names="\n".join(f"| {name} | {licence} |" for name, licence in LICENCES.items()),
        vector_options=recipe.vectors,
        development=recipe.development,
        train_options=recipe.train,
        more=recipe.more,
        last=recipe.last,
        made=recipe.remark,
        scores=score_rows(language, corpora, recognizer),
        remark=REMARK[language],
        limits=LIMITS[language],
    )
    (arguments.model / "MODEL_CARD.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
