"""Names become marks; everything else is escaped; marks never nest."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from service.rendering.highlight import Highlight, highlight, without_overlaps


def test_a_name_is_marked_with_its_kind_entity_and_language():
    html = highlight("Putin kam.", [Highlight(0, 5, "e1", "PER")], "de")
    assert html == '<mark class="entity entity-per" data-entity="e1" lang="de">Putin</mark> kam.'


def test_the_longest_of_overlapping_names_is_marked():
    university, city = Highlight(0, 17, "e1", "ORG"), Highlight(11, 17, "e2", "LOC")
    html = highlight("Universität Kassel", [city, university], "de")
    assert html.count("<mark") == 1 and 'data-entity="e1"' in html


def test_markup_in_text_and_name_is_escaped():
    html = highlight("<b>AT&T</b> & Co", [Highlight(3, 7, "e1", "ORG")], "en")
    assert html == (
        '&lt;b&gt;<mark class="entity entity-org" data-entity="e1" lang="en">AT&amp;T</mark>&lt;/b&gt; &amp; Co'
    )


spans = st.lists(
    st.builds(
        lambda start, length: Highlight(start, start + length, "e1", "PER"), st.integers(0, 30), st.integers(0, 12)
    )
)


@given(st.text(min_size=42, max_size=42), spans)
def test_without_its_marks_the_html_is_the_text(text, found):
    assert Markup(highlight(text, found, "de").replace("</mark>", "").replace(OPEN, "")).unescape() == unescaped(text)


@given(spans)
def test_what_is_kept_does_not_overlap(found):
    kept = without_overlaps(found)
    assert all(left.end <= right.start for left, right in pairwise(kept))


OPEN = '<mark class="entity entity-per" data-entity="e1" lang="de">'


def unescaped(text: str) -> str:
    """What a browser shows for the text, which is the text itself."""
    return Markup(Markup.escape(text)).unescape()
