"""Killed with -9 at every step of sending a bundle to eighteen members, by SMTP and by Microsoft 365.

The steps are the effects that ``crashing.py`` counts, and each time that something goes over the
wire. The server lives in the same process and dies with it; what it took lies on disk. Each member has
exactly one in the end, or one is held with the reason; never two. The mailbox at Microsoft 365 can be
asked what left, so there nothing is held. The steps of the messages in the middle are tried only when
``STUKKENSTROOM_EVERY_STEP`` is set: they are those of the first one.
"""

import os
import pickle
import smtplib
import socket
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import crashing as crash
import pytest
import requests
from microsoft_fake import Fake, mailbox, running
from microsoft_fake.wire import Answer, Request
from playing import Play, copy_council, journal_of, sheet, word
from test_microsoft import recipient
from transports import sinking

from pipeline import service
from pipeline.edges import files
from pipeline.edges.microsoft import upload
from pipeline.edges.microsoft.graph import Graph
from pipeline.edges.microsoft.sign_in import Identity, SignIn
from pipeline.edges.microsoft.transport import GraphTransport
from pipeline.edges.secure import Security
from pipeline.edges.smtp import SmtpTransport
from pipeline.ports import Transport
from pipeline.values import DispatchState, Place

MEMBERS = 18
EVERY_STEP = "STUKKENSTROOM_EVERY_STEP"
KEPT = "mailbox.pickle"
POSTBUS = "mr@zandhof.example"
IDENTITY = Identity(tenant="tenant-1", app="app-1", mailbox=POSTBUS, secret_variable="MS_GEHEIM")  # noqa: S106 - its name
LONGEST_COMMAND = 512
NAMES = tuple(f"lid{number:02}@zandhof.example" for number in range(1, MEMBERS + 1))


@pytest.fixture
def stage(new_council: Play) -> Iterator[Play]:
    """A council of eighteen with an approved bundle that nobody has yet."""
    with tempfile.TemporaryDirectory(dir=crash.MEMORY if crash.MEMORY.is_dir() else None) as folder:
        play = copy_council(new_council, Path(folder) / "begin")
        heads = ("naam", "aanhef", "e-mail", "geleding", "commissies", "bezorging")
        rows = tuple((f"Lid {name[3:5]}", "", name, "ouders", "", "mail") for name in NAMES)
        sheet(play.root / Place.INSTELLINGEN / "leden.xlsx", heads, rows)
        word(play.meeting / "03 Formatieplan" / "Toelichting.docx", ("Toelichting op het formatieplan",))
        play.once()
        assert play.approve()
        yield play


def work(play: Play, reaper: crash.Reaper, transport: Transport) -> None:
    """Do what is to be done, and once more what may not have gone the first time."""
    with play.office() as bare:
        office = crash.watched(replace(bare, transport=transport), reaper)
        service.work_once(office)
        service.work_once(office)


def telling(effects: list[str]) -> list[int]:
    """Leave out the messages between the first and the last, that go the same way, unless all are wanted."""
    points = range(len(effects) + 1)
    if os.environ.get(EVERY_STEP):
        return list(points)
    sends = [number for number, name in enumerate(effects) if name == "transport.send"]
    second, last = sends[1], sends[MEMBERS - 1]
    return [point for point in points if not second < point < last]


def states(play: Play) -> Counter[DispatchState]:
    """Count how the messages to the members stand."""
    return Counter(one.state for one in journal_of(play)["dispatches"] if one.file)  # type: ignore[attr-defined]


# --- by a mail server --------------------------------------------------------------------


def act_by_smtp(play: Play, reaper: crash.Reaper) -> None:
    """Be the service, with a mail server that lays what it takes in a folder of the play."""
    taken = play.base / "mailserver"
    taken.mkdir(exist_ok=True)
    with sinking(folder=taken) as sink, pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtplib.SMTP, "send", in_two_halves(smtplib.SMTP.send, reaper))
        transport = SmtpTransport(host="127.0.0.1", port=sink.port, security=Security.GEEN, timeout=20)
        work(play, reaper, transport)


def in_two_halves(send: Callable[..., None], reaper: crash.Reaper) -> Callable[..., None]:
    """Count what goes to a mail server; a mail in two halves, as a connection can be cut in the middle."""

    def counted(connection: smtplib.SMTP, content: bytes | str) -> None:
        middle = len(content) // 2 if len(content) > LONGEST_COMMAND else 0
        if middle:  # or the second half waits for the other side to acknowledge the first
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in filter(None, (content[:middle], content[middle:])):
            with reaper.effect("wire.send"):
                send(connection, part)

    return counted


def by_smtp(play: Play) -> Counter[str]:
    """Count the bundles that the mail server took, by recipient."""
    mails = (message_from_bytes(path.read_bytes()) for path in (play.base / "mailserver").iterdir())
    return Counter(str(one["To"]).rpartition("<")[2].strip(">") for one in mails if has_bundle(one))


