"""What can be wrong with an article, as types: noticed here, turned into answers somewhere else."""

from __future__ import annotations

from typing import ClassVar


class ArticleError(ValueError):
    """An article that cannot be worked on; `code` is stable for programs, `detail` is one sentence for people."""

    code: ClassVar[str] = "invalid_article"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class EmptyArticle(ArticleError):
    """No character of the text prints anything."""

    code = "empty_article"

    def __init__(self) -> None:
        super().__init__("The article holds no text.")


class ArticleTooLong(ArticleError):
    """The text has more characters (code points) than the limit."""

    code = "article_too_long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"The article has {length} characters; at most {limit} are accepted.")
        self.length = length
        self.limit = limit


class InvalidCharacter(ArticleError):
    """The text holds a character that no article can hold: NUL, or half of a surrogate pair."""

    code = "invalid_character"

    def __init__(self, position: int, character: str) -> None:
        name = "a NUL character" if character == "\0" else "half of a surrogate pair"
        super().__init__(f"The text holds {name} (U+{ord(character):04X}) at position {position}.")
        self.position = position
        self.character = character


class NotGerman(ArticleError):
    """The text is clearly in another language; `language` is its ISO 639-1 code."""

    code = "not_german"

    def __init__(self, language: str) -> None:
        super().__init__(f"The article is not in German; it looks like language {language!r}.")
        self.language = language
