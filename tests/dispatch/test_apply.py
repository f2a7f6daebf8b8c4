"""A message is handed over once, whatever the transport says and whenever it says it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.dispatch.apply import Counter, hand_over
from pipeline.dispatch.plan import CHANGED_FILE, DRAFT_LEFT, is_changed
from pipeline.edges import files
from pipeline.edges.journal import SqliteJournal
from pipeline.errors import RefusedTransportError, TransportError, UncertainTransportError
from pipeline.values import (
    Address,
    Dispatch,
    DispatchState,
    OutgoingMail,
    Sending,
    SendingState,
    SendPurpose,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MESSAGE = Dispatch(
    id="abc",
    member="Noor",
    to="n@zandhof.example",
    edition="leden",
    file="",
    sha256="",
    state=DispatchState.GEPLAND,
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
    due=NOW,
    state=SendingState.BEZIG,
)
MAIL = OutgoingMail(
    message_id="abc@stukkenstroom.invalid",
    sender=Address(email="mr@zandhof.example"),
    to=Address(email="n@zandhof.example"),
    reply_to=Address(email="mr@zandhof.example"),
    subject="x",
    text="x",
    html="x",
    attachment_path="",
    attachment_name="",
    sent_at=NOW,
)


@dataclass
class Server:
    """A transport with drafts; ``fails`` says what happens when one is sent."""

    drafts: bool = True
    fails: list[Callable[["Server"], None]] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    keeps_drafts: bool = False
    ready: int = 0
    away: bool = False

    def prepare(self, _mail: OutgoingMail) -> str:
        self.ready += 1
        return f"concept-{self.ready}" if self.drafts else ""

    def send(self, _mail: OutgoingMail, draft: str) -> frozenset[str]:
        if self.fails:
            self.fails.pop(0)(self)
        self.sent.append(draft)
        return frozenset()

    def withdraw(self, message_id: str) -> None:
        if self.away:
            raise TransportError("away")
        if self.keeps_drafts:
            raise RefusedTransportError("403")
        self.withdrawn.append(message_id)

    def was_sent(self, _message_id: str, draft: str) -> bool | None:
        if self.away:
            raise TransportError("away")
        return draft in self.sent if self.drafts else None


def refuses(_server: Server) -> None:
    raise TransportError("busy", wat="Even wachten.", retry_after=77)


def says_nothing(_server: Server) -> None:
    raise UncertainTransportError("cut")


def goes_on_all_the_same(server: Server) -> None:
    server.sent.append(f"concept-{server.ready}")
    raise TransportError("504")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    opened = SqliteJournal(tmp_path / "dienst", lambda: NOW)
    with opened.transaction() as ledger:
        ledger.save_sending(SENDING)
    yield opened
    opened.close()


def counter(server: Server, journal: SqliteJournal, folder: Path) -> Counter:
    return Counter(
        sending="s",
        proofs=folder / "bewijs",
        transport=server,
        journal=journal,
        disk=files,
        clock=lambda: NOW,
    )


def known(journal: SqliteJournal) -> Dispatch:
    with journal.transaction() as ledger:
        (found,) = ledger.dispatches("s")
    return found


def test_a_refusal_is_planned_again_and_tells_how_long_to_wait(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    server = Server(fails=[refuses])
    with pytest.raises(TransportError) as caught:
        hand_over(MESSAGE, MAIL, counter(server, journal, tmp_path))
    assert (caught.value.wat, caught.value.retry_after) == ("Even wachten.", 77)
    assert (known(journal).state, known(journal).reason) == (DispatchState.GEPLAND, "Even wachten.")
    done = hand_over(known(journal), MAIL, counter(server, journal, tmp_path))
    assert (done.state, server.sent) == (DispatchState.VERZONDEN, ["concept-2"])


def test_what_left_though_the_server_said_otherwise_is_not_sent_again(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    """D29: a gateway that answers too late (504) goes on with what it was doing."""
    server = Server(fails=[goes_on_all_the_same])
    with pytest.raises(TransportError):
        hand_over(MESSAGE, MAIL, counter(server, journal, tmp_path))
    done = hand_over(known(journal), MAIL, counter(server, journal, tmp_path))
    assert (done.state, server.sent) == (DispatchState.VERZONDEN, ["concept-1"])


def test_what_nobody_knows_yet_is_asked_until_the_server_can_tell(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    server = Server(fails=[says_nothing])
    with pytest.raises(TransportError):
        hand_over(MESSAGE, MAIL, counter(server, journal, tmp_path))
    assert (known(journal).state, known(journal).draft) == (DispatchState.BEZIG, "concept-1")
    server.away = True
    with pytest.raises(TransportError):
        hand_over(known(journal), MAIL, counter(server, journal, tmp_path))
    assert known(journal).state is DispatchState.BEZIG
    server.away = False
    server.sent.append("concept-1")
    done = hand_over(known(journal), MAIL, counter(server, journal, tmp_path))
    assert (done.state, server.sent) == (DispatchState.VERZONDEN, ["concept-1"])


def test_without_a_draft_what_nobody_knows_is_for_a_person(journal: SqliteJournal, tmp_path: Path) -> None:
    server = Server(drafts=False, fails=[says_nothing])
    done = hand_over(MESSAGE, MAIL, counter(server, journal, tmp_path))
    assert done.state is DispatchState.MOGELIJK_VERZONDEN
    hand_over(known(journal), MAIL, counter(server, journal, tmp_path))
    assert server.sent == []


# --- a file that changed ---------------------------------------------------------------


@pytest.fixture
def enclosed(tmp_path: Path) -> tuple[Dispatch, OutgoingMail]:
    """Give a message with a file, and its mail."""
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"goedgekeurd")
    message = replace(MESSAGE, file="brief.pdf", sha256=sha256(b"goedgekeurd").hexdigest())
    return message, replace(MAIL, attachment_path=str(path), attachment_name="brief.pdf")


def tried_and_changed(
    server: Server, journal: SqliteJournal, folder: Path, enclosed: tuple[Dispatch, OutgoingMail]
) -> Dispatch:
    """Hand a message over, which fails; hand it over again when its file has changed."""
    message, mail = enclosed
    with pytest.raises(TransportError):
        hand_over(message, mail, counter(server, journal, folder))
    Path(mail.attachment_path).write_bytes(b"veranderd")
    return hand_over(known(journal), mail, counter(server, journal, folder))


def test_a_message_of_which_the_file_changed_leaves_no_draft_behind(
    journal: SqliteJournal, tmp_path: Path, enclosed: tuple[Dispatch, OutgoingMail]
) -> None:
    """Somebody could still send the draft of a refused attempt, with the file of before in it."""
    server = Server(fails=[refuses])
    done = tried_and_changed(server, journal, tmp_path, enclosed)
    assert (done.state, done.reason) == (DispatchState.AANGEHOUDEN, CHANGED_FILE)
    assert (server.sent, server.withdrawn, server.ready) == ([], [MAIL.message_id], 1)


def test_a_changed_file_does_not_hide_that_the_message_left(
    journal: SqliteJournal, tmp_path: Path, enclosed: tuple[Dispatch, OutgoingMail]
) -> None:
    server = Server(fails=[goes_on_all_the_same])
    done = tried_and_changed(server, journal, tmp_path, enclosed)
    assert (done.state, server.sent, server.withdrawn) == (DispatchState.VERZONDEN, ["concept-1"], [])


def test_that_it_is_held_stands_also_when_its_draft_cannot_be_taken_away_now(
    journal: SqliteJournal, tmp_path: Path, enclosed: tuple[Dispatch, OutgoingMail]
) -> None:
    message, mail = enclosed
    server = Server(away=True)
    Path(mail.attachment_path).write_bytes(b"veranderd")
    with pytest.raises(TransportError):
        hand_over(message, mail, counter(server, journal, tmp_path))
    assert known(journal).state is DispatchState.AANGEHOUDEN
    server.away = False
    hand_over(known(journal), mail, counter(server, journal, tmp_path))
    assert (server.sent, server.withdrawn) == ([], [MAIL.message_id])


def test_a_draft_that_the_mailbox_does_not_let_go_is_told(
    journal: SqliteJournal, tmp_path: Path, enclosed: tuple[Dispatch, OutgoingMail]
) -> None:
    message, mail = enclosed
    server = Server(keeps_drafts=True)
    Path(mail.attachment_path).write_bytes(b"veranderd")
    for _ in range(2):
        hand_over(message, mail, counter(server, journal, tmp_path))
    assert known(journal).state is DispatchState.AANGEHOUDEN
    assert known(journal).reason == f"{CHANGED_FILE} {DRAFT_LEFT}"
    assert is_changed(known(journal))
