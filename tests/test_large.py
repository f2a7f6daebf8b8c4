"""A bundle that is too large for one mail: smaller pictures, then parts, told beforehand; else it is held."""

import io
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from large_files import album
from playing import MACHINE, MEETING, Play, copy_council, journal_of, proof, word

from pipeline import flow
from pipeline.dispatch.parcels import room
from pipeline.edges import files
from pipeline.values import DispatchState, MeetingPlace, SendPurpose

WHOLE = f"{MEETING} - leden.pdf"
SMALLER = f"{MEETING} - leden - verkleind.pdf"
MAILED = ["Bram Kuiper", "Noor Willems", "Tijs Hofman"]


def with_limit(play: Play, megabytes: int) -> None:
    machine = MACHINE.replace("[verzending]\n", f"[verzending]\ngrootste_bericht_mb = {megabytes}\n")
    files.write(play.data / "dienst.toml", machine.encode())


def prepared(new_council: Play, base: Path, megabytes: int, *counts: int) -> Play:
    """A council with a concept that holds papers of so many photographs, each in an item of its own."""
    play = copy_council(new_council, base / "raad")
    with_limit(play, megabytes)
    for number, count in enumerate(counts, start=3):
        album(play.meeting / f"{number:02} Punt {number}" / "a Album.pdf", count, first_seed=10 * number)
    word(play.meeting / "09 Formatieplan" / "a Toelichting.docx", ("Toelichting op het formatieplan",))
    play.once()
    return play


def note(play: Play) -> str:
    return (play.bundle / "LET OP.txt").read_text("utf-8-sig")


def messages(play: Play, to: str = "") -> list[EmailMessage]:
    """Give the mails with a file, in the order of their subject."""
    found = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails())
    return sorted(
        (one for one in found if list(one.iter_attachments()) and to in str(one["To"])),
        key=lambda one: str(one["Subject"]),
    )


def attached(mail: EmailMessage) -> tuple[str, bytes]:
    (file,) = mail.iter_attachments()
    return str(file.get_filename()), file.get_content()


# --- smaller pictures ------------------------------------------------------------------


