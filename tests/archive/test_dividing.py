"""Facts about what becomes of a paper that is several things."""

from dataclasses import replace
from datetime import date

import pytest
from received import RECEIVED

from pipeline.archive.dividing import (
    Portion,
    Shelves,
    Vocabulary,
    plan_division,
    proposal,
    understand,
)
from pipeline.archive.plan import FilingPlan
from pipeline.values import (
    Facts,
    Filed,
    Held,
    HeldPaper,
    Judgement,
    Kind,
    Origin,
    Right,
    Share,
    StartsProcedure,
)

TODAY = date(2026, 11, 23)
LABELS = {kind: kind.value.replace("_", " ").capitalize() for kind in Kind}
STAFF = Right(id="WMS-12-b", right="instemming", geleding="personeel")
WHOLE = Right(id="WMS-11-l", right="advies", geleding="hele raad")
WORDS = Vocabulary(
    kinds={label: kind for kind, label in LABELS.items()}, rights={"formatie": STAFF, "schooltijden": WHOLE}
)


def guess(kind: Kind, *rights: Right, likeliest: tuple[Kind, ...] = ()) -> Judgement:
    return Judgement(
        kind=kind,
        confidence=0.6,
        evidence=(),
        likeliest=likeliest or (kind,),
        starts_procedure=StartsProcedure.VRAAG,
        rights=rights,
    )


def paper(judgement: Judgement | None, *, variant: str = "") -> HeldPaper:
    return HeldPaper(
        origin=Origin(arrival="postbus:1", part="2", name="Brief.pdf", variant=variant),
        sha256="a" * 64,
        place="Brief.pdf",
        verdict=Held(judgement=judgement, reasons=("Twijfel.",)),
        facts=Facts(subject="Formatie", answer_date=date(2027, 1, 15)),
        received=RECEIVED,
    )


def portion(kind: Kind, subject: str = "Formatie", holder: str = "", right: Right | None = None) -> Portion:
    return Portion(kind=kind, right=right, holder=holder, subject=subject, answer_by=None)


EMPTY = Shelves(dossiers={}, used={}, taken=frozenset({"postbus:1#2"}))


def divide(*portions: Portion, shelves: Shelves = EMPTY, followers: tuple[HeldPaper, ...] = ()) -> FilingPlan:
    return plan_division(
        paper(guess(Kind.ADVIESAANVRAAG)),
        portions,
        shelves,
        followers=followers,
        labels=LABELS,
        today=TODAY,
        last_serial=6,
    )


def placed(plan: FilingPlan) -> list[tuple[str, Kind]]:
    return [(one.kenmerk, one.kind) for one in plan.filed]


# --- what stands on the sheet at first -------------------------------------------------


def test_each_right_that_was_found_is_a_row_with_its_holder() -> None:
    rows = proposal(paper(guess(Kind.ADVIESAANVRAAG, STAFF, WHOLE)), (), WORDS, LABELS)
    assert [(row.sort, row.right, row.holder) for row in rows] == [
        ("Instemmingsverzoek", "formatie", "personeel"),
        ("Adviesaanvraag", "schooltijden", "hele raad"),
    ]
    assert {(row.subject, row.answer_by) for row in rows} == {("Formatie", "15-01-2027")}


def test_without_rights_a_paper_that_may_be_either_request_is_proposed_as_both() -> None:
    both = (Kind.INSTEMMINGSVERZOEK, Kind.ADVIESAANVRAAG)
    rows = proposal(paper(guess(both[0], likeliest=both)), (), WORDS, LABELS)
    assert [row.sort for row in rows] == ["Instemmingsverzoek", "Adviesaanvraag"]


def test_what_could_not_be_read_is_one_row_without_a_kind() -> None:
    (row,) = proposal(paper(None), (), WORDS, LABELS)
    assert (row.sort, row.subject) == ("", "Formatie")


def test_what_is_filed_already_is_shown_as_such() -> None:
    (row,) = proposal(paper(None), divide(portion(Kind.ADVIESAANVRAAG, right=WHOLE)).filed, WORDS, LABELS)
    assert (row.sort, row.right, row.recorded) == (
        "Adviesaanvraag",
        "schooltijden",
        "Al opgeborgen als 2026-0007-01.",
    )


# --- what she filled in ----------------------------------------------------------------


def test_who_it_is_for_follows_from_the_right() -> None:
    row = Share(sort="instemmingsverzoek", right="Formatie", subject="Plan", answer_by="15-01-2027")
    assert understand((row,), WORDS, TODAY) == (
        Portion(
            kind=Kind.INSTEMMINGSVERZOEK,
            right=STAFF,
            holder="personeel",
            subject="Plan",
            answer_by=date(2027, 1, 15),
        ),
    )


@pytest.mark.parametrize("typed", ["ouders", "Ouders", "de oudergeleding"])
def test_a_holder_alone_is_kept_with_a_request(typed: str) -> None:
    (found,) = understand((Share(sort="Adviesaanvraag", holder=typed, subject="Plan"),), WORDS, TODAY)
    assert isinstance(found, Portion)
    assert found.right == Right(id="", right="advies", geleding="ouders")


