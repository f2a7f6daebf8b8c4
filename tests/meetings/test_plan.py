"""A meeting folder read, its numbers and times, what blocks approval, and what is proposed for it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.meetings.outline import read_label
from pipeline.meetings.plan import (
    Known,
    folder_name,
    item_folders,
    propose,
    read_meeting,
)
from pipeline.values import (
    Actor,
    Address,
    Council,
    DateCandidate,
    Deadline,
    Entry,
    Facts,
    Filed,
    ItemPaper,
    Judgement,
    Kind,
    Meeting,
    MeetingDate,
    Origin,
    Override,
    Procedure,
    ProcedureState,
    Received,
    ReceivedBasis,
    StartsProcedure,
)

DAY = date(2026, 12, 8)
FOLDER = "2026-12-08 Overlegvergadering"
MOMENT = MeetingDate(day=DAY, kind="Overlegvergadering", starts="19.30", ends="21.30", place="Aula")
COUNCIL = Council(
    name="CMR Veenrijk College", short="CMR", organ="cmr", regime="wms-vo", region="noord",
    board="Stichting Veenrijk", mailbox=Address(email="cmr@veenrijk.example"),
    secretary=Address(email="s@veenrijk.example"), chair=Address(email="v@veenrijk.example"),
    own_addresses=(), relations=(), groups=("PMR",), pause_minutes=10,
    fixed_items=("Opening", "Ingekomen stukken"), closing_items=("Rondvraag", "Sluiting"),
    papers_days_before=7, public_edition=False,
)  # fmt: skip


def read(*paths: str, known: Known | None = None, folder: str = FOLDER) -> Meeting:
    """A path ending in a slash is a folder; a file's digest is ``sha of <path>``."""
    entries = tuple(
        Entry(
            path=path.rstrip("/"),
            is_folder=path.endswith("/"),
            sha256="" if path.endswith("/") else f"sha of {path}",
            size_bytes=0,
            changed=9.0,
        )
        for path in paths
    )
    return read_meeting(folder, entries, known or Known(groups=("PMR",)))


def papers_of(meeting: Meeting) -> dict[str, list[str]]:
    return {item.number: [paper.path for paper in item.papers] for item in meeting.items}


# --- items and papers ------------------------------------------------------------------


def test_numbered_folders_are_the_agenda_in_order() -> None:
    meeting = read("10 Sluiting/", "04a Ingelast/", "04 Formatieplan [instemming]/", "01 Opening/")
    assert [(item.number, item.title, item.aim) for item in meeting.items] == [
        ("1", "Opening", ""),
        ("4", "Formatieplan", "instemming"),
        ("4a", "Ingelast", ""),
        ("10", "Sluiting", ""),
    ]
    assert meeting.problems == ()


def test_papers_lie_in_natural_order_under_their_own_item() -> None:
    meeting = read(
        "04 Plan/", "04 Plan/stuk 10.pdf", "04 Plan/stuk 2.pdf", "04 Plan B/", "04a X/", "04a X/a.pdf"
    )
    assert meeting.items[0].papers[0].path == "04 Plan/stuk 2.pdf"
    assert meeting.items[0].papers[1].path == "04 Plan/stuk 10.pdf"
    assert papers_of(meeting)["4a"] == ["04a X/a.pdf"]


def test_reserved_papers_come_after_the_others() -> None:
    """So that numbers of what everybody sees do not shift between editions more than they must."""
    meeting = read(
        "04 Plan/", "04 Plan/vertrouwelijk PMR/", "04 Plan/vertrouwelijk PMR/a.pdf",
        "04 Plan/besloten/", "04 Plan/besloten/b.pdf", "04 Plan/c.pdf",
    )  # fmt: skip
    assert [(one.path, one.audience, one.closed) for one in meeting.items[0].papers] == [
        ("04 Plan/c.pdf", "", False),
        ("04 Plan/besloten/b.pdf", "", True),
        ("04 Plan/vertrouwelijk PMR/a.pdf", "PMR", False),
    ]
    assert meeting.problems == ()


