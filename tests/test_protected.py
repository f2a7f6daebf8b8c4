"""Confidential editions, for one member alone: behind her password, with her name on every page."""

import io
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pytest
from playing import COUNCIL, MEETING, MEMBERS, Play, copy_council, journal_of, sheet, word

from pipeline import flow
from pipeline.values import DispatchState, MeetingPlace, Place

PASSWORD = "Wilgenlaan-77"  # noqa: S105  # a made-up one
HEADS = ("naam", "aanhef", "e-mail", "geleding", "commissies", "bezorging", "wachtwoord", "naam op stuk")


def members(play: Play, **own: tuple[str, str]) -> None:
    """Write leden.xlsx with a password and ``naam op stuk`` for these first names."""
    rows = tuple((*row, *own.get(row[0].split()[0], ("", ""))) for row in MEMBERS)
    sheet(play.place(Place.INSTELLINGEN) / "leden.xlsx", HEADS, rows)


@pytest.fixture
def play(new_council: Play, tmp_path: Path) -> Play:
    """Noor is in the PMR with a password and her name, Tijs wants both on what is not confidential."""
    made = copy_council(new_council, tmp_path / "raad")
    members(made, Noor=(PASSWORD, "ja"), Tijs=("Kastanjelaan-12", "ja"))
    word(made.meeting / "03 Formatieplan" / "a Toelichting.docx", ("Toelichting op het formatieplan",))
    secret = made.meeting / "03 Formatieplan" / "vertrouwelijk PMR"
    word(secret / "b Namenlijst.docx", ("Namen van wie boventallig wordt",))
    made.once()
    return made


def mails(play: Play) -> dict[str, EmailMessage]:
    """Give the mails with a file by first letter of the address."""
    found = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails())
    return {str(one["To"].addresses[0].username): one for one in found if list(one.iter_attachments())}


def attached(mail: EmailMessage) -> tuple[str, bytes]:
    (file,) = mail.iter_attachments()
    return str(file.get_filename()), file.get_content()


def text_of(content: bytes, password: str | None = None) -> str:
    document = pypdfium2.PdfDocument(content, password=password)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_confidential_edition_goes_behind_her_password_with_her_name(play: Play) -> None:
    play.approve()
    play.once()
    name, content = attached(mails(play)["n.willems"])
    assert name == f"{MEETING} - PMR.pdf"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(content))
    text = text_of(content, PASSWORD)
    assert "Namen van wie boventallig wordt" in text
    assert text.count("Exemplaar van Noor Willems") == len(pypdfium2.PdfDocument(content, password=PASSWORD))
    body = mails(play)["n.willems"].get_body(("plain",)).get_content().replace("\n", " ")
    assert "alleen met het wachtwoord dat u van de secretaris heeft gekregen" in body


def test_what_is_not_confidential_goes_as_it_always_did(play: Play) -> None:
    play.approve()
    play.once()
    _, content = attached(mails(play)["t.hofman"])
    assert "Exemplaar van" not in text_of(content)


def test_a_closed_item_makes_the_edition_of_all_confidential(play: Play) -> None:
    word(play.meeting / "05 Personeel [besloten]" / "a Brief.docx", ("Een brief over een persoon",))
    play.once()
    play.approve()
    play.once()
    assert "Exemplaar van Tijs Hofman" in text_of(attached(mails(play)["t.hofman"])[1], "Kastanjelaan-12")
    assert "Exemplaar van" not in text_of(attached(mails(play)["b.kuiper"])[1])


def test_the_row_knows_the_copy_and_nothing_knows_the_password(play: Play) -> None:
    play.approve()
    play.once()
    (row,) = [one for one in journal_of(play)["dispatches"] if one.is_personal]
    assert (row.protected, row.named, row.state) == (True, True, DispatchState.VERZONDEN)
    _, content = attached(mails(play)["n.willems"])
    whole = play.meeting / MeetingPlace.VERSTUURD / f"{MEETING} - PMR.pdf"
    assert whole.read_bytes() != content
    assert not list((play.data / "verzending").rglob("*.pdf"))
    for path in (one for one in play.base.rglob("*") if one.is_file()):
        assert PASSWORD.encode() not in path.read_bytes(), path.name
    book = openpyxl.load_workbook(whole.with_name(f"Verzendbewijs - {MEETING} - PMR.xlsx"))
    shown = " ".join(str(cell.value) for row in book.active.iter_rows() for cell in row)
    assert "Beveiligd met een wachtwoord, met naam op iedere bladzijde" in shown
    assert PASSWORD not in shown


