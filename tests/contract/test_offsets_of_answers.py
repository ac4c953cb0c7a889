"""Every offset of an answer cuts the same text out of the same string, whichever unit it counts in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from service.article.plain import read_text
from service.entities.glossary import Glossary
from service.entities.model import GlossaryEntry
from service.pipeline.options import SummaryOptions
from service.pipeline.summary import summarize
from service.rendering.summaries import summary_json
from service.summarization.budget import Budget

ENCODINGS = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}
Place = tuple[str, str, int, int]  # what it is, the string, start, end

# Forced into the English, so that names are put right there and `changes` has offsets as well.
HOUSE = Glossary([GlossaryEntry("Kiew", "Kyïv 🏙"), GlossaryEntry("Jürgen Müller", "Ju\u0308rgen 𝕄üller")])

NAMES = st.sampled_from(
    ["Jürgen Müller", "Mu\u0308ller", "Müller", "Kiew", "Kim Jong-un", "EU-\u00adKommission", "𝔉rank"]
)
ODD = st.sampled_from(
    ["🎉", "👩‍👩‍👧", "e\u0301", "\u00ad", "\u00a0", "\u202f", "„", "“", "\u200b", "🇩🇪", "—", "\u2028"]
)
VERBS = st.sampled_from(["sagte am Freitag", "kam nach\u00a0Kiew", "traf drei Mini\u00adster aus der Ukraine"])
ENDS = st.sampled_from([". ", ".\r\n", ".\n", "! ", " 🎉.\r\n\r\n"])


@st.composite
def articles(draw: st.DrawFn) -> str:
    """News that came through many hands: astral characters, combining marks, soft hyphens, hard spaces, CRLF."""
    sentences = draw(
        st.lists(
            st.builds(
                lambda odd, name, verb, other, end: f"{odd}{name} {verb}, dass {other} nicht warte{end}",
                ODD, NAMES, VERBS, NAMES, ENDS,
            ),
            min_size=1,
            max_size=3,
        )
    )  # fmt: skip
    return f"{draw(ODD)}Jürgen Müller\r\n" + "".join(sentences)


def cut(text: str, start: int, end: int, unit: str) -> str:
    """The text between two offsets, counted as a caller in that unit would; raises where one splits a character."""
    encoding, width = ENCODINGS[unit]
    return text.encode(encoding)[start * width : end * width].decode(encoding)


def places(answer: dict[str, Any]) -> Iterator[Place]:
    """Every pair of offsets in a summary."""
    document, sentences = answer["document"], answer["summary"]["sentences"]
    for block in document["blocks"]:
        yield "block", document["text"], block["start"], block["end"]
    for entity in answer["entities"]:
        for mention in entity["mentions"]:
            where, _, language = mention["in"].partition(".")
            text = document["text"] if where == "document" else sentences[mention["sentence"]][language]["text"]
            yield f"mention of {entity['id']} in {mention['in']}", text, mention["start"], mention["end"]
    for sentence in sentences:
        yield "source", document["text"], sentence["source"]["start"], sentence["source"]["end"]
        for edit in sentence["edits"]:
            yield "edit", sentence[edit["language"]]["text"], edit["start"], edit["end"]
        for change in sentence["changes"]:
            yield "change", sentence["en"]["text"], change["start"], change["end"]
        for check in sentence["checks"]:
            for language in ("de", "en"):
                if check[language] is not None:
                    yield check["kind"], sentence[language]["text"], *check[language]


def test_every_offset_of_every_answer(parts):
    kinds: set[str] = set()

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(articles())
    def holds(text: str) -> None:
        summary = summarize(read_text(text), parts, SummaryOptions(Budget(sentences=1)), HOUSE)
        answers = {unit: summary_json(summary, unit) for unit in ENCODINGS}  # type: ignore[arg-type]
        assert {answer["document"]["text"] for answer in answers.values()} == {text}
        cuts = {
            unit: [(what, cut(string, start, end, unit)) for what, string, start, end in places(answer)]
            for unit, answer in answers.items()
        }
        assert cuts["utf16"] == cuts["codepoint"] == cuts["utf8"]
        kinds.update(what.split()[0] for what, _ in cuts["codepoint"])
        for answer in answers.values():
            for sentence in answer["summary"]["sentences"]:
                source = sentence["source"]
                edited = any(edit["language"] == "de" for edit in sentence["edits"])
                assert edited or source["quote"]["exact"] == sentence["de"]["text"]
                for side in (sentence["de"], sentence["en"]):
                    assert Markup(side["html"]).unescape().count("</mark>") == side["html"].count('<mark class="entity')
        for sentence in answers["codepoint"]["summary"]["sentences"]:
            for edit in sentence["edits"]:
                assert sentence[edit["language"]]["text"][edit["start"] : edit["end"]] == edit["after"]
            for change in sentence["changes"]:
                assert sentence["en"]["text"][change["start"] : change["end"]] == change["after"]

    holds()
    assert {"block", "source", "mention", "change", "edit"} <= kinds
