"""Choosing sentences: what reads well alone is taken, what does not comes with what it needs or not at all."""

from __future__ import annotations

import pytest

from service.article.model import Article, Block
from service.article.plain import read_text
from service.entities.model import Entity, Mention
from service.segmentation.german import segment
from service.summarization.budget import Budget
from service.summarization.extractive import ExtractiveSummarizer
from service.summarization.model import ChosenSentence
from service.summarization.wording import read, running_start


def choose(text: str, count: int | None = None, title: str | None = None) -> tuple[ChosenSentence, ...]:
    article = read_text(text, title)
    return ExtractiveSummarizer().choose(article, segment(article), (), Budget(count))


def texts(text: str, count: int | None = None) -> list[str]:
    return [choice.sentence.text for choice in choose(text, count)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Er kündigte weitere Gespräche an.",
        "Sie unterstützten die Truppen in der Region.",
        "Dies sei ein Fehler gewesen, sagte der Minister.",
        "Dort werden die alten Wagen ersetzt.",
        "Zudem umfasst der Vertrag eine Klausel über Sanktionen.",
        "Beide Länder hatten im Juni ein Abkommen unterzeichnet.",
        "Dieser Vertrag gilt seit dem Sommer.",
        "Anschließend fuhren sie gemeinsam zu einer Unterkunft.",
        "Am Freitag traf er den Minister.",
        "Sein Kollege aus Wien widersprach.",
        "Das war ein Fehler.",
        "Im Bauwesen liege der Anteil bei 27 Prozent.",
        "„Ich möchte betonen, dass wir niemals die Opfer vergessen werden.“",
        "„Wir kommen wieder“, sagte er.",
        "Es gilt als das größte Abkommen der beiden Länder.",
        "Rein rechnerisch entspricht das einem Gewinn von 48 Cent.",
        "Wegen der Warnungen hätten Bauern große Verluste erlitten.",
        "Russland liefert im Gegenzug Treibstoff.",
        "Hinzu kommt, dass viele Hersteller ihren Sitz in der Region haben.",
        "Auslöser waren mehrere Faktoren.",
        "zugestimmt: Arbeitgeber müssen die Beiträge zwei Wochen früher überweisen.",
        "Durch die Schüsse gab es jedoch nur leicht Verletzte.",
        "Bis jetzt ist in einem solchen Fall die Kommission einzuschalten.",
        "Ronny Tong nannte es den schwärzesten Tag für Hongkong.",
        "Im weiteren Verlauf schlossen sich einige Firmen zusammen.",
        "Vizekanzler Lars Klingbeil (SPD) widersprach ihr.",
        "Die Ministerin dankte ihnen für den Einsatz.",
        "Im Jahr 2000 sprach ihn ein Gericht vom Vorwurf frei.",
        "Wir haben zu wenig in Bildung investiert.",
        "„Ich hatte keine Kenntnis davon“, sagte der 53-Jährige am Montag.",
        "„Wir haben nichts zu verbergen“, sagte der CDU-Chef am Dienstag im Bundestag.",
    ],
)
def test_sentences_that_lean_on_the_one_before(sentence: str) -> None:
    assert read(sentence).leans


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Bahn hat neue Züge bestellt.",
        "Die Bahn hat neue Züge bestellt, fährt sie jedoch nicht vor dem Sommer.",
        "Ohne die Hilfe hätten viele Bauern aufgeben müssen.",
        "Es gab Streit über den Haushalt.",
        "Ziel des Gesetzes ist es, die Mieten zu senken.",
        "Diese Woche beginnen die Ferien in Hessen.",
        "Das Gesetz gilt ab Januar.",
        "Nur vier Minuten nach dem Start stürzte die Maschine ab.",
        "Nordkorea sei bereit zu helfen, sagte Kim am Mittwoch.",
        "Die Ministerin sagte, sie werde den Plan prüfen.",
        "Kim versprach, dass Nordkorea den Krieg unterstützen werde.",
        "„Ihre Soldaten haben mutig gekämpft“, so Putin.",
        "In seiner Rede lobte Putin die Soldaten.",
        "Die Ministerin verkaufte ihr Haus.",
        "Im Streit mit Putin warf Selenskyj ihm Lügen vor.",
        "Ein 68-Jähriger stürzte vom Dach seines Hauses.",
        "Anna Koch starb, der 53-Jährige am Steuer überlebte.",
        "„Wir haben nichts zu verbergen“, sagte der CDU-Chef Friedrich Merz im Bundestag.",
        "„Wir haben nichts zu verbergen“, sagte ein Sprecher der Polizei.",
        "Wir müssen sparen, sagte Finanzminister Lars Klingbeil.",
        "Schnitzer: Wir haben zu wenig in Bildung investiert.",
        "Die Opposition forderte, der Kanzler solle zurücktreten.",
    ],
)
def test_sentences_that_stand_alone(sentence: str) -> None:
    assert not read(sentence).leans


