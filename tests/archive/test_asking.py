"""The mail that asks a sender for a readable copy."""

import datetime as dt

import pytest

from pipeline.archive import notes
from pipeline.values import Obstacle, Signature

SIGNED = Signature(
    signer="Anneke van Houten", signed_at=dt.datetime(2026, 11, 2, 23, 30, tzinfo=dt.UTC), intact=True
)


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (
            SIGNED,
            "Digitaal ondertekend door Anneke van Houten op 3 november 2026; sinds de ondertekening niet",
        ),
        (Signature(signer="", signed_at=None, intact=False), "De digitale handtekening klopt niet"),
        (
            Signature(signer="B. Kuiper", signed_at=None, intact=True, changed_since=True),
            "Digitaal ondertekend door B. Kuiper; daarna is er iets in het bestand toegevoegd of gewijzigd",
        ),
    ],
)
def test_a_signature_is_told_in_words(signature: Signature, words: str) -> None:
    """The day is the day in the Netherlands; a certificate is never called genuine."""
    heading, line = notes.signature_lines((signature,))
    assert heading == "Digitale handtekening:"
    assert line.startswith(f"- {words}")


def test_every_obstacle_has_its_words() -> None:
    from pipeline.archive import asking  # noqa: PLC0415

    wanted = set(Obstacle) - {Obstacle.NONE}
    assert set(asking._WHY) == wanted
    assert set(asking._WANTED) == wanted
