"""Every sort of mailbox the product knows, for tests of what they all promise.

To add one: write a maker and name it in ``MAKERS``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from dovecot import Dovecot

from pipeline.edges.imap import ImapPostbus
from pipeline.edges.postbus import PostbusFolder
from pipeline.ports import Postbus


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A mailbox, and what others do with it.

    Attributes:
        postbus: The product's side.
        put: Somebody sends a mail.
        take_away: A person throws away whatever waits there.
    """

    postbus: Postbus
    put: Callable[[bytes], None]
    take_away: Callable[[], None]


Maker = Callable[[pytest.FixtureRequest], Mailbox]


def _folder(request: pytest.FixtureRequest) -> Mailbox:
    folder: Path = request.getfixturevalue("tmp_path")
    number = count()

    def put(mail: bytes) -> None:
        (folder / f"{next(number):04}.eml").write_bytes(mail)

    return Mailbox(
        postbus=PostbusFolder(folder=folder, is_complete=Path.is_file),
        put=put,
        take_away=partial(_remove_files, folder),
    )


def _maildir(request: pytest.FixtureRequest) -> Mailbox:
    folder: Path = request.getfixturevalue("tmp_path")
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir()
    number = count()

    def put(mail: bytes) -> None:
        (folder / "new" / f"1793692800.M{next(number):04}P1.host").write_bytes(mail)

    return Mailbox(
        postbus=PostbusFolder(folder=folder, is_complete=Path.is_file),
        put=put,
        take_away=partial(_remove_files, folder / "new"),
    )


def _imap(request: pytest.FixtureRequest, *, keeps: bool) -> Mailbox:
    server: Dovecot = request.getfixturevalue("dovecot")
    user: str = request.getfixturevalue("mail_user")
    postbus = ImapPostbus(server.server(user), keeps=keeps, done="Verwerkt")
    request.addfinalizer(postbus.close)
    return Mailbox(postbus=postbus, put=partial(server.put, user), take_away=partial(server.throw_away, user))


def _remove_files(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()


MAKERS: dict[str, Maker] = {
    "map": _folder,
    "maildir": _maildir,
    "imap-verplaatsen": partial(_imap, keeps=False),
    "imap-markeren": partial(_imap, keeps=True),
}