def test_a_leaning_sentence_brings_its_antecedent() -> None:
    text = (
        "Die Feuerwehr löschte in der Nacht einen Brand.\n"
        "Die Ministerin Anna Berg besuchte am Morgen das zerstörte Werk in Halle.\n"
        "Sie versprach den Arbeitern des zerstörten Werks in Halle schnelle Hilfe der Feuerwehr und der Stadt.\n"
        "Niemand wurde verletzt."
    )
    chosen = choose(text, 3)
    by_text = {choice.sentence.text[:14]: choice.role for choice in chosen}
    if "Sie versprach " in by_text:
        assert "Die Ministerin" in by_text
    assert all(choice.role == "chosen" for choice in choose(text, 1))


def test_a_quotation_over_two_sentences_is_kept_whole_or_left_out() -> None:
    text = (
        "Der Verein hat den Trainer entlassen. „Wir brauchen einen Neuanfang. Die Mannschaft hat mehr Talent“, sagte "
        "Präsidentin Eva Roth. Der Nachfolger soll am Montag vorgestellt werden. Die Fans protestierten am Stadion."
    )
    for count in range(1, 6):
        summary = " ".join(texts(text, count))
        assert summary.count("„") == summary.count("“")


def test_a_stray_quotation_mark_does_not_spoil_the_rest() -> None:
    text = (
        "Der Minister sagte „Nein zu dem Plan. Die Opposition kritisierte den Auftritt scharf. "
        "Im Landtag gab es am Abend eine Debatte. Die Abstimmung folgt am Freitag."
    )
    assert texts(text, 3) == [
        "Die Opposition kritisierte den Auftritt scharf.",
        "Im Landtag gab es am Abend eine Debatte.",
        "Die Abstimmung folgt am Freitag.",
    ]


def test_an_announcement_is_no_sentence_of_a_summary() -> None:
    text = (
        "Die Springerinnen trafen sich am Sonntag auf der Schanze in Oberstdorf:\n"
        "Das deutsche Team feierte einen doppelten Sieg. Platz drei ging an eine Springerin aus Norwegen."
    )
    assert not any(sentence.endswith(":") for sentence in texts(text, 3))


def test_swiss_quotation_marks() -> None:
    assert read("«Wir kommen wieder", quote_is_open=False).opens_quote
    assert not read("«Wir kommen wieder», sagte Bundesrat Cassis.").opens_quote


def test_the_dateline_is_left_out_and_the_offsets_stay_exact() -> None:
    text = "Berlin (dpa) – Die Bahn hat neue Züge bestellt.\nDie Auslieferung beginnt im Jahr 2028 in Bayern."
    chosen = choose(text, 1)
    assert chosen[0].sentence.text == "Die Bahn hat neue Züge bestellt."
    assert text[chosen[0].sentence.start : chosen[0].sentence.end] == chosen[0].sentence.text


def test_a_dash_inside_the_first_sentence_is_no_dateline() -> None:
    assert running_start("Der Kanzler – seit Mai im Amt – reist nach Paris.", at_top=True) == 0


def test_a_dateline_behind_the_teaser_or_as_a_sentence_of_its_own_is_left_out() -> None:
    ticket = "Karlsruhe (red). Auf der Autobahn ist ein Lastwagen umgekippt. Der Fahrer blieb unverletzt."
    assert texts(ticket, 2) == ["Auf der Autobahn ist ein Lastwagen umgekippt.", "Der Fahrer blieb unverletzt."]
    teaser = (
        "Für drei Menschen endet die Fahrt tödlich.\n\n"
        "Schönthal - Bei Unfällen in Bayern sind mehrere junge Menschen gestorben. Die Polizei ermittelt gegen alle."
    )
    assert "Bei Unfällen in Bayern sind mehrere junge Menschen gestorben." in texts(teaser, 3)


def test_what_an_interviewer_asks_is_no_statement_of_the_report() -> None:
    interview = (
        "SPIEGEL: Die Regierung will 500 Milliarden Euro ausgeben. Reicht das?\n\n"
        "Schnitzer: Geld allein löst keine Probleme. Die Verfahren dauern oft mehr als zehn Jahre."
    )
    assert texts(interview, 4) == [
        "Schnitzer: Geld allein löst keine Probleme.",
        "Die Verfahren dauern oft mehr als zehn Jahre.",
    ]


