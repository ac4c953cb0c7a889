"""Where German sentences end, by examples from newsrooms and by the golden rules of the pragmatic segmenter."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.errors import EmptyArticle, InvalidCharacter
from service.article.html import read_html
from service.article.plain import read_text
from service.segmentation.german import segment, sentence_spans
from tests.unit.timing import best_seconds

ROOT = Path(__file__).parents[2]
GOLDEN = [
    json.loads(line) for line in (ROOT / "tests/fixtures/pragmatic-golden-de.jsonl").read_text("utf-8").splitlines()
]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["id"])
def test_golden_rules(case: dict) -> None:
    found = segment(read_text(case["text"]))
    assert [" ".join(sentence.text.split()) for sentence in found] == case["sentences"]


# Each line holds the sentences of one text, parted by " | ".
EXAMPLES = """
Am 3. Mai 2004 um 11.30 Uhr begann die Sitzung. | Danach sprach Dr. h. c. Müller.
Im 19. Jahrhundert war das anders. | Der 100. Geburtstag wurde gefeiert. | Das 1:0 fiel in der 90. Minute.
Die Information steht auf Seite 12. | Dort kannst du nachlesen.
Der Verein steht auf Platz 17. | Trainer Wolf ist enttäuscht.
Wir sehen uns am 3. | Das wird schön.
Das Lexikon erschien 2005. | 1997 begann die Arbeit.
Papst Johannes Paul II. sagte ab. | Kaiser Wilhelm II. | Die Reise begann im Mai.
Hartz IV. | Unterdessen stieg die Zahl der Empfänger von Arbeitslosengeld II.
George W. Bush kam mit J. K. Rowling und G. Schmidt.
Angeklagt ist Thomas K. | Er soll gestanden haben.
Das kostet 3,2 Mio. Euro und 10.000 Mrd. Dollar. | Es waren 5 Mio. | Das ist viel.
Die Regierung gab rd. 5 Prozent zu, d. h. Die Linke irrte, z. B. In der Haushaltsfrage.
Siehe Art. 5 Abs. 3 Nr. 2 GG. | Der Wal ist eine gefährdete Art. | Er lebt im Atlantik.
Er sagt, er mag. | Sie mag. | Mag. Huber mag auch.
Wir verkaufen Bier, Wein usw. | Die Gäste kommen gern, u. a. aus Köln.
Das Buch erschien 100 v. Chr. | Die Römer lasen es.
Die Fa. Müller GmbH & Co. KG verklagt die Deutsche Bank AG. | Die Aktie fiel.
Er arbeitet in Washington D.C. | Am Montag flog er in die USA. | Dort blieb er.
Mehr steht auf www.example.org. | Dort finden Sie auch https://example.org/a.b?c=d. | Wir freuen uns.
„Er kam. | Dann ging er.“ | Danach war Ruhe.
»Komm!«, rief sie. | ‚Nein.‘ | «Doch!» | Dann war Ruhe.
Er sagte: „Das reicht.“ »
... und so weiter. | ... Eine Grille zirpt.
„Ihre Soldaten haben mutig gekämpft“, so Putin. | „Ich möchte betonen, dass wir niemals vergessen werden.“
„Wann?“ fragte er. | „Jetzt!“ | Sie ging.
Er kam … und ging. | Er schwieg … | Dann ging er.
(Er kam. | Sie ging.) | Danach war Ruhe [1]. | Dann kam die Nacht.[2] | Ende.
„Sie hat ein Herz. | [...] Wir dürfen nicht nur wütend sein.“
„Das Protokoll […] Die Kommission […] war ehrlich“, hieß es.
Der Zugriff erfolgte schnell und unblutig.Die Ausbrecher sitzen in Haft. | Spiegel.Online berichtete.
Toll!😀 | Wirklich?!? | Ja.
wir waren gestern im theater. | das stück war gelungen. | es war evtl. das beste.
Die Berliner Str. und die Ganghoferstr. werden gesperrt, einschl. aller Wege.
Oder? | – Ja. | – Er kam – nein, er ging.
Am Fr., 3. Mai, um 20 Uhr spielt der 1. FC Köln in der 3. Liga.
St. Gallen und Bad St. Leonhard liegen in der Nähe.
Yahoo! kauft ein. | Die Sendung „Wer wird Millionär?“ läuft.
Die Lage ist ernst: Der Kanzler reist ab; die Minister bleiben – Berlin wartet.
"""


@pytest.mark.parametrize("line", EXAMPLES.strip().splitlines())
def test_examples(line: str) -> None:
    expected = line.replace(".Die Ausbrecher", ". | Die Ausbrecher").split(" | ")
    assert sentences(line.replace(" | ", " ")) == expected


def test_no_break_spaces_inside_abbreviations_and_dates() -> None:
    text = "Das gilt z.\xa0B. am 3.\xa0Mai, sagt Dr.\xa0Müller."
    assert sentences(text) == [text]


def test_a_sentence_keeps_the_line_breaks_inside_it() -> None:
    article = read_text("Er sprach mit der\r\nKanzlerin. Dann ging er.")
    assert [sentence.text for sentence in segment(article)] == ["Er sprach mit der\r\nKanzlerin.", "Dann ging er."]


def test_blocks_end_sentences() -> None:
    article = read_html("<h2>Neue Regeln</h2><ul><li>mehr Geld<li>weniger Zeit</ul><p>Ein Satz ohne Punkt")
    found = segment(article)
    assert [sentence.text for sentence in found] == ["Neue Regeln", "mehr Geld", "weniger Zeit", "Ein Satz ohne Punkt"]
    assert [sentence.block for sentence in found] == [0, 1, 2, 3]


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_seeds(path: Path) -> None:
    article = read_text(path.read_text("utf-8"))
    found = segment(article)
    assert all(article.text[sentence.start : sentence.end] == sentence.text for sentence in found)
    paragraphs = [sentence for sentence in found if article.blocks[sentence.block].kind == "paragraph"]
    assert all(sentence.text.rstrip("“").endswith(".") for sentence in paragraphs)
    assert len(found) == {"000": 17, "001": 15, "003": 15}[path.name[:3]]


WORDS = "Wort Die z. B. Dr. 3. Mai 2004. usw. Er. II. K. „ “ ( ) » « … ... ! ? .“ .Die - 😀 e\u0301 \u00ad http://a.de/"
FRAGMENTS = st.sampled_from([*WORDS.split(), " ", "\xa0", "\n", "\r\n", "\t", "\u2028", "\x01"])


@given(st.one_of(st.lists(FRAGMENTS).map("".join), st.lists(FRAGMENTS).map(" ".join), st.text()))
def test_sentences_tile_the_blocks(text: str) -> None:
    try:
        article = read_text(text)
    except (EmptyArticle, InvalidCharacter):
        return
    found = segment(article)
    for index, block in enumerate(article.blocks):
        inside = [sentence for sentence in found if sentence.block == index]
        assert (inside[0].start, inside[-1].end) == (block.start, block.end)
        for sentence, following in pairwise(inside):
            assert sentence.end <= following.start
            gap = article.text[sentence.end : following.start]
            assert not any(character.isprintable() and not character.isspace() for character in gap)
    for sentence in found:
        assert sentence.text == article.text[sentence.start : sentence.end] != ""
        assert sentence.text.strip() == sentence.text


@pytest.mark.parametrize(
    "unit",
    ["Das ist ein Satz. ", "z. B. ", ".", ". ", "!“ ", "a", ".Aa", "3. ", ".[1]", "“", "a.Die", "\xa0", "… ", "II. "],
)
def test_large_input_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        return best_seconds(lambda: sum(1 for _ in sentence_spans(text)))

    assert seconds(100_000) < 40 * seconds(10_000) + 0.1
