"""The file behind a link: where it lies, how long, and when a message may not go."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipeline.dispatch import links
from pipeline.values import (
    Dispatch,
    DispatchState,
    Link,
    Parcel,
    Sending,
    SendingState,
    SendPurpose,
)

DATA = Path("/var/lib/stukkenstroom")
PLACE = Path("/srv/www/mr")
LINK = Link(
    token="0f" * 16,
    until=date(2027, 1, 22),
    place=str(PLACE),
    address="https://school.example/mr",
    size=31_400_000,
)  # a made-up one
MESSAGE = Dispatch(
    id="d1", member="Anna", to="a@x.example", edition="leden", file="x.pdf", sha256="f",
    state=DispatchState.GEPLAND, linked=True,
)  # fmt: skip
SENDING = Sending(
    id="s1", meeting="2026-12-08 Overlegvergadering", purpose=SendPurpose.LEDEN, edition="leden", concept="c",
    manifest="m", place="Versturen/x.pdf", notice="", due=datetime(2026, 11, 23, 22, 59, tzinfo=UTC),
    state=SendingState.AANGEKONDIGD, parcel=Parcel(limit_mb=20, link_days=60),
)  # fmt: skip


def test_a_link_works_until_the_end_of_its_last_day_here() -> None:
    """Amsterdam is one hour ahead in winter, two in summer."""
    assert links.ends(LINK) == datetime(2027, 1, 22, 23, tzinfo=UTC)
    assert links.ends(replace(LINK, until=date(2027, 7, 1))) == datetime(2027, 7, 1, 22, tzinfo=UTC)


def test_its_last_day_is_counted_from_the_day_it_is_due_until_it_is_known() -> None:
    assert links.last_day(SENDING) == date(2027, 1, 22)
    late = replace(SENDING, due=datetime(2026, 11, 23, 23, 1, tzinfo=UTC))
    assert links.last_day(late) == date(2027, 1, 23)
    assert links.last_day(replace(late, link=LINK)) == LINK.until
    assert links.last_day(replace(SENDING, parcel=Parcel(limit_mb=20, shrunk=True))) is None
    assert links.last_day(replace(SENDING, parcel=None)) is None


def test_a_file_name_is_written_so_that_every_program_reads_the_same_address() -> None:
    name = "2026-12-08 Réunie & #1 (50%)?.pdf"
    written = links.address(LINK, name)
    assert written.startswith(f"https://school.example/mr/{LINK.token}/2026-12-08%20R%C3%A9unie%20%26%20%231")
    assert unquote(written.rpartition("/")[2]) == name
    assert not set(written) & set(" &?#<>\"'")


@pytest.mark.parametrize("token", ["", ".", "..", "a/b", "/srv/www/mr", "../elders", "a b"])
def test_a_token_that_is_no_name_has_no_folder(token: str) -> None:
    """What is removed at the end is that folder with all in it."""
    assert links.own_folder(replace(LINK, token=token), DATA) is None
    assert links.own_folder(LINK, DATA) == PLACE / LINK.token
    assert links.own_folder(replace(LINK, place="../web"), DATA) == DATA / "../web" / LINK.token


def test_who_looks_at_a_link_in_a_log_does_not_see_where_it_leads() -> None:
    assert LINK.token not in repr(replace(SENDING, link=LINK))


@pytest.mark.parametrize(
    ("lies", "today", "reason"),
    [
        ("f", date(2027, 1, 22), ""),
        ("f", date(2027, 1, 23), links.EXPIRED),
        ("", date(2027, 1, 23), links.EXPIRED),
        ("e", date(2027, 1, 22), links.CHANGED),
        ("", date(2027, 1, 22), links.GONE),
    ],
)
def test_a_message_goes_only_while_its_link_leads_to_what_was_approved(
    lies: str, today: date, reason: str
) -> None:
    found = links.as_it_lies(MESSAGE, LINK, lies=lies, today=today)
    held = DispatchState.AANGEHOUDEN if reason else DispatchState.GEPLAND
    assert (found.state, found.reason) == (held, reason)


def test_of_a_message_that_may_have_left_nothing_is_changed() -> None:
    busy = replace(MESSAGE, state=DispatchState.BEZIG)
    assert links.as_it_lies(busy, LINK, lies="", today=LINK.until) == busy


def test_a_member_hears_why_how_large_how_long_and_who_can_read_it() -> None:
    told = " ".join(links.for_member(LINK))
    assert "met 31 MB te groot voor een bijlage" in told
    assert "tot en met vrijdag 22 januari 2027" in told
    assert "Wie de link heeft, kan de stukken lezen." in told
