"""What a person types on the zaakkaart: recorded, or refused with a reason; nothing is filled in for her."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

import pytest
from playing import Play
from procedures.telling import DEFINITIONS, LAW, RIGHTS, fresh, tell

from pipeline.procedures.answers import ASK_LETTER, Checks, Told, check_answer, read_answers, record
from pipeline.procedures.standing import answers_of
from pipeline.roads.cards import checks as checks_of
from pipeline.values import AnswerKind, CardAnswer, EventSource, Procedure, Right

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = {right.id: f"artikel {right.article} onder {right.onderdeel} {right.law}" for right in RIGHTS}


def _no_article(text: str) -> Right | str:
    return f"'{text}' is geen artikel."


CHECKS = Checks(today=TODAY, calendar=LAW.calendar, read_right=_no_article, right_words=WORDS)


def question(event: str, definition: str = "advies-wms") -> str:
    rule = DEFINITIONS[definition].event(event)
    assert rule is not None
    return rule.question


def typed(
    known: Mapping[str, str],
    cells: Mapping[str, str],
    definition: str = "advies-wms",
    checks: Checks = CHECKS,
) -> Told:
    """Read a card on which these events were recorded and these cells were filled in."""
    card = tuple(
        CardAnswer(
            question=name if name == ASK_LETTER else question(name, definition),
            answer=answer,
        )
        for name, answer in cells.items()
    )
    return read_answers(card, tell(fresh(definition), known), DEFINITIONS[definition], checks)


# --- days ------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["03-11-2026", "3-11-2026", "2026-11-03"])
def test_a_day_is_recorded_however_it_is_written(written: str) -> None:
    assert typed({}, {"ontvangen_op": written}).answers == (("ontvangen_op", "2026-11-03"),)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31-11-2026", "'31-11-2026' is geen bestaande dag. Schrijf bijvoorbeeld 16-11-2026."),
        ("29-02-2027", "'29-02-2027' is geen bestaande dag. Schrijf bijvoorbeeld 16-11-2026."),
        ("volgende week", "'volgende week' is geen bestaande dag. Schrijf bijvoorbeeld 16-11-2026."),
        ("3 november", "'3 november' is geen bestaande dag. Schrijf bijvoorbeeld 16-11-2026."),
        (
            "03-11-2206",
            "Het jaar 2206 valt buiten de kalender (2014 tot en met 2050). Controleer het jaartal.",
        ),
        ("24-11-2026", "24 november 2026 moet nog komen. Vul de dag in zodra het is gebeurd."),
    ],
)
def test_a_day_that_cannot_be_is_refused_as_typed(written: str, why: str) -> None:
    found = typed({}, {"ontvangen_op": written})
    assert found.answers == ()
    assert found.refused == (("Ontvangen op", written, why),)


def test_today_has_come_and_a_planned_day_may_come() -> None:
    known = {"ontvangen_op": "2026-11-03"}
    assert typed(known, {"volledig_op": "23-11-2026"}).answers == (("volledig_op", "2026-11-23"),)
    assert typed(known, {"op_agenda": "08-12-2026"}).answers == (("op_agenda", "2026-12-08"),)


# --- choices and texts -----------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["positief onder voorwaarden", "Positief Onder Voorwaarden", "voorwaarden"]
)
def test_a_choice_is_known_by_its_word_in_any_case(written: str) -> None:
    assert typed({}, {"strekking": written}).answers == (("strekking", "voorwaarden"),)


def test_another_word_is_no_choice() -> None:
    (refusal,) = typed({}, {"gevolgd": "misschien"}).refused
    assert refusal[2] == "'misschien' is geen keuze. Kies uit: ja, deels, nee, er was geen advies."


def test_a_text_is_recorded_as_it_is() -> None:
    text = "de gevolgen voor ouders; wie beslist"
    assert typed({}, {"ontbreekt": text}).answers == (("ontbreekt", text),)


# --- the right -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def school(new_council: Play) -> Iterator[Checks]:
    """What a primary school's council checks with."""
    with new_council.office() as office:
        yield checks_of(office)


@pytest.mark.parametrize(
    "written",
    [
        "artikel 11 onder n",
        "Artikel 11, onderdeel n",
        "art. 11 lid 1 onder n WMS",
        "artikel 11, aanhef en onder n, WMS",
        "11 n",
        "onderdeel n van artikel 11 WMS",
        "WMS-11-n",
    ],
)
def test_an_article_is_read_in_several_written_forms(written: str, school: Checks) -> None:
    """WMS 11 onder n."""
    assert typed({}, {"recht": written}, checks=school).answers == (("recht", "WMS-11-n"),)


@pytest.mark.parametrize("written", ["artikel 11 onder zz", "artikel 99", "reglement", "artikel 10"])
def test_an_article_that_gives_no_one_right_is_refused(written: str, school: Checks) -> None:
    found = typed({}, {"recht": written}, checks=school)
    assert found.answers == ()
    ((_, shown, why),) = found.refused
    assert shown == written
    assert why