def test_the_title_draws_its_sentence() -> None:
    text = (
        "In Genf hat am Montag eine Konferenz begonnen. Vertreter aus vierzig Staaten nehmen teil. "
        "Die Schweiz will ihre Gletscher schützen. Im Saal gab es Kaffee und Gebäck."
    )
    assert "Gletscher" in " ".join(choice.sentence.text for choice in choose(text, 2, "Schweiz schützt Gletscher"))
    assert "Gletscher" not in " ".join(texts(text, 2))


def test_sentences_with_the_names_of_the_article_rank_higher() -> None:
    text = "Im Saal war es warm und laut. Im Saal sprach Merkel lang und laut."
    article = read_text(text)
    at = text.index("Merkel")
    merkel = Entity("e1", "PER", "Merkel", "Merkel", ("Merkel",), (Mention("Merkel", at, at + 6, "PER"),))
    ranks = [
        [choice.rank for choice in ExtractiveSummarizer().choose(article, segment(article), entities, Budget(2))]
        for entities in ((), (merkel,))
    ]
    assert ranks[1][1] > ranks[0][1]
    assert ranks[1][0] == ranks[0][0]


def test_the_same_every_time() -> None:
    text = " ".join(f"Die Stadt {name} baut eine neue Schule." for name in ("Ulm", "Gera", "Bonn", "Köln", "Trier"))
    assert choose(text, 3) == choose(text, 3)


class TestBadInput:
    def test_one_sentence(self) -> None:
        assert texts("Der Bundestag hat das Gesetz beschlossen.") == ["Der Bundestag hat das Gesetz beschlossen."]

    def test_only_quotations(self) -> None:
        text = "„Wir haben alles versucht“, sagte Anna Berg.\n„Das ist bitter“, sagte Jan Roth.\n„Danke“, so Berg."
        assert len(texts(text, 2)) == 2

    def test_one_long_quotation_is_better_than_nothing(self) -> None:
        text = "„Ich bin müde. Die Lage ist ernst. Niemand hilft uns. Wir warten auf Nachricht. Es ist kalt geworden.“"
        assert texts(text, 2)

    def test_only_headings(self) -> None:
        assert texts("Regierung stürzt\nNeuwahl im Herbst\nDie Chronik der Krise") == []

    def test_a_live_ticker(self) -> None:
        text = (
            "+++ 14:02 Kim in Peking eingetroffen +++\n"
            "14:05 Uhr: Die Delegation ist auf dem Weg in die Stadt.\n"
            "14.20 Uhr\n"
            "Der Konvoi erreicht den Platz unter starkem Polizeischutz.\n"
            "[14:31] Xi Jinping begrüßt die Gäste am Eingang der Halle.\n"
        )
        assert texts(text, 5) == [
            "Die Delegation ist auf dem Weg in die Stadt.",
            "Der Konvoi erreicht den Platz unter starkem Polizeischutz.",
            "Xi Jinping begrüßt die Gäste am Eingang der Halle.",
        ]

    def test_a_table(self) -> None:
        text = (
            "Die Preise sind im Oktober gestiegen, teilte das Statistikamt mit.\n"
            "Monat\tPreis\tÄnderung\nAugust\t1,89\t+0,2\nMilch | 1,05 | 1,15\n"
            "Am stärksten verteuerte sich Butter."
        )
        assert texts(text, 9) == [text.splitlines()[0], text.splitlines()[-1]]

    def test_captions_and_lines_of_the_page(self) -> None:
        text = "Der Kanzler reist nach Paris.\nFoto: dpa/Müller\nLesen Sie auch: Was geplant ist.\nEr bleibt zwei Tage."
        assert texts(text, 9) == ["Der Kanzler reist nach Paris.", "Er bleibt zwei Tage."]

    def test_more_sentences_wanted_than_there_are(self) -> None:
        text = "Die Bahn hat neue Züge bestellt. Die Auslieferung beginnt in Bayern."
        assert len(texts(text, 12)) == 2

    def test_twenty_copies_of_one_sentence(self) -> None:
        assert len(texts("\n".join(["Der Bundestag hat das Gesetz am Freitag beschlossen."] * 20), 12)) == 1

    def test_ten_thousand_sentences(self) -> None:
        lines = [f"Am Tag {number} fielen in Ort{number} genau {number} Liter Regen." for number in range(10_000)]
        chosen = choose("\n".join(lines), 12)
        assert len(chosen) == 12

    def test_no_sentences(self) -> None:
        article = Article("Regierung stürzt", (Block("headline", 0, 16),))
        assert ExtractiveSummarizer().choose(article, (), (), Budget(3)) == ()
