"""`POST /v1/summaries` on the sample articles: sources, offsets, highlights, warnings."""

from __future__ import annotations

import hashlib
import re

import pytest
from markupsafe import Markup

ENCODINGS = {"codepoint": "utf-32-le", "utf16": "utf-16-le", "utf8": "utf-8"}
WIDTHS = {"codepoint": 4, "utf16": 2, "utf8": 1}
MARK = re.compile(r'<mark class="entity entity-(per|loc|org|misc)" data-entity="(e\d+)" lang="(de|en)">(.*?)</mark>')


def cut(text: str, start: int, end: int, unit: str) -> str:
    """The text between two offsets, counted as a caller in that unit would."""
    width = WIDTHS[unit]
    return text.encode(ENCODINGS[unit])[start * width : end * width].decode(ENCODINGS[unit])


def without_edits(sentence: dict, language: str, unit: str) -> str:
    """The shown text with what stood there before the edits."""
    text = sentence[language]["text"]
    for edit in sorted(sentence["edits"], key=lambda edit: -edit["start"]):
        if edit["language"] == language:
            assert cut(text, edit["start"], edit["end"], unit) == edit["after"]
            before, width = text.encode(ENCODINGS[unit]), WIDTHS[unit]
            kept = before[: edit["start"] * width], before[edit["end"] * width :]
            text = edit["before"].encode(ENCODINGS[unit]).join(kept).decode(ENCODINGS[unit])
    return text


def text_of(answer: dict, mention: dict) -> str:
    """The string that a mention's offsets point into."""
    place, _, language = mention["in"].partition(".")
    if place == "document":
        return answer["document"]["text"]
    return answer["summary"]["sentences"][mention["sentence"]][language]["text"]


