"""Only what is clearly another language is refused; names, figures and short texts get the benefit of the doubt."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from service.article.errors import NotGerman
from service.article.language import detect, require_german
from service.article.plain import read_text

GERMAN = "Der Bundestag hat am Freitag mit großer Mehrheit beschlossen, dass die Steuern für Familien sinken sollen."
ENGLISH = "The parliament decided on Friday by a large majority that taxes for families should go down next year."


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        GERMAN.upper(),
        GERMAN.lower(),
        f"{GERMAN} Der Präsident sagte: „We shall fight on the beaches, we shall never surrender.“",
        "Merkel",
        "Ja",
        "😀😀",
        "?!",
        "Breaking News: Live Update",
        "Kim Jong Un, Xi Jinping, Wladimir Putin, Narendra Modi, Emmanuel Macron, Keir Starmer, Donald Trump",
        "Manchester United – Real Madrid 3:1\nParis Saint-Germain – FC Barcelona 2:2",
        "1\t2\t3\n4,5\t6,7\t8,9",
        "I han hüt am Morge es Gipfeli gässe und de bin i mit em Zug uf Bärn gfahre, es isch schön gsi.",
        "Siehe https://www.example.com/this/is/the/address/of/the/article/that/we/wrote?and=more",
    ],
)
def test_german_and_doubtful_texts_pass(text: str) -> None:
    require_german(read_text(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (ENGLISH.upper(), "en"),
        ("Le parlement a décidé vendredi que les impôts des familles baisseront l'année prochaine.", "fr"),
        ("Het parlement heeft vrijdag besloten dat de belastingen voor gezinnen volgend jaar omlaag gaan.", "nl"),
        ("Parlament zdecydował w piątek, że podatki dla rodzin zostaną obniżone w przyszłym roku.", "pl"),
        ("Сегодня президент России прибыл в Пхеньян с официальным визитом.", "ru"),
        ("我们今天在北京举行了一次重要的会议，讨论了很多问题和未来的合作。", "zh"),
    ],
)
def test_other_languages_are_refused(text: str, language: str) -> None:
    with pytest.raises(NotGerman) as caught:
        require_german(read_text(text))
    assert caught.value.language == language
    assert caught.value.code == "not_german"


def test_many_threads_may_ask_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda index: detect((GERMAN, ENGLISH)[index % 2]).language, range(64)))
    assert found == ["de", "en"] * 32
