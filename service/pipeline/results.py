"""What the stories give: plain data, with every place in code points."""

from __future__ import annotations

from dataclasses import dataclass

from service.alignment.model import SentencePair
from service.article.model import Article, Warning
from service.checks.attempts import Account
from service.checks.editing import ShownEdit
from service.checks.model import Finding, Verdict, worst
from service.entities.glossary import GlossaryOutcome
from service.entities.model import Entity, Mention
from service.pipeline.options import SummaryEngine
from service.segmentation.model import Sentence
from service.summarization.context import Edit
from service.summarization.model import ChosenSentence
from service.summarization.slots import SlotText
from service.translation.model import Translation


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A summary sentence in both languages with what the checks say about it."""

    pair: SentencePair
    rank: float
    findings: tuple[Finding, ...]
    attempts: Account
    support: tuple[Sentence, ...] = ()  # the article's sentences that a written one rests on, the best first
    edits: tuple[ShownEdit, ...] = ()
    unedited: Sentence | None = None  # the article's sentence where edits show another text

    @property
    def place(self) -> Sentence:
        """The article's sentence: this one, or the one that a written one rests on most."""
        return self.support[0] if self.support else self.unedited or self.pair.source

    @property
    def verdict(self) -> Verdict:
        return worst(self.findings)


@dataclass(frozen=True, slots=True)
class BilingualSummary:
    """The answer to an article. Offsets are code points.

    `timings` are seconds by stage, as the stages began; of the translation, what the request had to wait for it.
    """

    article: Article
    sentences: tuple[CheckedSentence, ...]
    entities: tuple[Entity, ...]
    warnings: tuple[Warning, ...]
    timings: dict[str, float]
    glossary: tuple[GlossaryOutcome, ...] = ()
    slots: tuple[SlotText, ...] = ()
    engine: SummaryEngine = "extractive"
    degraded: str | None = None  # why it is not the engine that was asked for


@dataclass(frozen=True, slots=True)
class NamesFound:
    """The first step of a summary."""

    article: Article
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class SentencesChosen:
    """The German summary is certain."""

    article: Article
    entities: tuple[Entity, ...]
    sentences: tuple[ChosenSentence, ...]
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceDone:
    """Sentence `number` of the summary, from 0, in both languages; what passes the gate at once comes first."""

    number: int
    sentence: CheckedSentence


Step = NamesFound | SentencesChosen | SentenceDone | BilingualSummary


@dataclass(frozen=True, slots=True)
class ArticleTranslation:
    """Every sentence of an article with its English."""

    article: Article
    pairs: tuple[SentencePair, ...]
    attempts: tuple[Account, ...]
    entities: tuple[Entity, ...]
    warnings: tuple[Warning, ...]
    timings: dict[str, float]
    glossary: tuple[GlossaryOutcome, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleEntities:
    """The names of an article."""

    article: Article
    entities: tuple[Entity, ...]
    warnings: tuple[Warning, ...]
    timings: dict[str, float]
    glossary: tuple[GlossaryOutcome, ...] = ()
    values: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentTranslations:
    """Strings with their English, in order."""

    translations: tuple[Translation, ...]
    warnings: tuple[Warning, ...]
    timings: dict[str, float]
