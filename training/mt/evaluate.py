"""Score a translation model as the service runs it: sacreBLEU, names, numerals, repetition loops.

    python -m training.mt.evaluate --model models/marian-de-en --corpora ../shared/corpora --out build/mt/scores.json

`--model` is a CTranslate2 folder (the service's engine) or, with `--reference`, a Hugging Face checkpoint.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from service.article.plain import read_text
from service.checks.attempts import first_plans
from service.checks.figures.comparison import compare
from service.checks.figures.german import read_german
from service.segmentation.german import segment
from service.segmentation.long_sentences import split_long
from service.translation.base import TranslationEngine, is_measured
from service.translation.loading import load_engine
from service.translation.marian_engine import MarianEngine, Search
from service.translation.marian_tokenizer import MarianTokenizer
from service.translation.model import Manners, Translation, manners_of

TEST_SETS = ("wmt19.de-en", "wmt20.de-en", "wmt21.de-en", "flores-dev", "iwslt17.de-en")
NEWS_SETS = TEST_SETS[:3]
BATCH = 200  # sentences a call

# None of these frames is in the training data (augment.py swaps names inside real sentences only).
NAME_FRAMES = {
    "LOC": ("Die Delegation reiste am Abend nach {} weiter.", "In {} wurden am Sonntag drei Menschen verletzt.",
            "Aus {} kam zunächst keine Reaktion.", "Der Flughafen von {} blieb bis zum Morgen gesperrt."),
    "ORG": ("Ein Sprecher sagte, {} habe den Vertrag gekündigt.", "Nach Angaben von {} sank der Umsatz deutlich.",
            "Die Entscheidung von {} stieß auf Kritik."),
    "PER": ("„Wir geben nicht auf“, sagte {} vor Journalisten.", "Der Anwalt von {} wies die Vorwürfe zurück.",
            "Am Dienstag soll {} erneut vernommen werden."),
}  # fmt: skip
NAME_SOURCES = {
    "LOC": ("cldr", "eu-vocab", "naturalearth-cities"),
    "ORG": ("supraverden-orgs", "openfootball-clubs"),
    "PER": ("ru-names-translit",),
}
NAME_SENTENCES = 500


def read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def score_test_sets(translate: Callable[[list[str]], list[str]], corpora: Path, limit: int | None) -> tuple[dict, dict]:
    """BLEU and chrF with their signatures; also returns every output for the other measures."""
    from sacrebleu.metrics import BLEU, CHRF

    scores, outputs = {}, {}
    for name in TEST_SETS:
        sources, references = (read_lines(corpora / "eval" / f"{name}.{side}")[:limit] for side in ("de", "en"))
        began = time.monotonic()
        outputs[name] = (sources, translate(sources))
        bleu, chrf = BLEU(), CHRF()
        scores[name] = {
            "bleu": round(bleu.corpus_score(outputs[name][1], [references]).score, 2),
            "chrf": round(chrf.corpus_score(outputs[name][1], [references]).score, 2),
            "sentences": len(sources), "seconds": round(time.monotonic() - began, 1),
        }  # fmt: skip
        scores["signatures"] = [str(bleu.get_signature()), str(chrf.get_signature())]
    scores["news average BLEU"] = round(sum(scores[name]["bleu"] for name in NEWS_SETS) / len(NEWS_SETS), 2)
    return scores, outputs


def name_sentences(corpora: Path, seed: int = 5) -> list[tuple[str, str, set[str]]]:
    """(sentence, German name, accepted English forms), evenly over the types."""
    rng, made = random.Random(seed), []
    for kind, sources in NAME_SOURCES.items():
        forms: dict[str, set[str]] = {}
        for source in sources:
            for path in sorted((corpora / "names" / source).glob("*.tsv")):
                for line in read_lines(path):
                    de, en, row_kind = line.split("\t")[:3]
                    if row_kind == kind and de[:1].isupper() and not de.startswith("Pseudo-"):  # CLDR's test locales
                        forms.setdefault(de, {de}).add(en)
        chosen = rng.sample(sorted(forms), NAME_SENTENCES // len(NAME_SOURCES))
        made += [(rng.choice(NAME_FRAMES[kind]).format(name), name, forms[name]) for name in chosen]
    return made


def kept_names(translate: Callable[[list[str]], list[str]], corpora: Path) -> dict:
    """Share of names that come out in an accepted English form or unchanged."""
    sentences = name_sentences(corpora)
    outputs = translate([sentence for sentence, _, _ in sentences])
    kept = [any(form in output for form in forms) for (_, _, forms), output in zip(sentences, outputs, strict=True)]
    lost = [(name, output) for (_, name, _), output, ok in zip(sentences, outputs, kept, strict=True) if not ok]
    return {"kept": round(sum(kept) / len(kept), 4), "sentences": len(kept), "examples lost": lost[:8]}


def kept_numerals(pairs: list[tuple[str, str]]) -> dict:
    """Share of the sources' numerals whose value is in the output, compared as the service's own checks do.

    A numeral is a German figure written in digits; "3,2 Milliarden" and "3.2 billion" are equal, so are "drei" and "3".
    """
    total = lost = 0
    for german, english in pairs:
        total += sum(figure.certainty == "digits" for figure in read_german(german))
        lost += sum(
            mismatch.german is not None and mismatch.german.certainty == "digits"
            for mismatch in compare(german, english)
        )
    return {"kept": round(1 - lost / total, 4), "numerals": total}


def loops(pairs: list[tuple[str, str]]) -> dict:
    """Share of outputs that are empty, repeat a 4-gram three times, or are 2.5 times as long as the source."""
    bad = [pair for pair in pairs if is_loop(*pair)]
    return {"share": round(len(bad) / len(pairs), 4), "sentences": len(pairs), "examples": bad[:4]}


def is_loop(german: str, english: str) -> bool:
    words = english.split()
    grams = [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
    repeated = any(grams.count(gram) >= 3 for gram in set(grams))
    return not words or repeated or len(words) > 2.5 * max(4, len(german.split()))


def sentences_of(line: str) -> list[str]:
    """A line's sentences as the service splits them: the wmt20 lines are paragraphs."""
    return [sentence.text for sentence in segment(read_text(line))] if line.strip() else [line]


