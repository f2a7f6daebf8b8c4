"""A new file laid straight into a folder of ``Te beoordelen/``: what she chose counts, nothing vanishes."""

import io
import re
import shutil
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
from pdf_files import pdf_of
from playing import ANNEX, NOTE, REQUEST, Play, journal_of, mail, word

from pipeline.values import Filed, HeldPaper, Kind, Place, Procedure


def lay(play: Play, folder: str, name: str, content: bytes) -> tuple[str, ...]:
    """Lay a file in a folder of ``Te beoordelen/``, and work."""
    path = play.place(Place.TE_BEOORDELEN, folder, name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return play.once()


def filed(play: Play) -> tuple[Filed, ...]:
    return journal_of(play)["filed"]


def held(play: Play) -> tuple[HeldPaper, ...]:
    return journal_of(play)["held"]


def procedures(play: Play) -> tuple[Procedure, ...]:
    return journal_of(play)["procedures"]


def note(play: Play, name: str) -> str:
    return play.place(Place.TE_BEOORDELEN, f"{name} - waarom.txt").read_text("utf-8-sig")


def move(play: Play, name: str, folder: str) -> None:
    """Move a held paper to a folder, and work."""
    target = play.place(Place.TE_BEOORDELEN, folder, name)
    target.parent.mkdir(exist_ok=True)
    play.place(Place.TE_BEOORDELEN, name).rename(target)
    play.once()


def machine_mail() -> bytes:
    message = EmailMessage()
    message["From"] = "J. de Wit <j.dewit@zandhof.example>"
    message["To"] = "mr@zandhof.example"
    message["Subject"] = "Automatisch antwoord: adviesaanvraag"
    message["Auto-Submitted"] = "auto-replied"
    message["Date"] = "Mon, 16 Nov 2026 10:15:00 +0100"
    message["Message-ID"] = "<1@zandhof.example>"
    message.set_content("Ik ben er deze week niet.")
    return message.as_bytes()


@pytest.fixture
def request_bytes(tmp_path: Path) -> bytes:
    return word(tmp_path / "Instemmingsverzoek vakantierooster.docx", REQUEST).read_bytes()


# --- what is empty or cannot be read -------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b" \r\n "], ids=["nothing", "blank"])
@pytest.mark.parametrize("folder", ["Adviesaanvraag", "Besluit na advies"])
def test_an_empty_file_never_starts_anything(play: Play, folder: str, content: bytes) -> None:
    with play.office(works=False) as office:
        folder = office.rulebook.folders[Kind[folder.replace(" ", "_").upper()]]
    assert lay(play, folder, "leeg.docx", content) == ("Te beoordelen: leeg.docx",)
    assert (filed(play), procedures(play)) == ((), ())
    assert f"U legde het in '{folder}', maar het is leeg" in note(play, "leeg.docx")


def test_what_she_decides_of_an_empty_file_that_was_held_counts(play: Play) -> None:
    """The term is not lost without a word: it runs, and the case says that nothing was read."""
    lay(play, "Adviesaanvraag", "leeg.docx", b"")
    move(play, "leeg.docx", "Adviesaanvraag")
    (case,) = procedures(play)
    assert case.to_do[0].startswith("Uit stuk 2026-0001-01 kon niets worden gelezen")


def locked(folder: Path) -> Path:
    path = folder / "ontvangen 2026-11-16 verzoek.pdf"
    path.write_bytes(pdf_of(("geheim",), encryption=pikepdf.Encryption(owner="a", user="raad2026")))
    return path


def test_a_locked_request_runs_from_its_receipt_and_says_that_nothing_was_read(
    play: Play, tmp_path: Path
) -> None:
    """Also when the day of receipt is known by itself: what it says is not."""
    path = locked(tmp_path)
    lay(play, "Adviesaanvraag", path.name, path.read_bytes())
    (case,) = procedures(play)
    assert str(case.deadlines[0].trigger) == "2026-11-16"
    assert case.to_do[0].startswith("Uit stuk 2026-0001-01 kon niets worden gelezen")
    assert case.to_do[1].startswith("Bevestig op de zaakkaart de dag van ontvangst")
    play.fill("Ontvangen op", "17-11-2026")
    play.once()
    (case,) = procedures(play)
    assert not any("kon niets worden gelezen" in task for task in case.to_do)


def test_a_request_that_could_be_read_says_no_such_thing(play: Play, request_bytes: bytes) -> None:
    lay(play, "Instemmingsverzoek", "verzoek.docx", request_bytes)
    assert not any("kon niets worden gelezen" in task for task in procedures(play)[0].to_do)


# --- what gives no paper -------------------------------------------------------------------


def test_machine_mail_in_a_folder_is_held_with_the_reason(play: Play) -> None:
    assert lay(play, "Adviesaanvraag", "antwoord.eml", machine_mail()) == ("Te beoordelen: antwoord.eml",)
    assert procedures(play) == ()
    assert play.place(Place.TE_BEOORDELEN, "antwoord.eml").read_bytes() == machine_mail()
    told = note(play, "antwoord.eml")
    assert "Dit is automatische mail: automatisch antwoord." in told
    assert "U legde het in 'Adviesaanvraag', maar er is niets uit opgeborgen" in told
    move(play, "antwoord.eml", "Overig")
    (paper,) = filed(play)
    assert (paper.kind, paper.path.rpartition(".")[2]) == (Kind.OVERIG, "eml")
    assert not list(play.place(Place.ARCHIEF).rglob("Mail/*")), "it is the mail itself"


def test_a_mail_that_says_nothing_is_held_too(play: Play) -> None:
    assert lay(play, "Adviesaanvraag", "leeg.eml", mail("Leeg", "")) == ("Te beoordelen: leeg.eml",)
    assert procedures(play) == ()


def test_machine_mail_that_comes_by_itself_is_not_held(play: Play) -> None:
    play.post("1.eml", machine_mail())
    assert play.once() == ()


# --- what was here before ------------------------------------------------------------------


def test_the_same_file_in_two_folders_at_once_starts_one_case_and_is_told(
    play: Play, request_bytes: bytes
) -> None:
    other = play.place(Place.TE_BEOORDELEN, "Adviesaanvraag", "verzoek.docx")
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(request_bytes)
    assert lay(play, "Instemmingsverzoek", "verzoek.docx", request_bytes) == ("Te beoordelen: verzoek.docx",)
    assert len(procedures(play)) == 1
    assert "(2026-0001-01); er is niets opnieuw begonnen" in note(play, "verzoek.docx")


def test_the_same_file_in_another_folder_later_is_told(play: Play, request_bytes: bytes) -> None:
    lay(play, "Instemmingsverzoek", "verzoek.docx", request_bytes)
    lay(play, "Adviesaanvraag", "verzoek.docx", request_bytes)
    told = note(play, "verzoek.docx")
    assert "U legde het in 'Adviesaanvraag', maar het is al opgeborgen als Instemmingsverzoek" in told
    assert [one.kind for one in filed(play)] == [Kind.INSTEMMINGSVERZOEK]


def test_the_same_file_in_the_same_folder_again_is_nothing_new(play: Play, request_bytes: bytes) -> None:
    for name in ("verzoek.docx", "nogmaals.docx"):
        assert lay(play, "Instemmingsverzoek", name, request_bytes) == ()
    assert len(filed(play)) == 1


def test_a_first_choice_can_be_taken_back_for_the_second(play: Play, request_bytes: bytes) -> None:
    lay(play, "Instemmingsverzoek", "verzoek.docx", request_bytes)
    lay(play, "Adviesaanvraag", "verzoek.docx", request_bytes)
    copy = play.place(Place.ARCHIEF, filed(play)[0].path)
    shutil.copyfile(copy, play.place(Place.TERUG_TE_DRAAIEN, copy.name))
    play.once()
    move(play, "verzoek.docx", "Adviesaanvraag")
    assert [one.kind for one in filed(play)] == [Kind.ADVIESAANVRAAG]


# --- a mail --------------------------------------------------------------------------------


def test_the_kind_of_a_mail_is_that_of_the_letter_and_the_rest_follows(play: Play, tmp_path: Path) -> None:
    request, annex = word(tmp_path / "Brief.docx", REQUEST), word(tmp_path / "Rooster.docx", ANNEX)
    sent = mail("Vakantierooster", NOTE, annex, request)
    assert lay(play, "Instemmingsverzoek", "mail.eml", sent) == ()
    assert [(one.origin.name, one.kind) for one in filed(play)] == [
        ("Brief.docx", Kind.INSTEMMINGSVERZOEK),
        ("Rooster.docx", Kind.OVERIG),  # a guess that is not sure is not put down
    ]
    assert {one.dossier for one in filed(play)} == {"2026-0001"}
    assert len(procedures(play)) == 1


def test_an_attachment_that_cannot_be_read_is_held_as_of_any_mail(play: Play, tmp_path: Path) -> None:
    request = word(tmp_path / "Brief.docx", REQUEST)
    lay(play, "Instemmingsverzoek", "mail.eml", mail("Vakantierooster", NOTE, locked(tmp_path), request))
    assert [one.origin.name for one in filed(play)] == ["Brief.docx"]
    assert [one.origin.name for one in held(play)] == ["ontvangen 2026-11-16 verzoek.pdf"]


# --- what it is called in the archive ------------------------------------------------------


def zipped(folder: Path) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as inside:
        inside.write(word(folder / "Instemmingsverzoek vakantierooster.docx", REQUEST), "Brief.docx")
    return box.getvalue()


def test_a_zip_lies_beside_its_papers_under_its_own_name(play: Play, tmp_path: Path) -> None:
    """It is no mail, and Windows opens it as what it is."""
    content = zipped(tmp_path)
    play.drop("Stukken november.zip", content)
    play.once()
    (lying,) = (one for one in play.place(Place.ARCHIEF).rglob("*/*/*/*") if one.is_file())
    assert lying.parent.name == "Origineel"
    assert re.fullmatch(r"2026-11-23 Stukken november [0-9a-f]{6}\.zip", lying.name)
    assert lying.read_bytes() == content


@pytest.mark.parametrize("name", ["Brief van het bestuur", "Brief d.d. 16.11"])
def test_a_file_without_an_ending_gets_that_of_what_it_is(
    play: Play, request_bytes: bytes, name: str
) -> None:
    play.drop(name, request_bytes)
    play.once()
    (paper,) = filed(play)
    assert paper.path.endswith("Vakantierooster 2027-2028 2026-11-16.docx")
    shutil.copyfile(play.place(Place.ARCHIEF, paper.path), play.place(Place.TERUG_TE_DRAAIEN, "x.docx"))
    play.once()
    assert [one.place for one in held(play)] == [f"{name}.docx"]
    move(play, f"{name}.docx", "Instemmingsverzoek")
    assert filed(play)[0].path.endswith(".docx")


# --- what is no file -----------------------------------------------------------------------


def test_what_is_no_file_is_named_and_left_alone(play: Play, tmp_path: Path, request_bytes: bytes) -> None:
    """A link may point anywhere on the server: it is never followed."""
    outside = tmp_path / "elders.docx"
    outside.write_bytes(request_bytes)
    link = play.place(Place.INKOMEND, "map", "koppeling.docx")
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    (play.base / "postbus" / "koppeling.eml").symlink_to(outside)
    waiting = play.once()
    assert [line.partition(" is geen ")[0] for line in waiting] == [
        "'map/koppeling.docx' in 'Inkomend'",
        "'koppeling.eml' in de postbus",
    ]
    assert play.once() == waiting
    assert (link.is_symlink(), filed(play), held(play)) == (True, (), ())
