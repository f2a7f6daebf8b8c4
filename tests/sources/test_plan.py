"""The day of receipt decides legal terms: each rule of it is tested here."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.sources.plan import (
    is_ignored,
    looks_like_conflict_copy,
    received_of_file,
    received_of_mail,
    received_on_sight,
    received_when_opened,
)
from pipeline.values import ForwardedOrigin, Message, ReceivedBasis

SEEN = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)
SERVER = datetime(2026, 11, 4, 7, 0, tzinfo=UTC)
HEADER = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def message(
    received_at: datetime | None = HEADER,
    sent_at: datetime | None = SENT,
    forwarded: ForwardedOrigin | None = None,
) -> Message:
    return Message(
        message_id="a@b",
        sender=None,
        recipients=(),
        subject="",
        sent_at=sent_at,
        received_at=received_at,
        references=(),
        machine="",
        bulk=False,
        authentication=(),
        own_text="",
        full_text="",
        forwarded=forwarded,
    )


def days(received: object) -> list[date]:
    return [candidate.day for candidate in received.candidates]


@pytest.mark.parametrize(
    ("server", "header", "sent", "at", "basis", "confirmed"),
    [
        (SERVER, HEADER, SENT, SERVER, ReceivedBasis.SERVER, True),
        (None, HEADER, SENT, HEADER, ReceivedBasis.RECEIVED_HEADER, True),
        (None, None, SENT, SENT, ReceivedBasis.DATE_HEADER, True),
        (None, None, None, SEEN, ReceivedBasis.DROP, False),
    ],
)
def test_the_best_basis_counts(  # noqa: PLR0917 - the columns of the table above
    server: datetime | None,
    header: datetime | None,
    sent: datetime | None,
    at: datetime,
    basis: ReceivedBasis,
    confirmed: bool,  # noqa: FBT001 - idem
) -> None:
    """Server, else the topmost Received, else Date, else the moment we saw it."""
    received = received_of_mail(message(header, sent), server, SEEN)
    assert (received.at, received.basis, received.confirmed) == (at, basis, confirmed)
    assert days(received) == [at.date()]


@pytest.mark.parametrize("server", [SERVER, None, SEEN + timedelta(days=9)])
@pytest.mark.parametrize("header", [HEADER, None, SEEN + timedelta(days=9)])
@pytest.mark.parametrize("sent", [SENT, None])
def test_what_is_said_once_a_mail_is_opened_is_what_would_have_been_said_at_once(
    server: datetime | None, header: datetime | None, sent: datetime | None
) -> None:
    sighted = received_on_sight(server, SEEN)
    assert (sighted.at, sighted.confirmed) == ((SERVER, True) if server is SERVER else (SEEN, False))
    opened = received_when_opened(sighted, message(header, sent))
    assert opened == received_of_mail(message(header, sent), server, SEEN)
    assert received_when_opened(sighted, None) == sighted


def test_the_source_of_a_day_is_said_in_words_for_people() -> None:
    """Who reads it has never seen the headers of a mail."""
    assert received_of_mail(message(HEADER, SENT), None, SEEN).candidates[0].source == "volgens de mailserver"


@pytest.mark.parametrize(
    "wrong", [SEEN + timedelta(days=1, seconds=1), datetime(1999, 12, 31, 12, tzinfo=UTC)]
)
def test_a_date_that_cannot_be_true_is_not_believed_and_that_is_said(wrong: datetime) -> None:
    received = received_of_mail(message(received_at=wrong), None, SEEN)
    assert (received.at, received.basis) == (SENT, ReceivedBasis.DATE_HEADER)
    assert received.candidates[0].source == (
        "verzenddatum in de mail (de datum van de mailserver kan niet kloppen)"
    )
    nothing = received_of_mail(message(received_at=None, sent_at=wrong), None, SEEN)
    assert nothing.basis is ReceivedBasis.DROP
    assert "verzenddatum in de mail kan niet kloppen" in nothing.candidates[0].source


def test_a_clock_that_is_a_day_ahead_is_believed() -> None:
    ahead = SEEN + timedelta(days=1)
    assert received_of_mail(message(received_at=ahead), None, SEEN).at == ahead


def test_the_day_is_that_of_amsterdam() -> None:
    """23:30 UTC on 2 November is 3 November in the Netherlands; in summer the shift is two hours."""
    winter = received_of_mail(message(datetime(2026, 11, 2, 23, 30, tzinfo=UTC)), None, SEEN)
    summer = received_of_mail(message(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)), None, SEEN)
    assert (days(winter), days(summer)) == ([date(2026, 11, 3)], [date(2026, 7, 2)])


def test_a_forwarded_mail_has_two_candidates_and_is_not_confirmed() -> None:
    """The council's term counts from the earliest, the board's from the latest."""
    origin = ForwardedOrigin(sender=None, sent_on=date(2026, 10, 29), subject="")
    received = received_of_mail(message(forwarded=origin), SERVER, SEEN)
    assert not received.confirmed
    assert (received.earliest, received.latest) == (date(2026, 10, 29), date(2026, 11, 4))
    assert received.candidates[1].source == "datum in de doorgestuurde mail"


@pytest.mark.parametrize("sent_on", [None, date(2026, 11, 4), date(2026, 11, 9), date(1999, 1, 1)])
def test_an_original_day_that_adds_nothing_is_left_out(sent_on: date | None) -> None:
    """Unknown, the same day, later than the forward, or impossible; still to be confirmed."""
    origin = ForwardedOrigin(sender=None, sent_on=sent_on, subject="")
    received = received_of_mail(message(forwarded=origin), SERVER, SEEN)
    assert (received.confirmed, days(received)) == (False, [date(2026, 11, 4)])


@pytest.mark.parametrize(
    "name", ["ontvangen 2026-11-03 brief CvB.pdf", "Ontvangen 2026-11-03.pdf", "ontvangen_2026-11-03_x.pdf"]
)
def test_a_name_can_say_the_day(name: str) -> None:
    received = received_of_file(name, SEEN, date(2026, 10, 1))
    assert (received.basis, received.confirmed, days(received)) == (
        ReceivedBasis.FILE_NAME,
        True,
        [date(2026, 11, 3)],
    )
    assert received.at == datetime(2026, 11, 3, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "brief 2026-11-03.pdf",
        "ontvangen 2026-13-03.pdf",
        "ontvangen 2026-11-06 morgen.pdf",
        "ontvangen 1999-11-03.pdf",
        "ontvangen 2026-11-031.pdf",
        "niet ontvangen 2026-11-03.pdf",
    ],
)
def test_any_other_name_is_a_drop_to_be_confirmed(name: str) -> None:
    """Also a day that does not exist, or has yet to come."""
    received = received_of_file(name, SEEN, None)
    assert (received.at, received.basis, received.confirmed) == (SEEN, ReceivedBasis.DROP, False)
    assert days(received) == [date(2026, 11, 5)]


def test_the_date_of_the_letter_is_a_candidate_when_it_is_earlier() -> None:
    assert days(received_of_file("a.pdf", SEEN, date(2026, 11, 2))) == [date(2026, 11, 5), date(2026, 11, 2)]
    for other in (date(2026, 11, 5), date(2026, 12, 1)):
        assert days(received_of_file("a.pdf", SEEN, other)) == [date(2026, 11, 5)]


@pytest.mark.parametrize(
    "name",
    [
        "~$rief.docx",
        ".~lock.brief.odt#",
        "x.tmp",
        "X.TMP",
        "brief.pdf.part",
        "a.crdownload",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "._brief.pdf",
        ".verborgen.pdf",
    ],
)
def test_locks_downloads_and_system_files_are_ignored(name: str) -> None:
    assert is_ignored(name)


@pytest.mark.parametrize(
    "name", ["brief.pdf", "tmp.pdf", "deel.partij.pdf", "brief~1.pdf", "#1 brief.pdf", "brief"]
)
def test_letters_are_not_ignored(name: str) -> None:
    assert not is_ignored(name)


@pytest.mark.parametrize(
    "name",
    [
        "leden-PC01.xlsx",
        "leden-DESKTOP-7F3KQ2.xlsx",
        "leden-LAPTOP-JAN.xlsx",
        "leden (conflict).xlsx",
        "leden (conflict 2026-11-02).xlsx",
        "leden (Jan's conflicted copy 2026-11-02).xlsx",
        "leden (In conflict zijnde kopie van Jan 2026-11-02).xlsx",
        "leden (conflicterende kopie van Jan 2026-11-02).xlsx",
        "leden.sync-conflict-20261102-101512-ABCDEFG.xlsx",
        "leden (conflicted copy 2026-11-02 101512).xlsx",
    ],
)
def test_conflict_copies_are_recognised(name: str) -> None:
    assert looks_like_conflict_copy(name)


@pytest.mark.parametrize(
    "name",
    [
        "leden.xlsx",
        "leden (1).xlsx",
        "Conflict tussen directie en raad.pdf",
        "Regeling (conflict op school).pdf",
        "notulen-GMR2.pdf",
        "begroting-2026.xlsx",
        "brief CvB - conflictregeling.pdf",
    ],
)
def test_papers_about_conflicts_are_not_conflict_copies(name: str) -> None:
    assert not looks_like_conflict_copy(name)