@pytest.mark.parametrize("unit", ENCODINGS)
def test_every_offset_cuts_out_what_it_names(client, seed, unit):
    answer = client.post("/v1/summaries", json={"text": seed + "\nEin Gruß 🎉 aus Köln.", "offset_unit": unit}).json
    text = answer["document"]["text"]
    assert answer["offset_unit"] == unit
    assert text == seed + "\nEin Gruß 🎉 aus Köln."
    assert answer["document"]["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    for sentence in answer["summary"]["sentences"]:
        source = sentence["source"]
        assert cut(text, source["start"], source["end"], unit) == source["quote"]["exact"]
        assert source["quote"]["exact"] == without_edits(sentence, "de", unit)
        assert (source["quote"]["prefix"] + source["quote"]["exact"] + source["quote"]["suffix"]) in text
    for entity in answer["entities"]:
        for mention in entity["mentions"]:
            name = cut(text_of(answer, mention), mention["start"], mention["end"], unit)
            assert name and name == name.strip()


SURNAME_FIRST = (
    "Beloussow lobte am Freitag 😀 die Armee des Landes, wie sein Ministerium in Moskau mitteilte.\n"
    "Zuvor war Andrei Beloussow von Präsident Wladimir Putin in Moskau empfangen worden."
)


@pytest.mark.parametrize("unit", ENCODINGS)
def test_a_surname_that_comes_first_is_shown_as_the_full_name_in_brackets(client, unit):
    answer = client.post("/v1/summaries", json={"text": SURNAME_FIRST, "sentences": 1, "offset_unit": unit}).json
    (sentence,) = answer["summary"]["sentences"]
    assert sentence["de"]["text"].startswith("[Andrei Beloussow] lobte am Freitag 😀 die Armee")
    assert answer["summary"]["de"]["text"] == sentence["de"]["text"]
    assert without_edits(sentence, "de", unit) == sentence["source"]["quote"]["exact"]
    assert [(edit["language"], edit["before"], edit["after"]) for edit in sentence["edits"]] == [
        ("de", "Beloussow", "[Andrei Beloussow]"),
        ("en", "Belousov", "[Andrei Belousov]"),
    ]
    without_edits(sentence, "en", unit)
    marked = {lang: [found[3] for found in MARK.findall(sentence[lang]["html"])] for lang in ("de", "en")}
    assert "Andrei Beloussow" in marked["de"] and "Andrei Belousov" in marked["en"]
    shown = [
        cut(text_of(answer, mention), mention["start"], mention["end"], unit)
        for entity in answer["entities"]
        for mention in entity["mentions"]
        if mention["in"] in ("summary.de", "summary.en")
    ]
    assert {"Andrei Beloussow", "Andrei Belousov", "Moskau", "Moscow"} <= set(shown)


def test_a_caller_may_have_the_sentences_as_they_stand(client):
    for options in ({"json": {"text": SURNAME_FIRST, "sentences": 1, "edits": False}},):
        (sentence,) = client.post("/v1/summaries", **options).json["summary"]["sentences"]
        assert sentence["de"]["text"] == sentence["source"]["quote"]["exact"]
        assert sentence["edits"] == []
    query = client.post("/v1/summaries?sentences=1&edits=false", data=SURNAME_FIRST.encode(), content_type="text/plain")
    assert query.json["summary"]["sentences"][0]["edits"] == []


@pytest.mark.parametrize(("most", "begins"), [(120, "[Andrei Beloussow] lobte"), (92, "Beloussow lobte")])
def test_full_names_never_break_the_budget(client, most, begins):
    body = {"text": SURNAME_FIRST, "sentences": 1, "max_characters": most}
    summary = client.post("/v1/summaries", json=body).json["summary"]
    assert summary["de"]["text"].startswith(begins)
    assert len(summary["de"]["text"]) <= most and len(summary["en"]["text"]) <= most


def test_every_sentence_says_how_often_it_was_translated(client, seed):
    for sentence in client.post("/v1/summaries", json={"text": seed}).json["summary"]["sentences"]:
        tried = sentence["attempts"]["tried"]
        assert tried[0] == "first decode" and sentence["attempts"]["kept"] in tried
        assert len(tried) > 1 or sentence["verdict"] == "pass", "what is in doubt is tried again"


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_doubtful_words_are_words_of_the_english_and_none_of_its_names(client, seed, unit):
    answer = client.post("/v1/summaries", json={"text": seed, "sentences": 12, "offset_unit": unit}).json
    mentions = [
        mention for entity in answer["entities"] for mention in entity["mentions"] if mention["in"] == "summary.en"
    ]
    named = {(mention["sentence"], mention["start"], mention["end"]) for mention in mentions}
    for number, sentence in enumerate(answer["summary"]["sentences"]):
        assert 0 <= sentence["confidence"] <= 1
        for start, end in sentence["doubts"]:
            assert re.fullmatch(r"\w+(?:['’]\w+)?", cut(sentence["en"]["text"], start, end, unit))
            assert not any(at == number and begin < end and start < stop for at, begin, stop in named)
        for start, end in sentence["omissions"]:
            assert re.fullmatch(r"\w+", cut(sentence["de"]["text"], start, end, unit))


def test_blocks_cover_the_text_in_order(client, seed):
    document = client.post("/v1/summaries", json={"text": seed}).json["document"]
    ends = [0] + [block["end"] for block in document["blocks"]]
    for block, end in zip(document["blocks"], ends, strict=False):
        assert document["text"][end : block["start"]].strip() == ""
        assert document["text"][block["start"] : block["end"]].strip()


def test_a_subheading_never_becomes_a_summary_sentence(client, seed):
    answer = client.post("/v1/summaries", json={"text": seed, "sentences": 12}).json
    kinds = [block["kind"] for block in answer["document"]["blocks"]]
    assert all(kinds[sentence["source"]["block"]] == "paragraph" for sentence in answer["summary"]["sentences"])


def test_every_name_in_german_has_its_english_counterpart_or_a_warning_says_why_not(client, seed):
    answer = client.post("/v1/summaries", json={"text": seed, "sentences": 12}).json
    for number, sentence in enumerate(answer["summary"]["sentences"]):
        german = [found.group(2) for found in MARK.finditer(sentence["de"]["html"])]
        english = [found.group(2) for found in MARK.finditer(sentence["en"]["html"])]
        warned = [w for w in answer["warnings"] if w["detail"].startswith(f"Sentence {number + 1}:")]
        for entity in german:
            assert entity in english or warned, (sentence["de"]["text"], sentence["en"]["text"], entity)


def test_highlights_hold_the_text_and_nothing_but_marks(client, seed):
    summary = client.post("/v1/summaries", json={"text": seed}).json["summary"]
    for language in ("de", "en"):
        html, text = summary[language]["html"], summary[language]["text"]
        assert text == " ".join(sentence[language]["text"] for sentence in summary["sentences"])
        assert Markup(MARK.sub(r"\4", html)).unescape() == text
        assert MARK.search(html)


def test_markup_in_an_article_comes_back_as_text(client):
    text = "Der Minister <script>alert(1)</script> & „Partner“ sagte am Freitag in Berlin, die Gespräche seien gut."
    answer = client.post("/v1/summaries", json={"text": text}).json
    assert "<script" not in answer["summary"]["de"]["html"]
    assert "<script" not in answer["summary"]["en"]["html"]
    assert "&lt;script&gt;" in answer["summary"]["de"]["html"]


def test_the_caller_chooses_how_many_sentences(client, seed):
    for count in (1, 3):
        answer = client.post("/v1/summaries", json={"text": seed, "sentences": count}).json
        assert len(answer["summary"]["sentences"]) == count


def test_a_summary_that_is_shorter_than_asked_for_says_so(client):
    text = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit."
    answer = client.post("/v1/summaries", json={"text": text, "sentences": 3}).json
    assert answer["warnings"][0]["code"] == "fewer_sentences"
    table = client.post("/v1/summaries", json={"text": "Verein\tSpiele\tPunkte\nBayern\t12\t30\nBremen\t12\t21"}).json
    assert table["summary"]["sentences"] == []
    assert [warning["code"] for warning in table["warnings"]] == ["no_summary_sentence"]


def test_html_of_a_cms_editor(client):
    html = (
        "<!-- wp:heading --><h2>Treffen in M&uuml;nchen</h2><!-- /wp:heading -->"
        "<p>Kanzler Olaf Scholz traf am <b>Freitag</b> den Pr&auml;sidenten Wolodymyr Selenskyj in M&uuml;nchen.</p>"
        "<script>var x = 1;</script>"
    )
    answer = client.post("/v1/summaries", json={"html": html}).json
    assert answer["document"]["text"].startswith("Treffen in München\n")
    assert "var x" not in answer["document"]["text"]
    assert [block["kind"] for block in answer["document"]["blocks"]][-1] == "paragraph"


def test_text_and_html_bodies_take_their_options_from_the_query(client, seed):
    text = client.post(
        "/v1/summaries?sentences=2&offset_unit=utf8&title=Besuch",
        data=seed.encode(),
        content_type="text/plain; charset=utf-8",
    ).json
    assert len(text["summary"]["sentences"]) == 2
    assert text["offset_unit"] == "utf8"
    assert text["document"]["title"] == "Besuch"
    html = client.post("/v1/summaries?sentences=1", data=f"<p>{seed}</p>".encode(), content_type="text/html")
    assert len(html.json["summary"]["sentences"]) == 1


def test_an_answer_says_what_made_it(client, seed):
    response = client.post("/v1/summaries", json={"text": seed}, headers={"Cache-Control": "no-store"})
    roles = [model["role"] for model in response.json["pipeline"]["models"]]
    assert {"translation", "recognition"} <= set(roles)
    assert list(response.json["timings_ms"]) == [
        "segmentation", "entities", "summarization", "translation", "counterparts", "alignment", "checks"
    ]  # fmt: skip
    assert response.headers["X-Request-Id"]
    assert "translation;dur=" in response.headers["Server-Timing"]


def test_a_glossary_has_the_last_word(client):
    text = "Der Minister Andrei Beloussow traf am Freitag in Pjöngjang ein, teilte sein Ministerium mit."
    glossary = [{"de": "Andrei Beloussow", "en": "Andrey Belousov", "type": "PER"}]
    answer = client.post("/v1/entities", json={"text": text, "glossary": glossary}).json
    assert "Andrey Belousov" in [entity["canonical"]["en"] for entity in answer["entities"]]


def test_a_glossary_is_accounted_for_entry_by_entry(client):
    text = "Der Minister Andrei Beloussow traf am Freitag in Pjöngjang ein, teilte sein Ministerium mit."
    glossary = [
        {"de": "Andrei Beloussow", "en": "Andrey Belousov"},
        {"de": "Andrei Beloussow", "en": "Andrew Belousov"},
        {"de": "Angela Merkel", "en": "Angela Merkel"},
    ]
    for route in ("/v1/summaries", "/v1/translations", "/v1/entities"):
        report = client.post(route, json={"text": text, "glossary": glossary}).json["glossary"]
        assert [(entry["de"], entry["status"]) for entry in report] == [
            ("Andrei Beloussow", "applied"),
            ("Andrei Beloussow", "conflict"),
            ("Angela Merkel", "missed"),
        ]


def test_every_slot_in_one_call_within_its_limit_and_from_sentences_that_passed(client, seed):
    answer = client.post("/v1/summaries", json={"text": seed, "slots": ["push", "seo", "teaser", "newsletter"]}).json
    sentences = answer["summary"]["sentences"]
    assert [slot["name"] for slot in answer["slots"]] == ["push", "seo", "teaser", "newsletter"]
    for slot in answer["slots"]:
        assert len(slot["de"]) <= slot["limit"] and len(slot["en"]) <= slot["limit"]  # no grapheme lacks a code point
        assert bool(slot["de"]) == bool(slot["en"]) == (slot["reason"] is None)
        assert all(sentences[index]["verdict"] != "blocked" for index in slot["sentences"])


def test_an_unknown_slot_is_refused(client):
    answer = client.post("/v1/summaries", json={"text": "Es regnete am Montag in Berlin.", "slots": ["tweet"]})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/slots/0"
