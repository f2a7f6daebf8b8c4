"""Only what is plainly a yes is one."""

import pytest

from pipeline.dispatch.confirming import says_yes


@pytest.mark.parametrize(
    "text",
    [
        "akkoord",
        "Akkoord.",
        "  Ja, akkoord\n\nSanne",
        "Ja",
        "Oké!",
        "Klopt, dank.",
        "Hallo,\n\nAkkoord.\n\nGroet, Sanne",
        "De adressen kloppen.",
    ],
)
def test_a_plain_yes(text: str) -> None:
    assert says_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nee",
        "Niet akkoord",
        "Akkoord, maar niet het adres van Jan",
        "Ja? Wie is dat?",
        "Jan heeft een ander adres",
        "Jammer, dit adres ken ik niet",
        "Ik kijk er morgen naar",
        "Akkoordverklaring volgt",
        "Wacht even, akkoord geef ik morgen",
        "Akkoord. " + "Verder wil ik nog het volgende zeggen. " * 20,
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not says_yes(text)
