"""What must never happen: a term that moves, a bundle sent twice, a secret in a list, a lost edit."""

import shutil
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
from fakes import FastConverter, pdf_of
from playing import MEMBERS, NOTE, REQUEST, Play, journal_of, mail, question_of, sheet, word, yes_to

from pipeline import service
from pipeline.ports import Made
from pipeline.values import MeetingPlace, Place

HEADS = ("naam", "aanhef", "e-mail", "geleding", "commissies", "bezorging")


def strict_days(play: Play) -> list[str]:
    return [str(one.deadlines[0].strict) for one in journal_of(play)["procedures"]]


def recipients(play: Play) -> list[str]:
    found = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails())
    return sorted(str(one["To"].addresses[0].addr_spec) for one in found if list(one.iter_attachments()))


def with_bundle(play: Play) -> None:
    word(play.meeting / "03 Formatieplan" / "a Toelichting.docx", ("Toelichting op het formatieplan",))
    play.once()


def test_a_second_request_that_names_a_running_matter_does_not_move_its_term(
    play: Play, tmp_path: Path
) -> None:
    first = word(tmp_path / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster", NOTE, first))
    play.once()
    before = strict_days(play)
    later = ("Zandhof, 20 november 2026", *REQUEST[1:], "Uw kenmerk: 2026-0001")
    second = word(tmp_path / "Instemmingsverzoek opnieuw.docx", later)
    subject = "Instemmingsverzoek vakantierooster (uw kenmerk 2026-0001)"
    play.post("2.eml", mail(subject, NOTE, second, day="Fri, 20 Nov 2026 09:00:00 +0100"))
    play.once()
    assert len(before) == 1
    assert strict_days(play) == before
    (held,) = journal_of(play)["held"]
    (into,) = play.place(Place.TE_BEOORDELEN).glob("Bij 2026-0001*")
    play.place(Place.TE_BEOORDELEN, held.place).rename(into / held.place)
    play.once()
    assert strict_days(play) == before
    assert len(journal_of(play)["filed"]) == 2


def test_a_copy_of_an_approved_concept_does_not_go_again(play: Play) -> None:
    with_bundle(play)
    (concept,) = play.concepts()
    copy = play.base / "kopie.pdf"
    shutil.copyfile(concept, copy)
    play.approve()
    play.once()
    once = recipients(play)
    shutil.copyfile(copy, play.meeting / MeetingPlace.VERSTUREN / "kopie van concept.pdf")
    play.once()
    assert recipients(play) == once
    assert list(play.bundle.glob("kopie van concept - niet verzonden.txt"))


def test_a_confidential_dossier_is_named_by_number_only_in_lists(play: Play, tmp_path: Path) -> None:
    lines = (*REQUEST[:2], "Onderwerp: instemmingsverzoek VERTROUWELIJK ontslag mevrouw Jansen", *REQUEST[3:])
    secret = word(tmp_path / "Verzoek.docx", lines)
    play.post("1.eml", mail("Instemmingsverzoek VERTROUWELIJK ontslag mevrouw Jansen", NOTE, secret))
    play.once()
    assert [one.confidential for one in journal_of(play)["dossiers"]] == ["vertrouwelijk"]
    for name in ("Ingekomen stukken.xlsx", "Termijnen.xlsx"):
        book = openpyxl.load_workbook(play.place(Place.OVERZICHTEN, name))
        cells = " ".join(str(cell.value) for row in book.active.iter_rows() for cell in row)
        assert "2026-0001" in cells
        assert "Jansen" not in cells
    assert b"Jansen" not in play.place(Place.OVERZICHTEN, "Termijnen.ics").read_bytes()


def test_a_held_paper_that_is_edited_in_place_is_taken_in_beside_the_original(
    play: Play, tmp_path: Path
) -> None:
    letter = word(tmp_path / "vraag.docx", ("Hallo", "zomaar iets korts"))
    play.drop("vraag.docx", letter.read_bytes())
    play.once()
    (held,) = journal_of(play)["held"]
    lying = play.place(Place.TE_BEOORDELEN, held.place)
    edited = word(tmp_path / "anders.docx", ("Hallo", "iets heel anders")).read_bytes()
    lying.write_bytes(edited)
    play.once()
    kept = {path.read_bytes() for path in (play.data / "originelen").rglob("*") if path.is_file()}
    assert edited in kept
    assert letter.read_bytes() in {
        path.read_bytes() for path in play.place(Place.TE_BEOORDELEN).glob("*.docx")
    }


def test_a_folder_of_her_own_in_te_beoordelen_decides_nothing(play: Play) -> None:
    play.drop("vraag.txt", b"Hallo, zomaar een vraag over iets onduidelijks.")
    play.once()
    (held,) = journal_of(play)["held"]
    later = play.place(Place.TE_BEOORDELEN, "Later bekijken")
    later.mkdir()
    play.place(Place.TE_BEOORDELEN, held.place).rename(later / held.place)
    play.once()
    assert [one.place for one in journal_of(play)["held"]] == [held.place]
    assert journal_of(play)["filed"] == ()


def test_a_member_whose_address_comes_later_gets_the_same_bundle_then(play: Play) -> None:
    """Once she confirmed it; nobody else gets it again."""
    path = play.place(Place.INSTELLINGEN, "leden.xlsx")
    sheet(path, HEADS, (*MEMBERS, ("Zoë Late", "", "", "ouders", "", "mail")))
    with_bundle(play)
    play.approve()
    waiting = play.once()
    assert any("Zoë Late" in line for line in waiting)
    before = recipients(play)
    sheet(path, HEADS, (*MEMBERS, ("Zoë Late", "", "zoe@zandhof.example", "ouders", "", "mail")))
    play.once()
    assert recipients(play) == before
    play.post("ja.eml", yes_to(question_of(play)))
    play.once()
    waiting = play.once()
    assert recipients(play) == sorted([*before, "zoe@zandhof.example"])
    assert not any("Zoë Late" in line for line in waiting)


def test_what_is_dragged_out_of_the_archive_is_put_back(play: Play, tmp_path: Path) -> None:
    paper = word(tmp_path / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster", NOTE, paper))
    play.once()
    (filed,) = journal_of(play)["filed"]
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        assert ledger.places() == {filed.path: (filed.kenmerk, filed.sha256)}
    lying = play.place(Place.ARCHIEF, filed.path)
    content = lying.read_bytes()
    lying.unlink()
    play.once()
    assert lying.read_bytes() == content
    assert "put-back" in [line.event for line in journal_of(play)["lines"]]


def test_a_doubled_list_blocks_approval(play: Play) -> None:
    with_bundle(play)
    path = play.place(Place.INSTELLINGEN, "leden.xlsx")
    shutil.copyfile(path, path.with_name("leden-PC01.xlsx"))
    word(play.meeting / "03 Formatieplan" / "b Meer.docx", ("Meer uitleg",))
    play.once()
    play.approve()
    play.once()
    assert recipients(play) == []
    assert "leden-PC01.xlsx" in (play.bundle / "LET OP.txt").read_text("utf-8-sig")


class _LongerPapers(FastConverter):
    """Makes one page more of the members' papers than the converter of the concept did."""

    def to_pdf(self, source: Path, name: str, out: Path) -> Made:
        if "Toelichting" not in name:
            return super().to_pdf(source, name, out)
        out.write_bytes(pdf_of([["eerste"], ["tweede"]]))
        return Made(by="libreoffice")


def test_a_final_file_with_other_pages_than_the_concept_is_not_sent(play: Play) -> None:
    """As when LibreOffice came or went between concept and sending."""
    with_bundle(play)
    play.approve()
    shutil.rmtree(play.data / "omgezet")
    with play.office() as office:
        other = replace(office, workshop=replace(office.workshop, converter=_LongerPapers()))
        service.work_once(other)
    assert recipients(play) == []
    assert list(play.bundle.glob("*niet verzonden.txt"))
