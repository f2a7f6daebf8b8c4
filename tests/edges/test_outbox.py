"""A mail lies in the folder once, whole, or not at all."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.edges.files import TEMPORARY
from pipeline.edges.mail.compose import compose
from pipeline.edges.outbox import OutboxFolder
from pipeline.errors import TransportError, UncertainTransportError
from pipeline.values import Address, OutgoingMail

MAIL = OutgoingMail(
    message_id="a1@school.example",
    sender=Address(email="cmr@school.example"),
    to=Address(email="lid@school.example"),
    reply_to=Address(email="cmr@school.example"),
    subject="Stukken",
    text="Tekst",
    html="<p>Tekst</p>",
    attachment_path="",
    attachment_name="",
    sent_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_mail_becomes_one_file_and_stays_one(tmp_path: Path) -> None:
    folder = tmp_path / "uit"
    outbox = OutboxFolder(folder)
    assert outbox.was_sent("a1@school.example") is None
    outbox.send(MAIL)
    before = (folder / "a1@school.example.eml").stat()
    outbox.send(MAIL)
    assert files(folder) == ["a1@school.example.eml"]
    assert (folder / "a1@school.example.eml").stat() == before
    assert (folder / "a1@school.example.eml").read_bytes() == compose(MAIL)
    assert (outbox.was_sent("a1@school.example"), outbox.was_sent("a2@school.example")) == (True, False)


def test_another_mail_under_the_same_id_replaces_nothing(tmp_path: Path) -> None:
    outbox = OutboxFolder(tmp_path)
    outbox.send(MAIL)
    with pytest.raises(UncertainTransportError):
        outbox.send(replace(MAIL, subject="Anders"))
    assert (tmp_path / "a1@school.example.eml").read_bytes() == compose(MAIL)


def test_what_a_crash_left_half_written_does_not_matter(tmp_path: Path) -> None:
    outbox = OutboxFolder(tmp_path)
    passing = f".{sha256(b'a1@school.example.eml').hexdigest()[:16]}{TEMPORARY}"
    (tmp_path / passing).write_bytes(b"half")
    assert outbox.was_sent(MAIL.message_id) is False
    outbox.send(MAIL)
    assert files(tmp_path) == ["a1@school.example.eml"]


@pytest.mark.parametrize(
    "message_id", ["../weg/x@y", "A1@school.example", "a/b@school.example", "a" * 300 + "@x"]
)
def test_any_id_gives_a_name_in_the_folder_of_its_own(tmp_path: Path, message_id: str) -> None:
    """Also where the file system does not tell capitals apart."""
    folder = tmp_path / "uit"
    outbox = OutboxFolder(folder)
    outbox.send(MAIL)
    outbox.send(replace(MAIL, message_id=message_id))
    assert outbox.was_sent(message_id)
    assert len({name.lower() for name in files(folder)}) == 2
    assert files(tmp_path) == ["uit"]


def test_a_folder_whose_parent_is_away_is_not_made(tmp_path: Path) -> None:
    """An unmounted share must not become an empty folder with mail in it."""
    with pytest.raises(TransportError):
        OutboxFolder(tmp_path / "weg" / "uit").send(MAIL)
    assert files(tmp_path) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_a_certain_failure(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(TransportError):
        OutboxFolder(tmp_path).send(MAIL)
