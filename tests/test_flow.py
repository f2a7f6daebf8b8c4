"""What people decide by moving files, and what must never leave: both roads, played on a small council."""

from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from playing import (
    ANNEX,
    BOARD,
    COUNCIL,
    MEETING,
    NOTE,
    REQUEST,
    Play,
    copy_council,
    journal_of,
    mail,
    sheet,
    word,
)

from pipeline.values import Kind, MeetingPlace, Place, ProcedureState

STRANGER = "iemand@ergens.example"


def post_request(play: Play, tmp_path: Path, *, sender: str = BOARD, with_annex: bool = True) -> None:
    request = word(tmp_path / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    annex = word(tmp_path / "Bijlage rooster.docx", ANNEX)
    papers = (request, annex) if with_annex else (request,)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster 2027-2028", NOTE, *papers, sender=sender))
    play.once()


def held_paths(play: Play) -> dict[str, Path]:
    return {one.origin.name: play.place(Place.TE_BEOORDELEN, one.place) for one in journal_of(play)["held"]}


def filed_in(play: Play) -> list[tuple[str, Kind]]:
    return [(paper.kenmerk, paper.kind) for paper in journal_of(play)["filed"]]


def move(path: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return path.rename(folder / path.name)


def events(play: Play) -> list[str]:
    return [line.event for line in journal_of(play)["lines"]]


# --- decisions -------------------------------------------------------------------------


def test_moving_a_held_request_decides_it_with_its_annex(play: Play, tmp_path: Path) -> None:
    """The annex waited for it and follows; the procedure starts; nothing is left lying."""
    post_request(play, tmp_path, sender=STRANGER)
    held = held_paths(play)
    assert len(held) == 2
    request = held["Instemmingsverzoek vakantierooster.docx"]
    move(request, play.place(Place.TE_BEOORDELEN, "Instemmingsverzoek"))
    assert play.once() == ()
    assert [number for number, _ in filed_in(play)] == ["2026-0001-01", "2026-0001-02"]
    (procedure,) = journal_of(play)["procedures"]
    assert procedure.kind is Kind.INSTEMMINGSVERZOEK
    assert not [path for path in play.place(Place.TE_BEOORDELEN).rglob("*") if path.is_file()]
    assert play.place(Place.BRIEVEN_CONCEPT, "2026-0001 Ontvangstbevestiging - concept.docx").is_file()
    mails = list(play.place(Place.ARCHIEF).rglob("Mail/*.eml"))
    assert len(mails) == 1


def test_a_held_paper_that_vanishes_is_laid_back(play: Play, tmp_path: Path) -> None:
    post_request(play, tmp_path, sender=STRANGER)
    for path in held_paths(play).values():
        path.unlink()
    play.once()
    assert all(path.is_file() for path in held_paths(play).values())


def test_a_fresh_file_in_the_folder_of_a_kind_is_decided_at_once(play: Play) -> None:
    (play.place(Place.TE_BEOORDELEN, "Notulen") / "Van gisteren.txt").write_bytes(b"Wie neemt er taart mee?")
    assert play.once() == ()
    assert filed_in(play) == [("2026-0001-01", Kind.NOTULEN)]
    assert not [path for path in play.place(Place.TE_BEOORDELEN).rglob("*") if path.is_file()]


def test_a_paper_for_a_dossier_goes_there(play: Play, tmp_path: Path) -> None:
    """A folder ``Bij 2026-0001 …`` is the decision that it belongs there."""
    post_request(play, tmp_path)
    play.drop("vraag.txt", b"Wie neemt er taart mee?")
    play.once()
    path = held_paths(play)["vraag.txt"]
    move(path, play.place(Place.TE_BEOORDELEN, "Bij 2026-0001 Vakantierooster"))
    assert play.once() == ()
    assert [number for number, _ in filed_in(play)][-1] == "2026-0001-03"
    assert len(journal_of(play)["dossiers"]) == 1


def test_a_mail_that_names_a_dossier_goes_there(play: Play, tmp_path: Path) -> None:
    post_request(play, tmp_path)
    paper = word(tmp_path / "Besluit vakantierooster.docx", ("Notulen van het overleg", *REQUEST[:2]))
    play.post("2.eml", mail("Re: 2026-0001 notulen van het overleg", NOTE, paper))
    play.once()
    assert {number[:9] for number, _ in filed_in(play)} == {"2026-0001"}


# --- taking back -----------------------------------------------------------------------


def take_back(play: Play) -> None:
    filed = next(play.place(Place.ARCHIEF).rglob("2026-0001-01*.docx"))
    (play.place(Place.TERUG_TE_DRAAIEN) / "kopie.docx").write_bytes(filed.read_bytes())
    play.once()


def test_taking_back_undoes_filing_letter_and_procedure(play: Play, tmp_path: Path) -> None:
    post_request(play, tmp_path)
    take_back(play)
    journal = journal_of(play)
    assert [one.state for one in journal["procedures"]] == [ProcedureState.TERUGGEDRAAID]
    assert not list(play.place(Place.BRIEVEN_CONCEPT).iterdir())
    assert not list(play.place(Place.ARCHIEF).rglob("2026-0001-01*"))
    assert not list(play.place(Place.TERUG_TE_DRAAIEN).iterdir())
    assert [one.origin.name for one in journal["held"]] == ["Instemmingsverzoek vakantierooster.docx"]
    assert "undone" in events(play)


def test_what_was_taken_back_can_be_decided_and_taken_back_again(play: Play, tmp_path: Path) -> None:
    """Numbers are not given twice, and the second decision starts the procedure anew."""
    post_request(play, tmp_path, with_annex=False)
    for serial in ("0001", "0002", "0003"):
        assert [number for number, _ in filed_in(play)] == [f"2026-{serial}-01"]
        running = [
            one for one in journal_of(play)["procedures"] if one.state is not ProcedureState.TERUGGEDRAAID
        ]
        assert [one.dossier for one in running] == [f"2026-{serial}"]
        filed = next(play.place(Place.ARCHIEF).rglob(f"2026-{serial}-01*.docx"))
        (play.place(Place.TERUG_TE_DRAAIEN) / filed.name).write_bytes(filed.read_bytes())
        play.once()
        assert filed_in(play) == []
        (path,) = held_paths(play).values()
        move(path, play.place(Place.TE_BEOORDELEN, "Instemmingsverzoek"))
        play.once()


def test_a_letter_that_was_edited_survives(play: Play, tmp_path: Path) -> None:
    """The concept letter is hers once it lies there: a later run leaves it as she saved it."""
    post_request(play, tmp_path)
    letter = next(play.place(Place.BRIEVEN_CONCEPT).iterdir())
    word(letter, ("Mijn eigen tekst",))
    mine = letter.read_bytes()
    play.once()
    assert letter.read_bytes() == mine


# --- approving -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prepared(new_council: Play, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """A council with a concept that can be approved."""
    play = copy_council(new_council, tmp_path_factory.mktemp("klaar") / "raad")
    word(play.meeting / "03 Formatieplan" / "a Toelichting.docx", ("Toelichting op het formatieplan",))
    play.once()
    assert [path.name for path in play.concepts()] == [f"{MEETING} - leden - concept 1.pdf"]
    return play


@pytest.fixture
def ready(prepared: Play, tmp_path: Path) -> Play:
    return copy_council(prepared, tmp_path / "raad")


def sent_to(play: Play) -> list[str]:
    """Give the recipients of everything that left."""
    found = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails())
    return sorted(str(one["To"].addresses[0].addr_spec) for one in found if list(one.iter_attachments()))


MAILED = ["b.kuiper@zandhof.example", "n.willems@zandhof.example", "t.hofman@zandhof.example"]


def with_pause(play: Play) -> list[Path]:
    """Set ten minutes, let the concept be made anew if it must, and approve it."""
    play.pause(10)
    play.once()
    play.approve()
    play.once()
    return list((play.meeting / MeetingPlace.VERSTUREN).glob("*wordt verzonden om*.txt"))


def test_each_member_gets_one_mail_and_paper_is_laid_ready(ready: Play) -> None:
    ready.approve()
    assert ready.once() == ()
    assert sent_to(ready) == MAILED
    prints = sorted(path.name for path in (ready.meeting / "Afdrukken").iterdir())
    assert prints == [f"{MEETING} - leden.pdf", "Adresbladen - leden.pdf"]
    proofs = (ready.meeting / MeetingPlace.VERSTUURD / "bewijs").glob("*.json")
    assert len(list(proofs)) == 4  # three members and the announcement


def test_what_leaves_is_without_the_concept_mark(ready: Play) -> None:
    ready.approve()
    ready.once()
    found = message_from_bytes(ready.mails()[0].read_bytes(), policy=policy.default)
    final = ready.meeting / MeetingPlace.VERSTUURD / f"{MEETING} - leden.pdf"
    contents = [part.get_content() for path in ready.mails() for part in _attachments(path)]
    assert found is not None
    assert contents == [final.read_bytes()] * 3
    assert "concept" not in text_of(final).lower()


def _attachments(path: Path) -> list[EmailMessage]:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_with_a_pause_nothing_leaves_before_its_end(ready: Play) -> None:
    """The announcement names the time and every recipient; later everything leaves."""
    (note,) = with_pause(ready)
    told = note.read_text("utf-8-sig")
    assert note.name.endswith("wordt verzonden om 9.10 uur.txt")
    assert "9.10" in told
    assert all(name in told for name in ("Bram Kuiper", "Noor Willems", "Tijs Hofman", "Wil Dekker"))
    assert sent_to(ready) == []
    ready.once("2026-11-23T09:09")
    assert sent_to(ready) == []
    ready.once("2026-11-23T09:10")
    assert sent_to(ready) == MAILED
    assert not list((ready.meeting / MeetingPlace.VERSTUREN).iterdir())


def test_moving_the_concept_back_cancels(ready: Play) -> None:
    with_pause(ready)
    (concept,) = (ready.meeting / MeetingPlace.VERSTUREN).glob("*.pdf")
    concept.rename(ready.bundle / concept.name)
    ready.once("2026-11-23T09:30")
    assert sent_to(ready) == []
    assert not list((ready.meeting / MeetingPlace.VERSTUREN).iterdir())
    assert "sending-cancelled" in events(ready)


def test_after_cancelling_it_can_be_approved_again(ready: Play) -> None:
    with_pause(ready)
    (concept,) = (ready.meeting / MeetingPlace.VERSTUREN).glob("*.pdf")
    concept.rename(ready.bundle / concept.name)
    ready.once("2026-11-23T09:30")
    ready.approve()
    ready.once("2026-11-23T09:31")
    assert sent_to(ready) == []
    ready.once("2026-11-23T09:45")
    assert sent_to(ready) == MAILED


def test_back_and_again_within_the_pause_starts_a_new_pause(ready: Play) -> None:
    """Whoever takes a concept back and approves it again has ten minutes from then."""
    with_pause(ready)
    (concept,) = (ready.meeting / MeetingPlace.VERSTUREN).glob("*.pdf")
    concept.rename(ready.bundle / concept.name)
    ready.once("2026-11-23T09:05")
    ready.approve()
    ready.once("2026-11-23T09:06")
    ready.once("2026-11-23T09:11")
    assert sent_to(ready) == []
    ready.once("2026-11-23T09:16")
    assert sent_to(ready) == MAILED


def refusal(play: Play) -> str:
    (note,) = play.bundle.glob("*niet verzonden.txt")
    return note.read_text("utf-8-sig")


def test_a_paper_changed_after_the_concept_refuses_it(ready: Play) -> None:
    ready.approve()
    word(ready.meeting / "03 Formatieplan" / "a Toelichting.docx", ("Heel andere tekst",))
    ready.once()
    assert sent_to(ready) == []
    assert "gewijzigd" in refusal(ready)
    assert not list((ready.meeting / MeetingPlace.VERSTUREN).iterdir())
    assert len(ready.concepts()) >= 1


def test_a_paper_changed_during_the_pause_stops_it(ready: Play) -> None:
    with_pause(ready)
    word(ready.meeting / "03 Formatieplan" / "a Toelichting.docx", ("Heel andere tekst",))
    ready.once("2026-11-23T09:30")
    assert sent_to(ready) == []
    assert "gewijzigd" in refusal(ready)


def test_a_changed_concept_is_refused(ready: Play) -> None:
    """One byte is enough."""
    (moved,) = ready.approve()
    moved.write_bytes(moved.read_bytes() + b"\n")
    ready.once()
    assert sent_to(ready) == []
    assert "geen concept" in refusal(ready)


def test_an_unknown_group_blocks_approval(ready: Play) -> None:
    word(ready.meeting / "03 Formatieplan" / "vertrouwelijk OMR" / "Geheim.docx", ("Geheim stuk",))
    waiting = ready.once()
    assert any("OMR" in line for line in waiting)
    assert "OMR" in (ready.bundle / "LET OP.txt").read_text("utf-8-sig")
    ready.approve()
    ready.once()
    assert sent_to(ready) == []
    assert "LET OP.txt" in refusal(ready)


def test_a_trial_sends_one_mail_and_approves_nothing(ready: Play) -> None:
    ready.approve(MeetingPlace.PROEF)
    ready.once()
    assert sent_to(ready) == ["s.vermeer@zandhof.example"]
    assert not list((ready.meeting / MeetingPlace.VERSTUURD).glob("*.pdf"))
    assert len(ready.concepts()) == 1
    ready.once()
    assert len(ready.mails()) == 1


def test_the_chair_can_be_sent_a_concept(ready: Play) -> None:
    ready.approve(MeetingPlace.VOORZITTER)
    ready.once()
    assert sent_to(ready) == ["b.kuiper@zandhof.example"]


def test_a_second_paper_makes_a_new_concept_and_removes_the_old(ready: Play) -> None:
    word(ready.meeting / "03 Formatieplan" / "b Nagekomen.docx", ("Nagekomen stuk",))
    ready.once()
    assert [path.name for path in ready.concepts()] == [f"{MEETING} - leden - concept 2.pdf"]


def test_a_member_without_address_is_held_alone(ready: Play) -> None:
    heads = ("naam", "aanhef", "e-mail", "geleding", "commissies", "bezorging")
    rows = (("An Bos", "", "an@zandhof.example", "ouders", "", ""), ("Bo Smit", "", "", "ouders", "", ""))
    sheet(ready.place(Place.INSTELLINGEN, "leden.xlsx"), heads, rows)
    ready.once()
    ready.approve()
    waiting = ready.once()
    assert sent_to(ready) == ["an@zandhof.example"]
    assert any("Bo Smit" in line and "e-mailadres" in line for line in waiting)


def test_a_template_with_an_unknown_field_is_told_and_nothing_is_sent(ready: Play) -> None:
    """Which field, which template; no concept is made with it."""
    word(ready.place(Place.SJABLONEN, "voorblad.docx"), ("Welkom {{ raadsnaam }}",))
    ready.approve()
    waiting = ready.once()
    assert sent_to(ready) == []
    assert any("raadsnaam" in line and "voorblad" in line for line in waiting)


def test_the_confidential_edition_goes_to_its_group_only(ready: Play) -> None:
    word(ready.meeting / "03 Formatieplan" / "vertrouwelijk PMR" / "Salarissen.docx", ("Salaris van Truus",))
    ready.once()
    ready.approve()
    ready.once()
    sent = {
        str(message_from_bytes(path.read_bytes(), policy=policy.default)["To"].addresses[0].addr_spec): path
        for path in ready.mails()
        if _attachments(path)
    }
    assert sorted(sent) == MAILED
    for address, path in sent.items():
        (attached,) = _attachments(path)
        copy = ready.base / "kopie.pdf"
        copy.write_bytes(attached.get_content())
        assert ("Truus" in text_of(copy)) == (address == "n.willems@zandhof.example")


# --- hostile text ----------------------------------------------------------------------

FORMULA = '=HYPERLINK("http://kwaad.example";"klik")'
TEMPLATE = "{{ 7*7 }}{% for a in b %}"


@pytest.fixture(scope="module")
def hostile(new_council: Play, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """A council whose post and folders carry formulas, template marks, markup and line ends."""
    folder = tmp_path_factory.mktemp("kwaad")
    play = copy_council(new_council, folder / "raad")
    play.settings(COUNCIL.replace('naam = "Bram Kuiper"', 'naam = "Bram {{ 7*7 }} <b>Kuiper</b>"'))
    subject = f"{FORMULA} {TEMPLATE} <b>vet</b>"
    lines = tuple(
        f"Onderwerp: instemmingsverzoek {subject}" if line.startswith("Onderwerp") else line
        for line in REQUEST
    )
    request = word(folder / "Instemmingsverzoek.docx", lines)
    play.post("1.eml", mail(f"Instemmingsverzoek {subject}", NOTE, request))
    heads = ("naam", "aanhef", "e-mail", "geleding", "commissies", "bezorging")
    rows = ((f"An\r\nBcc: kwaad@ergens.example {TEMPLATE}", "", "an@zandhof.example", "ouders", "", ""),)
    sheet(play.place(Place.INSTELLINGEN, "leden.xlsx"), heads, rows)
    play.once()
    word(play.meeting / "03 Punt {{ 7*7 }}" / "=1+1.docx", ("Tekst",))
    for path in held_paths(play).values():
        move(path, play.place(Place.TE_BEOORDELEN, "Instemmingsverzoek"))
    play.once()
    play.approve()
    play.once()
    return play


def test_hostile_text_is_literal_in_the_sheets(hostile: Play) -> None:
    for name in ("Termijnen.xlsx", "Ingekomen stukken.xlsx"):
        book = openpyxl.load_workbook(hostile.place(Place.OVERZICHTEN, name))
        cells = [
            cell for table in book for row in table.iter_rows() for cell in row if cell.value is not None
        ]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        assert any("HYPERLINK" in str(cell.value) for cell in cells)
        assert any("{{ 7*7 }}" in str(cell.value) for cell in cells)
        assert not any(str(cell.value).strip() == "49" for cell in cells)


def test_hostile_text_is_literal_in_the_calendar(hostile: Play) -> None:
    lines = hostile.place(Place.OVERZICHTEN, "Termijnen.ics").read_bytes().decode().split("\r\n")
    assert any("7*7" in line for line in lines)
    assert all(line == "" or line.startswith(" ") or ":" in line or ";" in line for line in lines)
    assert sum(line.startswith("BEGIN:VCALENDAR") for line in lines) == 1


def test_hostile_text_is_literal_in_letter_and_agenda(hostile: Play) -> None:
    import docx  # noqa: PLC0415

    letter = next(hostile.place(Place.BRIEVEN_CONCEPT).iterdir())
    document = docx.Document(str(letter))
    words = "\n".join(
        [paragraph.text for paragraph in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    assert "{{ 7*7 }}" in words
    bundle = next((hostile.meeting / MeetingPlace.VERSTUURD).glob("*.pdf"))
    assert "{{ 7*7 }}" in text_of(bundle)


def test_hostile_text_is_literal_in_the_mails(hostile: Play) -> None:
    """No header is added, no markup comes through, no template mark is worked out."""
    with_file = [path for path in hostile.mails() if _attachments(path)]
    assert len(with_file) == 1
    message = message_from_bytes(with_file[0].read_bytes(), policy=policy.default)
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["an@zandhof.example"]
    text = message.get_body(("plain",)).get_content()
    assert "49" not in text.replace("2049", "")


# --- what the mail may say after a crash -----------------------------------------------


def test_a_paper_that_goes_in_and_out_of_a_folder_leaves_one_procedure(play: Play, tmp_path: Path) -> None:
    """The same request by mail and by folder: one dossier, one procedure."""
    post_request(play, tmp_path, with_annex=False)
    play.drop("verzoek.docx", (tmp_path / "Instemmingsverzoek vakantierooster.docx").read_bytes())
    play.once()
    assert len(journal_of(play)["procedures"]) == 1
    assert journal_of(play)["procedures"][0].received.at.date() == date(2026, 11, 16)
