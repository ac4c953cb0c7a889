"""One real-world name, one entity: what is joined, what must stay apart, and that every join has a reason."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.chains import read_gold, score, total
from service.article.model import Article, Block
from service.entities.canonical import english_of
from service.entities.chains import chain
from service.entities.model import Entity, Mention
from tests.unit.marked import read_marked


def read(marked: str) -> tuple[Article, list[Mention]]:
    """An article in which mentions are written [Angela Merkel|PER]; every line is a block."""
    text, mentions = read_marked(marked)
    return Article(text, tuple(Block("paragraph", *line.span()) for line in re.finditer(r"[^\n]+", text))), mentions


def chains_of(marked: str) -> tuple[Entity, ...]:
    return chain(*read(marked))


def texts(entity: Entity) -> list[str]:
    return [mention.text for mention in entity.mentions]


def entity_of(entities: tuple[Entity, ...], text: str) -> Entity:
    return next(entity for entity in entities if text in texts(entity))


@pytest.mark.parametrize("part, least", [("plain", 0.95), ("adversarial", 0.95), ("held-out", 0.9), ("fresh", 0.95)])
def test_the_gold_articles_are_chained_and_no_two_people_merged(part: str, least: float) -> None:
    gold = [article for article in read_gold() if article.part == part]
    result = total([score(article, chain(article.article, article.mentions)) for article in gold])
    assert result.wrong_people == ()
    assert result.f1 >= least, result.faults


def test_the_gold_set_is_as_large_as_promised() -> None:
    assert len(read_gold()) >= 60


def test_a_surname_its_genitive_and_its_compound_are_the_person() -> None:
    entities = chains_of(
        "[Angela Merkel|PER] sprach. [Merkels|PER] Rede endete. Die [Merkel|PER]-Regierung und Frau [Merkel|PER]."
    )
    assert len(entities) == 1
    assert entities[0].canonical_de == "Angela Merkel"
    assert entities[0].variants == ("Merkel",)


def test_transcriptions_of_one_name_are_one_person_and_say_why() -> None:
    entities = chains_of("[Andrei Beloussow|PER] kam. [Belousov|PER] sprach, [Andrej Beloussow|PER] schwieg.")
    assert len(entities) == 1
    assert entities[0].canonical_en == "Andrei Belousov"
    assert any("another writing" in why for why in entities[0].why)


def test_every_join_has_a_reason() -> None:
    for article in read_gold():
        for entity in chain(article.article, article.mentions):
            assert entity.why or not entity.variants, entity


def test_namesakes_stay_apart_and_each_block_keeps_its_own() -> None:
    entities = chains_of(
        "[Thomas Müller|PER] baut. [Müller|PER] lacht.\n[Sabine Müller|PER] klagt. [Müller|PER] weint.\n"
        "Auch [Müller|PER] kam."
    )
    assert texts(entities[0]) == ["Thomas Müller", "Müller"]
    assert texts(entities[1]) == ["Sabine Müller", "Müller"]
    assert texts(entities[2]) == ["Müller"], "who came is not said, so nobody is named"


@pytest.mark.parametrize(
    "one, other",
    [
        ("Kim Jong-un", "Kim Jong-il"),
        ("Jan Müller", "Jana Müller"),
        ("Hans Müller", "Hans-Peter Müller"),
        ("Thomas Hoffmann", "Thomas Hofmann"),
        ("Martin Schulz", "Martin Schultz"),
        ("George W. Bush", "George H. W. Bush"),
        ("Alexander Müller senior", "Alexander Müller"),
        ("Kim Min-su", "Kim Min-suk"),
        ("Lech Kaczynski", "Jaroslaw Kaczynski"),
        ("Vitali Klitschko", "Wladimir Klitschko"),
        ("Anna Müller", "Hanna Müller"),
        ("Juan García López", "Juan García Pérez"),
        ("Hans Peter Müller", "Peter Müller"),
    ],
)
def test_two_people_are_two_entities(one: str, other: str) -> None:
    entities = chains_of(f"[{one}|PER] traf [{other}|PER].\n[{other}|PER] ging. [{one}|PER] blieb.")
    assert [texts(entity) for entity in entities] == [[one, one], [other, other]]


@pytest.mark.parametrize(
    "one, other",
    [
        ("Kim Jong-un", "Kim Jong Un"),
        ("Kim Jong-un", "Kim Yong-un"),
        ("Wolodymyr Selenskyj", "Wolodimir Selenski"),
        ("Sergej Schoigu", "Sergei Schoigu"),
        ("Frank-Walter Steinmeier", "Frank Walter Steinmeier"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Usama bin Ladin", "Osama bin Laden"),
        ("George Bush", "George Walker Bush"),
        ("Ihor Terechow", "Igor Terechow"),
        ("Chalil al-Haja", "Khalil al-Hayya"),
        ("Abdel Fattah al-Sisi", "Abd al-Fattah as-Sisi"),
        ("Vladan Djokić", "Vladan Đokić"),
        ("Edmundo González Urrutia", "Edmundo González"),
    ],
)
def test_one_person_in_two_writings_is_one_entity(one: str, other: str) -> None:
    assert len(chains_of(f"[{one}|PER] kam. Später ging [{other}|PER].")) == 1


def test_a_spaniard_is_called_by_the_first_surname_or_by_both() -> None:
    entities = chains_of(
        "[Edmundo González Urrutia|PER] lebt im Exil. [González|PER] klagt; [González Urrutia|PER] hofft."
    )
    assert [texts(entity) for entity in entities] == [["Edmundo González Urrutia", "González", "González Urrutia"]]
    assert english_of(entities[0], "González").form == "González"


def test_an_arab_is_called_by_the_end_of_a_long_name() -> None:
    entities = chains_of("[Mohammed bin Abdulrahman Al Thani|PER] reist. [Al Thani|PER] vermittelt.")
    assert len(entities) == 1


def test_the_english_writing_of_a_place_is_the_place() -> None:
    assert len(chains_of("Aus [Pjöngjang|LOC] kam nichts. [Pyongyang|LOC] schweigt.")) == 1


def test_an_acronym_of_two_letters_joins_the_one_name_that_it_spells() -> None:
    entities = chains_of(
        "Die [Süddeutsche Zeitung|ORG] fragt. Die [SZ|ORG] schreibt. Die [EU|ORG] und [Erste Union|ORG]."
    )
    assert [texts(entity) for entity in entities] == [
        ["Süddeutsche Zeitung", "SZ"],
        ["EU"],
        ["Erste Union"],
    ], "an acronym that is known for something else stays what it is"


def test_a_lost_letter_in_a_korean_name_is_a_slip_unless_both_stand_in_one_sentence() -> None:
    assert len(chains_of("[No Kwang Chol|PER] kam. Dann ging [No Kwang Cho|PER].")) == 1
    assert len(chains_of("[No Kwang Chol|PER] traf [No Kwang Cho|PER].")) == 2


def test_an_acronym_joins_its_long_form_in_brackets_or_in_the_gazetteer() -> None:
    entities = chains_of(
        "Der [Verband Deutscher Ruderer|ORG] ([VDR|ORG]) tagte. Der [VDR|ORG] wählte.\n"
        "Die [EZB|ORG] schwieg. Die [Europäische Zentralbank|ORG] auch."
    )
    assert [entity.canonical_de for entity in entities] == ["Verband Deutscher Ruderer", "Europäische Zentralbank"]
    assert entities[1].canonical_en == "European Central Bank"


def test_a_party_in_brackets_is_not_the_person_before_it() -> None:
    entities = chains_of("[Olaf Scholz|PER] ([SPD|ORG]) und die [Union|ORG] ([CDU|ORG]) stritten.")
    assert len(entities) == 4


def test_town_and_club_country_and_government_stay_apart() -> None:
    entities = chains_of(
        "[Borussia Dortmund|ORG] siegt vor dem Trainer. In [Dortmund|LOC] jubelt man, [Dortmund|ORG] führt die Tabelle."
        "\n[Deutschland|LOC] zahlt, sagt die [Bundesregierung|ORG]."
    )
    assert [texts(entity) for entity in entities] == [
        ["Borussia Dortmund", "Dortmund"],
        ["Dortmund"],
        ["Deutschland"],
        ["Bundesregierung"],
    ]
    assert entities[0].type == "ORG" and entities[1].type == "LOC"


def test_a_slip_of_the_recogniser_is_outvoted() -> None:
    entities = chains_of("[Friedrich Merz|PER] kam. [Merz|LOC] sprach, [Merz|PER] schwieg, [Merz|PER] ging.")
    assert [entity.type for entity in entities] == ["PER"]
    assert {mention.type for mention in entities[0].mentions} == {"PER"}


def test_names_that_the_recogniser_missed_are_found() -> None:
    entities = chains_of(
        "[Friedrich Merz|PER] kam. Später sagte Merz nichts, und die Merz-Regierung in [Berlin|LOC] tagte."
    )
    assert texts(entities[0]) == ["Friedrich Merz", "Merz", "Merz"]


def test_a_surname_that_is_a_common_noun_is_not_found_anew() -> None:
    entities = chains_of("[Anna Bauer|PER] kam. Der Bauer sagte nichts. [Bauer|PER] ging.")
    assert texts(entities[0]) == ["Anna Bauer", "Bauer"]


def test_titles_quotation_marks_and_other_blocks_are_cut_off() -> None:
    article = Article("Minister Habeck\nDer Rest", (Block("headline", 0, 15), Block("paragraph", 16, 24)))
    entities = chain(article, [Mention("Minister Habeck\nDer Rest", 0, 24, "PER")])
    assert texts(entities[0]) == ["Habeck"]


def test_a_particle_without_a_surname_is_no_part_of_a_name() -> None:
    assert texts(chains_of("Der Angriff auf [Lubrizol von|PER] gestern und [Ursula von der Leyen|PER].")[0]) == [
        "Lubrizol"
    ]


def test_a_name_ends_before_a_dash_between_spaces() -> None:
    entities = chains_of("[San Sebastián - Mit|LOC] dem Filmfestival schließt der Sommer.")
    assert texts(entities[0]) == ["San Sebastián"]


def test_overlapping_mentions_leave_the_longer_one_and_values_are_no_names() -> None:
    article = Article("Die Europäische Union zahlt am 1. Mai.", (Block("paragraph", 0, 38),))
    mentions = [
        Mention("Union", 16, 21, "ORG"),
        Mention("Europäische Union", 4, 21, "ORG"),
        Mention("1. Mai", 31, 37, "DATE"),
    ]
    assert [texts(entity) for entity in chain(article, mentions)] == [["Europäische Union"]]


def test_every_mention_is_the_text_at_its_place() -> None:
    for gold in read_gold():
        for entity in chain(gold.article, gold.mentions):
            assert all(gold.article.text[m.start : m.end] == m.text for m in entity.mentions)
            assert list(entity.mentions) == sorted(entity.mentions, key=lambda m: m.start)


def test_an_article_without_names_has_no_entities() -> None:
    assert chain(Article("Es regnet.", (Block("paragraph", 0, 10),)), []) == ()


def test_a_long_article_of_many_people_is_chained() -> None:
    surnames = [
        f"{first}{last}" for first in ("Hof", "Berg", "Stein", "Lind", "Rosen") for last in ("mann", "bach", "tal")
    ]
    marked = "\n".join(f"[Anna {name}|PER] und später [{name}s|PER] Hund kamen." for name in surnames * 300)
    assert len(chains_of(marked)) == len(surnames)


PIECES = st.sampled_from(
    ["Kim", "Jong-un", "Müller", "Müllers", "(", ")", "WHO", "EU-", "\U0001f600", "e\u0301", "so\u00adft", "\u00a0",
     "\r\n", "\n", "’", "II.", "der"]
)  # fmt: skip


@given(
    st.lists(PIECES, max_size=20).map(" ".join), st.lists(st.tuples(st.integers(0, 90), st.integers(1, 20)), max_size=9)
)
def test_whatever_the_recogniser_says_mentions_are_inside_the_text_and_apart(
    text: str, spans: list[tuple[int, int]]
) -> None:
    blocks = tuple(Block("paragraph", *line.span()) for line in re.finditer(r"[^\r\n]+", text))
    kinds = itertools.cycle(("PER", "ORG", "LOC", "MISC"))
    mentions = [Mention(text[start : start + size], start, start + size, next(kinds)) for start, size in spans]
    found = sorted(
        (m.start, m.end, m.text) for entity in chain(Article(text, blocks), mentions) for m in entity.mentions
    )
    assert all(text[start:end] == name and name for start, end, name in found)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(found))
    assert not any("\n" in name for _, _, name in found)


def test_a_name_is_no_genitive_of_a_small_town() -> None:
    (hamas,) = chains_of("Die islamistische [Hamas|LOC] lehnte ab. Das teilte [Hamas|ORG] mit.")
    assert (hamas.type, hamas.canonical_en) == ("ORG", "Hamas")
    (holland,) = chains_of("Die [Niederlande|LOC] siegten. In den [Niederlanden|LOC] wird gefeiert.")
    assert holland.canonical_en == "Netherlands"


def test_particles_belong_to_the_surname_also_at_the_start_of_a_sentence() -> None:
    (person,) = chains_of(
        "[Ursula von der Leyen|PER] kam. Von der [Leyen|LOC] sprach. Am Abend reiste von der Leyen ab."
    )
    assert texts(person) == ["Ursula von der Leyen", "Von der Leyen", "von der Leyen"]
    assert english_of(person, "Von der Leyen").form == "von der Leyen"


def test_two_surnames_side_by_side_are_two_people() -> None:
    walesa, kaczynski = chains_of(
        "[Lech Wałęsa|PER] schwieg. [Jarosław Kaczyński|PER] nicht: Spionage warf [Kaczyński Wałęsa|PER] vor."
    )
    assert texts(walesa) == ["Lech Wałęsa", "Wałęsa"]
    assert texts(kaczynski) == ["Jarosław Kaczyński", "Kaczyński"]


def test_a_common_noun_behind_an_article_is_nobodys_name() -> None:
    names = chains_of(
        "In [Bayern|LOC] scheint die [Sonne|LOC]. [Mond|LOC] und [Sonne|LOC], am [Mond|LOC]: die [Hündin|PER]."
    )
    assert [entity.canonical_de for entity in names] == ["Bayern"]
    assert [entity.canonical_de for entity in chains_of("Die [Türkei|LOC], die [Erde|LOC].")] == ["Türkei", "Erde"]


def test_a_full_name_with_a_surname_of_two_words_stays_whole() -> None:
    anna, *_ = chains_of("[Anna Müller Schmidt|PER] kam, auch [Peter Müller|PER] und [Hans Schmidt|PER].")
    assert texts(anna) == ["Anna Müller Schmidt"]


@pytest.mark.parametrize(
    "marked, names",
    [
        ("Beim [Hamburger SV. Schalke 04|ORG] verlor.", ["Hamburger SV", "Schalke 04"]),
        ("Das sagte [J. D. Vance|PER] in Rom.", ["J. D. Vance"]),
        ("[Wien/Linz|LOC] – Es regnet.", ["Wien", "Linz"]),
        ("Er wohnt in [Frankfurt/Main|LOC].", ["Frankfurt/Main"]),
        ("Es spielten [Esser, Horvath, Gruber|PER].", ["Esser", "Horvath", "Gruber"]),
        ("An dem Treffen nahm [Kardinal Pietro Parolin|PER] teil.", ["Pietro Parolin"]),
        ("Das sagte [Polizeisprecherin Anna Koch|PER].", ["Anna Koch"]),
        ("Hinweise an anna@[polizei.de|MISC] oder [www.polizei.de|MISC], wie @[annakoch|PER] schrieb.", []),
    ],
)
def test_what_is_no_part_of_a_name_is_left_out(marked: str, names: list[str]) -> None:
    assert [mention.text for entity in chains_of(marked) for mention in entity.mentions] == names


def test_a_name_is_written_without_the_soft_hyphens_of_the_article() -> None:
    baerbock, hebestreit = chains_of(
        "[Annalena Baer\xadbock|PER] sprach mit [Steffen Hebe\u200bstreit|PER]. [Baerbock|PER] nickte."
    )
    assert texts(baerbock) == ["Annalena Baer\xadbock", "Baerbock"]
    assert (baerbock.canonical_de, baerbock.canonical_en) == ("Annalena Baerbock", "Annalena Baerbock")
    assert (hebestreit.canonical_de, hebestreit.canonical_en) == ("Steffen Hebestreit", "Steffen Hebestreit")
    assert not any("\xad" in variant for variant in baerbock.variants)