def test_the_announcement_says_who_gets_a_copy_of_her_own(play: Play) -> None:
    play.settings(COUNCIL.replace("bedenktijd_minuten = 0", "bedenktijd_minuten = 10"))
    play.once()
    play.approve()
    play.once()
    notes = [path.read_text("utf-8-sig") for path in (play.meeting / "Versturen").glob("*PMR*.txt")]
    assert "Noor Willems <n.willems@zandhof.example> (beveiligd met een wachtwoord" in notes[0]


def test_a_confidential_concept_goes_to_the_chair_behind_the_password_of_that_member(play: Play) -> None:
    """The secretary made it and gets her own trial as it is."""
    for place, who in ((MeetingPlace.VOORZITTER, "b.kuiper"), (MeetingPlace.PROEF, "s.vermeer")):
        told = tuple((*row[:4], "PMR", row[5], "Wilgenlaan-78", "") for row in MEMBERS)
        sheet(play.place(Place.INSTELLINGEN) / "leden.xlsx", HEADS, told)
        play.once()
        (concept,) = [path for path in play.concepts() if " PMR " in path.name]
        concept.rename(play.meeting / place / concept.name)
        play.once()
        _, content = attached(mails(play)[who])
        password = "Wilgenlaan-78" if place is MeetingPlace.VOORZITTER else None
        assert ("Namen van wie boventallig wordt" in text_of(content, password)) is True
        if password:
            with pytest.raises(pikepdf.PasswordError):
                pikepdf.open(io.BytesIO(content))


def begun(play: Play) -> Path:
    """Approve, and work until the messages are planned and none has left; give the final file."""
    play.approve()
    whole = play.meeting / MeetingPlace.VERSTUURD / f"{MEETING} - PMR.pdf"
    with play.office() as office:
        flow.look_around(office, quiet_seconds=0)
        while not whole.is_file():
            job = office.journal.claim()
            assert job is not None
            flow.handle(job, office)
    return whole


def test_without_the_password_it_never_goes_and_with_a_new_one_it_does(play: Play) -> None:
    """Also when it vanishes between the final file and the message."""
    begun(play)
    members(play, Noor=("", ""), Tijs=("Kastanjelaan-12", "ja"))
    play.once()
    (row,) = [one for one in journal_of(play)["dispatches"] if one.is_personal]
    assert (row.state, "geen wachtwoord meer" in row.reason) == (DispatchState.AANGEHOUDEN, True)
    assert "n.willems" not in mails(play)
    members(play, Noor=("Populierenhof-3", ""), Tijs=("Kastanjelaan-12", "ja"))
    play.once()
    assert "Exemplaar van Noor" in text_of(attached(mails(play)["n.willems"])[1], "Populierenhof-3")


def test_a_changed_final_file_is_not_copied(play: Play) -> None:
    whole = begun(play)
    whole.write_bytes(whole.read_bytes() + b"%")
    play.once()
    assert "n.willems" not in mails(play)
    (row,) = [one for one in journal_of(play)["dispatches"] if one.is_personal]
    assert row.state is DispatchState.AANGEHOUDEN


def test_who_gets_a_confidential_edition_without_a_password_is_told_before(play: Play) -> None:
    """Only when somebody else has one; and it keeps nothing from being approved."""
    assert not (play.bundle / "LET OP.txt").exists()
    word(play.meeting / "05 Personeel [besloten]" / "a Brief.docx", ("Een brief over een persoon",))
    play.once()
    told = (play.bundle / "LET OP.txt").read_text("utf-8-sig")
    assert "Editie leden is vertrouwelijk. Bram Kuiper krijgt het bestand zonder wachtwoord" in told
    assert "Wil Dekker" not in told  # on paper
    play.approve()
    play.once()
    assert len(mails(play)) == len(MEMBERS) - 1


def test_nobody_needs_a_password_when_nobody_has_one(play: Play) -> None:
    word(play.meeting / "05 Personeel [besloten]" / "a Brief.docx", ("Een brief over een persoon",))
    members(play)
    play.once()
    assert not (play.bundle / "LET OP.txt").exists()


def test_a_weak_password_is_told_and_not_shown(play: Play) -> None:
    members(play, Noor=("geheim", ""), Tijs=("", "misschien"))
    play.once()
    told = (play.bundle / "LET OP.txt").read_text("utf-8-sig")
    assert "kolom wachtwoord: dit wachtwoord is te kort" in told
    assert "geheim" not in told
    assert "'misschien' is niet bekend" in told


def test_a_password_that_vanishes_after_the_approval_cancels_it(play: Play) -> None:
    """Approval binds that there is one, without knowing it."""
    play.approve()
    with play.office() as office:
        flow.look_around(office, quiet_seconds=0)
    members(play, Noor=("", "ja"))
    play.once()
    assert "n.willems" not in mails(play)
