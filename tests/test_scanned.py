"""A scan takes the road of its text: classified, filed, its text beside it; a bad one waits for a person."""

import json
import shutil
from pathlib import Path

import pytest
import scans
from PIL import Image
from playing import NOTE, Play, journal_of, mail

from pipeline.values import Place

SIGNED = scans.scan_pdf(scans.turned(scans.page(), 3))
"""A request for consent, printed, signed and scanned not quite straight."""


def send(play: Play, folder: Path, content: bytes) -> None:
    scan = folder / "Scan_20261116.pdf"
    scan.write_bytes(content)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster", NOTE, scan))


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Play:
    """Give a council that got the signed request by mail."""
    from playing import make_council  # noqa: PLC0415  # beside its only use

    folder = tmp_path_factory.mktemp("scan")
    play = make_council(folder / "raad")
    send(play, folder, SIGNED)
    play.once()
    return play


def test_a_scanned_request_is_filed_and_starts_its_procedure(filed: Play) -> None:
    """The letter asks for an answer before 18 December: the 17th is the last day."""
    journal = journal_of(filed)
    (paper,) = journal["filed"]
    assert paper.kind.value == "instemmingsverzoek"
    assert str(paper.facts.document_date) == "2026-11-16"
    assert str(paper.facts.answer_date) == "2026-12-17"
    assert len(journal["procedures"]) == 1


def test_its_text_lies_beside_the_scan_and_the_scan_is_as_it_came(filed: Play) -> None:
    (scan,) = filed.place(Place.ARCHIEF).rglob("*.pdf")
    assert scan.read_bytes() == SIGNED
    beside = scan.with_name(f"{scan.name} - tekst.txt").read_text("utf-8-sig")
    assert beside.startswith("De computer heeft deze tekst uit de scan gehaald")
    assert scans.share_found(scans.LETTER, beside) > 0.95


def test_looking_again_leaves_the_archive_as_it_is(filed: Play) -> None:
    before = filed.tree()
    filed.once()
    assert filed.tree() == before


def test_a_text_that_was_thrown_away_comes_back_with_its_scan(filed: Play) -> None:
    (scan,) = filed.place(Place.ARCHIEF).rglob("*.pdf")
    text = scan.with_name(f"{scan.name} - tekst.txt")
    scan.unlink()
    text.unlink()
    filed.once()
    assert scan.is_file()
    assert text.is_file()


def test_the_text_is_kept_in_the_data_folder(filed: Play) -> None:
    (record,) = (filed.data / "teksten").glob("*.json")
    assert "vakantierooster" in json.loads(record.read_text("utf-8"))["text"]


def test_taking_a_filing_back_takes_the_text_along(play: Play, tmp_path: Path) -> None:
    send(play, tmp_path, SIGNED)
    play.once()
    (scan,) = play.place(Place.ARCHIEF).rglob("*.pdf")
    shutil.copyfile(scan, play.place(Place.TERUG_TE_DRAAIEN, scan.name))
    play.once()
    assert not list(play.place(Place.ARCHIEF).rglob("* - tekst.txt"))


def test_a_scan_that_is_hardly_readable_waits_for_a_person(play: Play, tmp_path: Path) -> None:
    text = scans.LETTER.partition("Voor de ouders")[0]
    send(play, tmp_path, scans.scan_pdf(scans.noisy(scans.page(text), strength=80, specks=15_000)))
    play.once()
    (held,) = journal_of(play)["held"]
    assert "De scan is slecht leesbaar" in " ".join(held.verdict.reasons)
    assert journal_of(play)["filed"] == ()


def test_a_scan_without_text_is_held_with_what_can_be_done(play: Play, tmp_path: Path) -> None:
    send(play, tmp_path, scans.scan_pdf(Image.new("L", (800, 600), 90)))
    play.once()
    (held,) = journal_of(play)["held"]
    why = play.place(Place.TE_BEOORDELEN, f"{held.place} - waarom.txt").read_text("utf-8-sig")
    assert "geen tekst gevonden" in why


def test_without_tesseract_the_scan_is_held_and_the_administrator_named(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(play, tmp_path, SIGNED)
    monkeypatch.setenv("PATH", "")
    play.once()
    (held,) = journal_of(play)["held"]
    assert "Vraag de beheerder" in " ".join(held.verdict.reasons)
