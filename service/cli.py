"""The command line: `presseschau summarize FILE…`, `serve`, `models`, `openapi`, `settings`, `key`.

Heavy parts are imported inside the commands, so that `presseschau --help` answers at once.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from service import __version__
from service.article.errors import ArticleError
from service.models import commands as models
from service.models.catalog import CatalogError
from service.models.integrity import ModelCorrupt, ModelMissing
from service.places import OPENAPI
from service.settings import InvalidSetting, Settings, digest_of, markdown

if TYPE_CHECKING:
    from service.pipeline import BilingualSummary, CheckedSentence, Parts

KEY_BYTES = 32  # 256 random bits
VERDICT_SIGNS = {"pass": "✓", "review": "◆", "blocked": "✕"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the exit status."""
    chosen = parser().parse_args(arguments)
    try:
        return chosen.command(chosen)
    except (InvalidSetting, CatalogError, ModelMissing, ModelCorrupt, OSError) as error:
        print(f"presseschau: {error}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="presseschau", description="A German article, read in two languages.")
    root.add_argument("--version", action="version", version=f"presseschau {__version__}")
    commands = root.add_subparsers(required=True, metavar="COMMAND")

    summarizing = commands.add_parser("summarize", help="summarize articles in both languages")
    summarizing.add_argument("files", nargs="+", metavar="FILE", help="text or .html; - reads standard input")
    summarizing.add_argument("--sentences", type=int, choices=range(1, 13), metavar="1-12", help="at most so many")
    summarizing.add_argument("--title", help="the headline, if the text does not hold it")
    summarizing.add_argument("--force", action="store_true", help="go on even if the text does not look German")
    summarizing.add_argument("--json", action="store_true", help="one JSON answer a line, as POST /v1/summaries gives")
    summarizing.set_defaults(command=run_summarize)

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


def run_summarize(chosen: argparse.Namespace) -> int:
    from service.loading import load_parts

    parts = load_parts(settings())
    options = SummaryOptions(chosen.sentences, chosen.title, chosen.force)
    failed = False
    for name in chosen.files:
        try:
            summary = summarize_file(name, parts, options)
        except (ArticleError, OSError, UnicodeDecodeError) as error:
            failed = True
            print(f"presseschau: {name}: {error}", file=sys.stderr)
            continue
        write_json(summary, parts, sys.stdout) if chosen.json else write_text(name, summary, sys.stdout)
    return int(failed)


@dataclass(frozen=True, slots=True)
class SummaryOptions:
    """What the command line says about each article."""

    sentences: int | None
    title: str | None
    force: bool


def summarize_file(name: str, parts: Parts, options: SummaryOptions) -> BilingualSummary:
    from service.article.html import read_html
    from service.article.language import require_german
    from service.article.plain import read_text
    from service.pipeline import summarize

    content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    read = read_html if name.endswith((".html", ".htm")) else read_text
    article = read(content.decode("utf-8-sig"), options.title)
    if not options.force:
        require_german(article)
    return summarize(article, parts, options.sentences)


def write_json(summary: BilingualSummary, parts: Parts, out: TextIO) -> None:
    from service.rendering.documents import pipeline_json
    from service.rendering.summaries import summary_json

    content = {"pipeline": pipeline_json(__version__, parts.models), **summary_json(summary, "codepoint")}
    print(json.dumps(content, ensure_ascii=False), file=out)


def write_text(name: str, summary: BilingualSummary, out: TextIO) -> None:
    """The summary for a terminal: each sentence in both languages, what the checks say, then the names."""
    print(f"{name}\n", file=out)
    for number, sentence in enumerate(summary.sentences, 1):
        print(f"{number:2}. {sentence.pair.source.text}", file=out)
        print(f"  {VERDICT_SIGNS[sentence.verdict]} {sentence.pair.english}", file=out)
        for fault in faults(sentence):
            print(f"    {fault}", file=out)
        print(file=out)
    names = [
        entity.canonical_de
        if entity.canonical_de == entity.canonical_en
        else f"{entity.canonical_de} → {entity.canonical_en}"
        for entity in summary.entities
    ]
    print(f"Names: {'; '.join(names) or 'none'}", file=out)
    for warning in summary.warnings:
        print(f"Note: {warning.detail}", file=out)
    print(file=out)


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