def test_a_right_as_the_card_shows_it_is_the_same_right(school: Checks) -> None:
    """The card writes the citation back; saved again it must not count as changed."""
    shown = school.right_words["WMS-11-n"]
    assert typed({"recht": "WMS-11-n"}, {"recht": shown}, checks=school) == Told(answers=(), refused=())


def test_every_right_survives_being_shown_on_the_card(school: Checks) -> None:
    """Artikel 11a WMS is not artikel 11 onder a: a card that is saved again must not change the right."""
    lost = [
        right.id
        for right in RIGHTS
        if typed({"recht": right.id}, {"recht": school.right_words[right.id]}, checks=school)
        != Told(answers=(), refused=())
    ]
    assert lost == []


# --- what does not fit together --------------------------------------------------------

BEGUN = {"ontvangen_op": "2026-11-10"}


def test_nothing_happens_before_the_request_came_in() -> None:
    (refusal,) = typed(BEGUN, {"advies_uitgebracht_op": "09-11-2026"}).refused
    assert refusal == (
        "Advies uitgebracht op",
        "09-11-2026",
        "Dit ligt vóór ‘ontvangen op’ (10 november 2026). Verbeter een van beide.",
    )
    assert typed(BEGUN, {"advies_uitgebracht_op": "10-11-2026"}).refused == ()


def test_the_receipt_is_not_moved_past_what_came_after_it() -> None:
    """Else an advice that was given in time would be one given before it was asked."""
    known = {**BEGUN, "advies_uitgebracht_op": "2026-11-17"}
    found = typed(known, {"ontvangen_op": "18-11-2026", "advies_uitgebracht_op": "17-11-2026"})
    assert found.answers == ()
    assert found.refused == (
        (
            "Ontvangen op",
            "18-11-2026",
            "Dit ligt na ‘advies uitgebracht op’ (17 november 2026). Verbeter een van beide.",
        ),
    )


def test_both_can_be_corrected_at_once() -> None:
    known = {**BEGUN, "advies_uitgebracht_op": "2026-11-17"}
    found = typed(known, {"ontvangen_op": "18-11-2026", "advies_uitgebracht_op": "19-11-2026"})
    assert found.refused == ()
    assert dict(found.answers) == {"ontvangen_op": "2026-11-18", "advies_uitgebracht_op": "2026-11-19"}


def test_a_refused_receipt_is_named_once_however_much_it_contradicts() -> None:
    known = {**BEGUN, "volledig_op": "2026-11-12", "advies_uitgebracht_op": "2026-11-17"}
    found = typed(known, {"ontvangen_op": "20-11-2026"})
    assert len(found.refused) == 1
    assert found.answers == ()


def test_an_extension_needs_a_reason() -> None:
    """Lengthening is agreed on: by whom and why belongs to it."""
    alone = typed(BEGUN, {"verlengd_tot": "08-01-2027"})
    assert alone.refused == (("Verlengd tot en met", "08-01-2027", "Vul ook in: Reden van de verlenging."),)
    both = typed(BEGUN, {"verlengd_tot": "08-01-2027", "reden_verlenging": "rector akkoord"})
    assert dict(both.answers) == {"verlengd_tot": "2027-01-08", "reden_verlenging": "rector akkoord"}
    later = typed({**BEGUN, "reden_verlenging": "rector akkoord"}, {"verlengd_tot": "08-01-2027"})
    assert later.refused == ()


def test_a_decision_of_the_council_needs_its_outcome() -> None:
    """Silence is no consent: without yes or no nothing was decided."""
    cells = {"besluit_raad_op": "17-11-2026"}
    found = typed(BEGUN, cells, "instemming-wms")
    assert found.refused[0][2] == "Vul ook in: Instemming."
    wrong = typed(BEGUN, {**cells, "instemming": "misschien"}, "instemming-wms")
    assert wrong.answers == ()
    asked = {question for question, _, _ in wrong.refused}
    assert asked == {"Raad of geleding heeft besloten op", "Instemming"}
    assert typed(BEGUN, {**cells, "instemming": "verleend"}, "instemming-wms").refused == ()


def test_what_is_right_is_recorded_beside_what_is_refused() -> None:
    found = typed(BEGUN, {"volledig_op": "12-11-2026", "advies_uitgebracht_op": "01-11-2026"})
    assert found.answers == (("volledig_op", "2026-11-12"),)
    assert [question for question, _, _ in found.refused] == ["Advies uitgebracht op"]


# --- taking back -----------------------------------------------------------------------


def test_an_emptied_cell_takes_its_event_back() -> None:
    known = {**BEGUN, "volledig_op": "2026-11-12"}
    assert typed(known, {"volledig_op": ""}).answers == (("volledig_op", ""),)


def test_an_unchanged_card_changes_nothing() -> None:
    known = {**BEGUN, "gevolgd": "geen_advies", "ontbreekt": "de gevolgen", "recht": "WMS-11-n"}
    cells = {
        "ontvangen_op": "10-11-2026",
        "gevolgd": "er was geen advies",
        "ontbreekt": "de gevolgen",
        "recht": "WMS-11-n",
        "volledig_op": "",
    }
    assert typed(known, cells) == Told(answers=(), refused=())


