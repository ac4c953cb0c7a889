"""The command line: `presseschau summarize FILE…`, `digest FILE…`, `serve`, `models`, `openapi`, `settings`, `key`.

Heavy parts are imported inside the commands, so that `presseschau --help` answers at once.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from service import __version__
from service.article.errors import ArticleError
from service.models import commands as models
from service.models.catalog import CatalogError
from service.models.integrity import ModelCorrupt, ModelMissing, ModelUnusable
from service.places import OPENAPI
from service.settings import InvalidSetting, Settings, digest_of, markdown
from service.summarization.budget import MOST_SENTENCES, Budget

if TYPE_CHECKING:
    from service.article.model import Article, Warning
    from service.entities.model import Entity
    from service.pipeline.digest import BilingualDigest
    from service.pipeline.parts import Parts
    from service.pipeline.results import BilingualSummary, CheckedSentence

KEY_BYTES = 32  # 256 random bits
MOST_DIGESTED = 20  # articles, as many as POST /v1/digests takes
VERDICT_SIGNS = {"pass": "✓", "review": "◆", "blocked": "✕"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the exit status."""
    chosen = parser().parse_args(arguments)
    try:
        return chosen.command(chosen)
    except (InvalidSetting, CatalogError, ModelMissing, ModelCorrupt, ModelUnusable, OSError) as error:
        print(f"presseschau: {error}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="presseschau", description="A German article, read in two languages.")
    root.add_argument("--version", action="version", version=f"presseschau {__version__}")
    commands = root.add_subparsers(required=True, metavar="COMMAND")

    summarizing = commands.add_parser("summarize", help="summarize articles in both languages")
    summarizing.add_argument("files", nargs="+", metavar="FILE", help="text or .html; - reads standard input")
    summarizing.add_argument(
        "--sentences", type=int, choices=range(1, MOST_SENTENCES + 1), metavar="1-12", help="at most so many"
    )
    summarizing.add_argument("--max-words", type=positive, metavar="N", help="at most so many, in each language")
    summarizing.add_argument("--max-characters", type=positive, metavar="N", help="at most so many, in each language")
    summarizing.add_argument("--engine", choices=("extractive", "abstractive"), default="extractive")
    summarizing.add_argument("--title", help="the headline, if the text does not hold it")
    summarizing.add_argument("--force", action="store_true", help="go on even if the text does not look German")
    summarizing.add_argument("--json", action="store_true", help="one JSON answer a line, as POST /v1/summaries gives")
    summarizing.set_defaults(command=run_summarize)

    digesting = commands.add_parser("digest", help="summarize several articles as one")
    digesting.add_argument("files", nargs="+", metavar="FILE", help="text or .html, 2 to 20 of them")
    digesting.add_argument(
        "--sentences", type=int, choices=range(1, MOST_SENTENCES + 1), metavar="1-12", help="at most so many"
    )
    digesting.add_argument("--force", action="store_true", help="go on even if a text does not look German")
    digesting.add_argument("--json", action="store_true", help="the answer that POST /v1/digests gives")
    digesting.set_defaults(command=run_digest)

    serving = commands.add_parser("serve", help="start the service")
    serving.add_argument("--host", help="address to listen on")
    serving.add_argument("--port", type=int, help="port to listen on")
    serving.set_defaults(command=run_serve)

    for name, run, explanation in (
        ("openapi", run_openapi, "print the contract"),
        ("settings", run_settings, "print every setting, as docs/settings.md shows them"),
        ("key", run_key, "make a Bearer key and the digest that PRESSESCHAU_API_KEYS takes"),
    ):
        commands.add_parser(name, help=explanation).set_defaults(command=run)
    models.add_commands(commands)
    return root


def positive(text: str) -> int:
    """A whole number from 1 on. Raises ValueError, which argparse words."""
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def run_summarize(chosen: argparse.Namespace) -> int:
    from service.loading import load_parts
    from service.pipeline.options import SummaryOptions
    from service.pipeline.summary import summarize

    parts = load_parts(settings())
    options = SummaryOptions(Budget(chosen.sentences, chosen.max_words, chosen.max_characters), chosen.engine)
    failed = False
    for name in chosen.files:
        try:
            summary = summarize(read_file(name, chosen.title, chosen.force), parts, options)
        except (ArticleError, OSError, UnicodeDecodeError) as error:
            failed = True
            print(f"presseschau: {name}: {error}", file=sys.stderr)
            continue
        write_json(summary, parts, sys.stdout) if chosen.json else write_text(name, summary, sys.stdout)
    return int(failed)


def read_file(name: str, title: str | None, force: bool) -> Article:
    """The article in a file, or in standard input. Raises ArticleError, OSError, UnicodeDecodeError."""
    from service.article.html import read_html
    from service.article.language import require_german
    from service.article.plain import read_text

    content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    read = read_html if name.endswith((".html", ".htm")) else read_text
    article = read(content.decode("utf-8-sig"), title)
    if not force:
        require_german(article)
    return article


def run_digest(chosen: argparse.Namespace) -> int:
    """One digest of all files that can be read; the exit status says whether that were all of them."""
    from service.loading import load_parts
    from service.pipeline.digest import digest_articles

    articles: dict[str, Article] = {}
    for name in dict.fromkeys(chosen.files):
        try:
            articles[name] = read_file(name, None, chosen.force)
        except (ArticleError, OSError, UnicodeDecodeError) as error:
            print(f"presseschau: {name}: {error}", file=sys.stderr)
    if not 2 <= len(articles) <= MOST_DIGESTED:
        print(f"presseschau: a digest needs 2 to {MOST_DIGESTED} articles, and has {len(articles)}", file=sys.stderr)
        return 1
    parts = load_parts(settings())
    digest = digest_articles(list(articles.values()), parts, Budget(chosen.sentences))
    write = write_digest_json if chosen.json else write_digest_text
    write(digest, list(articles), parts, sys.stdout)
    return int(len(articles) < len(chosen.files))


def write_json(summary: BilingualSummary, parts: Parts, out: TextIO) -> None:
    from service.rendering.documents import pipeline_json
    from service.rendering.summaries import summary_json

    content = {"pipeline": pipeline_json(__version__, parts.models), **summary_json(summary, "codepoint")}
    print(json.dumps(content, ensure_ascii=False), file=out)


def write_text(name: str, summary: BilingualSummary, out: TextIO) -> None:
    """The summary for a terminal: each sentence in both languages, what the checks say, then the names."""
    print(f"{name}\n", file=out)
    if summary.degraded:
        print(f"The article's own sentences: {summary.degraded}.\n", file=out)
    for number, sentence in enumerate(summary.sentences, 1):
        write_sentence(number, sentence, out)
        print(file=out)
    write_names_and_notes(summary.entities, summary.warnings, out)


def write_sentence(number: int, sentence: CheckedSentence, out: TextIO) -> None:
    print(f"{number:2}. {sentence.pair.source.text}", file=out)
    print(f"  {VERDICT_SIGNS[sentence.verdict]} {sentence.pair.english}", file=out)
    if sentence.attempts.kept != "first decode":
        print(f"    translated again: {sentence.attempts.kept}", file=out)
    if given := [f"{one.word} → {one.reads}" for one in sentence.attempts.looked_up]:
        print(f"    looked up: {', '.join(given)}", file=out)
    pair = sentence.pair
    if words := [pair.english[slice(*word)] for word in pair.doubts if word not in pair.unexplained]:
        print(f"    unsure of: {', '.join(words)}", file=out)
    for fault in faults(sentence):
        print(f"    {fault}", file=out)


def write_names_and_notes(entities: Iterable[Entity], warnings: Iterable[Warning], out: TextIO) -> None:
    names = [
        entity.canonical_de
        if entity.canonical_de == entity.canonical_en
        else f"{entity.canonical_de} → {entity.canonical_en}"
        for entity in entities
    ]
    print(f"Names: {'; '.join(names) or 'none'}", file=out)
    for warning in warnings:
        print(f"Note: {warning.detail}", file=out)
    print(file=out)


def write_digest_json(digest: BilingualDigest, names: Sequence[str], parts: Parts, out: TextIO) -> None:
    from service.rendering.digests import digest_json
    from service.rendering.documents import pipeline_json

    content = {"pipeline": pipeline_json(__version__, parts.models), **digest_json(digest, names, {}, "codepoint")}
    print(json.dumps(content, ensure_ascii=False), file=out)


def write_digest_text(digest: BilingualDigest, names: Sequence[str], parts: Parts, out: TextIO) -> None:
    """The digest for a terminal: each sentence with where it stands and what says the same, then what disagrees."""
    for cluster in digest.clusters:
        print(
            "Together: " if len(cluster) > 1 else "Alone: ",
            ", ".join(names[index] for index in cluster),
            sep="",
            file=out,
        )
    print(file=out)
    for number, sentence in enumerate(digest.sentences, 1):
        write_sentence(number, sentence.checked, out)
        own, *others = sentence.sources
        print(f"    from {names[own.article]}", file=out)
        for source in others:
            print(f"    also {names[source.article]}: {source.sentence.text}", file=out)
        print(file=out)
    for disagreement in digest.disagreements:
        figures = [f"{figure.text} ({names[article]})" for article, figure in disagreement.figures]
        print(f"Figures differ: {'; '.join(figures)}", file=out)
    write_names_and_notes(digest.names(), digest.warnings, out)


def faults(sentence: CheckedSentence) -> list[str]:
    return [
        f"{VERDICT_SIGNS[finding.verdict]} {finding.kind}: {finding.detail or finding.verdict}"
        for finding in sentence.findings
        if finding.verdict != "pass"
    ]


def run_serve(chosen: argparse.Namespace) -> int:
    wanted = settings(host=chosen.host, port=chosen.port)

    from service.server import serve

    serve(wanted)
    return 0


def run_openapi(_: argparse.Namespace) -> int:
    print(OPENAPI.read_text(encoding="utf-8"), end="")
    return 0


def run_settings(_: argparse.Namespace) -> int:
    print(markdown(), end="")
    return 0


def run_key(_: argparse.Namespace) -> int:
    key = secrets.token_urlsafe(KEY_BYTES)
    print(f"key, for the caller:                {key}")
    print(f"digest, for PRESSESCHAU_API_KEYS:   {digest_of(key)}")
    return 0


def settings(**overrides: object) -> Settings:
    given = {name: value for name, value in overrides.items() if value is not None}
    return Settings.from_environment(os.environ, **given)


if __name__ == "__main__":
    sys.exit(main())