def engine_translate(engine: TranslationEngine) -> Callable[[list[str]], list[str]]:
    """Line by line, each split into sentences, translated and joined again, as the service does with an article."""

    def translate(lines: list[str]) -> list[str]:
        outputs: list[str] = []
        for start in range(0, len(lines), BATCH):
            split = [sentences_of(line) for line in lines[start : start + BATCH]]
            english = iter(engine.translate([sentence for sentences in split for sentence in sentences]))
            outputs += [" ".join(next(english).target for _ in sentences) for sentences in split]
        return outputs

    return translate


@dataclass(frozen=True)
class Ahead:
    """An engine that has translated the sentences of many lines together before they are asked for line by line."""

    engine: TranslationEngine
    known: dict[str, Translation]

    @classmethod
    def of(cls, engine: TranslationEngine, lines: list[str]) -> Ahead:
        plans = [first_plans(segment(read_text(line)), is_measured(engine)) for line in lines]
        sentences = [plan.german for own in plans for plan in own]
        return cls(engine, dict(zip(sentences, engine.translate(sentences), strict=True)))

    @property
    def is_measured(self) -> bool:
        return is_measured(self.engine)

    def translate(self, segments: Sequence[str], manner: Manners = "plain") -> list[Translation]:
        if set(manners_of(segments, manner)) <= {"plain"}:
            return [self.known[segment] for segment in segments]
        return self.engine.translate(segments, manner)


def service_translate(engine: TranslationEngine, recogniser: Path) -> Callable[[list[str]], list[str]]:
    """Each line as an article of its own through `/v1/translations`: names put right, doubts tried again."""
    from service.entities.loading import load_recognizer_in
    from service.pipeline.parts import Parts
    from service.pipeline.translation import translate as translate_article
    from service.summarization.extractive import ExtractiveSummarizer

    parts = Parts(load_recognizer_in(recogniser), ExtractiveSummarizer(), engine)

    def translate(lines: list[str]) -> list[str]:
        outputs: list[str] = []
        for start in range(0, len(lines), BATCH):
            chunk = lines[start : start + BATCH]
            own = replace(parts, engine=Ahead.of(engine, chunk))
            articles = [translate_article(read_text(line), own) for line in chunk]
            outputs += [" ".join(pair.english for pair in article.pairs) for article in articles]
        return outputs

    return translate


def reference_engine(checkpoint: Path, beam_size: int) -> TranslationEngine:
    """The same engine around transformers and torch in float32, for an exported checkpoint."""
    from service.translation.reference_engine import TransformersDecoder  # needs the extra `reference`

    tokenizer = MarianTokenizer.from_folder(checkpoint)
    return MarianEngine(tokenizer, TransformersDecoder(checkpoint), split_long, Search(beam_size=beam_size))


def evaluate(engine: TranslationEngine, recogniser: Path, corpora: Path, limit: int | None = None) -> dict:
    """The bare model's figures, and the same of what the service makes of it."""
    bare, served = engine_translate(engine), service_translate(engine, recogniser)
    scores, outputs = score_test_sets(bare, corpora, limit)
    served_scores, served_outputs = score_test_sets(served, corpora, limit)
    references = news_pairs(
        {
            name: tuple(read_lines(corpora / "eval" / f"{name}.{side}")[:limit] for side in ("de", "en"))
            for name in NEWS_SETS
        }
    )
    return {
        "test sets": scores,
        "test sets in the service": served_scores,
        "names": kept_names(bare, corpora),
        "names in the service": kept_names(served, corpora),
        "numerals": kept_numerals(news_pairs(outputs)) | {"references": kept_numerals(references)["kept"]},
        "numerals in the service": kept_numerals(news_pairs(served_outputs)),
        "loops": loops(news_pairs(outputs)[:2000]),
        "loops in the service": loops(news_pairs(served_outputs)[:2000]),
    }


def news_pairs(sides: dict[str, tuple[list[str], list[str]]]) -> list[tuple[str, str]]:
    return [pair for name in NEWS_SETS for pair in zip(*sides[name], strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("models/marian-de-en"))
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--recogniser", type=Path, default=Path("models/ner-de"))
    parser.add_argument("--out", type=Path)
    parser.add_argument(
        "--reference", action="store_true", help="--model is a Hugging Face checkpoint; use transformers"
    )
    parser.add_argument("--beam", type=int, default=1)
    parser.add_argument("--limit", type=int, help="sentences a test set, for a quick look")
    arguments = parser.parse_args()
    load = reference_engine if arguments.reference else load_engine
    engine = load(arguments.model, beam_size=arguments.beam)
    scores = evaluate(engine, arguments.recogniser, arguments.corpora, arguments.limit)
    scores["command"] = (
        f"python -m training.mt.evaluate --corpora {arguments.corpora}"
        f" --model {arguments.model} --beam {arguments.beam}"
        + (" --reference" if arguments.reference else "")
        + (f" --limit {arguments.limit}" if arguments.limit else "")
    )
    text = json.dumps(scores, ensure_ascii=False, indent=1)
    print(text)
    if arguments.out:
        arguments.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
