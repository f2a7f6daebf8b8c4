"""A paper that only its sender can make readable: held, with a mail ready that asks for it."""

from email import message_from_bytes, policy
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pdf_files import pdf_of
from playing import BOARD, Play, mail

from pipeline.bundle.apply import join_documents
from pipeline.errors import UnreadableError

NAME = "Besluit.pdf"
DRAFT = f"Te beoordelen/{NAME} - vraag om leesbaar exemplaar.eml"
NOTE = "Geachte leden,\n\nBijgaand onze brief.\n\nMet vriendelijke groet,\nhet bestuur\n"


def posted(play: Play, folder: Path) -> None:
    path = folder / NAME
    path.write_bytes(pdf_of(("geheim",), encryption=pikepdf.Encryption(owner="a", user="raad2026")))
    play.post("besluit.eml", mail("Besluit", NOTE, path))
    play.once()


def test_a_locked_paper_has_a_mail_ready_that_goes_with_it(play: Play, tmp_path: Path) -> None:
    """Nothing is sent; the mail is not taken for post; it leaves with the paper it is about."""
    posted(play, tmp_path)
    made = message_from_bytes(play.place(DRAFT).read_bytes(), policy=policy.default)
    assert (made["X-Unsent"], made["To"]) == ("1", BOARD)
    text = made.get_body(("plain",)).get_content()
    assert "Besluit.pdf" in text
    assert "met een wachtwoord beveiligd" in text
    assert play.mails() == []
    play.once()
    assert sorted(path for path in play.tree() if "leesbaar" in path) == [DRAFT]
    target = play.place("Te beoordelen", "Overig", NAME)
    target.parent.mkdir(exist_ok=True)
    play.place("Te beoordelen", NAME).rename(target)
    play.once()
    assert [path for path in play.tree() if "leesbaar" in path] == []


def know_password(play: Play) -> None:
    """Write the password in the council's list."""
    words = play.data / "wachtwoorden.txt"
    words.write_text("raad2026\n", encoding="utf-8")
    words.chmod(0o600)
    with (play.data / "dienst.toml").open("a", encoding="utf-8") as file:
        file.write('\n[lezen]\nwachtwoorden_bestand = "wachtwoorden.txt"\n')


def test_a_paper_that_the_list_of_passwords_opens(play: Play, tmp_path: Path) -> None:
    """Read and no longer asked for; the password is in no file of the werkmap or the journal."""
    know_password(play)
    posted(play, tmp_path)
    assert not play.place(DRAFT).exists()
    assert files_with(play, b"raad2026") == ["wachtwoorden.txt"]


def files_with(play: Play, word: bytes) -> list[str]:
    """Name the files in the werkmap and the data folder that hold these bytes."""
    files = [path for top in (play.root, play.data) for path in top.rglob("*") if path.is_file()]
    return [path.name for path in files if word in path.read_bytes()]


# --- in the bundle of a meeting ----------------------------------------------------------


def put_on_agenda(play: Play) -> None:
    """Lay the locked paper on the agenda of the meeting."""
    folder = play.meeting / "03 Besluit"
    folder.mkdir(parents=True)
    locks = pikepdf.Encryption(owner="a", user="raad2026")
    (folder / NAME).write_bytes(pdf_of(("geheim besluit",), encryption=locks))


def bundled(play: Play) -> str:
    """Give the text of the one PDF that leaves."""
    (final,) = (play.meeting / "Verstuurd").glob("2026* - leden.pdf")
    with pypdfium2.PdfDocument(final) as pdf:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)


def attention(play: Play) -> str:
    path = play.bundle / "LET OP.txt"
    return path.read_text("utf-8-sig") if path.is_file() else ""


def test_a_locked_paper_that_the_list_opens_stands_in_the_bundle_and_she_is_told(play: Play) -> None:
    """Before she approves, in LET OP.txt, which does not stop her; and in the announcement."""
    know_password(play)
    put_on_agenda(play)
    play.once()
    assert "Stuk 3.1 kwam met een wachtwoord" in attention(play)
    before = play.tree()
    play.once()
    assert play.tree() == before
    play.approve()
    play.once()
    assert "geheim besluit" in bundled(play)
    assert files_with(play, b"raad2026") == ["wachtwoorden.txt"]
    (play.meeting / "03 Besluit" / NAME).unlink()
    play.once()
    assert attention(play) == ""


def test_a_locked_paper_of_which_no_password_is_known_has_a_page_that_says_so(play: Play) -> None:
    put_on_agenda(play)
    play.once()
    play.approve()
    play.once()
    assert "geheim besluit" not in bundled(play)
    assert "met een wachtwoord beveiligd" in " ".join(bundled(play).split())


def test_a_letter_takes_no_paper_along_that_came_behind_a_password(play: Play, tmp_path: Path) -> None:
    """Nobody is told before a letter leaves, so the password is not taken off for it."""
    know_password(play)
    put_on_agenda(play)
    with play.office() as office, pytest.raises(UnreadableError) as caught:
        join_documents(
            ((play.meeting / "03 Besluit" / NAME, "Besluit"),),
            tmp_path / "brief.pdf",
            title="",
            author="",
            workshop=office.workshop,
        )
    assert "wachtwoord" in caught.value.wat