@pytest.fixture(scope="module")
def shrunk(new_council: Play, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """What became of a bundle of three photographs with a limit of 2 MB."""
    play = prepared(new_council, tmp_path_factory.mktemp("kleiner"), 2, 2, 1)
    play.approve()
    play.once()
    return play


def test_what_fits_goes_as_it_always_did(new_council: Play, tmp_path: Path) -> None:
    play = prepared(new_council, tmp_path, 20, 1)
    assert not (play.bundle / "LET OP.txt").exists()
    play.approve()
    play.once()
    assert {attached(one)[0] for one in messages(play)} == {WHOLE}


def test_a_bundle_that_is_too_large_goes_with_smaller_pictures(shrunk: Play) -> None:
    sent = messages(shrunk)
    assert len(sent) == len(MAILED)
    for one in sent:
        name, content = attached(one)
        assert name == SMALLER
        assert len(one.as_bytes()) < 2_000_000
        assert "verkleind tot 150 dpi" in one.get_body(("plain",)).get_content().replace("\n", " ")
        assert len(content) <= room(2)


def test_it_is_told_before_the_approval_in_the_announcement_and_on_the_proof(shrunk: Play) -> None:
    assert "De afbeeldingen worden verkleind tot 150 dpi." in note(shrunk)
    texts = [path.read_text("utf-8", "replace") for path in shrunk.mails()]
    assert any("150 dpi" in text and "Wordt verzonden" in text for text in texts)
    listed = shrunk.meeting / MeetingPlace.VERSTUURD / f"Verzendbewijs - {Path(WHOLE).stem}.xlsx"
    book = openpyxl.load_workbook(listed)
    shown = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert "Gemaild: afbeeldingen verkleind tot 150 dpi" in shown


def test_the_whole_bundle_is_kept_and_printed(shrunk: Play) -> None:
    whole = shrunk.meeting / MeetingPlace.VERSTUURD / WHOLE
    printed = shrunk.meeting / "Afdrukken" / WHOLE
    assert whole.read_bytes() == printed.read_bytes()
    assert whole.stat().st_size > 4 * (whole.parent / SMALLER).stat().st_size


def test_smaller_pages_hold_the_same_text(shrunk: Play) -> None:
    sent = shrunk.meeting / MeetingPlace.VERSTUURD
    with pikepdf.open(sent / WHOLE) as before, pikepdf.open(sent / SMALLER) as after:
        assert len(before.pages) == len(after.pages)
        for one, other in zip(before.pages, after.pages, strict=True):
            texts = [[part.read_bytes() for part in page.Contents] for page in (one, other)]
            assert texts[0] == texts[1]


# --- parts -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def parted(new_council: Play, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """A concept that must go in parts: three papers that fit alone, with a limit of 1 MB."""
    return prepared(new_council, tmp_path_factory.mktemp("delen"), 1, 3, 3, 3)


@pytest.fixture(scope="module")
def sent(parted: Play, tmp_path_factory: pytest.TempPathFactory) -> Play:
    play = copy_council(parted, tmp_path_factory.mktemp("verstuurd") / "raad")
    play.approve()
    play.once()
    return play


def test_every_member_gets_each_part_once(sent: Play) -> None:
    for address in ("b.kuiper@", "n.willems@", "t.hofman@"):
        mails = messages(sent, address)
        assert [attached(one)[0] for one in mails] == [
            f"{MEETING} - leden - deel {n} van 3.pdf" for n in (1, 2, 3)
        ]
        for number, one in enumerate(mails, start=1):
            assert str(one["Subject"]).endswith(f"(deel {number} van 3)")
            assert f"Dit is deel {number} van 3" in one.get_body(("plain",)).get_content()
            assert len(one.as_bytes()) < 1_000_000
    sent.once()
    assert len(messages(sent)) == 3 * len(MAILED)


def test_parts_hold_every_page_once_with_numbers_that_go_on(sent: Play) -> None:
    pages, first = 0, []
    for _, content in map(attached, messages(sent, "n.willems@")):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            first.append(int(pdf.Root.PageLabels.Nums[1].St))
            assert first[-1] == pages + 1
            pages += len(pdf.pages)
            assert "/Outlines" in pdf.Root
    with pikepdf.open(sent.meeting / MeetingPlace.VERSTUURD / WHOLE) as whole:
        assert pages == len(whole.pages)


def test_each_part_has_its_own_row_and_proof(sent: Play) -> None:
    rows = [one for one in journal_of(sent)["dispatches"] if one.parts]
    assert sorted((one.member, one.part) for one in rows) == [(name, n) for name in MAILED for n in (1, 2, 3)]
    assert {one.state for one in rows} == {DispatchState.VERZONDEN}
    for one in rows:
        found = proof(sent.meeting / MeetingPlace.VERSTUURD / "bewijs" / f"{one.id}.json")
        assert (found["file"], found["sha256"], found["part"]) == (one.file, one.sha256, one.part)
    (paper,) = [one for one in journal_of(sent)["dispatches"] if one.state is DispatchState.AFDRUK]
    assert (paper.file, paper.parts) == (WHOLE, 0)


def test_parts_are_told_beforehand(parted: Play, sent: Play) -> None:
    assert "Ieder lid krijgt de stukken in 3 berichten: deel 1 bladzijde 1 tot en met" in note(parted)
    (told,) = [
        one.get_body(("plain",)).get_content()
        for one in (message_from_bytes(path.read_bytes(), policy=policy.default) for path in sent.mails())
        if str(one["Subject"]).startswith("Wordt verzonden")
    ]
    assert "in 3 berichten" in told
    assert "Per mail (3)" in told


def test_after_a_crash_between_parts_each_part_goes_once(parted: Play, tmp_path: Path) -> None:
    play = copy_council(parted, tmp_path / "raad")
    play.approve()
    with play.office() as office:
        flow.look_around(office, quiet_seconds=0)
        count = 0
        while len(play.mails()) < 5 and count < 40:
            job = office.journal.claim()
            assert job is not None
            flow.handle(job, office)
            count += 1
    play.once()
    assert len(messages(play)) == 3 * len(MAILED)


def test_a_trial_of_a_large_concept_goes_in_parts_too(parted: Play, tmp_path: Path) -> None:
    play = copy_council(parted, tmp_path / "raad")
    (moved,) = play.approve(MeetingPlace.PROEF)
    play.once()
    assert [attached(one)[0] for one in messages(play, "s.vermeer@")] == [
        f"{moved.stem} - deel {n} van 3.pdf" for n in (1, 2, 3)
    ]
    assert not list((play.data / "verzending").glob("*/*"))
    (sending,) = [one for one in journal_of(play)["sendings"] if one.purpose is SendPurpose.PROEF]
    assert len(sending.files) == 3


# --- too large -------------------------------------------------------------------------


def test_a_paper_above_the_limit_blocks_approval(new_council: Play, tmp_path: Path) -> None:
    play = prepared(new_council, tmp_path, 1, 1, 8)
    told = note(play)
    assert "kan nog niet worden goedgekeurd" in told
    assert "Stuk 4.1 is 1,4 MB, te groot om te mailen" in told
    play.approve()
    play.once()
    assert messages(play) == []
    reason = (play.bundle / f"{MEETING} - leden - concept 1 - niet verzonden.txt").read_text("utf-8-sig")
    assert "Stuk 4.1" in reason
    assert play.concepts()


def test_another_limit_weighs_the_same_concept_again(new_council: Play, tmp_path: Path) -> None:
    play = prepared(new_council, tmp_path, 1, 1, 8)
    with_limit(play, 50)
    play.once()
    assert not (play.bundle / "LET OP.txt").exists()
    play.approve()
    play.once()
    assert {attached(one)[0] for one in messages(play)} == {WHOLE}
