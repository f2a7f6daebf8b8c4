"""Who gets the same file goes along in one message; each keeps a row that tells where she stands."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.dispatch import together
from pipeline.dispatch.plan import Proven
from pipeline.values import (
    DeliveryReport,
    Dispatch,
    DispatchState,
    Outcome,
    Parcel,
    Sending,
    SendingState,
    SendPurpose,
    Stretch,
)

SENDING = Sending(
    id="s",
    meeting="2026-12-08 Overlegvergadering",
    purpose=SendPurpose.LEDEN,
    edition="leden",
    concept="",
    manifest="",
    place="",
    notice="",
    due=datetime(2026, 11, 23, 9, tzinfo=UTC),
    state=SendingState.BEZIG,
)


def row(name: str, **changes: object) -> Dispatch:
    plain = Dispatch(
        id=name,
        member=name,
        to=f"{name}@zandhof.example",
        edition="leden",
        file="Stukken.pdf",
        sha256="f1",
        state=DispatchState.GEPLAND,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


ANNA, BEN, CAS = row("anna"), row("ben"), row("cas")


def test_whoever_gets_the_same_file_goes_along_and_all_others_go_by_themselves() -> None:
    dora = row("dora", protected=True)
    eva = row("eva", state=DispatchState.AFDRUK)
    fred = row("fred", state=DispatchState.AANGEHOUDEN, reason="Nieuw adres")
    planned = together.joined((ANNA, dora, BEN, eva, fred), SENDING)
    assert [one.member for one in planned if one.within] == ["anna", "ben"]
    assert [one for one in planned if not one.within] == [dora, eva, fred]
    (message,) = together.shared_messages(planned)
    assert {one.within for one in planned if one.within} == {message.id}
    assert (message.shared, message.to, message.within, message.sha256) == (True, "", "", "f1")


def test_each_part_is_a_message_of_its_own() -> None:
    parts = tuple(
        row(f"{name}{part}", part=part, parts=2, sha256=f"f{part}")
        for name in ("anna", "ben")
        for part in (1, 2)
    )
    messages = together.shared_messages(together.joined(parts, SENDING))
    assert [(one.part, one.sha256) for one in messages] == [(1, "f1"), (2, "f2")]
    assert len({one.id for one in messages}) == 2


def test_one_member_alone_gets_a_message_of_her_own() -> None:
    assert together.joined((ANNA, row("dora", named=True)), SENDING) == (ANNA, row("dora", named=True))
    assert together.shared_messages((ANNA,)) == ()


@pytest.mark.parametrize("state", [DispatchState.BEZIG, DispatchState.VERZONDEN])
def test_whoever_goes_along_stands_where_the_message_stands(state: DispatchState) -> None:
    planned = together.joined((ANNA, BEN), SENDING)
    (message,) = together.shared_messages(planned)
    now = replace(message, state=state, sent_at=SENDING.due)
    followed = tuple(together.followed(now, (*planned, CAS, message)))
    assert [(one.member, one.state, one.sent_at) for one in followed] == [
        ("anna", state, SENDING.due),
        ("ben", state, SENDING.due),
    ]


def test_what_has_its_outcome_is_not_changed_by_the_message_any_more() -> None:
    anna, ben = together.joined((ANNA, BEN), SENDING)
    (message,) = together.shared_messages((anna, ben))
    sent = replace(ben, state=DispatchState.VERZONDEN)
    followed = together.followed(replace(message, state=DispatchState.GEPLAND), (anna, sent))
    assert [one.member for one in followed] == ["anna"]


def test_whom_the_server_did_not_take_gets_a_message_of_her_own() -> None:
    planned = together.joined((ANNA, BEN), SENDING)
    (message,) = together.shared_messages(planned)
    under_way = tuple(replace(one, state=DispatchState.BEZIG, sent_at=SENDING.due) for one in planned)
    now = replace(message, state=DispatchState.VERZONDEN, sent_at=SENDING.due)
    _, ben = together.followed(now, under_way, frozenset({"ben@zandhof.example"}))
    assert ben == BEN


def test_of_a_message_to_one_nothing_follows() -> None:
    assert tuple(together.followed(replace(ANNA, state=DispatchState.BEZIG), (ANNA, BEN))) == ()


def report(*recipients: str, outcome: Outcome = Outcome.NIET_BEZORGD) -> DeliveryReport:
    return DeliveryReport(message_id="", outcome=outcome, detail="", recipients=recipients)


@pytest.mark.parametrize(
    ("recipients", "found"),
    [
        (("ben@zandhof.example",), [("ben", "Ben@zandhof.example")]),
        (("alias@x.example", "ben@zandhof.example"), [("ben", "Ben@zandhof.example")]),
        (("elders@x.example",), [(together.SOMEBODY, "elders@x.example")]),
        ((), [(together.SOMEBODY, "")]),
    ],
)
def test_a_report_is_of_the_member_it_names_or_of_somebody(
    recipients: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    planned = together.joined((ANNA, replace(BEN, to="Ben@zandhof.example")), SENDING)
    (message,) = together.shared_messages(planned)
    told = together.meant(message, planned, report(*recipients), SENDING)
    assert [(one.member, one.to) for one in told] == found
    assert together.meant(ANNA, planned, report(*recipients), SENDING) == (ANNA,)


def test_what_comes_from_an_address_elsewhere_and_is_no_refusal_tells_of_nobody() -> None:
    planned = together.joined((ANNA, BEN), SENDING)
    (message,) = together.shared_messages(planned)
    assert (
        together.meant(message, planned, report("elders@x.example", outcome=Outcome.AFWEZIG), SENDING) == ()
    )


@pytest.mark.parametrize("state", [DispatchState.BEZIG, DispatchState.VERZONDEN])
def test_a_proof_that_she_went_by_herself_holds_her(state: DispatchState) -> None:
    anna, _ = together.joined((ANNA, BEN), SENDING)
    held = together.against_own_proof(anna, Proven(state=state))
    assert (held.state, held.within) == (DispatchState.MOGELIJK_VERZONDEN, "")
    assert together.against_own_proof(anna, Proven(state=state, within=anna.within)) == anna
    assert together.against_own_proof(anna, Proven(state=DispatchState.GEPLAND)) == anna


def test_the_secretary_reads_beforehand_who_gets_what_together_and_why() -> None:
    dora = row("dora", protected=True)
    planned = together.joined((ANNA, BEN, dora), SENDING)
    assert together.beforehand(planned, None) == (
        (
            "2 leden krijgen hetzelfde bestand, en daarom samen één bericht; zij zien elkaars adres niet "
            "(bcc). Zo heeft de beheerder het ingesteld. Eén lid krijgt een eigen bericht, omdat dat "
            "exemplaar voor dit lid alleen is gemaakt."
        ),
    )
    assert together.beforehand((ANNA, BEN), None) == ()
    in_parts = Parcel(limit_mb=20, parts=(Stretch(first=1, last=2), Stretch(first=3, last=4)))
    (told,) = together.beforehand(planned, in_parts)
    assert told.startswith(
        "2 leden krijgen dezelfde bestanden, en daarom ieder deel samen in één bericht; zij"
    )
