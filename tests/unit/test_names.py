"""What names are called in English: the gazetteer, inflection and transcription keys, and the rules for the rest."""

from __future__ import annotations

import itertools

import pytest

from service.article.model import Article, Block
from service.entities import gazetteer, persons
from service.entities.canonical import english_of
from service.entities.chains import chain
from service.entities.model import Entity, EntityType, Mention
from service.entities.spelling import fold, is_similar, one_edit_apart, similarity, stem, without_genitive
from service.entities.transliteration import english_person


@pytest.mark.parametrize(
    "kind, german, english",
    [
        ("LOC", "Russland", "Russia"),
        ("LOC", "Russlands", "Russia"),
        ("LOC", "Pjöngjang", "Pyongyang"),
        ("LOC", "Kyjiw", "Kyiv"),
        ("LOC", "Vereinigten Staaten", "United States"),
        ("LOC", "Nordrhein-Westfalen", "North Rhine-Westphalia"),
        ("LOC", "Nowosibirsk", "Novosibirsk"),
        ("ORG", "Europäischen Zentralbank", "European Central Bank"),
        ("ORG", "EZB", "ECB"),
        ("ORG", "Bundesverfassungsgerichts", "Federal Constitutional Court"),
        ("ORG", "KCNA", "KCNA"),
        ("ORG", "Bundes\u00adverfassungs\u00adgericht", "Federal Constitutional Court"),
        ("PER", "Alexej Nawalny", "Alexei Navalny"),
    ],
)
def test_well_known_names_have_their_english_form(kind: EntityType, german: str, english: str) -> None:
    found = gazetteer.default().find(german, kind)
    assert found is not None
    form, concept = found
    assert concept.forms[form] == english


def test_the_forms_of_one_name_share_one_concept_with_its_wikidata_id() -> None:
    names = gazetteer.default()
    forms = [names.find(form, "ORG") for form in ("Weltgesundheitsorganisation", "WHO")]
    assert forms[0] is not None and forms[1] is not None
    assert forms[0][1] is forms[1][1]
    assert forms[0][1].wikidata == "Q7817"


def test_no_form_is_empty_and_every_row_names_its_source() -> None:
    names = gazetteer.load()
    concepts = {id(concept): concept for _, concept in names._exact.values()}.values()
    assert len(concepts) > 5000
    sources = {"hand", "cldr", "eu", "naturalearth", "orgs", "clubs"}
    for concept in concepts:
        assert concept.source in sources
        assert all(german.strip() and english.strip() for german, english in concept.forms.items()), concept


def english_name(name: str, slavic_article: bool = True) -> str:
    names = gazetteer.default()
    return " ".join(english_person(name.split(), names.given, names.surnames, slavic_article))


@pytest.mark.parametrize(
    "german, english",
    [
        ("Andrej Tschernenko", "Andrei Chernenko"),
        ("Dmitrij Rytschkow", "Dmitry Rychkov"),
        ("Beloussow", "Belousov"),
        ("Iwan Iwanow", "Ivan Ivanov"),
        ("Walerij Tschalyj", "Valeriy Chaly"),
        ("Olexandr Ussyk", "Oleksandr Usyk"),
        ("Raschid al-Chatib", "Rashid al-Khatib"),
        ("Ali Laridschani", "Ali Larijani"),
        ("Konstantinos Tassoulas", "Konstantinos Tasoulas"),
        ("Jannis Theodorakis", "Yannis Theodorakis"),
    ],
)
def test_transcriptions_become_english(german: str, english: str) -> None:
    assert english_name(german) == english


@pytest.mark.parametrize(
    "german, english",
    [("Tschen Yun", "Chen Yun"), ("Dschang Zhidong", "Jang Zhidong")],
)
def test_chinese_in_older_german_writing(german: str, english: str) -> None:
    article = Article(german, (Block("paragraph", 0, len(german)),))
    (entity,) = chain(article, [Mention(german, 0, len(german), "PER")])
    assert entity.canonical_en == english


@pytest.mark.parametrize(
    "name",
    [
        "Kim Jong-nam", "Lee Jae-myung", "Ban Ki-moon", "Li Keqiang", "Wang Yi", "John Stamoulakis", "Jessica Matos",
        "Martin Schulz", "Gerhard Schröder", "Bodo Ramelow", "Bernhard von Bülow", "Boris Becker", "Alexander Gauland",
        "Wladimir Klitschko", "Olga Scholz", "Peter Tschentscher", "Jens Spahn", "Joachim Gauck", "Robert Lewandowski",
    ],
)  # fmt: skip
def test_names_that_are_written_alike_stay_as_they_are(name: str) -> None:
    article = Article(name, (Block("paragraph", 0, len(name)),))
    (entity,) = chain(article, [Mention(name, 0, len(name), "PER")])
    assert entity.canonical_en == name


