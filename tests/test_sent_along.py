"""Several mails that came along whole in one: each has its own sender, subject and day."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from playing import ADVICE, NOTE, REQUEST, Play, journal_of, mail, word

from pipeline.values import Filed, HeldPaper

DIRECTOR = "directie@zandhof.example"


@pytest.fixture
def around(tmp_path: Path) -> EmailMessage:
    """Two letters of the board, each with its own paper, sent along by a member of the council."""
    first = word(tmp_path / "Vakantierooster.docx", REQUEST)
    second = word(tmp_path / "Schooltijden.docx", ADVICE)
    sent = (
        mail("Instemmingsverzoek vakantierooster", NOTE, first, day="Mon, 02 Nov 2026 10:15:00 +0100"),
        mail("Schooltijden", NOTE, second, sender=DIRECTOR, day="Mon, 09 Nov 2026 10:15:00 +0100"),
    )
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "Bram Kuiper <b.kuiper@zandhof.example>"
    message["To"] = "mr@zandhof.example"
    message["Subject"] = "FW: twee brieven"
    message["Date"] = "Mon, 16 Nov 2026 10:15:00 +0100"
    message["Message-ID"] = "<twee@zandhof.example>"
    message.set_content("Ter info, twee brieven.")
    for content in sent:
        message.add_attachment(message_from_bytes(content, policy=policy.SMTP))
    return message


def papers(play: Play) -> dict[str, Filed | HeldPaper]:
    journal = journal_of(play)
    return {one.origin.name: one for one in (*journal["filed"], *journal["held"])}


@pytest.mark.parametrize("road", ["postbus", "Inkomend"])
def test_each_paper_is_of_the_mail_it_came_in(play: Play, around: EmailMessage, road: str) -> None:
    if road == "Inkomend":
        play.drop("twee.eml", around.as_bytes())
    else:
        play.post("twee.eml", around.as_bytes())
    play.once()
    told = {
        name: (one.origin.sender, one.origin.mail_subject, one.facts.sender, str(one.received.earliest))
        for name, one in papers(play).items()
    }
    board = "bestuur@zandhof.example"
    assert told == {
        "Vakantierooster.docx": (board, "Instemmingsverzoek vakantierooster", board, "2026-11-02"),
        "Schooltijden.docx": (DIRECTOR, "Schooltijden", DIRECTOR, "2026-11-09"),
    }
    assert not any(one.received.confirmed for one in papers(play).values())
