"""Tells whether a text is German, with py3langid's model (it lies inside its package; nothing is fetched)."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from service.article.errors import NotGerman
from service.article.model import Article

# The language of the first pages is the language of the article; a book need not be read to its end.
_SAMPLE = 20_000
# Of the sample so many stretches of so many code points are read, evenly spread: more tells nothing more.
_STRETCHES = 4
_STRETCH = 250

# "Clearly not German". Measured: of 2,997 single sentences (WMT19, FLORES) none is refused in German, 86 % are in
# English; of paragraphs of eight sentences every English one is. Names and tables spread thinly over many languages.
_CLEARLY = 0.9
_HARDLY = 0.01

# Words in lower case make a text; names, headlines and tables hold hardly any, whatever their language.
_FEWEST_RUNNING_WORDS = 6
_FEWEST_FOREIGN_LETTERS = 20

_RUNNING_WORD = re.compile(r"(?<![\w.@/-])[^\W\d_]+", re.UNICODE)
_LATIN_LETTER = re.compile("[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")

_lock = threading.Lock()
_identifier: LanguageIdentifier | None = None


@dataclass(frozen=True, slots=True)
class Detection:
    """The likeliest language (ISO 639-1, or 639-3 where there is none) and probabilities between 0 and 1."""

    language: str
    probability: float
    german: float


def load() -> LanguageIdentifier:
    """Load the model (about 0.4 s, once a process); later calls return it at once. Reading it is thread-safe."""
    global _identifier
    with _lock:
        if _identifier is None:
            _identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        return _identifier


def detect(text: str) -> Detection:
    """The language of the beginning of a text."""
    ranking = load().rank(_excerpt(text[:_SAMPLE]))
    language, probability = ranking[0]
    return Detection(language, probability, dict(ranking)["de"])


def _excerpt(sample: str) -> str:
    if len(sample) <= _STRETCHES * _STRETCH:
        return sample
    step = (len(sample) - _STRETCH) // (_STRETCHES - 1)
    return "\n".join(sample[start * step : start * step + _STRETCH] for start in range(_STRETCHES))


def require_german(article: Article) -> None:
    """Refuse an article that is clearly in another language; a few words, names or figures are no proof.

    :raises NotGerman: running text in another language or another script.
    """
    sample = article.text[:_SAMPLE]
    found = detect(sample)
    is_other = found.probability >= _CLEARLY and found.german < _HARDLY and _running(sample)
    if is_other or _foreign_script(_excerpt(sample)):
        raise NotGerman(found.language)


def _running(text: str) -> bool:
    words = _RUNNING_WORD.findall(text.lower() if text.isupper() else text)
    return sum(word.islower() for word in words) >= _FEWEST_RUNNING_WORDS


def _foreign_script(text: str) -> bool:
    """Whether most letters are not Latin."""
    if text.isascii():
        return False
    letters = len(_LETTER.findall(text))
    foreign = letters - len(_LATIN_LETTER.findall(text))
    return foreign >= _FEWEST_FOREIGN_LETTERS and 2 * foreign > letters
