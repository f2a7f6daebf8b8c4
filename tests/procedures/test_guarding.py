"""Guarding: the last meeting in time, what is said before a term ends, each thing once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procedures.telling import LAW, NOORD, fresh, outcome, rules_for, tell, term_of, told

from pipeline.procedures.guarding import Reminder, Watch, guard, newest_moment, reminders, term_keys
from pipeline.values import (
    REMINDER_DAYS,
    Absence,
    Actor,
    Deadline,
    Guard,
    MeetingDate,
    Procedure,
)

CALENDAR = LAW.calendar


def term(strict: date | None, begun: date = date(2026, 6, 24), name: str = "WMS-34-2") -> Deadline:
    return Deadline(
        term=name,
        name="adviesgeschil",
        trigger=begun,
        strict=strict,
        last_day=strict,
        advised=strict,
        actor=Actor.RAAD,
        steps=(),
        basis=None,
        warnings=(),
    )


def procedure(*terms: Deadline, dossier: str = "2026-0017") -> Procedure:
    return replace(fresh("advies-wms"), dossier=dossier, deadlines=terms)


# --- when a term starts ----------------------------------------------------------------


def guarded(strict: date, *meetings: date | None, holidays: bool = True) -> Guard:
    rooster = tuple(MeetingDate(day=day, kind="Overleg") for day in meetings)
    return guard(term(strict), rooster, CALENDAR, NOORD if holidays else None)


def test_with_a_meeting_and_no_holiday_nothing_is_the_matter() -> None:
    """26 June 2026 is a Friday of school."""
    found = guarded(date(2026, 6, 26), date(2026, 6, 25))
    assert found == Guard(
        term="WMS-34-2", last_meeting=date(2026, 6, 25), last_school_day=date(2026, 6, 26), alarm=""
    )


def test_the_last_meeting_lies_after_the_beginning_and_not_after_the_end() -> None:
    """On the day of the decision itself the council does not know of it yet."""
    found = guarded(
        date(2026, 7, 1), date(2026, 6, 24), date(2026, 6, 29), date(2026, 7, 1), None, date(2026, 7, 2)
    )
    assert found.last_meeting == date(2026, 7, 1)
    assert guarded(date(2026, 7, 1), date(2026, 6, 24), date(2026, 7, 2)).last_meeting is None


def test_an_end_in_a_holiday_is_an_alarm_that_names_it() -> None:
    """Summer in noord: 4 July to 16 August 2026; Friday 3 July is the last day of school."""
    found = guarded(date(2026, 8, 5), date(2026, 6, 30))
    assert found.last_school_day == date(2026, 7, 3)
    assert found.alarm == (
        "De uiterste dag van ‘adviesgeschil’, woensdag 5 augustus 2026, valt in de zomervakantie "
        "(4 juli 2026 t/m 16 augustus 2026). De laatste vergadering daarvoor is dinsdag 30 juni 2026."
    )


def test_no_meeting_is_an_alarm() -> None:
    found = guarded(date(2026, 6, 26))
    assert found.alarm == (
        "Er is geen vergadering meer op of vóór de uiterste dag, vrijdag 26 juni 2026 (‘adviesgeschil’): "
        "plan er een."
    )


def test_no_meeting_and_a_holiday_is_one_alarm_that_says_both() -> None:
    found = guarded(date(2026, 8, 5))
    assert found.alarm.endswith(
        "plan er een. Die dag valt bovendien in de zomervakantie (4 juli 2026 t/m 16 augustus 2026)."
    )


def test_without_school_holidays_only_meetings_count() -> None:
    found = guarded(date(2026, 8, 5), date(2026, 6, 30), holidays=False)
    assert (found.last_school_day, found.alarm) == (date(2026, 8, 5), "")


def test_a_rest_day_is_no_day_of_work() -> None:
    """Saturday 27 June: the Friday before; Ascension Day 14 May 2026: Wednesday the 13th."""
    assert guarded(date(2026, 6, 27), holidays=False).last_school_day == date(2026, 6, 26)
    ascension = guard(term(date(2026, 5, 14), date(2026, 5, 5)), (), CALENDAR, None)
    assert ascension.last_school_day == date(2026, 5, 13)


def test_a_term_that_lies_wholly_in_a_holiday_has_no_day_of_work() -> None:
    inside = guard(term(date(2026, 8, 5), date(2026, 7, 10)), (), CALENDAR, NOORD)
    assert inside.last_school_day is None


def test_only_terms_in_which_the_council_acts_are_guarded() -> None:
    """WMS 34 lid 1 is the board's to wait out; lid 2 is the council's; WOR 23 lid 1 belongs to both."""
    decided = told("advies-wms", date(2026, 12, 4), besluit_genomen_op="2026-12-01", gevolgd="nee")
    assert [one.term for one in decided.guards] == ["reglement-termijn_advies", "WMS-34-2"]
    assert [one.term for one in told("overlegverzoek-wor", date(2026, 11, 4)).guards] == ["WOR-23-1"]
    assert told("initiatief-wms", date(2026, 11, 4)).guards == ()


def test_a_meeting_that_was_over_when_the_decision_became_known_is_no_meeting_in_time() -> None:
    """WMS 34 lid 2: decided 1 June, told 20 June, lapses 13 July; the meeting of 10 June knew nothing."""
    rooster = (MeetingDate(day=date(2026, 6, 10), kind="Overleg"),)
    known = {"ontvangen_op": "2026-05-04", "besluit_genomen_op": "2026-06-01", "gevolgd": "nee"}
    rules = replace(rules_for("advies-wms"), meetings=rooster)
    late = tell(fresh("advies-wms"), known, now=datetime(2026, 6, 20, 9, 0, tzinfo=UTC))
    decided = outcome(late, date(2026, 6, 20), rules=rules)
    (found,) = (one for one in decided.guards if one.term == "WMS-34-2")
    assert "Er is geen vergadering meer" in found.alarm


# --- one reminder ----------------------------------------------------------------------

PLAIN = Watch(days=REMINDER_DAYS, absences=(), holidays=None)
STRICT = date(2026, 11, 24)
"""A Tuesday; autumn and Christmas are far away."""


def said(since: date | None, today: date, watch: Watch = PLAIN, strict: date = STRICT) -> list[str]:
    found = reminders((procedure(term(strict)),), since, today, watch)
    return [one.key.rpartition(f":{strict}:")[2] for one in found]


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 9), []),
        (date(2026, 11, 10), ["14"]),
        (date(2026, 11, 11), []),
        (date(2026, 11, 17), ["7"]),
        (date(2026, 11, 22), ["2"]),
        (date(2026, 11, 23), []),
        (date(2026, 11, 24), ["0"]),
        (date(2026, 11, 25), ["-1"]),
        (date(2026, 11, 26), []),
    ],
)
def test_reminders_come_on_their_days(today: date, days: list[str]) -> None:
    """T-14, T-7, T-2, T and T+1 of 24 November."""
    assert said(today - timedelta(days=1), today) == days


def test_other_days_can_be_chosen() -> None:
    own = replace(PLAIN, days=(30, 1))
    assert said(date(2026, 10, 24), date(2026, 10, 25), own) == ["30"]
    assert said(date(2026, 11, 22), date(2026, 11, 23), own) == ["1"]
    assert said(date(2026, 11, 23), date(2026, 11, 24), own) == []
    assert said(None, date(2026, 11, 24), replace(PLAIN, days=())) == []


def test_a_reminder_says_how_many_days_are_left_today() -> None:
    """T-7 that was missed is said on the 19th, five days before the 24th."""
    (late,) = reminders((procedure(term(STRICT)),), date(2026, 11, 16), date(2026, 11, 19), PLAIN)
    assert (late.days_left, late.early) == (5, "")
    (past,) = reminders((procedure(term(STRICT)),), date(2026, 11, 24), date(2026, 11, 27), PLAIN)
    assert past.days_left == -3


def test_of_missed_rounds_only_the_newest_is_said() -> None:
    assert said(date(2026, 11, 9), date(2026, 11, 23)) == ["2"]
    assert said(None, date(2026, 11, 23)) == ["2"]
    assert said(date(2026, 11, 1), date(2027, 6, 1)) == ["-1"]


def test_the_same_day_says_nothing_twice() -> None:
    assert said(date(2026, 11, 10), date(2026, 11, 10)) == []


def test_a_term_without_a_day_is_not_reminded_of() -> None:
    assert reminders((procedure(term(None)),), None, STRICT, PLAIN) == ()


def test_the_soonest_comes_first() -> None:
    late, soon = (
        procedure(term(STRICT), dossier="2026-0001"),
        procedure(term(date(2026, 11, 20)), dossier="2026-0009"),
    )
    same = procedure(term(STRICT), dossier="2026-0000")
    found = reminders((late, soon, same), None, date(2026, 11, 24), PLAIN)
    assert [one.procedure.dossier for one in found] == ["2026-0009", "2026-0000", "2026-0001"]


def test_an_extension_gives_new_reminders() -> None:
    """First 15 December; lengthened on 8 December until 18 December."""
    first = told("advies-wms", date(2026, 12, 8))
    longer = outcome(first, date(2026, 12, 8), {"verlengd_tot": "2026-12-18", "reden_verlenging": "ziekte"})
    (before,) = reminders((first,), date(2026, 12, 7), date(2026, 12, 8), PLAIN)
    (after,) = reminders((longer,), date(2026, 12, 8), date(2026, 12, 11), PLAIN)
    assert (before.days_left, after.days_left) == (7, 7)
    assert before.key != after.key
    assert "2026-12-18" in after.key


# --- before a holiday or an absence ----------------------------------------------------

AWAY = Absence(first=date(2026, 11, 9), last=date(2026, 11, 13))


def test_a_reminder_that_falls_in_an_absence_is_said_before_it_as_well() -> None:
    """T-14 of 24 November is the 10th; she is away from the 9th, so she hears it on the 8th."""
    watch = replace(PLAIN, absences=(AWAY,))
    (early,) = reminders((procedure(term(STRICT)),), date(2026, 11, 7), date(2026, 11, 8), watch)
    assert early.early == "uw afwezigheid vanaf 9 november 2026"
    assert early.key.endswith(":14:vooraf")
    assert early.days_left == 16
    assert said(date(2026, 11, 9), date(2026, 11, 10), watch) == ["14"]


def test_a_reminder_that_falls_in_a_school_holiday_is_said_before_it_as_well() -> None:
    """Christmas holiday 19 December 2026 to 3 January 2027: T-7 of 5 January is 29 December."""
    watch = replace(PLAIN, holidays=NOORD)
    strict = date(2027, 1, 5)
    (early,) = reminders((procedure(term(strict)),), date(2026, 12, 17), date(2026, 12, 18), watch)
    assert early.early == "de kerstvakantie vanaf 19 december 2026"
    assert said(date(2026, 12, 28), date(2026, 12, 29), watch, strict) == ["7"]


def test_of_more_that_fall_in_one_holiday_the_most_urgent_is_said_before_it() -> None:
    """T-14 (22 December), T-7 (29 December) and T-2 (3 January) of 5 January all lie in Christmas."""
    watch = replace(PLAIN, holidays=NOORD)
    assert said(date(2026, 12, 17), date(2026, 12, 18), watch, date(2027, 1, 5)) == ["2:vooraf"]


def test_an_absence_that_joins_a_holiday_is_one_time_away() -> None:
    """Away 14 to 18 December, a Monday to Friday; the holiday begins on Saturday: so on 13 December."""
    away = Absence(first=date(2026, 12, 14), last=date(2026, 12, 18))
    watch = replace(PLAIN, absences=(away,), holidays=NOORD)
    strict = date(2027, 1, 5)
    (early,) = reminders((procedure(term(strict)),), date(2026, 12, 12), date(2026, 12, 13), watch)
    assert early.key.endswith(":2:vooraf")
    assert said(date(2026, 12, 17), date(2026, 12, 18), watch, strict) == []


def test_a_day_between_an_absence_and_a_holiday_is_a_day_at_work() -> None:
    """Away 14 to 17 December; Friday the 18th she is there, and hears it then."""
    away = Absence(first=date(2026, 12, 14), last=date(2026, 12, 17))
    watch = replace(PLAIN, absences=(away,), holidays=NOORD)
    assert said(date(2026, 12, 17), date(2026, 12, 18), watch, date(2027, 1, 5)) == ["2:vooraf"]


def test_outside_absences_nothing_is_early() -> None:
    watch = replace(PLAIN, absences=(AWAY,), holidays=NOORD)
    (plain,) = reminders((procedure(term(STRICT)),), date(2026, 11, 16), date(2026, 11, 17), watch)
    assert plain.early == ""


# --- never doubled, never left out -----------------------------------------------------

DAYS = st.lists(st.integers(-10, 40), min_size=1, max_size=6, unique=True).map(tuple)
FIRST = date(2026, 10, 1)
LAST = date(2027, 4, 1)
INSIDE = st.dates(FIRST, LAST)
ABSENCES = st.lists(
    st.tuples(INSIDE, st.integers(0, 25)).map(
        lambda one: Absence(first=one[0], last=one[0] + timedelta(days=one[1]))
    ),
    max_size=3,
).map(tuple)
WATCHES = st.builds(Watch, days=DAYS, absences=ABSENCES, holidays=st.sampled_from([None, NOORD]))
ROUNDS = st.lists(INSIDE, min_size=1, max_size=40).map(lambda days: sorted(set(days)))


def rounds(procedures: tuple[Procedure, ...], days: list[date], watch: Watch) -> list[Reminder]:
    given_now, since = [], None
    for day in days:
        given_now += reminders(procedures, since, day, watch)
        since = day
    return given_now


@given(st.lists(INSIDE, min_size=1, max_size=4), ROUNDS, WATCHES)
def test_over_any_rounds_nothing_is_said_twice(ends: list[date], days: list[date], watch: Watch) -> None:
    procedures = tuple(procedure(term(end), dossier=f"2026-{n:04}") for n, end in enumerate(ends))
    keys = [one.key for one in rounds(procedures, days, watch)]
    assert len(keys) == len(set(keys))


@given(INSIDE, ROUNDS, WATCHES)
def test_over_any_rounds_every_term_whose_moment_came_is_told(
    end: date, days: list[date], watch: Watch
) -> None:
    first_moment = end - timedelta(days=max(watch.days))
    given_now = rounds((procedure(term(end)),), days, watch)
    if first_moment <= days[-1]:
        assert given_now
    if not given_now:
        assert first_moment > days[-1]


@given(INSIDE, ROUNDS, WATCHES)
def test_however_rounds_fall_the_last_thing_said_is_the_same(
    end: date, days: list[date], watch: Watch
) -> None:
    """Missed rounds are caught up: whoever reads the last mail knows what daily readers know."""
    daily = [FIRST + timedelta(days=n) for n in range((days[-1] - FIRST).days + 1)]
    one = (procedure(term(end)),)
    often, seldom = rounds(one, daily, watch), rounds(one, days, watch)
    assert [last.key for last in often[-1:]] == [last.key for last in seldom[-1:]]


@given(INSIDE, INSIDE, WATCHES)
def test_nothing_is_said_before_its_day(end: date, today: date, watch: Watch) -> None:
    """Without an absence a reminder never comes before its own day."""
    bare = replace(watch, absences=(), holidays=None)
    moment = newest_moment(end, None, today, bare)
    if moment is not None:
        assert end - timedelta(days=moment[0]) <= today


def test_a_term_that_was_told_after_its_end_is_still_said_once() -> None:
    """WMS 34 lid 2: decided 1 October, over on 12 November; filled in on the 20th, after that day's round."""
    known = {"besluit_genomen_op": "2026-10-01", "gevolgd": "nee", "advies_uitgebracht_op": "2026-09-22"}
    late = told("advies-wms", date(2026, 11, 20), begun="2026-09-01", **known)
    assert str(term_of(late, "WMS-34-2").strict) == "2026-11-12"
    later = [date(2026, 11, 20) + timedelta(days=number) for number in range(31)]
    before: frozenset[str] = frozenset()
    found = []
    for since, day in pairwise(later):
        found += reminders((late,), since, day, PLAIN, known=before)
        before = term_keys((late,))
    assert [one.term.term for one in found].count("WMS-34-2") == 1
