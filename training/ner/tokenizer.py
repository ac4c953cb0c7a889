"""The tokenizer of the bundled recognisers: spaCy's own for the language, with hyphenated words taken apart."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from spacy.lang.char_classes import ALPHA
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex

# "Scholz-Regierung" holds the name "Scholz": only a tokenizer that cuts at the hyphen lets the model mark a part.
HYPHEN_INFIX = rf"(?<=[{ALPHA}0-9])[-‐‑–](?=[{ALPHA}0-9])"


def blank_pipeline(language: str) -> Language:
    """An empty spaCy pipeline for `de` or `en` whose tokenizer splits at every hyphen inside a word."""
    nlp = spacy.blank(language)
    infixes = [*nlp.Defaults.infixes, HYPHEN_INFIX]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


def words_of(tokenizer: Tokenizer) -> Callable[[str], list[str]]:
    """The tokenizer as a function from a text to its words."""
    return lambda text: [token.text for token in tokenizer(text)]
