"""HTML from CMS editors becomes the same blocks that a reader sees in the browser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.errors import ArticleTooLong, EmptyArticle, InvalidCharacter
from service.article.html import read_html
from tests.unit.timing import best_seconds


def blocks(html: str) -> list[tuple[str, str]]:
    article = read_html(html)
    assert article.text == "\n".join(article.text[block.start : block.end] for block in article.blocks)
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def texts(html: str) -> list[str]:
    return [text for _, text in blocks(html)]


def test_an_article_from_gutenberg() -> None:
    html = """
        <!-- wp:heading {"level":1} --><h1 class="wp-block-heading">Bund f&ouml;rdert Bahn</h1><!-- /wp:heading -->
        <!-- wp:paragraph --><p>Die <strong>Bundesregierung</strong> will mehr Geld
        f&uuml;r die Bahn&nbsp;ausgeben.</p><!-- /wp:paragraph -->
        <!-- wp:heading --><h2>Kritik der Opposition</h2><!-- /wp:heading -->
        <!-- wp:list --><ul><!-- wp:list-item --><li>CDU: zu wenig</li><!-- /wp:list-item -->
        <li>FDP: zu viel</li></ul><!-- /wp:list -->
        <!-- wp:quote --><blockquote class="wp-block-quote"><p>„Das reicht nicht.“</p>
        <cite>Merz</cite></blockquote><!-- /wp:quote -->
        <!-- wp:image --><figure><img src="a.jpg" alt="Zug"/>
        <figcaption>Ein Zug in Köln. Foto: dpa</figcaption></figure><!-- /wp:image -->
    """
    assert blocks(html) == [
        ("headline", "Bund fördert Bahn"),
        ("paragraph", "Die Bundesregierung will mehr Geld für die Bahn\xa0ausgeben."),
        ("subheading", "Kritik der Opposition"),
        ("list_item", "CDU: zu wenig"),
        ("list_item", "FDP: zu viel"),
        ("quote", "„Das reicht nicht.“"),
        ("quote", "Merz"),
        ("caption", "Ein Zug in Köln. Foto: dpa"),
    ]


def test_inline_elements_never_break_a_word() -> None:
    html = '<p>M<b>ün</b>ch<i></i>en<span>er</span> <a href="/x">Ober</a><a>bürger</a>meister<!-- a --> kommt<wbr>.</p>'
    assert texts(html) == ["Münchener Oberbürgermeister kommt."]


def test_line_breaks_in_the_source_are_white_space() -> None:
    assert texts("<p>Die Stadt\r\n\t Köln\n plant.</p>") == ["Die Stadt Köln plant."]


def test_white_space_around_inline_elements_collapses() -> None:
    assert texts("<p> <b> Die </b> <i> Stadt</i> </p>") == ["Die Stadt"]


def test_no_break_space_and_soft_hyphen_are_text() -> None:
    assert texts("<p>10&nbsp;&nbsp;000 Donau&shy;dampf&#173;schiff &#8222;so&#x201C;.</p>") == [
        "10\xa0\xa0000 Donau\xaddampf\xadschiff „so“."
    ]


def test_a_line_break_element_breaks_the_line_but_not_the_sentence() -> None:
    assert texts("<p>Er kam.<br>Dann ging er.</p>") == ["Er kam.", "Dann ging er."]
    assert texts("<p>Er sprach mit der<br/>Kanzlerin.</p>") == ["Er sprach mit der\nKanzlerin."]


def test_preformatted_lines_are_kept() -> None:
    assert texts("<pre>Erste  Zeile.\n  Zweite Zeile.</pre>") == ["Erste  Zeile.", "Zweite Zeile."]


def test_div_soup() -> None:
    html = "<div>Erster Satz.<div><div><span>Zweiter</span> Satz.</div></div>Dritter Satz.</div>"
    assert texts(html) == ["Erster Satz.", "Zweiter Satz.", "Dritter Satz."]


def test_a_bold_paragraph_is_a_subheading() -> None:
    assert blocks("<p>Ein Satz.</p><p><strong>Neue Regeln</strong></p><p>Noch einer.</p>")[1][0] == "subheading"


def test_table_of_figures() -> None:
    html = "<table><caption>Wahl</caption><tr><th>Partei<th>Prozent<tr><td><p>CDU</p><td>28,5</table>"
    assert blocks(html) == [("caption", "Wahl"), ("table_row", "Partei\tProzent"), ("table_row", "CDU\t28,5")]


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    html = "<table><tr><td><p>Erster Absatz.</p><p>Zweiter Absatz.</p></td><td>Randspalte.</td></tr></table>"
    assert blocks(html) == [("paragraph", text) for text in ("Erster Absatz.", "Zweiter Absatz.", "Randspalte.")]


@pytest.mark.parametrize(
    "html",
    [
        "<script>var a = '<p>x</p>';</script>",
        "<style>p > b {}</style>",
        "<noscript><p>Bitte JavaScript einschalten.</p></noscript>",
        "<template><p>Muster</p></template>",
        "<svg><title>Zug</title><text>Zug</text></svg>",
        "<p hidden>Entwurf</p>",
        '<div style="color: red; Display : NONE">Entwurf <p>mehr</p></div>',
        '<span style="visibility:hidden">Entwurf</span>',
        "<form><button>Senden</button><textarea>x</textarea><select><option>y</select></form>",
        "<iframe>alt</iframe><video>alt</video>",
        "<head><title>Seite</title></head>",
        "<!-- <p>alt</p> -->",
        "<?php echo 1 ?>",
        "<![CDATA[ x ]]>",
    ],
)
def test_what_readers_do_not_see_is_dropped(html: str) -> None:
    assert texts(f"<p>Vorher.</p>{html}<p>Nachher.</p>") == ["Vorher.", "Nachher."]
    with pytest.raises(EmptyArticle):
        read_html(html)


def test_quotation_elements_get_their_marks() -> None:
    assert texts("<p>Er sagte: <q>Wir nennen es <q>Reform</q>.</q></p>") == ["Er sagte: „Wir nennen es ‚Reform‘.“"]


def test_a_declared_charset_is_not_believed() -> None:
    assert texts('<meta charset="iso-8859-1"><p>Müller – „ja“ 😀</p>') == ["Müller – „ja“ 😀"]
    assert texts('<?xml version="1.0" encoding="utf-16"?><p>Müller</p>') == ["Müller"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>eins<p>zwei</div></b>drei", ["eins", "zweidrei"]),
        ("<b><p>fett</b> normal</p>", ["fett normal"]),
        ("nur Text\nohne Tags", ["nur Text ohne Tags"]),
        ("5 &lt; 6 &amp; AT&T &unbekannt; f&uumlr", ["5 < 6 & AT&T &unbekannt; für"]),
        ("<p>&#0;&#xD800;&#x110000;</p>", ["\ufffd\ufffd\ufffd"]),
        ("<li>eins<li>zwei", ["eins", "zwei"]),
        ("<unbekannt>Wort</unbekannt>teil", ["Wortteil"]),
        ("<p title='" + "x" * 11_000_000 + "'>nach einem riesigen Bild</p>", ["nach einem riesigen Bild"]),
    ],
)
def test_malformed_markup(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize("element", ["div", "b", "blockquote", "table><tr><td", "ul><li", "q"])
def test_deep_nesting_loses_nothing(element: str) -> None:
    assert "unten" in read_html(f"<{element}>" * 20_000 + "unten").text


@pytest.mark.parametrize(
    "unit", ["<p>Das ist ein Satz.</p>", "a<br>", "der<br>", "<td>a", "<li>a", "&uuml;", "<!-- -->", "<b>"]
)
def test_large_input_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        html = unit * (size // len(unit)) + "Ende."
        return best_seconds(lambda: read_html(html))

    assert seconds(100_000) < 40 * seconds(10_000) + 0.1


def test_bad_input() -> None:
    for html in ("", " ", "<p></p>", "<p>&nbsp;</p>", "<br><hr>"):
        with pytest.raises(EmptyArticle):
            read_html(html)
    with pytest.raises(InvalidCharacter):
        read_html("<p>a\0b</p>")
    with pytest.raises(InvalidCharacter):
        read_html("<p>\ud83d</p>")
    with pytest.raises(ArticleTooLong):
        read_html("<p>vier</p>", limit=3)
    assert read_html("<p>vier</p>", limit=4).text == "vier"


def test_the_title_is_kept_beside_the_text() -> None:
    article = read_html("<p>Der Rat tagte.</p>", title="Rat tagt")
    assert (article.title, article.text) == ("Rat tagt", "Der Rat tagte.")


TAGS = """<p> </p> <b> </b> <div> </div> <br> <tr> <td> <table> </table> <li> <pre> </pre> <q> </q> <h2> </h2> <!-- -->
< <blockquote> </blockquote> <svg> </svg> <script> </script> <p/hidden> & &nbsp; &# Wort der . 😀 \x01"""
MARKUP = st.sampled_from([*TAGS.split(), " ", "\n"])


@given(st.lists(MARKUP, max_size=40).map("".join))
def test_any_markup_gives_blocks_that_tile_the_text(html: str) -> None:
    try:
        article = read_html(html)
    except EmptyArticle:
        return
    assert article.text == "\n".join(article.text[block.start : block.end] for block in article.blocks)
    assert all(article.text[block.start : block.end].strip() for block in article.blocks)
