"""An arrival as a whole: which of its papers the subject of the mail is about."""

from email.message import EmailMessage

import pytest

from pipeline.edges.mail.opening import open_up
from pipeline.edges.reading import read
from pipeline.intake.apply import take_apart


def subjects(note: str, *papers: tuple[str, str]) -> dict[str, str]:
    """Give the subject found for each part of a mail about the flexrooster, by name."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "cvb@veenrijk.example", "Flexrooster"
    mail.set_content(note)
    for name, text in papers:
        mail.add_attachment(text, filename=name)
    taken = take_apart(
        mail.as_bytes(), "bericht.eml", opener=open_up, reader=read, known=frozenset(), seen_on=None
    )
    return {one.part.name: one.facts.subject for one in taken.documents if one.is_paper}


LETTER, TABLE = "Geachte leden,\n\nDit is de brief.\n", "Cijfers van de school.\n"


@pytest.mark.parametrize(
    ("papers", "found"),
    [
        ([("brief.txt", LETTER)], {"brief.txt": "Flexrooster"}),
        ([("bijlage 1.txt", TABLE)], {"bijlage 1.txt": "Flexrooster"}),
        ([("brief.txt", LETTER), ("cijfers.txt", TABLE)], {"brief.txt": "Flexrooster", "cijfers.txt": ""}),
        (
            [("Bijlage 1.txt", TABLE), ("brief.txt", LETTER)],
            {"Bijlage 1.txt": "", "brief.txt": "Flexrooster"},
        ),
        (
            [("brief.txt", "Betreft: pilot\n\n" + LETTER), ("cijfers.txt", TABLE)],
            {"brief.txt": "Pilot", "cijfers.txt": ""},
        ),
    ],
)
def test_only_the_first_paper_is_about_what_the_mail_is_about(
    papers: list[tuple[str, str]], found: dict[str, str]
) -> None:
    """An annex says itself what it is about, or keeps its own title."""
    assert subjects("Zie bijlage.", *papers) == found


def test_a_mail_that_is_itself_the_letter_keeps_its_subject() -> None:
    note = "Geachte leden,\n\n" + "Wij hebben het rooster met de scholen besproken en zijn het eens. " * 20
    assert subjects(note, ("cijfers.txt", TABLE)) == {"": "Flexrooster", "cijfers.txt": ""}
