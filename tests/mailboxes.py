"""Every sort of mailbox the product knows, for tests of what they all promise.

To add one: write a maker and name it in ``MAKERS``.
"""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from dovecot import Dovecot
from microsoft_fake import running

from pipeline.edges.imap import ImapPostbus
from pipeline.edges.microsoft import Identity, Microsoft
from pipeline.edges.postbus import PostbusFolder
from pipeline.ports import Postbus


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A mailbox, and what others do with it.

    Attributes:
        postbus: The product's side.
        put: Somebody sends a mail.
        put_at: Somebody sent a mail at that moment.
        since: The same mailbox, when only mail from that day on counts; None for all of it.
        take_away: A person throws away whatever waits there.
    """

    postbus: Postbus
    put: Callable[[bytes], object]
    put_at: Callable[[bytes, datetime], object]
    since: Callable[[date | None], Postbus]
    take_away: Callable[[], None]


Maker = Callable[[pytest.FixtureRequest], Mailbox]


def _folder(request: pytest.FixtureRequest) -> Mailbox:
    folder: Path = request.getfixturevalue("tmp_path")
    number = count()

    def put(mail: bytes) -> Path:
        path = folder / f"{next(number):04}.eml"
        path.write_bytes(mail)
        return path

    def put_at(mail: bytes, moment: datetime) -> None:
        os.utime(put(mail), (moment.timestamp(), moment.timestamp()))

    return Mailbox(
        postbus=PostbusFolder(folder=folder, is_complete=Path.is_file),
        put=put,
        put_at=put_at,
        since=lambda day: PostbusFolder(folder=folder, is_complete=Path.is_file, since=day),
        take_away=partial(_remove_files, folder),
    )


def _maildir(request: pytest.FixtureRequest) -> Mailbox:
    folder: Path = request.getfixturevalue("tmp_path")
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir()
    number = count()

    def put_at(mail: bytes, moment: datetime) -> None:
        name = f"{int(moment.timestamp())}.M{next(number):04}P1.host"
        (folder / "new" / name).write_bytes(mail)

    return Mailbox(
        postbus=PostbusFolder(folder=folder, is_complete=Path.is_file),
        put=lambda mail: put_at(mail, datetime(2026, 11, 3, 8, 0, tzinfo=UTC)),
        put_at=put_at,
        since=lambda day: PostbusFolder(folder=folder, is_complete=Path.is_file, since=day),
        take_away=partial(_remove_files, folder / "new"),
    )


def _imap(request: pytest.FixtureRequest, *, keeps: bool) -> Mailbox:
    server: Dovecot = request.getfixturevalue("dovecot")
    user: str = request.getfixturevalue("mail_user")

    def since(day: date | None) -> Postbus:
        postbus = ImapPostbus(server.server(user), keeps=keeps, done="Verwerkt", since=day)
        request.addfinalizer(postbus.close)
        return postbus

    return Mailbox(
        postbus=since(None),
        put=partial(server.put, user),
        put_at=lambda mail, moment: server.put(user, mail, at=moment),
        since=since,
        take_away=partial(server.throw_away, user),
    )


def _microsoft(request: pytest.FixtureRequest, *, keeps: bool) -> Mailbox:
    monkeypatch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
    stack = ExitStack()
    request.addfinalizer(stack.close)
    fake = stack.enter_context(running(request.getfixturevalue("tmp_path"), monkeypatch))
    fake.login.secrets["app-1"] = "geheim-1"
    monkeypatch.setenv("MS_GEHEIM", "geheim-1")
    box = fake.mailbox("mr@zandhof.example")
    identity = Identity(
        tenant="tenant-1",
        app="app-1",
        mailbox="mr@zandhof.example",
        secret_variable="MS_GEHEIM",  # noqa: S106 - its name
    )

    def take_away() -> None:
        for kept in box.lying_in("inbox"):
            del box.messages[kept.id]

    account = Microsoft(identity)
    return Mailbox(
        postbus=account.postbus("", "Verwerkt", keeps=keeps),
        put=box.receive,
        put_at=lambda mail, moment: box.receive(
            mail, received=f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        ),
        since=lambda day: account.postbus("", "Verwerkt", keeps=keeps, since=day),
        take_away=take_away,
    )


def _remove_files(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()


MAKERS: dict[str, Maker] = {
    "map": _folder,
    "maildir": _maildir,
    "imap-verplaatsen": partial(_imap, keeps=False),
    "imap-markeren": partial(_imap, keeps=True),
    "microsoft365-verplaatsen": partial(_microsoft, keeps=False),
    "microsoft365-markeren": partial(_microsoft, keeps=True),
}