def test_a_line_that_is_not_on_the_card_is_left_as_it_is() -> None:
    """An older card may ask less; what it does not ask is not taken back."""
    assert typed({**BEGUN, "volledig_op": "2026-11-12"}, {"ontvangen_op": "10-11-2026"}).answers == ()


def test_what_an_event_needs_is_not_taken_back_alone() -> None:
    known = {**BEGUN, "besluit_raad_op": "2026-11-17", "instemming": "verleend"}
    found = typed(known, {"besluit_raad_op": "17-11-2026", "instemming": ""}, "instemming-wms")
    assert [question for question, _, _ in found.refused] == ["Instemming"]


# --- letters ---------------------------------------------------------------------------


def test_a_letter_can_be_asked_for() -> None:
    found = typed(BEGUN, {ASK_LETTER: "verzoek om uitstel"})
    assert (found.letter, found.answers, found.refused) == ("uitstel", (), ())
    assert typed(BEGUN, {ASK_LETTER: ""}).letter == ""


def test_a_letter_that_does_not_exist_is_refused() -> None:
    found = typed(BEGUN, {ASK_LETTER: "Dreigbrief"}, "initiatief-wms")
    assert found.letter == ""
    assert found.refused == (
        (
            ASK_LETTER,
            "Dreigbrief",
            "'Dreigbrief' is geen brief van deze zaak. Kies uit: Initiatiefvoorstel, Herinnering.",
        ),
    )


# --- one answer without a card ---------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "text", "answer", "why"),
    [
        ("volledig_op", "12-11-2026", "2026-11-12", ""),
        ("volledig_op", "", "", ""),
        ("volledig_op", "09-11-2026", "", "Dit ligt vóór ‘ontvangen op’"),
        ("volledig_op", "morgen", "", "'morgen' is geen bestaande dag."),
        ("verlengd_tot", "08-01-2027", "", "Vul ook in: Reden van de verlenging."),
        ("op_agenda", "23-11-2027", "2027-11-23", ""),
        ("op_agenda", "24-11-2027", "", "24 november 2027 is meer dan een jaar vooruit."),
        ("verlengd_tot", "08-01-2028", "", "8 januari 2028 is meer dan een jaar vooruit."),
        ("gevolgd", "nee", "nee", ""),
        ("instemming", "verleend", "", "De gebeurtenis 'instemming' hoort niet bij deze procedure."),
    ],
)
def test_one_answer_is_checked_as_on_the_card(event: str, text: str, answer: str, why: str) -> None:
    found = check_answer(event, text, tell(fresh("advies-wms"), BEGUN), DEFINITIONS["advies-wms"], CHECKS)
    assert found[0] == answer
    assert found[1].startswith(why)
    assert bool(found[1]) == bool(why)


def test_of_a_wrong_event_the_right_ones_are_named() -> None:
    _, why = check_answer("verkeerd", "x", fresh("lijst-nieuw-lid"), DEFINITIONS["lijst-nieuw-lid"], CHECKS)
    assert "Kies uit: ontvangen_op, op_ledenlijst_op" in why


# --- recording -------------------------------------------------------------------------


def recorded(procedure: Procedure, **answers: str) -> Procedure:
    return record(procedure, tuple(answers.items()), source=EventSource.POST, now=NOW, paper="2026-0017-02")


def test_an_event_says_who_told_it_when_and_where_it_stands() -> None:
    (event,) = recorded(fresh("advies-wms"), ontvangen_op="2026-11-10").events
    assert (event.number, event.field, event.answer) == (1, "ontvangen_op", "2026-11-10")
    assert (event.source, event.recorded_at, event.paper) == (EventSource.POST, NOW, "2026-0017-02")


def test_numbers_are_never_given_twice() -> None:
    procedure = fresh("advies-wms")
    for answer in ("2026-11-10", "", "2026-11-11", "2026-11-10", ""):
        procedure = recorded(procedure, ontvangen_op=answer)
    assert [event.number for event in procedure.events] == [1, 2, 3]
    assert answers_of(procedure.events) == {}


def test_taking_back_what_was_never_told_changes_nothing() -> None:
    assert recorded(fresh("advies-wms"), volledig_op="") == fresh("advies-wms")


# --- the shipped questions -------------------------------------------------------------


@pytest.mark.parametrize("definition", sorted(DEFINITIONS))
def test_every_question_of_a_card_is_asked_once(definition: str) -> None:
    """A card is read by its questions."""
    questions = [event.question for event in DEFINITIONS[definition].events]
    assert len(questions) == len(set(questions))
    assert ASK_LETTER not in questions


@pytest.mark.parametrize("definition", sorted(DEFINITIONS))
def test_what_an_answer_is_held_against_stands_on_the_same_card(definition: str) -> None:
    shipped = DEFINITIONS[definition]
    known = {event.id for event in shipped.events}
    for event in shipped.events:
        assert event.not_before in known | {""}
        assert event.needs in known | {""}
        assert {one.event for one in event.when} <= known
        assert bool(event.choices) == (event.answer is AnswerKind.KEUZE)
