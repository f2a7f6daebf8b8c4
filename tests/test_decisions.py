"""What a person decides by moving a file: it belongs to that matter, take it back; also when time went on."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from playing import NOTE, REQUEST, Play, journal_of, mail, word

from pipeline.values import HeldPaper, Kind, Place, ProcedureState

QUESTION = (
    "Hierbij verzoeken wij u om instemming met de nieuwe schooltijden. Wij horen graag voor 15 januari 2027 "
    "van u.\nGroet, Kees\n"
)
"""Held: who asks is not known."""


@pytest.fixture
def running(play: Play, tmp_path: Path) -> Play:
    """A running request, and a question that is held."""
    request = word(tmp_path / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster", NOTE, request))
    play.post("2.eml", mail("vraag", QUESTION, sender="kees@thuispost.example"))
    play.once()
    return play


def belongs(play: Play) -> Path:
    """Give the folder ``Bij …`` of the running matter."""
    (folder,) = play.place(Place.TE_BEOORDELEN).glob("Bij 2026-0001*")
    return folder


def held(play: Play) -> Path:
    (paper,) = journal_of(play)["held"]
    return play.place(Place.TE_BEOORDELEN, paper.place)


def decide(play: Play) -> None:
    held(play).rename(belongs(play) / held(play).name)
    play.once()


def take_back(play: Play, kenmerk: str) -> None:
    paper = next(one for one in journal_of(play)["filed"] if one.kenmerk == kenmerk)
    folder = play.place(Place.TERUG_TE_DRAAIEN)
    folder.mkdir(exist_ok=True)
    shutil.copyfile(play.place(Place.ARCHIEF, paper.path), folder / "stuk.txt")
    play.once()


def kenmerken(play: Play) -> list[str]:
    return [one.kenmerk for one in journal_of(play)["filed"]]


def test_a_paper_moved_to_a_matter_is_filed_there_and_starts_nothing(running: Play) -> None:
    before = journal_of(running)["procedures"]
    decide(running)
    assert kenmerken(running) == ["2026-0001-01", "2026-0001-02"]
    assert journal_of(running)["held"] == ()
    assert [one.dossier for one in journal_of(running)["procedures"]] == [one.dossier for one in before]
    assert list(belongs(running).iterdir()) == []


FEW_WORDS = ("Wie doet wat", "Jan de koffie", "Piet de stoelen")


@pytest.fixture
def followed(play: Play, tmp_path: Path) -> Play:
    """A held question with an annex that waits for the decision about it."""
    annex = word(tmp_path / "Bijlage.docx", FEW_WORDS)
    play.post("1.eml", mail("vraag", QUESTION, annex, sender="kees@thuispost.example"))
    play.once()
    return play


def decide_question(play: Play) -> HeldPaper:
    """Say that the question is a request; give the annex as it was held."""
    (question,) = (one for one in journal_of(play)["held"] if not one.follows)
    (annex,) = (one for one in journal_of(play)["held"] if one.follows)
    path = play.place(Place.TE_BEOORDELEN, question.place)
    path.rename(play.place(Place.TE_BEOORDELEN, "Instemmingsverzoek", path.name))
    play.once()
    return annex


def guess(play: Play, kind: Kind) -> None:
    """Have the annex held with another guess about it."""
    with play.office() as office, office.journal.transaction() as ledger:
        (annex,) = (one for one in ledger.held() if one.follows)
        assert not annex.is_sure
        assert annex.verdict.judgement is not None
        guessed = replace(annex.verdict.judgement, kind=kind)
        ledger.hold(replace(annex, verdict=replace(annex.verdict, judgement=guessed)))


def test_an_annex_of_a_held_request_goes_along_as_another_paper(followed: Play) -> None:
    guess(followed, Kind.BELEIDSSTUK)
    decide_question(followed)
    assert [one.kind for one in journal_of(followed)["filed"]] == [Kind.INSTEMMINGSVERZOEK, Kind.OVERIG]
    assert journal_of(followed)["held"] == ()


def test_an_annex_that_may_end_a_term_stays_for_her_when_its_request_was_decided(followed: Play) -> None:
    guess(followed, Kind.BESLUIT_NA_ADVIES)
    annex = decide_question(followed)
    assert kenmerken(followed) == ["2026-0001-01"]
    (waiting,) = journal_of(followed)["held"]
    assert (waiting.origin, waiting.follows) == (annex.origin, "")
    assert held(followed).is_file()
    note = held(followed).with_name(f"{waiting.place} - waarom.txt").read_text("utf-8-sig")
    assert "volgt uw beslissing" not in note
    held(followed).rename(followed.place(Place.TE_BEOORDELEN, "Overig", waiting.place))
    followed.once()
    assert journal_of(followed)["held"] == ()


DRAFT = (
    "Geachte raad,\nWij vragen u misschien om advies over de schooltijden; dit is nog een concept.\n"
    "Groet, Kees\n"
)


@pytest.mark.parametrize("by", ["a held paper", "a new file"])
def test_a_guess_that_was_not_sure_is_not_put_down_as_what_she_said(play: Play, by: str) -> None:
    """She said where it belongs, not what it is; nothing is learned from it either."""
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster", "\n\n".join(REQUEST)))
    play.once()
    draft = mail("concept", DRAFT, sender="kees@thuispost.example")
    if by == "a held paper":
        play.post("2.eml", draft)
        play.once()
        assert journal_of(play)["held"][0].verdict.judgement.kind is Kind.ADVIESAANVRAAG
        decide(play)
    else:
        (belongs(play) / "concept.eml").write_bytes(draft)
        play.once()
    assert [one.kind for one in journal_of(play)["filed"]] == [Kind.INSTEMMINGSVERZOEK, Kind.OVERIG]
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        assert not any(ledger.facts("lesson:").values())


def test_such_a_decision_can_be_taken_back_and_made_again(running: Play) -> None:
    """Its number is not used again; nothing lies in two places."""
    decide(running)
    take_back(running, "2026-0001-02")
    assert kenmerken(running) == ["2026-0001-01"]
    assert "teruggedraaid" in journal_of(running)["held"][0].verdict.reasons[0]
    assert held(running).is_file()
    assert not list(running.place(Place.ARCHIEF).rglob("2026-0001-02*"))
    assert list(running.place(Place.TERUG_TE_DRAAIEN).iterdir()) == []
    decide(running)
    assert kenmerken(running) == ["2026-0001-01", "2026-0001-03"]


def test_taking_the_request_back_ends_its_procedure_and_leaves_what_was_added(running: Play) -> None:
    decide(running)
    take_back(running, "2026-0001-01")
    journal = journal_of(running)
    assert [one.state for one in journal["procedures"]] == [ProcedureState.TERUGGEDRAAID]
    assert kenmerken(running) == ["2026-0001-02"]


def test_a_matter_that_closed_meanwhile_still_takes_the_paper(running: Play) -> None:
    """She moved it while the matter was closed by somebody else: what she said counts."""
    paper, folder = held(running), belongs(running)
    running.fill("Instemming", "verleend")
    running.fill("Raad of geleding heeft besloten op", "20-11-2026")
    running.fill("Zaak afgesloten op", "20-11-2026")
    paper.rename(folder / paper.name)
    running.once()
    assert "2026-0001-02" in kenmerken(running)
    assert journal_of(running)["held"] == ()
    running.once()
    closed = journal_of(running)["procedures"][0].state is ProcedureState.AFGEROND
    assert folder.is_dir() is not closed


def test_a_folder_of_a_closed_matter_that_is_not_empty_stays(running: Play) -> None:
    folder = belongs(running)
    (folder / "~$open.docx").write_bytes(b"slot")
    take_back(running, "2026-0001-01")
    assert (folder / "~$open.docx").is_file()


def test_a_new_file_laid_in_the_folder_of_a_matter_belongs_there(running: Play) -> None:
    """Also a request: who lays it there says what it belongs to."""
    again = word(running.base / "aanvulling.docx", (*REQUEST, "Aanvulling: de meivakantie."))
    shutil.copyfile(again, belongs(running) / "aanvulling.docx")
    running.once()
    assert kenmerken(running) == ["2026-0001-01", "2026-0001-02"]
    assert len(journal_of(running)["procedures"]) == 1
    assert list(belongs(running).iterdir()) == []


def test_what_cannot_be_taken_back_is_told_and_left_alone(running: Play) -> None:
    """A changed copy is no filed paper; silence would look like done."""
    folder = running.place(Place.TERUG_TE_DRAAIEN)
    folder.mkdir(exist_ok=True)
    (folder / "brief gewijzigd.docx").write_bytes(b"anders")
    waiting = running.once()
    assert any("'brief gewijzigd.docx' in 'Terug te draaien' is geen" in line for line in waiting)
    assert (folder / "brief gewijzigd.docx").is_file()
    assert kenmerken(running) == ["2026-0001-01"]


def test_the_same_copy_taken_back_twice_is_taken_back_once(running: Play) -> None:
    decide(running)
    paper = next(one for one in journal_of(running)["filed"] if one.kenmerk == "2026-0001-02")
    folder = running.place(Place.TERUG_TE_DRAAIEN)
    folder.mkdir(exist_ok=True)
    for name in ("een.txt", "twee.txt"):
        shutil.copyfile(running.place(Place.ARCHIEF, paper.path), folder / name)
    running.once()
    assert len(journal_of(running)["held"]) == 1
    assert kenmerken(running) == ["2026-0001-01"]