def has_bundle(message: Message) -> bool:
    return any(part.get_content_type() == "application/pdf" for part in message.walk())


# --- by Microsoft 365 --------------------------------------------------------------------


def act_by_graph(play: Play, reaper: crash.Reaper) -> None:
    """Be the service, with a mailbox at Microsoft 365 that is written down after everything asked of it."""
    with (
        tempfile.TemporaryDirectory(dir=play.base.parent) as folder,
        pytest.MonkeyPatch.context() as patch,
        running(Path(folder), patch) as fake,
    ):
        patch.setenv("MS_GEHEIM", "geheim-1")
        patch.setattr(upload, "LARGEST_IN_ONE_PIECE", 1)
        patch.setattr(mailbox, "_LEAST_IN_A_SESSION", 1)
        patch.setattr(requests.adapters.HTTPAdapter, "send", counted_request(reaper))
        fake.login.secrets["app-1"] = "geheim-1"
        fake.mailboxes[POSTBUS] = as_it_was(play)
        patch.setattr(Fake, "answer", written_down(Fake.answer, play))
        work(play, reaper, GraphTransport(graph=Graph(SignIn(IDENTITY))))


def counted_request(reaper: crash.Reaper) -> Callable[..., requests.Response]:
    """Count every request to Microsoft 365."""
    send = requests.adapters.HTTPAdapter.send

    def counted(*args: object, **options: object) -> requests.Response:
        with reaper.effect("wire.request"):
            return send(*args, **options)  # type: ignore[arg-type]

    return counted


def written_down(answer: Callable[[Fake, Request], Answer], play: Play) -> Callable[[Fake, Request], Answer]:
    """Write the mailbox down before each answer, so that it is as it was after the process died."""

    def careful(fake: Fake, request: Request) -> Answer:
        with fake.lock:
            told = answer(fake, request)
            files.write(play.base / KEPT, pickle.dumps(fake.mailbox(POSTBUS)))
        return told

    return careful


def as_it_was(play: Play) -> mailbox.Mailbox:
    """Give the mailbox as it was written down; a new one when there is none."""
    kept = play.base / KEPT
    if not kept.is_file():
        return mailbox.Mailbox(POSTBUS)
    found: mailbox.Mailbox = pickle.loads(kept.read_bytes())  # noqa: S301 - we wrote it ourselves
    return found


def by_graph(play: Play) -> Counter[str]:
    """Count what left the mailbox with a bundle, by recipient."""
    return Counter(recipient(one) for one in as_it_was(play).delivered if one.attachments)


# --- the facts ---------------------------------------------------------------------------


def test_by_a_mail_server_nobody_gets_it_twice_and_at_most_one_is_held(stage: Play) -> None:
    calm = crash.play_undisturbed(stage, act_by_smtp)
    assert by_smtp(calm.play) == dict.fromkeys(NAMES, 1)
    assert states(calm.play) == {DispatchState.VERZONDEN: MEMBERS}

    def wrong_with(play: Play) -> list[str]:
        got, stood = by_smtp(play), states(play)
        held = stood.pop(DispatchState.MOGELIJK_VERZONDEN, 0)
        told = [f"{name} got {got[name]}" for name in NAMES if got[name] > 1]
        if held > 1 or stood != {DispatchState.VERZONDEN: MEMBERS - held}:
            told.append(f"held {held}, else {stood}")
        if len(got) < MEMBERS - held:
            told.append(f"only {len(got)} got it, and {held} is held")
        return told

    assert Counter(calm.effects)["wire.send"] >= 7 * MEMBERS
    attempt = crash.Attempt(stage=stage, act=act_by_smtp, effects=calm.effects, wrong_with=wrong_with)
    assert crash.wrong_when_killed(attempt, telling(calm.effects)) == []


def test_by_microsoft_365_everybody_gets_exactly_one(stage: Play) -> None:
    calm = crash.play_undisturbed(stage, act_by_graph)
    assert by_graph(calm.play) == dict.fromkeys(NAMES, 1)
    assert states(calm.play) == {DispatchState.VERZONDEN: MEMBERS}

    def wrong_with(play: Play) -> list[str]:
        got, stood = by_graph(play), states(play)
        told = [f"{name} got {got[name]}" for name in NAMES if got[name] != 1]
        return told + ([] if stood == {DispatchState.VERZONDEN: MEMBERS} else [f"stands as {stood}"])

    assert Counter(calm.effects)["wire.request"] >= 5 * MEMBERS
    attempt = crash.Attempt(stage=stage, act=act_by_graph, effects=calm.effects, wrong_with=wrong_with)
    assert crash.wrong_when_killed(attempt, telling(calm.effects)) == []
