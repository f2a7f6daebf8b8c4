"""A sending in parts: each part a message of its own, and rows of before there were parts."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from pipeline.bundle.plan import edition_of
from pipeline.dispatch.outcomes import lacking
from pipeline.dispatch.plan import plan_dispatches, plan_trial, to_another_address
from pipeline.edges.as_json import from_json, to_json
from pipeline.values import (
    Address,
    Dispatch,
    DispatchState,
    Member,
    Outcome,
    Sending,
    SendingState,
    SendPurpose,
    SentFile,
)

DAY = date(2026, 11, 21)
PARTS = tuple(SentFile(name=f"bundel - deel {n} van 2.pdf", sha256=f"d{n}", part=n, parts=2) for n in (1, 2))
SENDING = Sending(
    id="s1", meeting="2026-12-08 Overleg", purpose=SendPurpose.LEDEN, edition="leden", concept="c",
    manifest="m", place="Versturen/x.pdf", notice="", due=datetime(2026, 11, 21, 19, tzinfo=UTC),
    state=SendingState.BEZIG, file="bundel.pdf", final_sha256="final", sent=PARTS,
)  # fmt: skip
ANNA = Member(
    name="Anna Bos", salutation="", email="anna@veenrijk.example", geleding="ouders", school="", function="",
    committees=(), member_from=None, member_until=None, delivery="mail", substitute="",
)  # fmt: skip


def planned(member: Member = ANNA, sending: Sending = SENDING) -> tuple[Dispatch, ...]:
    return plan_dispatches(sending, ((member, edition_of(())),), day=DAY, domains=())


def test_each_part_is_a_message_of_its_own() -> None:
    """Its state and its proof too: another id, the digest of its own file."""
    assert [(one.part, one.parts, one.file, one.sha256) for one in planned()] == [
        (1, 2, "bundel - deel 1 van 2.pdf", "d1"),
        (2, 2, "bundel - deel 2 van 2.pdf", "d2"),
    ]
    assert len({one.id for one in planned()}) == len(PARTS)
    assert {one.state for one in planned()} == {DispatchState.GEPLAND}


def test_whoever_gets_paper_gets_the_whole_bundle_once() -> None:
    (printed,) = planned(replace(ANNA, delivery="papier"))
    assert (printed.state, printed.file, printed.part) == (DispatchState.AFDRUK, "bundel.pdf", 0)


def test_a_part_that_came_back_goes_to_another_address_as_that_part() -> None:
    again = [to_another_address(one, SENDING, "nieuw@veenrijk.example") for one in planned()]
    assert [one.part for one in again] == [1, 2]
    assert len({one.id for one in (*planned(), *again)}) == 2 * len(PARTS)


def test_a_part_that_came_back_is_lacking_although_the_other_arrived() -> None:
    first, second = (replace(one, state=DispatchState.VERZONDEN) for one in planned())
    back = replace(second, outcome=Outcome.NIET_BEZORGD)
    assert lacking((first, back)) == (back,)


def test_a_concept_for_one_person_goes_in_parts_too() -> None:
    trial = plan_trial(SENDING, Address(email="s@veenrijk.example", name="S. Bos"), ())
    assert [one.file for one in trial] == [one.name for one in PARTS]


def test_rows_of_before_there_were_parts_are_read() -> None:
    old = json.loads(to_json(replace(SENDING, sent=())))
    del old["sent"], old["parcel"]
    found = from_json(Sending, json.dumps(old))
    assert [(one.name, one.sha256, one.part) for one in found.files] == [("bundel.pdf", "final", 0)]
