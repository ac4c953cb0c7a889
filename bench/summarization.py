"""Compares our extractive summarizer with lead-3 and the methods of sumy on the same articles.

    python bench/summarization.py --corpora ../shared/corpora [--names models/ner-de]

Needs `pip install sumy` (the extra `bench`). sumy gets our sentences through its document model, so that every method
chooses from the same ones; its own tokenizer would download data. The references are 10kGNAD teasers (evaluation
only) and Wikinews headlines; the weights of our summarizer were tuned on neither test set.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from service.article.model import Article
from service.article.plain import read_text
from service.entities.chains import chain
from service.entities.loading import load_recognizer_in
from service.entities.model import Entity
from service.segmentation.german import segment
from service.segmentation.model import Sentence
from service.summarization import wording
from service.summarization.budget import Budget
from service.summarization.candidates import PROSE_BLOCKS
from service.summarization.extractive import ExtractiveSummarizer
from service.summarization.lexicon import FUNCTION_WORDS

SETS = {"10kgnad": "summaries/10kgnad/test-teaser-pairs.jsonl", "wikinews-de": "summaries/wikinews-de/test.jsonl"}
SUMY_METHODS = {
    "LexRank": "sumy.summarizers.lex_rank.LexRankSummarizer",
    "TextRank": "sumy.summarizers.text_rank.TextRankSummarizer",
    "LSA": "sumy.summarizers.lsa.LsaSummarizer",
    "KL": "sumy.summarizers.kl.KLSummarizer",
    "Luhn": "sumy.summarizers.luhn.LuhnSummarizer",
    "SumBasic": "sumy.summarizers.sum_basic.SumBasicSummarizer",
    "Reduction": "sumy.summarizers.reduction.ReductionSummarizer",
}
METRICS = ("ROUGE-1", "ROUGE-2", "ROUGE-L")
STEM = 6  # code points; sumy has no German stemmer without nltk, so it gets the one our summarizer uses
TOKEN = re.compile(r"[^\W_]+")
RESAMPLES = 2000

Method = Callable[[Article, Sequence[Sentence], int], list[str]]


@dataclass(frozen=True)
class Result:
    """What one method reached on one set: ROUGE F1 by article, shape (articles, 3), and its other figures."""

    rouge: np.ndarray
    repeated: float
    dangling: float
    milliseconds: float


def main() -> None:
    arguments = read_arguments()
    if arguments.speed:
        print_speed(arguments.corpora / SETS["10kgnad"])
        return
    methods: dict[str, Method] = {"ours": our_method(arguments.names), "lead": lead, **sumy_methods()}
    for name in arguments.sets:
        pairs = read_pairs(arguments.corpora / SETS[name])[: arguments.limit]
        for count in arguments.counts:
            results = {label: measure(method, pairs, count) for label, method in methods.items()}
            print_table(name, count, results)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--names", type=Path, help="the recogniser of names that serves our summarizer (models/ner-de)")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--counts", nargs="+", type=int, default=[3], help="sentences in a summary")
    parser.add_argument("--speed", action="store_true", help="only how the time grows with the article")
    parser.add_argument("--limit", type=int, help="only so many articles of each set")
    return parser.parse_args()


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Article text and reference summary."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(row["text"], row["summary"]) for row in rows]


def our_method(names: Path | None) -> Method:
    """The names are found before the clock starts: in the service they are a stage of their own."""
    recognizer = load_recognizer_in(names) if names else None

    @lru_cache(maxsize=1000)
    def entities(article: Article) -> tuple[Entity, ...]:
        return chain(article, recognizer.recognize(article.text)) if recognizer else ()

    def choose(article: Article, sentences: Sequence[Sentence], count: int) -> list[str]:
        chosen = ExtractiveSummarizer().choose(article, sentences, entities(article), Budget(count))
        return [choice.sentence.text for choice in chosen]

    choose.prepare = entities  # type: ignore[attr-defined]
    return choose


def lead(article: Article, sentences: Sequence[Sentence], count: int) -> list[str]:
    return [sentence.text for sentence in prose(article, sentences)[:count]]


def prose(article: Article, sentences: Sequence[Sentence]) -> list[Sentence]:
    """What every method may choose from: headings, captions and table rows would only hurt our rivals."""
    return [sentence for sentence in sentences if article.blocks[sentence.block].kind in PROSE_BLOCKS]


def sumy_methods() -> dict[str, Method]:
    return {name: sumy_method(path) for name, path in SUMY_METHODS.items()}


def sumy_method(path: str) -> Method:
    from importlib import import_module

    from sumy.models.dom import ObjectDocumentModel, Paragraph
    from sumy.models.dom import Sentence as SumySentence

    module, name = path.rsplit(".", 1)
    summarizer = getattr(import_module(module), name)(lambda word: word.lower()[:STEM])
    # SumBasic falls over a stop word that is the stem of another word ("weiter", "weiterhin").
    summarizer.stop_words = {word for word in FUNCTION_WORDS if len(word) != STEM}

    def choose(article: Article, sentences: Sequence[Sentence], count: int) -> list[str]:
        texts = [SumySentence(sentence.text, SimpleTokenizer()) for sentence in prose(article, sentences)]
        return [str(sentence) for sentence in summarizer(ObjectDocumentModel([Paragraph(texts)]), count)]

    return choose


class SimpleTokenizer:
    """What sumy asks of a tokenizer, without nltk's data."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(re.findall(r"[^\W\d_]+", text))

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return (text,)


