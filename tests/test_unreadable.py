"""A paper that only its sender can make readable: held, with a mail ready that asks for it."""

from email import message_from_bytes, policy
from pathlib import Path

import pikepdf
from pdf_files import pdf_of
from playing import BOARD, Play, mail

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


def test_a_paper_that_the_list_of_passwords_opens(play: Play, tmp_path: Path) -> None:
    """Read and no longer asked for; the password is in no file of the werkmap or the journal."""
    words = play.data / "wachtwoorden.txt"
    words.write_text("raad2026\n", encoding="utf-8")
    words.chmod(0o600)
    with (play.data / "dienst.toml").open("a", encoding="utf-8") as file:
        file.write('\n[lezen]\nwachtwoorden_bestand = "wachtwoorden.txt"\n')
    posted(play, tmp_path)
    assert not play.place(DRAFT).exists()
    files = [path for top in (play.root, play.data) for path in top.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"raad2026" in path.read_bytes()] == ["wachtwoorden.txt"]
