"""The service goes on when a file ends the process that reads it; the file is held and kept."""

from dataclasses import replace
from pathlib import Path

from playing import NOTE, NOW, REQUEST, Play, journal_of, mail, word

from pipeline import service
from pipeline.edges.sandbox import STUCK, Workers
from pipeline.edges.sandbox.process import Program
from pipeline.values import Place

KILLS = Program(module="opening_kills", paths=(str(Path(__file__).parent / "edges" / "sandbox"),))
"""Dies of every mail, and of every file with the word ``vergif``."""


def once(play: Play) -> None:
    with play.office(NOW) as office, Workers(KILLS) as workers:
        service.work_once(replace(office, opener=workers.open_up, reader=workers.read))


def test_a_file_that_ends_its_reader_is_held_and_the_next_is_filed(play: Play, tmp_path: Path) -> None:
    poison = play.drop("a vergif.txt", b"vergif")
    good = word(tmp_path / "Instemmingsverzoek.docx", REQUEST)
    play.drop("b Instemmingsverzoek.docx", good.read_bytes())
    once(play)
    found = journal_of(play)
    (held,) = found["held"]
    assert held.verdict.reasons == (STUCK,)
    assert [paper.origin.name for paper in found["filed"]] == ["b Instemmingsverzoek.docx"]
    assert not poison.exists()
    assert play.place(Place.TE_BEOORDELEN, held.place).read_bytes() == b"vergif"
    why = next(play.place(Place.TE_BEOORDELEN).glob("*waarom.txt")).read_text("utf-8-sig")
    assert STUCK.partition(";")[0] in why


def test_a_mail_that_ends_its_reader_is_held_whole_and_never_tried_for_ever(play: Play) -> None:
    """Nothing of it is lost, its job is done, and the postbus has let it go."""
    content = mail("Instemmingsverzoek vakantierooster", NOTE)
    play.post("1.eml", content)
    once(play)
    found = journal_of(play)
    (held,) = found["held"]
    assert held.verdict.reasons == (STUCK,)
    assert play.place(Place.TE_BEOORDELEN, held.place).read_bytes() == content
    assert [path.name for path in (play.base / "postbus").rglob("*.eml")] == ["1.eml"]
    assert (play.base / "postbus" / "Verwerkt" / "1.eml").is_file()
    before = len(found["lines"])
    once(play)
    assert len(journal_of(play)["lines"]) == before
