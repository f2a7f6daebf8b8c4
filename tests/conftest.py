"""Fixtures that many tests share: a small council, made once and copied for each test."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import dovecot as dovecot_server
import pytest
from dovecot import Dovecot
from hypothesis import HealthCheck, settings
from playing import (
    ANNEX,
    NOTE,
    REQUEST,
    Play,
    copy_council,
    mail,
    make_council,
    word,
)
from remembering import read_shipped_once

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # that of a desktop is left alone
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")
read_shipped_once()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the crash tests first: they fork hundreds of times, from a process that has not grown yet."""
    items.sort(key=lambda item: not item.path.name.startswith("test_crash"))


@pytest.fixture(scope="session")
def new_council(tmp_path_factory: pytest.TempPathFactory) -> Play:
    """A council on which nothing has been done yet; copy it, do not change it."""
    return make_council(tmp_path_factory.mktemp("raad") / "nieuw")


@pytest.fixture
def play(new_council: Play, tmp_path: Path) -> Play:
    """A council of your own."""
    return copy_council(new_council, tmp_path / "raad")


@pytest.fixture(scope="session")
def lived_in(new_council: Play, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """A council with a running procedure, a held letter, a bundle that was sent, and the mail of the day."""
    folder = tmp_path_factory.mktemp("bewoond")
    play = copy_council(new_council, folder / "raad")
    request = word(folder / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    annex = word(folder / "Bijlage rooster.docx", ANNEX)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster 2027-2028", NOTE, request, annex))
    question = "Beste MR,\n\nGraag uw instemming met de nieuwe tijden van de gymzaal.\nGroet, Kees\n"
    play.post("2.eml", mail("vraag", question, sender="kees@thuispost.example"))
    word(play.meeting / "03 Formatieplan" / "Toelichting.docx", ("Toelichting op het formatieplan",))
    play.once()
    play.approve()
    play.once()
    assert len(play.mails()) == 5  # the announcement, three members, and what the day brings
    return play


@pytest.fixture
def lived(lived_in: Play, tmp_path: Path) -> Play:
    return copy_council(lived_in, tmp_path / "raad")


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A mail server with a mailbox for every user that a test thinks of."""
    if not dovecot_server.installed():
        pytest.skip("no Dovecot here")
    with dovecot_server.running() as found:
        yield found


@pytest.fixture
def mail_user(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A user whom no other test knows, and whose password stands in the environment."""
    monkeypatch.setenv(dovecot_server.PASSWORD_VARIABLE, dovecot_server.PASSWORD)
    return hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
