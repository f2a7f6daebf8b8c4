"""The zaakkaart as the secretary finds it: every question with what is recorded, or why it was not."""

from datetime import UTC, date, datetime

import pytest
from procedures.telling import (
    DEFINITIONS,
    LAW,
    fresh,
    outcome,
    received,
    tell,
    told,
)

from pipeline.procedures.answers import ASK_LETTER, Checks, Told, record
from pipeline.procedures.card import make_card
from pipeline.values import AnswerKind, Card, CardLine, EventSource, Procedure

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 16, 8, 5, tzinfo=UTC)
CHECKS = Checks(
    today=TODAY,
    calendar=LAW.calendar,
    read_right=lambda text: f"'{text}' is geen artikel.",
    right_words={"WMS-11-m": "artikel 11 onder m WMS"},
)


def card_of(procedure: Procedure, read: Told | None = None) -> Card:
    return make_card(procedure, DEFINITIONS[procedure.definition], CHECKS, read)


def line_of(card: Card, question: str) -> CardLine:
    return next(line for line in card.lines if line.question == question)


def after(answers: dict[str, str], definition: str = "advies-wms") -> Procedure:
    return outcome(fresh(definition), TODAY, answers)


def test_a_card_asks_everything_that_can_happen_in_the_order_of_the_procedure() -> None:
    card = card_of(fresh("advies-wms"))
    asked = [event.question for event in DEFINITIONS["advies-wms"].events]
    assert [line.question for line in card.lines] == [*asked, ASK_LETTER]
    assert card.heading == "2026-0017 Vakantierooster"


def test_the_heading_says_where_it_stands_and_until_when() -> None:
    assert card_of(told("advies-wms", TODAY)).state == (
        "Stand: adviesaanvraag, ontvangen. Eerste uiterste dag: 15 december 2026 (advies uitbrengen)."
    )
    assert card_of(told("advies-wms", TODAY, op_agenda="2026-12-08")).state.startswith(
        "Stand: adviesaanvraag, op de agenda."
    )
    assert card_of(told("initiatief-wor", TODAY)).state == "Stand: initiatiefvoorstel, ontvangen."


@pytest.mark.parametrize(
    ("field", "answer", "question", "shown"),
    [
        ("ontvangen_op", "2026-11-03", "Ontvangen op", "03-11-2026"),
        ("gevolgd", "geen_advies", "Volgt het besluit het advies?", "er was geen advies"),
        ("houder", "personeel", "Wie heeft het recht?", "de personeelsgeleding"),
        ("recht", "WMS-11-m", "Recht (artikel en onderdeel)", "artikel 11 onder m WMS"),
        ("recht", "eigen-1", "Recht (artikel en onderdeel)", "eigen-1"),
        ("opmerking", "gebeld met de rector", "Opmerking", "gebeld met de rector"),
    ],
)
def test_an_answer_is_shown_as_she_would_type_it(field: str, answer: str, question: str, shown: str) -> None:
    line = line_of(card_of(after({field: answer})), question)
    assert (line.answer, line.refused) == (shown, False)


def test_a_choice_lists_its_words() -> None:
    line = line_of(card_of(fresh("instemming-wms")), "Instemming")
    assert (line.kind, line.choices, line.answer) == (AnswerKind.KEUZE, ("verleend", "onthouden"), "")
    assert line.hint == "Geen antwoord is nooit instemming."


@pytest.mark.parametrize(
    ("source", "paper", "text"),
    [
        (EventSource.POST, "2026-0017-02", "16 november 2026, 9.05 uur, uit de post (2026-0017-02)"),
        (EventSource.ZAAKKAART, "", "16 november 2026, 9.05 uur, op deze kaart ingevuld"),
        (EventSource.BRIEF, "", "16 november 2026, 9.05 uur, bij het verzenden van de brief"),
        (EventSource.OPDRACHT, "", "16 november 2026, 9.05 uur, met een opdracht"),
        (EventSource.DIENST, "", "16 november 2026, 9.05 uur, door de dienst"),
    ],
)
def test_it_says_when_and_how_it_was_recorded(source: EventSource, paper: str, text: str) -> None:
    """8.05 UTC in November is 9.05 in Amsterdam."""
    noted = record(fresh("advies-wms"), (("volledig_op", "2026-11-16"),), source=source, now=NOW, paper=paper)
    assert line_of(card_of(noted), "Volledig verklaard op").recorded == f"Vastgelegd op {text}"


def test_an_answer_that_was_taken_back_leaves_an_empty_line_that_says_so() -> None:
    noted = tell(fresh("advies-wms"), {"volledig_op": "2026-11-16"})
    back = tell(noted, {"volledig_op": ""}, now=NOW)
    line = line_of(card_of(back), "Volledig verklaard op")
    assert (line.answer, line.recorded) == ("", "Teruggenomen op 16 november 2026, 9.05 uur")
    again = tell(back, {"volledig_op": "2026-11-17"}, now=NOW)
    assert line_of(card_of(again), "Volledig verklaard op").recorded.startswith("Vastgelegd op 16 november")