def test_a_closed_item_closes_its_papers_and_a_closed_paper_closes_itself() -> None:
    meeting = read(
        "04 A [besloten]/", "04 A [besloten]/a.pdf", "05 B/", "05 B/[besloten] b.pdf", "05 B/c.pdf"
    )
    assert [item.closed for item in meeting.items] == [True, False]
    assert {paper.path: paper.closed for item in meeting.items for paper in item.papers} == {
        "04 A [besloten]/a.pdf": True,
        "05 B/[besloten] b.pdf": True,
        "05 B/c.pdf": False,
    }


def test_late_papers() -> None:
    meeting = read(
        "04 A/", "04 A/[tafelstuk] a.pdf", "04 A/b.pdf", "05 B [tafelstuk]/", "05 B [tafelstuk]/c.pdf"
    )
    assert [paper.late for item in meeting.items for paper in item.papers] == [True, False, True]


def test_the_title_of_a_paper_is_the_known_one_else_its_cleaned_name() -> None:
    known = Known(titles={"sha of 04 A/Scan_0012.pdf": "Formatieplan"})
    meeting = read(
        "04 A/", "04 A/Scan_0012.pdf", "04 A/02 Notitie [tafelstuk].pdf", "04 A/03.pdf", known=known
    )
    assert [paper.title for paper in meeting.items[0].papers] == [
        "Notitie",
        "Stuk zonder titel",
        "Formatieplan",
    ]


def test_an_item_with_only_a_number_has_a_title_that_says_so() -> None:
    assert read("04/").items[0].title == "(zonder titel)"


def test_own_folders_and_rubbish_are_no_agenda_and_no_papers() -> None:
    own = ("Bundel/", "Bundel/LET OP.txt", "Voorstel/", "Voorstel/07 Plan/", "Voorstel/07 Plan/a.pdf")
    other = ("versturen/", "Afdrukken/", "Proef aan mij/x.pdf", "desktop.ini")
    rubbish = ("04 A/Thumbs.db", "04 A/.DS_Store", "04 A/x.tmp")
    meeting = read(*own, *other, "04 A/", *rubbish)
    assert papers_of(meeting) == {"4": []}
    assert meeting.problems == ()


# --- problems --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (("04 A/", "4 B/"), "Nummer 4 komt twee keer voor: '04 A' en '4 B'."),
        (("04a A/", "04a B/"), "Nummer 4a komt twee keer voor"),
        (("04 A/", "4 B/", "004 C/"), "Nummer 4 komt drie keer voor: '004 C', '04 A' en '4 B'."),
        (("04 A/", "los.pdf"), "'los.pdf' ligt los in de vergadermap"),
        (("Plannen/", "Plannen/a.pdf"), "De map 'Plannen' heeft geen nummer."),
        (("04 A/", "04 A/~$x.docx"), "'x.docx' is nog open in Word of Excel."),
        (("04 A/", "04 A/.~lock.x.docx#"), "'x.docx' is nog open in Word of Excel."),
        (("~$los.docx",), "'los.docx' is nog open in Word of Excel."),
        (
            ("04 A/", "04 A/~$kantie.docx", "04 A/vakantie.docx"),
            "'vakantie.docx' is nog open in Word",
        ),
        (
            ("04 A/", "04 A/~$ooster.docx", "04 A/rooster.docx"),
            "'rooster.docx' is nog open in Word",
        ),
        (("04 A/", "04 A/~$plan.docx", "04 A/plan.docx", "04 A/x-plan.docx"), "'plan.docx' is nog open"),
        (
            ("04 A/", "04 A/~$kantie.docx", "04 A/vakantie.docx", "04 A/Fakantie.docx"),
            "'Fakantie.docx' of 'vakantie.docx' is nog open",
        ),
        (("04 A/", "04 A/~$kantie.docx", "04 A/Zomervakantie.docx"), "'kantie.docx' is nog open"),
        (("04 A/", "05 B/", "04 A/~$kantie.docx", "05 B/vakantie.docx"), "'kantie.docx' is nog open"),
        (("04 A [geheim]/",), "[geheim] is niet bekend"),
        (("04 A [vertrouwelijk PMR]/",), "[vertrouwelijk pmr] is niet bekend"),
        (("04 A/", "04 A/[geheim] a.pdf"), "[geheim] is niet bekend"),
        (("04 A/", "04 A/a vertrouwlijk.pdf"), "'vertrouwlijk' lijkt op"),
        (("04 A/", "04 A/vertrouwelijk OMR/", "04 A/vertrouwelijk OMR/a.pdf"), "Bekende groepen: PMR"),
        (("04 A/", "04 A/oud/", "04 A/oud/a.pdf"), "de map 'oud' wordt niet begrepen"),
        (("04 A/", "04 A/besloten/", "04 A/besloten/x/"), "een map in een map ('besloten/x')"),
    ],
)
def test_what_does_not_fit_is_a_problem(paths: tuple[str, ...], told: str) -> None:
    (problem,) = read(*paths).problems
    assert told in problem


