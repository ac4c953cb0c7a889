"""Dates, sums and quantities as a newspaper prints them."""

from __future__ import annotations

import pytest

from service.entities.model import Mention
from service.entities.values import recognize_values


def found(text: str) -> list[tuple[str, str]]:
    mentions = recognize_values(text)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    return [(mention.text, mention.type) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Am 20. Mai 2024 tagte der Rat.", ["20. Mai 2024"]),
        ("Sie kommt am Sonntag, dem 3. März.", ["Sonntag, dem 3. März"]),
        ("vom 1. bis 3. Oktober", ["1. bis 3. Oktober"]),
        ("Anfang November und Ende 2023", ["Anfang November", "Ende 2023"]),
        ("am 03.05.2021 und am 3.5.", ["03.05.2021", "3.5."]),
        ("Vertrag von 2024, in den 1990er Jahren", ["2024", "1990er Jahren"]),
        ("am Samstagabend um 15.30 Uhr", ["Samstagabend", "15.30 Uhr"]),
        ("im Juni unterzeichnet", ["Juni"]),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert found(text) == [(date, "DATE") for date in dates]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("Der Konzern zahlt 3,2 Milliarden Euro.", ["3,2 Milliarden Euro"]),
        ("zwischen 5 und 10 Millionen Euro", ["5 und 10 Millionen Euro"]),
        ("8,7 Mrd. US-Dollar für den Bau", ["8,7 Mrd. US-Dollar"]),
        ("€ 500, 20 Cent und 1.200,50 €", ["€ 500", "20 Cent", "1.200,50 €"]),
        ("drei Millionen Franken", ["drei Millionen Franken"]),
        ("ein 500-Euro-Schein", ["500-Euro"]),
    ],
)
def test_sums_of_money(text: str, sums: list[str]) -> None:
    assert found(text) == [(value, "MONEY") for value in sums]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("mehr als 10.000 Soldaten", ["10.000"]),
        ("20 bis 30 Prozent der Wähler", ["20 bis 30 Prozent"]),
        ("12,5% mehr", ["12,5%"]),
        ("eine Million Menschen", ["eine Million"]),
        ("dreiundzwanzig Jahre alt", ["dreiundzwanzig Jahre"]),
        ("zwei Drittel der Abgeordneten, die Hälfte der Zeit", ["zwei Drittel", "die Hälfte"]),
        ("1989 Tonnen Getreide", ["1989 Tonnen"]),
        ("2 000 Tonnen Getreide", ["2 000 Tonnen"]),
        ("bei -5 Grad", ["-5 Grad"]),
        ("ein 30-jähriger Mann", ["30"]),
        ("das Doppelte ist doppelt so viel", ["Doppelte", "doppelt"]),
    ],
)
def test_quantities(text: str, quantities: list[str]) -> None:
    assert found(text) == [(quantity, "QUANTITY") for quantity in quantities]


@pytest.mark.parametrize(
    "text", ["ein Mann, der erste, beide", "Covid-19", "Zweifel, Achtung, Dreierbund", "Maier im Märzen", "", "B2B"]
)
def test_what_is_no_value(text: str) -> None:
    assert found(text) == []


def test_a_number_inside_a_name_is_no_quantity() -> None:
    text = "Apollo 11 flog 3 Tage."
    name = Mention("Apollo 11", 0, 9, "MISC")
    assert [mention.text for mention in recognize_values(text, [name])] == ["3 Tage"]


def test_a_long_row_of_digits_is_read_in_good_time() -> None:
    assert recognize_values("1 " * 20_000)
    assert recognize_values("1" * 20_000)
    assert recognize_values("1." * 20_000)


def test_a_soft_hyphen_parts_no_sum() -> None:
    text = "Die Stadt zahlt 20 Mil\xadlionen Euro am 3. No\xadvember."
    found = [(mention.type, mention.text) for mention in recognize_values(text)]
    assert found == [("MONEY", "20 Mil\xadlionen Euro"), ("DATE", "3. No\xadvember")]
    assert all(text[mention.start : mention.end] == mention.text for mention in recognize_values(text))
