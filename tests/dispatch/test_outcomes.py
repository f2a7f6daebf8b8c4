"""What comes back changes where a message stands, and never more than it can tell."""

from dataclasses import replace

import pytest

from pipeline.dispatch.outcomes import after_report, explained, lacking, state_words
from pipeline.values import DeliveryReport, Dispatch, DispatchState, Outcome

SENT = Dispatch(
    id="d1",
    member="Anna",
    to="a@x.example",
    edition="leden",
    file="x.pdf",
    sha256="f" * 64,
    state=DispatchState.VERZONDEN,
)


def told(outcome: Outcome, detail: str = "550 weg") -> DeliveryReport:
    return DeliveryReport(message_id="d1@stukkenstroom.invalid", outcome=outcome, detail=detail)


def test_a_bounce_is_kept_with_what_the_server_says() -> None:
    found = after_report(SENT, told(Outcome.NIET_BEZORGD))
    assert (found.bounced, found.state, found.outcome_detail) == (True, DispatchState.VERZONDEN, "550 weg")


def test_a_message_that_may_have_left_has_left_when_anything_comes_back() -> None:
    unsure = replace(SENT, state=DispatchState.MOGELIJK_VERZONDEN, reason="viel uit")
    found = after_report(unsure, told(Outcome.AFWEZIG, ""))
    assert (found.state, found.reason) == (DispatchState.VERZONDEN, "")


@pytest.mark.parametrize(
    "state",
    [DispatchState.GEPLAND, DispatchState.BEZIG, DispatchState.AANGEHOUDEN, DispatchState.AFDRUK],
)
def test_a_report_on_what_was_not_handed_over_is_not_believed(state: DispatchState) -> None:
    planned = replace(SENT, state=state)
    assert after_report(planned, told(Outcome.NIET_BEZORGD)) == planned


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        (Outcome.VERTRAAGD, Outcome.BEZORGD, Outcome.BEZORGD),
        (Outcome.BEZORGD, Outcome.VERTRAAGD, Outcome.BEZORGD),
        (Outcome.AFWEZIG, Outcome.BEZORGD, Outcome.AFWEZIG),
        (Outcome.VERTRAAGD, Outcome.NIET_BEZORGD, Outcome.NIET_BEZORGD),
        (Outcome.NIET_BEZORGD, Outcome.AFWEZIG, Outcome.NIET_BEZORGD),
    ],
)
def test_of_two_reports_the_one_that_says_more_stands(
    first: Outcome, second: Outcome, stands: Outcome
) -> None:
    assert after_report(after_report(SENT, told(first)), told(second)).outcome is stands


def test_who_was_reached_at_another_address_lacks_nothing() -> None:
    back = after_report(SENT, told(Outcome.NIET_BEZORGD))
    other = replace(SENT, id="d2", member="Bob")
    assert lacking((back, other)) == (back,)
    assert lacking((back, replace(SENT, id="d3", to="a@y.example"))) == ()
    assert lacking((back, replace(back, id="d3", to="a@y.example"))) == (
        back,
        replace(back, id="d3", to="a@y.example"),
    )


def test_people_read_what_became_of_it_in_dutch() -> None:
    back = after_report(SENT, told(Outcome.NIET_BEZORGD))
    assert (state_words(SENT), explained(SENT)) == ("verzonden", "")
    assert (state_words(back), explained(back)) == ("niet bezorgd", "De mailserver meldt: 550 weg")