def test_two_folders_with_one_number_are_told_apart_so_that_no_paper_shares_a_number() -> None:
    meeting = read("04 A/", "04 A/a.pdf", "4 B/", "4 B/b.pdf", "004 C/", "05 D/")
    assert [item.number for item in meeting.items] == ["4", "4 (2)", "4 (3)", "5"]
    assert {path for paths in papers_of(meeting).values() for path in paths} == {"04 A/a.pdf", "4 B/b.pdf"}


def test_a_paper_in_a_folder_that_is_not_understood_is_in_no_item() -> None:
    """Fail closed: nobody gets it, and approval is blocked."""
    meeting = read(
        "04 A/", "04 A/vertrouwelijk OMR/", "04 A/vertrouwelijk OMR/a.pdf",
        "04 A/besloten/", "04 A/besloten/x/", "04 A/besloten/x/b.pdf", "Oud/", "Oud/c.pdf",
    )  # fmt: skip
    assert papers_of(meeting) == {"4": []}
    assert len(meeting.problems) == 3


def test_a_nested_folder_is_told_once_however_many_files_it_holds() -> None:
    meeting = read("04 A/", "04 A/oud/", *(f"04 A/oud/{n}.pdf" for n in range(5)))
    assert len(meeting.problems) == 1


def test_the_words_of_a_filed_paper_are_a_title_and_no_marks() -> None:
    meeting = read("04 A/", "04 A/2026-0017-03 Regeling vertrouwelijke gegevens.pdf")
    assert meeting.problems == ()


def test_a_filed_paper_that_begins_with_a_mark_of_secrecy_is_asked_about_unless_it_is_kept_apart() -> None:
    name = "2026-0017-03 VERTROUWELIJK ontslag.pdf"

    assert "'vertrouwelijk'" in read("04 A/", f"04 A/{name}").problems[0]
    assert read("04 A/", "04 A/vertrouwelijk PMR/", f"04 A/vertrouwelijk PMR/{name}").problems == ()


def test_a_file_without_extension_is_read_whole() -> None:
    assert len(read("04 A/", "04 A/notitie geheim").problems) == 1


def test_agenda_xlsx_may_lie_loose() -> None:
    assert read("agenda.xlsx").problems == ()


# --- the moment, times and deadlines ---------------------------------------------------


def test_the_rooster_gives_times_and_place_to_the_meeting_of_that_day_and_kind() -> None:
    other = replace(MOMENT, kind="PMR-overleg", place="Kamer 2")
    known = Known(rooster=(other, replace(MOMENT, day=date(2026, 12, 9)), MOMENT))
    assert read(known=known).date == MOMENT
    assert read(known=known, folder="2026-12-08 overlegvergadering").date == MOMENT
    assert read(known=known, folder="2026-12-08 Extra").date == MeetingDate(day=DAY, kind="Extra")
    assert read(known=known, folder="Heidag").date == MeetingDate(day=None, kind="Heidag")


def times(*names: str, starts: str = "19.30", overrides: tuple[Override, ...] = ()) -> list[str]:
    known = Known(rooster=(replace(MOMENT, starts=starts),), overrides=overrides)
    return [item.starts for item in read(*(f"{name}/" for name in names), known=known).items]


def test_times_run_through_as_long_as_lengths_are_known() -> None:
    assert times("01 A (5 min)", "02 B (40 min)", "03 C", "04 D (10 min)") == ["19.30", "19.35", "20.15", ""]


def test_times_start_again_where_the_secretary_gives_one() -> None:
    overrides = (Override(number="3", folder_title="C", starts="20:05", minutes=20),)
    assert times("01 A", "02 B", "03 C", "04 D", overrides=overrides) == ["19.30", "", "20.05", "20.25"]