def test_a_line_that_was_never_filled_in_says_nothing() -> None:
    assert line_of(card_of(fresh("advies-wms")), "Volledig verklaard op").recorded == ""


# --- refusals --------------------------------------------------------------------------


def test_what_was_refused_stays_as_typed_with_the_reason() -> None:
    read = Told(answers=(), refused=(("Volledig verklaard op", "31-11-2026", "dit is geen dag."),))
    line = line_of(card_of(fresh("advies-wms"), read), "Volledig verklaard op")
    assert (line.answer, line.refused) == ("31-11-2026", True)
    assert line.recorded == "Niet vastgelegd: dit is geen dag."


def test_what_was_recorded_before_goes_on_to_hold_and_is_named() -> None:
    read = Told(answers=(), refused=(("Volledig verklaard op", "31-11-2026", "dit is geen dag."),))
    line = line_of(card_of(after({"volledig_op": "2026-11-16"}), read), "Volledig verklaard op")
    assert line.recorded == "Niet vastgelegd: dit is geen dag. Wat er stond blijft gelden: 16-11-2026."


def test_the_other_lines_are_not_touched_by_a_refusal() -> None:
    read = Told(answers=(), refused=(("Volledig verklaard op", "31-11-2026", "dit is geen dag."),))
    card = card_of(after({"ontbreekt": "de gevolgen"}), read)
    assert [line.question for line in card.lines if line.refused] == ["Volledig verklaard op"]
    assert line_of(card, "Onvolledig, wat ontbreekt er?").answer == "de gevolgen"


# --- hints and questions that are not asked --------------------------------------------


def test_an_unsure_receipt_names_the_days_that_may_be_meant() -> None:
    unsure = fresh("advies-wms", received(date(2026, 11, 6), date(2026, 11, 3), confirmed=False))
    hint = line_of(card_of(unsure), "Ontvangen op").hint
    assert hint.startswith("Mogelijk: 6 november 2026 (bron 0) of 3 november 2026 (bron 1). Hierop rusten")
    sure = line_of(card_of(tell(unsure, {"ontvangen_op": "2026-11-03"})), "Ontvangen op").hint
    assert sure.startswith("Hierop rusten")
    assert line_of(card_of(fresh("advies-wms")), "Ontvangen op").hint == sure


def test_a_question_that_makes_no_sense_is_not_asked() -> None:
    """No objection to execution: only after an advice (WMS 34 lid 1)."""
    question = "Geen bezwaar tegen directe uitvoering op"

    def asks(answers: dict[str, str]) -> bool:
        return question in [line.question for line in card_of(after(answers, "besluit-wms")).lines]

    assert asks({})
    assert asks({"aard_besluit": "na_advies"})
    assert not asks({"aard_besluit": "zonder_instemming"})
    assert asks({"aard_besluit": "zonder_instemming", "geen_bezwaar_op": "2026-11-16"})


def test_a_procedure_asks_in_its_own_words() -> None:
    line = card_of(fresh("nietigheid-wms")).lines[0]
    assert (line.question, line.hint) == (
        "Besluit meegedeeld of gebleken op",
        "De dag waarop de raad het hoorde of zag.",
    )


# --- letters ---------------------------------------------------------------------------


def test_the_last_line_asks_for_a_letter() -> None:
    line = card_of(fresh("initiatief-wms")).lines[-1]
    assert (line.question, line.choices) == (ASK_LETTER, ("Initiatiefvoorstel", "Herinnering"))
    assert (line.answer, line.recorded, line.refused) == ("", "", False)


def test_a_letter_that_was_asked_for_is_told_and_the_cell_is_empty_again() -> None:
    line = card_of(fresh("initiatief-wms"), Told(answers=(), refused=(), letter="herinnering")).lines[-1]
    assert (line.answer, line.recorded) == ("", "Herinnering ligt als concept in Brieven/Concept.")


def test_a_letter_that_does_not_exist_is_refused_on_the_card() -> None:
    read = Told(answers=(), refused=((ASK_LETTER, "Dreigbrief", "dit is geen brief."),))
    line = card_of(fresh("initiatief-wms"), read).lines[-1]
    assert (line.answer, line.recorded, line.refused) == (
        "Dreigbrief",
        "Niet vastgelegd: dit is geen brief.",
        True,
    )


def test_a_list_without_letters_asks_for_none() -> None:
    assert ASK_LETTER not in [line.question for line in card_of(fresh("lijst-nieuw-lid")).lines]