def test_a_listed_surname_alone_is_spelled_anew_only_where_the_article_is_about_the_east() -> None:
    assert english_name("Sokolow", slavic_article=False) == "Sokolow"
    assert english_name("Sokolow", slavic_article=True) == "Sokolov"


@pytest.mark.parametrize(
    "forms",
    [
        ("Beloussow", "Belousov"),
        ("Selenskyj", "Selenski", "Selenskij", "Zelensky", "Zelenskyy"),
        ("Sergej", "Sergei", "Sergey"),
        ("Chodorkowski", "Khodorkovsky"),
        ("Kusnezow", "Kuznetsov"),
        ("Jelzin", "Yeltsin"),
        ("Tschechow", "Chekhov"),
        ("Jong", "Yong"),
    ],
)
def test_transcriptions_fold_together(forms: tuple[str, ...]) -> None:
    assert len({fold(form) for form in forms}) == 1


@pytest.mark.parametrize(
    "one, other",
    [("Schulz", "Schultz"), ("Meier", "Meyer"), ("Schmidt", "Schmitt"), ("Hofmann", "Hoffmann"), ("Jan", "Jana")],
)
def test_different_families_do_not_fold_together(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_inflection_does_not_change_the_key() -> None:
    assert stem("Europäischen Union") == stem("Europäische Union")
    assert stem("Auswärtigen Amtes") == stem("Auswärtige Amt")
    assert stem("Russlands") == stem("Russland")
    assert stem("F.C. Hansa") == stem("FC Hansa")


@pytest.mark.parametrize(
    "word, bare", [("Putins", "Putin"), ("Marx’", "Marx"), ("Xis", "Xi"), ("Scholz", None), ("Weiss", None)]
)
def test_genitives(word: str, bare: str | None) -> None:
    assert without_genitive(word) == bare


def test_distances() -> None:
    assert one_edit_apart("cho", "chol") and one_edit_apart("cat", "car")
    assert not one_edit_apart("un", "il") and not one_edit_apart("same", "same")
    assert similarity("Beloussow", "Belousov") == 1.0
    assert similarity("Merz", "Berlin") < 0.5
    assert similarity("kitten", "sitting") == pytest.approx(1 - 3 / 7)
    assert similarity("", "") == 1.0 and similarity("", "Ulm") == 0.0


@pytest.mark.parametrize("least", [0.2, 0.4, 0.5, 0.6, 0.8, 0.85, 1.0])
def test_strings_too_different_in_length_are_not_compared(least: float) -> None:
    for left, right in itertools.product(
        ["", "Ulm", "Merz", "Berlin", "Merzig", "Kim Jong-un", "Kim Yong-un"], repeat=2
    ):
        assert is_similar(left, right, least) == (similarity(left, right) >= least)


def test_korean_names_begin_with_the_family_and_kim_basinger_does_not() -> None:
    assert persons.parse("Kim Jong-un").family_first
    assert persons.parse("Xi Jinping").family_first
    assert not persons.parse("Kim Basinger").family_first
    assert persons.parse("Ursula von der Leyen").surname[0] == "von"


@pytest.mark.parametrize(
    "mention, form",
    [
        ("Beloussow", "Belousov"),
        ("Andrei Beloussow", "Andrei Belousov"),
        ("Andrei", "Andrei"),
        ("Beloussows", "Belousov"),
    ],
)
def test_a_mention_keeps_its_length_in_english(mention: str, form: str) -> None:
    entity = Entity("e1", "PER", "Andrei Beloussow", "Andrei Belousov", (), ())
    assert english_of(entity, mention).form == form


def test_an_acronym_stays_an_acronym_in_english() -> None:
    entity = Entity("e1", "ORG", "Europäische Zentralbank", "European Central Bank", ("EZB",), ())
    assert english_of(entity, "EZB").form == "ECB"
    assert "European Central Bank" in english_of(entity, "EZB").accepted


def test_north_african_names_keep_their_french_writing() -> None:
    names = gazetteer.default()
    for name in ("Mohamed Ghannouchi", "Abdelaziz Bouteflika"):
        assert english_person(name.split(), names.given, names.surnames, False) == name.split()
    assert english_person(["Mohammed", "Chatami"], names.given, names.surnames, False) == ["Mohammed", "Khatami"]