@pytest.mark.parametrize("starts", ["", "half acht", "19 uur"])
def test_without_a_time_that_can_be_read_there_are_no_times(starts: str) -> None:
    assert times("01 A (5 min)", "02 B", starts=starts) == ["", ""]


def test_times_pass_midnight() -> None:
    assert times("01 A (90 min)", "02 B", starts="23.00") == ["23.00", "0.30"]


def test_the_deadline_is_the_one_in_the_name_else_the_first_of_its_papers() -> None:
    known = Known(deadlines={"sha of 04 A/a.pdf": date(2027, 1, 8), "sha of 04 A/b.pdf": date(2026, 12, 20)})
    assert read("04 A/", "04 A/a.pdf", "04 A/b.pdf", known=known).items[0].deadline == date(2026, 12, 20)
    named = Known(deadlines={"sha of 04 A (uiterlijk 8-1-2027)/a.pdf": date(2026, 12, 1)})
    (item,) = read("04 A (uiterlijk 8-1-2027)/", "04 A (uiterlijk 8-1-2027)/a.pdf", known=named).items
    assert item.deadline == date(2027, 1, 8)
    assert read("04 A/", "04 A/c.pdf", known=known).items[0].deadline is None


@pytest.mark.parametrize("folder", ["vertrouwelijk PMR", "besloten"])
def test_the_term_of_a_reserved_paper_does_not_show_on_the_item_everybody_sees(folder: str) -> None:
    path = f"04 A/{folder}/a.pdf"
    known = Known(groups=("PMR",), deadlines={f"sha of {path}": date(2027, 1, 8)})
    assert read("04 A/", f"04 A/{folder}/", path, known=known).items[0].deadline is None


def test_a_closed_item_shows_the_term_of_its_papers() -> None:
    known = Known(deadlines={"sha of 04 A [besloten]/a.pdf": date(2027, 1, 8)})
    (item,) = read("04 A [besloten]/", "04 A [besloten]/a.pdf", known=known).items
    assert item.deadline == date(2027, 1, 8)


# --- what the secretary overrules ------------------------------------------------------


def test_what_was_typed_for_a_closed_item_does_not_go_to_the_open_item_that_gets_its_number() -> None:
    """Closed item 4 becomes 5 and an open item becomes 4: its title stays hidden, and approval waits."""
    own_words = "Ontslag van de heer Bos"
    row = Override(number="4", folder_title="Personeel [besloten]", title=own_words)
    known = Known(overrides=(row,))

    before = read("04 Personeel [besloten]/", "05 Begroting/", known=known)
    after = read("04 Begroting/", "05 Personeel [besloten]/", known=known)

    assert [item.title for item in before.items] == [own_words, "Begroting"]
    assert before.problems == ()
    assert [item.title for item in after.items] == ["Begroting", "Personeel"]
    assert after.problems == (
        (
            "In agenda.xlsx staat bij punt 4 een eigen invulling die hoorde bij een andere map; "
            "controleer haar en maak de gele cellen leeg of zet haar bij het goede punt."
        ),
    )
    assert own_words not in "".join(after.problems)


# --- folders of a new meeting ----------------------------------------------------------


def test_a_new_meeting_has_its_standing_items_with_room_between_them() -> None:
    assert item_folders(COUNCIL) == ("01 Opening", "02 Ingekomen stukken", "12 Rondvraag", "13 Sluiting")
    assert folder_name(MOMENT) == FOLDER
    assert folder_name(MeetingDate(day=None, kind="Heidag")) == "Heidag"


def test_the_folders_of_a_new_meeting_are_read_back_without_problems() -> None:
    meeting = read(*(f"{name}/" for name in item_folders(COUNCIL)))
    assert [item.number for item in meeting.items] == ["1", "2", "12", "13"]
    assert meeting.problems == ()


# --- proposals -------------------------------------------------------------------------

RECEIVED = Received(
    at=datetime(2026, 11, 3, 9, tzinfo=UTC),
    basis=ReceivedBasis.RECEIVED_HEADER,
    confirmed=True,
    candidates=(DateCandidate(day=date(2026, 11, 3), source="mail"),),
)