# --- where it goes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("22-11-2026", "22 november 2026 is al voorbij. Controleer de datum, of maak de cel leeg."),
        ("24-11-2027", "24 november 2027 is meer dan een jaar vooruit. Controleer het jaartal."),
    ],
)
def test_by_a_wrong_day_no_answer_is_asked(day: str, problem: str) -> None:
    row = Share(sort="Adviesaanvraag", subject="Formatie")
    assert understand((replace(row, answer_by=day),), WORDS, TODAY) == (problem,)
    (today,) = understand((replace(row, answer_by="23-11-2026"),), WORDS, TODAY)
    assert isinstance(today, Portion)


def test_each_request_opens_a_dossier_and_the_rest_goes_with_the_request_above_it() -> None:
    plan = divide(
        portion(Kind.INSTEMMINGSVERZOEK),
        portion(Kind.INFORMATIEVERSTREKKING, holder="ouders"),
        portion(Kind.ADVIESAANVRAAG),
        portion(Kind.BELEIDSSTUK),
    )
    assert placed(plan) == [
        ("2026-0007-01", Kind.INSTEMMINGSVERZOEK),
        ("2026-0007-02", Kind.INFORMATIEVERSTREKKING),
        ("2026-0008-01", Kind.ADVIESAANVRAAG),
        ("2026-0008-02", Kind.BELEIDSSTUK),
    ]
    starts = [one.judgement.starts_procedure for one in plan.filed]
    assert starts == [StartsProcedure.JA, StartsProcedure.NEE] * 2


def test_what_stands_above_the_first_request_goes_with_it() -> None:
    plan = divide(portion(Kind.INFORMATIEVERSTREKKING), portion(Kind.ADVIESAANVRAAG))
    assert placed(plan) == [
        ("2026-0007-01", Kind.ADVIESAANVRAAG),
        ("2026-0007-02", Kind.INFORMATIEVERSTREKKING),
    ]


def test_a_decision_of_the_board_has_a_dossier_of_its_own() -> None:
    """Its terms would be told to nobody in the dossier of another request."""
    plan = divide(portion(Kind.ADVIESAANVRAAG), portion(Kind.BESLUIT_NA_ADVIES))
    assert [one.dossier for one in plan.filed] == ["2026-0007", "2026-0008"]


def test_without_a_request_everything_lies_in_one_dossier() -> None:
    plan = divide(portion(Kind.NOTULEN), portion(Kind.AGENDA))
    assert [one.kenmerk for one in plan.filed] == ["2026-0007-01", "2026-0007-02"]


def test_each_filing_is_told_apart_and_has_its_own_right() -> None:
    plan = divide(portion(Kind.INSTEMMINGSVERZOEK, right=STAFF), portion(Kind.ADVIESAANVRAAG, right=WHOLE))
    assert [one.origin.paper for one in plan.filed] == ["postbus:1#2", "postbus:1#2~2"]
    assert [one.judgement.rights for one in plan.filed] == [(STAFF,), (WHOLE,)]


def test_what_waited_for_the_paper_goes_with_its_first_thing() -> None:
    annex = replace(paper(guess(Kind.BELEIDSSTUK)), is_sure=True)
    plan = divide(portion(Kind.INSTEMMINGSVERZOEK), portion(Kind.ADVIESAANVRAAG), followers=(annex,))
    assert placed(plan) == [
        ("2026-0007-01", Kind.INSTEMMINGSVERZOEK),
        ("2026-0007-02", Kind.BELEIDSSTUK),
        ("2026-0008-01", Kind.ADVIESAANVRAAG),
    ]


def test_what_waited_and_may_begin_or_end_a_term_stays_held() -> None:
    maybe, annex = paper(guess(Kind.BESLUIT_NA_ADVIES)), paper(guess(Kind.BELEIDSSTUK))
    plan = divide(portion(Kind.INSTEMMINGSVERZOEK), portion(Kind.ADVIESAANVRAAG), followers=(maybe, annex))
    assert placed(plan) == [
        ("2026-0007-01", Kind.INSTEMMINGSVERZOEK),
        ("2026-0007-02", Kind.OVERIG),
        ("2026-0008-01", Kind.ADVIESAANVRAAG),
    ]
    assert [one.origin for one in plan.held] == [maybe.origin]


def test_what_is_added_to_a_filed_paper_goes_into_its_dossier_with_the_next_number() -> None:
    first = divide(portion(Kind.INSTEMMINGSVERZOEK))
    filed: tuple[Filed, ...] = first.filed
    shelves = Shelves(
        filed=filed,
        dossiers={one.number: one for one in first.dossiers},
        used={"2026-0007": 3},
        taken=frozenset(one.origin.paper for one in filed) | {"postbus:1#2~2"},
    )
    plan = divide(portion(Kind.INFORMATIEVERSTREKKING, holder="ouders"), shelves=shelves)
    (added,) = plan.filed
    assert (added.kenmerk, added.origin.variant) == ("2026-0007-04", "3")
    assert added.title == "Formatie, voor de oudergeleding"
    assert plan.dossiers == ()
