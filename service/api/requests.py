"""What each route can be asked: its options, their bounds, and the article that they go with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_serializer, model_validator
from pydantic_core import PydanticCustomError

from service.api.problems import invalid
from service.article.html import read_html
from service.article.language import require_german
from service.article.model import Article
from service.article.plain import read_text
from service.entities.glossary import Glossary
from service.entities.model import EntityType, GlossaryEntry
from service.pipeline.options import SummaryEngine, SummaryOptions
from service.rendering.offsets import OffsetUnit
from service.store.glossaries import (
    LONGEST_GLOSSARY_NAME,
    MOST_ENTRIES,
    GlossaryStore,
    TooManyEntries,
    UnknownGlossary,
)
from service.summarization.budget import MOST_SENTENCES, Budget
from service.summarization.slots import LIMITS, SlotKind

MOST_WORDS = 1_000  # of a summary: twelve long sentences have half of that
MOST_CHARACTERS = 10_000
MOST_SEGMENTS = 512
LONGEST_SEGMENT = 5_000
MOST_GLOSSARIES_NAMED = 8
LONGEST_NAME = 200
LONGEST_TITLE = 500

# Plain enough for a path, a query and a file name.
GLOSSARY_NAME = rf"[a-z0-9][a-z0-9_-]{{0,{LONGEST_GLOSSARY_NAME - 1}}}"
GLOSSARY_NAMES = f"^{GLOSSARY_NAME}(,{GLOSSARY_NAME}){{0,{MOST_GLOSSARIES_NAMED - 1}}}$"
GlossaryName = Annotated[str, Field(pattern=f"^{GLOSSARY_NAME}$")]


class Strict(BaseModel):
    """Nothing is guessed: no unknown member, no number where a string is asked."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class GlossaryItem(Strict):
    """A newsroom's own form of a name."""

    de: str = Field(min_length=1, max_length=LONGEST_NAME)
    en: str = Field(min_length=1, max_length=LONGEST_NAME)
    type: EntityType | None = None


class GlossaryRequest(Strict):
    """A glossary to keep."""

    entries: list[GlossaryItem] = Field(max_length=MOST_ENTRIES)


class Parameters(Strict):
    """What every route that reads an article understands; the query of a text body may carry these."""

    title: str | None = Field(default=None, max_length=LONGEST_TITLE)
    offset_unit: OffsetUnit = "codepoint"
    force: bool = False


class SummaryParameters(Parameters):
    """How long the summary may be; without any bound the article's length decides."""

    sentences: int | None = Field(default=None, ge=1, le=MOST_SENTENCES)
    max_words: int | None = Field(default=None, ge=1, le=MOST_WORDS)
    max_characters: int | None = Field(default=None, ge=1, le=MOST_CHARACTERS)
    engine: SummaryEngine = "extractive"
    edits: bool = True


class StoredNames(Strict):
    """A query names stored glossaries in a row: `glossaries=sport,house`."""

    glossaries: str = Field(default="", pattern=GLOSSARY_NAMES)

    @field_serializer("glossaries")
    def listed(self, names: str) -> list[str]:
        return names.split(",")


class Query(StoredNames, Parameters):
    """The query of a route that reads an article."""


class SummaryQuery(StoredNames, SummaryParameters):
    """The query of `POST /v1/summaries`."""


class OwnNames(Strict):
    """Names that have the last word: the caller's own entries, and those of the stored glossaries that it names."""

    glossary: list[GlossaryItem] = Field(default=[], max_length=MOST_ENTRIES)
    glossaries: list[GlossaryName] = Field(default=[], max_length=MOST_GLOSSARIES_NAMED)

    def names_from(self, store: GlossaryStore) -> Glossary:
        """All of them, the caller's own first. Raises Problem, StoreUnavailable."""
        try:
            return store.glossary(self.glossaries, entries(self.glossary))
        except UnknownGlossary as unknown:
            invalid([{"pointer": f"/glossaries/{unknown.index}", "detail": "is no stored glossary"}])
        except TooManyEntries:
            invalid([{"pointer": "/glossaries", "detail": f"may hold at most {MOST_ENTRIES} entries together"}])


class ArticleSource(Strict):
    """An article as text or as HTML."""

    text: str | None = None
    html: str | None = None

    @model_validator(mode="after")
    def one_source(self) -> Self:
        if (self.text is None) == (self.html is None):
            raise PydanticCustomError("one_source", "needs either text or html, and not both")
        return self


class ArticleRequest(ArticleSource, OwnNames, Parameters):
    """An article, and how to treat it."""

    def article(self, limit: int) -> Article:
        """The article, known to be German and of at most `limit` code points. Raises ArticleError."""
        return read_article(self.text, self.html, self.title, limit=limit, force=self.force)


class EntitiesParameters(Parameters):
    """What `POST /v1/entities` understands besides: dates, sums and quantities are found on request."""

    values: bool = False


class EntitiesRequest(EntitiesParameters, ArticleRequest):
    """An article whose names, and perhaps values, are wanted."""


class EntitiesQuery(StoredNames, EntitiesParameters):
    """The query of `POST /v1/entities`."""


class SummaryRequest(SummaryParameters, ArticleRequest):
    """An article, the length of its summary, and the texts of fixed length that the caller needs besides."""

    slots: list[SlotKind] = Field(default=[], max_length=len(LIMITS))

    def options(self) -> SummaryOptions:
        budget = Budget(self.sentences, self.max_words, self.max_characters)
        return SummaryOptions(budget, self.engine, self.edits, self.slots)


class TranslationRequest(ArticleRequest):
    """An article, or strings to translate as they are."""

    segments: list[Annotated[str, Field(max_length=LONGEST_SEGMENT)]] | None = Field(
        default=None, min_length=1, max_length=MOST_SEGMENTS
    )

    @model_validator(mode="after")
    def one_source(self) -> Self:
        if [self.text, self.html, self.segments].count(None) != 2:
            raise PydanticCustomError("one_source", "needs exactly one of text, html and segments")
        if "segments" in self.model_fields_set and self.model_fields_set != {"segments"}:
            raise PydanticCustomError("only_segments", "takes no option beside segments")
        return self


def read_article(text: str | None, html: str | None, title: str | None, *, limit: int, force: bool) -> Article:
    """The article that one of `text` and `html` holds; with `force`, in whatever language. Raises ArticleError."""
    article = read_html(html or "", title, limit=limit) if text is None else read_text(text, title, limit=limit)
    if not force:
        require_german(article)
    return article


def entries(items: Sequence[GlossaryItem]) -> tuple[GlossaryEntry, ...]:
    return tuple(GlossaryEntry(item.de, item.en, item.type) for item in items)