def procedure(number: str, strict: date | None = date(2027, 1, 8), title: str = "Rooster") -> Procedure:
    term = Deadline(
        term="t", name="t", trigger=date(2026, 11, 3), strict=strict, last_day=strict, advised=strict,
        actor=Actor.RAAD, steps=(), basis=None, warnings=(),
    )  # fmt: skip
    return Procedure(
        dossier=number,
        definition="instemming-wms",
        kind=Kind.INSTEMMINGSVERZOEK,
        title=title,
        right_holder="hele raad",
        state=ProcedureState.ONTVANGEN,
        received=RECEIVED,
        deadlines=(term,),
        meeting_day=DAY,
        to_do=(),
    )


def filed(dossier: str, number: int = 1) -> Filed:
    kenmerk = f"{dossier}-{number:02d}"
    guess = Judgement(
        kind=Kind.INSTEMMINGSVERZOEK,
        confidence=1,
        evidence=(),
        likeliest=(),
        starts_procedure=StartsProcedure.JA,
    )
    return Filed(
        origin=Origin(arrival=kenmerk, part="1", name=""), kenmerk=kenmerk, dossier=dossier,
        path=f"{kenmerk}.pdf", kind=Kind.INSTEMMINGSVERZOEK, title="Rooster", sha256=f"sha of {kenmerk}",
        received=RECEIVED, facts=Facts(), judgement=guess,
    )  # fmt: skip


def proposed(
    *procedures: Procedure, meeting: Meeting | None = None, papers: tuple[Filed, ...] | None = None
) -> list[str]:
    known = papers if papers is not None else tuple(filed(one.dossier) for one in procedures)
    return [one.folder for one in propose(procedures, known, meeting or read(), COUNCIL)]


def test_a_procedure_that_must_be_on_this_meeting_is_proposed_with_all_papers_of_its_dossier() -> None:
    papers = (filed("2026-0017"), filed("2026-0017", 2), filed("2026-0018"))
    (proposal,) = propose((procedure("2026-0017"),), papers, read(), COUNCIL)
    assert proposal.folder == "03 Rooster [instemming] (uiterlijk 8-1-2027)"
    assert proposal.papers == papers[:2]


def test_a_proposal_reads_back_as_it_was_meant() -> None:
    (name,) = proposed(procedure("2026-0017"))
    label = read_label(name)
    assert (label.number, label.title, label.aim, label.deadline) == (
        "3",
        "Rooster",
        "instemming",
        date(2027, 1, 8),
    )
    assert label.problems == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(procedure("2026-0017"), meeting_day=date(2027, 1, 12)),
        replace(procedure("2026-0017"), meeting_day=None),
        replace(procedure("2026-0017"), state=ProcedureState.AFGEROND),
        replace(procedure("2026-0017"), state=ProcedureState.TERUGGEDRAAID),
        replace(procedure("2026-0017"), state=ProcedureState.BEANTWOORD),
    ],
)
def test_any_other_procedure_is_not_proposed(other: Procedure) -> None:
    assert proposed(other) == []


@pytest.mark.parametrize(
    ("state", "aim"),
    [
        (ProcedureState.ONVOLLEDIG, "instemming"),
        (ProcedureState.VOLLEDIG, "instemming"),
        (ProcedureState.OP_AGENDA, "instemming"),
        (ProcedureState.TERMIJN_VERSTREKEN, "instemming"),
        (ProcedureState.NADER_OVERLEG, "bespreking"),
        (ProcedureState.BESLOTEN, "bespreking"),
        (ProcedureState.OPGESCHORT, "bespreking"),
    ],
)
def test_whatever_still_asks_something_of_the_council_is_proposed(state: ProcedureState, aim: str) -> None:
    """Also when the agenda was set on the zaakkaart; after a decision there is nothing to consent to."""
    (folder,) = proposed(replace(procedure("2026-0017"), state=state))
    assert folder == f"03 Rooster [{aim}] (uiterlijk 8-1-2027)"


def test_a_term_of_the_board_is_no_last_day_of_the_council() -> None:
    """The board must answer by 20 December, the council by 8 January."""
    one = procedure("2026-0017")
    (own,) = one.deadlines
    board = replace(own, strict=date(2026, 12, 20), actor=Actor.BEVOEGD_GEZAG)
    (folder,) = proposed(replace(one, deadlines=(board, own)))
    assert folder.endswith("(uiterlijk 8-1-2027)")