def measure(method: Method, pairs: Sequence[tuple[str, str]], count: int) -> Result:
    scores, repeated, dangling, seconds = [], [], [], 0.0
    for text, reference in pairs:
        article = read_text(text)
        sentences = segment(article)
        getattr(method, "prepare", lambda article: None)(article)
        start = time.process_time()
        summary = method(article, sentences, count)
        seconds += time.process_time() - start
        scores.append(rouge(" ".join(summary), reference))
        repeated.append(repeated_share(summary))
        dangling.extend(dangles(summary, sentences))
    milliseconds = 1000 * seconds / len(pairs)
    return Result(np.array(scores), float(np.mean(repeated)), float(np.mean(dangling)), milliseconds)


def rouge(summary: str, reference: str) -> tuple[float, float, float]:
    """ROUGE-1, ROUGE-2 and ROUGE-L F1 (Lin 2004) over lower-case words, no stemming, no stop list."""
    ours, theirs = tokens(summary), tokens(reference)
    return (*(overlap(ngrams(ours, size), ngrams(theirs, size)) for size in (1, 2)), longest_common(ours, theirs))


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text.lower())


def ngrams(words: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(words[start:] for start in range(size)), strict=False))


def overlap(ours: Counter[tuple[str, ...]], theirs: Counter[tuple[str, ...]]) -> float:
    return f1((ours & theirs).total(), ours.total(), theirs.total())


def longest_common(ours: Sequence[str], theirs: Sequence[str]) -> float:
    row = [0] * (len(ours) + 1)
    for word in theirs:
        diagonal = 0
        for index, other in enumerate(ours, 1):
            diagonal, row[index] = row[index], diagonal + 1 if word == other else max(row[index], row[index - 1])
    return f1(row[-1], len(ours), len(theirs))


def f1(common: int, ours: int, theirs: int) -> float:
    return 2 * common / (ours + theirs) if common else 0.0


def repeated_share(summary: Sequence[str]) -> float:
    """The share of a summary's content words that an earlier sentence of it has already said."""
    said: set[str] = set()
    repeated = total = 0
    for sentence in summary:
        words = {word for word in tokens(sentence) if word not in FUNCTION_WORDS}
        repeated += len(words & said)
        total += len(words)
        said |= words
    return repeated / total if total else 0.0


def dangles(summary: Sequence[str], sentences: Sequence[Sentence]) -> list[bool]:
    """For each sentence whether it leans on the one before it in the article, and that one is missing."""
    places = [place_of(text, sentences) for text in summary]
    return [
        place > 0 and wording.read(text).leans and place - 1 not in places
        for place, text in zip(places, summary, strict=True)
    ]


def place_of(text: str, sentences: Sequence[Sentence]) -> int:
    """A summary sentence may have lost its dateline."""
    return next(index for index, sentence in enumerate(sentences) if sentence.text.endswith(text))


def print_table(name: str, count: int, results: dict[str, Result]) -> None:
    articles = len(results["ours"].rouge)
    print(f"\n{name}, {articles} articles, {count} sentences")
    print(f"{'':10}" + "".join(f"{metric:>9}" for metric in METRICS) + "  repeated  dangling      CPU ms")
    for label, result in results.items():
        figures = "".join(f"{100 * value:9.2f}" for value in result.rouge.mean(axis=0))
        print(f"{label:10}{figures}{result.repeated:10.1%}{result.dangling:10.1%}{result.milliseconds:12.2f}")
    print_ratios(results)


def print_ratios(results: dict[str, Result]) -> None:
    """Ours against the best rival of each metric, with a paired bootstrap interval of the difference."""
    ours = results["ours"].rouge
    rivals = {label: result.rouge for label, result in results.items() if label != "ours"}
    for column, metric in enumerate(METRICS):
        best = max(rivals, key=lambda label: rivals[label][:, column].mean())
        difference = 100 * (ours[:, column] - rivals[best][:, column])
        low, high = bootstrap(difference)
        ratio = ours[:, column].mean() / rivals[best][:, column].mean()
        print(f"{metric}: {ratio:.3f} x {best} ({difference.mean():+.2f}, 95 % interval {low:+.2f} to {high:+.2f})")


def print_speed(path: Path) -> None:
    """Median CPU time of choosing five sentences, without segmentation and names; long articles are many in one."""
    texts = [text for text, _ in read_pairs(path)]
    article = read_text("\n".join(texts))
    sentences = segment(article)
    print("sentences     words    CPU ms")
    for count in (32, 100, 1000, 10_000):
        words = sum(len(sentence.text.split()) for sentence in sentences[:count])
        times = [choosing_time(article, sentences[:count]) for _ in range(max(3, 300 // count))]
        print(f"{count:9}{words:10}{1000 * float(np.median(times)):10.1f}")


def choosing_time(article: Article, sentences: Sequence[Sentence]) -> float:
    start = time.process_time()
    ExtractiveSummarizer().choose(article, sentences, (), Budget(5))
    return time.process_time() - start


def bootstrap(differences: np.ndarray) -> tuple[float, float]:
    generator = np.random.default_rng(0)
    samples = generator.choice(differences, size=(RESAMPLES, len(differences))).mean(axis=1)
    low, high = np.quantile(samples, [0.025, 0.975])
    return float(low), float(high)


if __name__ == "__main__":
    main()
