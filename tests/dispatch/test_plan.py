"""What a moved concept means, who gets which file, and what a crash or an old database changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.bundle.plan import edition_of
from pipeline.dispatch.approving import Approved, Refused, judge_approval, notice_name, pause_ends
from pipeline.dispatch.plan import (
    CHANGED_FILE,
    NEW_ADDRESS,
    OLD_DATABASE,
    after_restart,
    against_proof,
    before_sending,
    message_id,
    plan_dispatches,
    plan_notice,
    plan_single,
    to_whom_it_may,
    with_address,
)
from pipeline.values import (
    Address,
    BuiltBundle,
    BundlePlan,
    Council,
    Dispatch,
    DispatchState,
    Edition,
    Meeting,
    MeetingDate,
    MeetingPlace,
    Member,
    Sending,
    SendingState,
    SendPurpose,
)

FOLDER = "2026-12-08 Overlegvergadering"
DUE = datetime(2026, 11, 21, 19, 45, tzinfo=UTC)
DAY = date(2026, 11, 21)
ALL = edition_of(())
PMR = edition_of(("PMR",))
SECRETARY = Address(email="secretaris@veenrijk.example", name="S. Bos")
COUNCIL = Council(
    name="CMR Veenrijk College", short="CMR", organ="cmr", regime="wms-vo", region="noord",
    board="Stichting Veenrijk", mailbox=Address(email="cmr@veenrijk.example"), secretary=SECRETARY,
    chair=Address(email="v@veenrijk.example", name="V. Jansen"), own_addresses=(), relations=(),
    groups=("PMR",), pause_minutes=10, fixed_items=(), closing_items=(), papers_days_before=7,
    public_edition=False,
)  # fmt: skip


def concept(sha256: str = "sha1", manifest: str = "m1", edition: Edition = ALL) -> BuiltBundle:
    plan = BundlePlan(
        edition=edition,
        meeting=Meeting(folder=FOLDER, date=MeetingDate(day=DAY, kind="Overleg"), items=(), problems=()),
        papers=(),
        manifest=manifest,
        file_name=f"{FOLDER} - {edition.name} - concept 1.pdf",
    )
    return BuiltBundle(
        plan=plan, path="", sha256=sha256, pages=2, papers=(), placeholders=(), losses=(), without_office=(),
        seconds=0.0,
    )  # fmt: skip


def judge(
    *,
    place: MeetingPlace = MeetingPlace.VERSTUREN,
    sha256: str = "sha1",
    concepts: tuple[BuiltBundle, ...] | None = None,
    current: tuple[str, ...] = ("m0", "m1"),
    problems: tuple[str, ...] = (),
    sendings: tuple[Sending, ...] = (),
    chair_groups: tuple[str, ...] = (),
    meeting: str = FOLDER,
) -> Approved | Refused:
    return judge_approval(
        meeting=meeting,
        place=place,
        file_name="concept.pdf",
        sha256=sha256,
        concepts=(concept("sha0", "m0", PMR), concept()) if concepts is None else concepts,
        current=current,
        problems=problems,
        sendings=sendings,
        chair_groups=chair_groups,
        due=DUE,
    )


def approved(found: Approved | Refused) -> Sending:
    assert isinstance(found, Approved)
    return found.sending


def refusal(found: Approved | Refused) -> str:
    assert isinstance(found, Refused)
    return found.reason


# --- approving -------------------------------------------------------------------------


def test_a_known_concept_that_still_holds_is_approved_as_exactly_that_edition() -> None:
    sending = approved(judge())
    assert (sending.edition, sending.concept, sending.manifest) == ("leden", "sha1", "m1")
    assert (sending.purpose, sending.state, sending.due) == (
        SendPurpose.LEDEN,
        SendingState.AANGEKONDIGD,
        DUE,
    )
    assert (sending.place, sending.meeting) == ("Versturen/concept.pdf", FOLDER)
    assert (sending.file, sending.final_sha256, sending.notice) == ("", "", "")


def test_unknown_bytes_are_refused_everywhere() -> None:
    """A file that the service did not make, or that was changed after, goes to nobody."""
    for place in (MeetingPlace.VERSTUREN, MeetingPlace.PROEF, MeetingPlace.VOORZITTER):
        assert "geen concept dat de dienst heeft gemaakt" in refusal(judge(place=place, sha256="other"))
    assert "geen concept" in refusal(judge(concepts=()))


def test_changed_papers_are_refused() -> None:
    assert "gewijzigd nadat dit concept is gemaakt" in refusal(judge(current=("m0", "m2")))


def test_open_problems_are_refused() -> None:
    assert "LET OP.txt" in refusal(judge(problems=("De map 'x' heeft geen nummer.",)))


@pytest.mark.parametrize(
    ("place", "purpose"),
    [(MeetingPlace.PROEF, SendPurpose.PROEF), (MeetingPlace.VOORZITTER, SendPurpose.VOORZITTER)],
)
def test_a_trial_approves_nothing_and_needs_no_clean_list(place: MeetingPlace, purpose: SendPurpose) -> None:
    sending = approved(judge(place=place, problems=("Iets.",), current=()))
    assert sending.purpose is purpose
    assert sending.place == f"{place.value}/concept.pdf"


def test_a_sending_has_an_id_of_its_own_for_each_meeting_purpose_concept_and_attempt() -> None:
    made = [
        judge(),
        judge(sendings=(replace(approved(judge()), state=SendingState.GEANNULEERD),)),
        judge(place=MeetingPlace.PROEF),
        judge(sha256="sha0"),
        judge(meeting="2026-12-09 Overleg"),
    ]
    assert len({approved(one).id for one in made}) == len(made)
    assert approved(judge()).id == approved(judge()).id


@pytest.mark.parametrize("state", [SendingState.AANGEKONDIGD, SendingState.BEZIG, SendingState.VERZONDEN])
def test_one_concept_goes_to_the_members_once(state: SendingState) -> None:
    """A copy of an approved concept, or the one from Verstuurd moved back, sends nothing."""
    assert "al goedgekeurd" in refusal(judge(sendings=(replace(approved(judge()), state=state),)))


def test_a_trial_of_a_sent_concept_and_another_concept_may_go() -> None:
    sent = (replace(approved(judge()), state=SendingState.VERZONDEN),)
    assert approved(judge(place=MeetingPlace.PROEF, sendings=sent))
    assert approved(judge(sha256="sha0", sendings=sent))


def test_the_chair_gets_a_confidential_concept_only_as_a_member_of_the_group() -> None:
    secret = (concept(edition=PMR),)
    assert "voorzitter" in refusal(judge(place=MeetingPlace.VOORZITTER, concepts=secret))
    assert approved(judge(place=MeetingPlace.VOORZITTER, concepts=secret, chair_groups=("PMR",)))


@pytest.mark.parametrize(
    ("purpose", "minutes"), [(SendPurpose.LEDEN, 10), (SendPurpose.PROEF, 0), (SendPurpose.VOORZITTER, 0)]
)
def test_only_a_sending_to_the_members_has_a_pause(purpose: SendPurpose, minutes: int) -> None:
    assert pause_ends(DUE, COUNCIL, purpose) == DUE + timedelta(minutes=minutes)


def test_the_name_of_the_announcement_says_when() -> None:
    assert notice_name("X - concept 1.pdf", "20.45") == "X - concept 1 - wordt verzonden om 20.45 uur.txt"


# --- who gets it -----------------------------------------------------------------------

SENDING = replace(approved(judge()), file="bundel.pdf", final_sha256="final")


def member(name: str = "Anna Bos", **changes: object) -> Member:
    made = Member(
        name=name, salutation="", email=f"{name.partition(' ')[0].lower()}@veenrijk.example",
        geleding="ouders", school="", function="", committees=(), member_from=None, member_until=None,
        delivery="mail", substitute="",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def dispatch(
    *members: Member, edition: Edition = ALL, day: date = DAY, domains: tuple[str, ...] = ()
) -> tuple[Dispatch, ...]:
    return plan_dispatches(SENDING, tuple((one, edition) for one in members), day=day, domains=domains)


def states(planned: tuple[Dispatch, ...]) -> list[tuple[str, DispatchState]]:
    return [(one.member, one.state) for one in planned]


def test_a_member_gets_the_final_file() -> None:
    (one,) = dispatch(member())
    assert (one.to, one.state, one.reason) == ("anna@veenrijk.example", DispatchState.GEPLAND, "")
    assert (one.edition, one.file, one.sha256) == ("leden", "bundel.pdf", "final")


@pytest.mark.parametrize(
    ("first", "last", "gets"),
    [
        (None, None, True),
        (DAY, None, True),
        (DAY + timedelta(days=1), None, False),
        (None, DAY, True),
        (None, DAY - timedelta(days=1), False),
        (DAY, DAY, True),
    ],
)
def test_membership_counts_on_the_day_of_sending_both_days_included(
    first: date | None, last: date | None, *, gets: bool
) -> None:
    assert bool(dispatch(member(member_from=first, member_until=last))) is gets


def test_a_member_with_another_edition_does_not_get_this_one() -> None:
    assert dispatch(member(), edition=PMR) == ()


def test_a_missing_address_holds_that_member_only() -> None:
    planned = dispatch(member(), member("Bob Vos", email=""), member("Cas Mol"))
    assert states(planned) == [
        ("Anna Bos", DispatchState.GEPLAND),
        ("Bob Vos", DispatchState.AANGEHOUDEN),
        ("Cas Mol", DispatchState.GEPLAND),
    ]
    assert "leden.xlsx" in planned[1].reason


def test_paper_needs_no_address_and_is_mailed_to_nobody() -> None:
    planned = dispatch(
        member(delivery="papier"),
        member("Bob Vos", delivery="papier", email=""),
        domains=("elders.example",),
    )
    assert states(planned) == [("Anna Bos", DispatchState.AFDRUK), ("Bob Vos", DispatchState.AFDRUK)]
    assert [one.to for one in planned] == ["", ""]


@pytest.mark.parametrize(
    ("domains", "state"),
    [
        ((), DispatchState.GEPLAND),
        (("veenrijk.example",), DispatchState.GEPLAND),
        (("elders.example", "veenrijk.example"), DispatchState.GEPLAND),
        (("elders.example",), DispatchState.AANGEHOUDEN),
        (("example",), DispatchState.AANGEHOUDEN),
        (("rijk.example",), DispatchState.AANGEHOUDEN),
    ],
)
def test_the_domain_guard_compares_whole_domains(domains: tuple[str, ...], state: DispatchState) -> None:
    assert states(dispatch(member(), domains=domains)) == [("Anna Bos", state)]


def test_an_address_that_hides_its_domain_is_held() -> None:
    sly = member(email="x@veenrijk.example@kwaad.example")
    assert states(dispatch(sly, domains=("veenrijk.example",))) == [("Anna Bos", DispatchState.AANGEHOUDEN)]


# --- ids -------------------------------------------------------------------------------


def test_ids_are_stable_and_every_message_has_its_own() -> None:
    people = (
        member(),
        member("Bob Vos", email=""),
        member("Cas Mol", email=""),
        member("Dre", delivery="papier"),
    )
    planned = (
        *dispatch(*people),
        plan_single(SENDING, SECRETARY, ()),
        plan_notice(SENDING, SECRETARY),
        plan_single(replace(SENDING, id="other"), SECRETARY, ()),
    )
    assert len({one.id for one in planned}) == len(planned)
    assert dispatch(*people) == planned[:4]


def test_two_members_who_share_one_address_have_a_message_each() -> None:
    first, second = dispatch(member(), member("Bob Vos", email="anna@veenrijk.example"))
    assert first.to == second.to
    assert first.id != second.id


def test_a_secretary_who_is_a_member_gets_announcement_and_papers_apart() -> None:
    own = member(SECRETARY.name, email=SECRETARY.email)
    assert dispatch(own)[0].id != plan_notice(SENDING, SECRETARY).id


def test_the_message_id_rests_on_the_id() -> None:
    one, other = dispatch(member(), member("Bob Vos"))
    assert message_id(one).partition("@")[0] == one.id
    assert message_id(one) != message_id(other)
    assert message_id(one).count("@") == 1


def test_a_trial_goes_to_one_person_and_an_announcement_carries_no_file() -> None:
    trial, notice = plan_single(SENDING, SECRETARY, ()), plan_notice(SENDING, SECRETARY)
    assert (trial.to, trial.file, trial.sha256) == (SECRETARY.email, "bundel.pdf", "final")
    assert (notice.to, notice.file, notice.sha256) == (SECRETARY.email, "", "")
    assert {trial.state, notice.state} == {DispatchState.GEPLAND}


def test_a_trial_keeps_to_the_allowed_domains() -> None:
    trial = plan_single(SENDING, SECRETARY, ("elders.example",))
    assert trial.state is DispatchState.AANGEHOUDEN


def test_a_message_held_for_want_of_an_address_goes_when_there_is_one() -> None:
    held = replace(dispatch(member("A", email=""))[0], to="", state=DispatchState.AANGEHOUDEN)
    late = with_address(held, "a@school.example", ())
    assert (late.id, late.to, late.state, late.reason) == (
        held.id,
        "a@school.example",
        DispatchState.GEPLAND,
        "",
    )
    assert with_address(held, "", ()) == held
    assert with_address(held, "a@school.example", ("elders.example",)) == held


# --- after a crash, with an old database, for new addresses --------------------------------

PLANNED = dispatch(member())[0]


@pytest.mark.parametrize(
    ("was_sent", "state"),
    [
        (True, DispatchState.VERZONDEN),
        (False, DispatchState.GEPLAND),
        (None, DispatchState.MOGELIJK_VERZONDEN),
    ],
)
def test_after_a_crash_only_certainty_counts(*, was_sent: bool | None, state: DispatchState) -> None:
    """Never mailed twice on a guess: not knowing holds the message for a person."""
    found = after_restart(replace(PLANNED, state=DispatchState.BEZIG, reason="oud"), was_sent=was_sent)
    assert found.state is state
    assert bool(found.reason) is (was_sent is None)
    assert found.id == PLANNED.id


@pytest.mark.parametrize(
    ("proof", "last", "held"), [(0, 0, False), (5, 5, False), (4, 5, False), (6, 5, True), (1, 0, True)]
)
def test_a_database_older_than_the_newest_proof_holds_what_is_planned(
    proof: int, last: int, *, held: bool
) -> None:
    found = against_proof(PLANNED, proof_seq=proof, last_seq=last)
    assert (found.state is DispatchState.MOGELIJK_VERZONDEN) is held
    assert (found == PLANNED) is not held


@pytest.mark.parametrize("state", [one for one in DispatchState if one is not DispatchState.GEPLAND])
def test_what_is_not_planned_keeps_its_state_beside_an_old_database(state: DispatchState) -> None:
    other = replace(PLANNED, state=state)
    assert against_proof(other, proof_seq=9, last_seq=1) == other


@pytest.mark.parametrize(
    ("proven", "attached", "state", "reason"),
    [
        (None, "same", DispatchState.GEPLAND, ""),
        (DispatchState.GEPLAND, "same", DispatchState.GEPLAND, ""),
        (DispatchState.BEZIG, "same", DispatchState.BEZIG, ""),
        (DispatchState.VERZONDEN, "same", DispatchState.MOGELIJK_VERZONDEN, OLD_DATABASE),
        (DispatchState.MOGELIJK_VERZONDEN, "same", DispatchState.MOGELIJK_VERZONDEN, OLD_DATABASE),
        (None, "other", DispatchState.AANGEHOUDEN, CHANGED_FILE),
    ],
)
def test_just_before_it_leaves_a_message_is_held_by_its_own_proof_and_by_a_changed_file(
    proven: DispatchState | None, attached: str, state: DispatchState, reason: str
) -> None:
    found = before_sending(replace(PLANNED, sha256="same"), proven=proven, attached=attached)

    assert (found.state, found.reason) == (state, reason)


def test_what_has_its_outcome_is_not_looked_at_again() -> None:
    sent = replace(PLANNED, state=DispatchState.VERZONDEN)

    assert before_sending(sent, proven=DispatchState.VERZONDEN, attached="other") == sent


def test_a_new_address_waits_until_it_is_confirmed_and_holds_up_nobody_else() -> None:
    members = (member(), member("Bob Vos"), member("Cas Mol", delivery="papier"))
    edition = ALL
    planned = plan_dispatches(
        SENDING,
        tuple((one, edition) for one in members),
        day=date(2026, 11, 21),
        domains=(),
        unconfirmed=frozenset({"bob@veenrijk.example", "cas@veenrijk.example"}),
    )
    assert [(one.state, one.reason == NEW_ADDRESS) for one in planned] == [
        (DispatchState.GEPLAND, False),
        (DispatchState.AANGEHOUDEN, True),
        (DispatchState.AFDRUK, False),
    ]


@pytest.mark.parametrize(
    ("email", "domains", "state", "to"),
    [
        ("anna@veenrijk.example", (), DispatchState.GEPLAND, "anna@veenrijk.example"),
        ("anna@elders.example", (), DispatchState.AANGEHOUDEN, ""),
        ("", (), DispatchState.AANGEHOUDEN, ""),
        ("anna@veenrijk.example", ("elders.example",), DispatchState.AANGEHOUDEN, "anna@veenrijk.example"),
        ("anna@veenrijk.example", ("veenrijk.example",), DispatchState.GEPLAND, "anna@veenrijk.example"),
    ],
)
def test_just_before_it_leaves_the_address_is_held_against_the_list(
    email: str, domains: tuple[str, ...], state: DispatchState, to: str
) -> None:
    planned = replace(PLANNED, to="anna@veenrijk.example")
    found = to_whom_it_may(planned, email, domains)
    assert (found.state, found.to, bool(found.reason)) == (state, to, state is not DispatchState.GEPLAND)


def test_a_message_that_has_its_outcome_keeps_its_address() -> None:
    sent = replace(PLANNED, state=DispatchState.VERZONDEN)
    assert to_whom_it_may(sent, "ander@veenrijk.example", ()) == sent