def test_a_matter_that_is_no_request_is_proposed_for_discussion() -> None:
    (folder,) = proposed(replace(procedure("2026-0017"), kind=Kind.BESLUIT_NA_ADVIES))
    assert folder == "03 Rooster [bespreking] (uiterlijk 8-1-2027)"


def test_a_folder_without_a_day_gets_no_proposals() -> None:
    nowhere = replace(procedure("2026-0017"), meeting_day=None)
    assert proposed(nowhere, meeting=read(folder="Heidag")) == []


def test_a_procedure_without_papers_is_not_proposed() -> None:
    assert proposed(procedure("2026-0017"), papers=()) == []


def test_a_procedure_whose_papers_lie_on_the_agenda_is_not_proposed_again() -> None:
    meeting = read("03 Rooster/", "03 Rooster/a.pdf")
    paper = ItemPaper(path="03 Rooster/a.pdf", sha256="sha of 2026-0017-02", title="Bijlage")
    lying = replace(meeting, items=(replace(meeting.items[0], papers=(paper,)),))
    papers = (filed("2026-0017"), filed("2026-0017", 2))
    assert proposed(procedure("2026-0017"), meeting=lying, papers=papers) == []


def test_the_most_urgent_procedure_gets_the_first_number_and_one_without_a_date_the_last() -> None:
    names = proposed(
        procedure("2026-0017", None, "Zonder"),
        procedure("2026-0018", date(2027, 1, 9), "Later"),
        procedure("2026-0019", date(2026, 12, 9), "Eerst"),
    )
    assert names == [
        "03 Eerst [instemming] (uiterlijk 9-12-2026)",
        "04 Later [instemming] (uiterlijk 9-1-2027)",
        "05 Zonder [instemming]",
    ]


def test_an_advice_request_asks_for_advice() -> None:
    assert "[advies]" in proposed(replace(procedure("2026-0017"), kind=Kind.ADVIESAANVRAAG))[0]


def test_numbers_are_taken_from_the_gaps_between_standing_and_closing_items() -> None:
    meeting = read("01 A/", "02 B/", "03 C/", "05 D/", "12 Rondvraag/", "13 Sluiting/")
    names = proposed(*(procedure(f"2026-00{n}") for n in range(10, 14)), meeting=meeting)
    assert [name.split()[0] for name in names] == ["04", "06", "07", "08"]


def test_when_the_gaps_are_full_items_are_inserted_before_the_closing_ones() -> None:
    meeting = read("11a Al daar/", "12 Rondvraag/")
    names = proposed(*(procedure(f"2026-00{n}") for n in range(10, 21)), meeting=meeting)
    whole = [f"{number:02d}" for number in range(3, 12)]
    assert [name.split()[0] for name in names] == [*whole, "11b", "11c"]


@given(st.sets(st.integers(1, 15)), st.integers(1, 20))
def test_numbers_of_proposals_never_collide(used: set[int], count: int) -> None:
    meeting = read(*(f"{number:02d} Punt/" for number in sorted(used)))
    names = proposed(*(procedure(f"2026-{n:04d}") for n in range(count)), meeting=meeting)
    numbers = [read_label(name).number for name in names]
    assert len(set(numbers)) == count
    assert not set(numbers) & {item.number for item in meeting.items}
    assert all(
        read_label("02 Ingekomen").order < read_label(name).order < read_label("12 Rond").order
        for name in names
    )


@pytest.mark.parametrize(
    "title", ["Rooster 2026/2027", "C:\\plan", "Fusie: fase 2?", 'Plan "A" <x>', "..", "a\r\nb"]
)
def test_a_title_from_outside_never_makes_a_folder_in_a_folder(title: str) -> None:
    (name,) = proposed(procedure("2026-0017", title=title))
    assert not set('<>:"/\\|?*\r\n') & set(name)


def test_brackets_in_a_title_are_no_marks() -> None:
    (name,) = proposed(procedure("2026-0017", title="Rooster [geheim] (5 min)"))
    label = read_label(name)
    assert (label.aim, label.minutes) == ("instemming", 0)
    assert "[geheim]" not in name


def test_a_long_title_is_cut_and_its_term_stays() -> None:
    (name,) = proposed(procedure("2026-0017", title="Zeer lang " * 20))
    assert read_label(name).deadline == date(2027, 1, 8)
    assert len(name) <= 100
