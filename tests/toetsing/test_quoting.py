"""Sentences quoted as they stand in the letter."""

import pytest

from pipeline.folding import zone_of
from pipeline.phrases import read_phrase
from pipeline.toetsing.quoting import quote

LONG = f"Wij {'vragen ' * 60}advies over het plan {'en meer ' * 60}. Slot."


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Eerste zin. Hier staat advies in. Derde zin.", "advies", "Hier staat advies in."),
        ("Wij vragen advies. Groet.", "advies", "Wij vragen advies."),
        ("Beste MR\nGraag advies (artikel 11 WMS). Dank!", "advies", "Graag advies (artikel 11 WMS)."),
        ("Volgens art. 11 lid 1 vragen wij advies.", "advies", "Volgens art. 11 lid 1 vragen wij advies."),
        ("Mevrouw A. de Wit geeft advies.", "advies", "Mevrouw A. de Wit geeft advies."),
        ("Kan dat? Wij vragen advies! Dank.", "advies", "Wij vragen advies!"),
        ("Het bedrag is € 1.500,00. Graag advies.", "bedrag", "Het bedrag is € 1.500,00."),
        ("Niets.", "advies", ""),
    ],
)
def test_a_sentence_ends_where_it_ends(text: str, phrase: str, expected: str) -> None:
    assert quote((read_phrase(phrase),), zone_of(text)) == expected


def test_a_long_sentence_is_cut_at_whole_words_around_what_was_found() -> None:
    found = quote((read_phrase("advies"),), zone_of(LONG))
    assert len(found) <= 240
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert "advies over het plan" in found
    assert set(found.split()) <= {*LONG.split(), "…"}


def test_cues_go_in_their_order_not_in_that_of_the_text() -> None:
    cues = (read_phrase("beweegreden*"), read_phrase("omdat"))
    assert quote(cues, zone_of("Omdat het moet. De beweegredenen.")) == "De beweegredenen."
