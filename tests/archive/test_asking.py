"""The mail that asks a sender for a readable copy."""

import datetime as dt

import pytest
from received import RECEIVED

from pipeline.archive import asking, notes
from pipeline.archive.steps import CAN_BE_ASKED
from pipeline.contexts import ReadableCopyMailContext
from pipeline.values import Address, Council, Facts, Held, HeldPaper, Obstacle, Origin, Signature

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


def test_everything_a_sender_can_take_away_has_its_words() -> None:
    assert set(asking._WHY) == set(asking._WANTED) == CAN_BE_ASKED


COUNCIL = Council(
    name="MR De Zandhof", short="MR", organ="mr", regime="wms-po", region="noord", board="Stichting Zandhof",
    mailbox=Address(email="mr@zandhof.example"), secretary=Address(email="s@zandhof.example", name="Sanne"),
    chair=Address(email="v@zandhof.example"), own_addresses=(), relations=(), groups=(), pause_minutes=0,
    fixed_items=(), closing_items=(), papers_days_before=7, public_edition=False,
)  # fmt: skip


def asked(name: str, obstacle: Obstacle) -> ReadableCopyMailContext:
    paper = HeldPaper(
        origin=Origin(arrival="a", part="2", name=name),
        sha256="0" * 64,
        place=name,
        verdict=Held(judgement=None, reasons=("x",)),
        facts=Facts(),
        received=RECEIVED,
        obstacle=obstacle,
        correspondent=Address(email="info@x.example", name="no-reply CvB Beheer"),
    )
    return asking.readable_copy(paper, COUNCIL)


def test_the_name_that_a_mail_gives_its_sender_is_no_greeting() -> None:
    assert asked("a.pdf", Obstacle.PASSWORD).aanhef == "Geachte heer/mevrouw"


def test_a_photo_is_called_a_photo() -> None:
    """And of a paper without words it is not said that there is nothing in it."""
    assert asked("IMG_1.JPG", Obstacle.DAMAGED).waarom.startswith("De foto is beschadigd")
    assert asked("brief.docx", Obstacle.DAMAGED).waarom.startswith("Het bestand is beschadigd")
    assert "alleen uit afbeeldingen" in asked("scan.docx", Obstacle.NO_TEXT).waarom
