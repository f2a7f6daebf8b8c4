"""New mail is told at once; what goes wrong with that is never an error."""

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from threading import enumerate as threads

import dovecot as dovecot_server
import pytest
from dovecot import Dovecot
from lossy import lossy

from pipeline.edges.imap import watch as module
from pipeline.edges.imap.watch import watch_mailbox
from pipeline.edges.secure import Security

MAIL = b"Subject: een\r\n\r\nTekst\r\n"


def watchers() -> list[str]:
    return [thread.name for thread in threads() if thread.name == "imap-watch"]


@pytest.fixture
def wake() -> Iterator[Event]:
    yield Event()
    assert watchers() == []


def heard(wake: Event, seconds: float = 10) -> bool:
    """Wait until we are woken, and lie down again."""
    found = wake.wait(seconds)
    wake.clear()
    return found


@pytest.mark.parametrize("security", [Security.GEEN, Security.TLS])
def test_new_mail_wakes_at_once_and_again(
    dovecot: Dovecot, mail_user: str, wake: Event, security: Security
) -> None:
    with watch_mailbox(dovecot.server(mail_user, security), "", wake.set):
        assert heard(wake)  # connected
        time.sleep(0.2)
        for _ in range(2):
            began = time.monotonic()
            dovecot.deliver(mail_user, MAIL)
            assert heard(wake)
            assert time.monotonic() - began < 5
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 4


def test_waiting_is_begun_anew_before_the_connection_is_forgotten(
    dovecot: Dovecot, mail_user: str, wake: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_RENEWED_AFTER", 0.2)
    monkeypatch.setattr(module, "_SLICE", 0.1)
    with watch_mailbox(dovecot.server(mail_user), "", wake.set):
        assert heard(wake)
        time.sleep(1.5)
        dovecot.deliver(mail_user, MAIL)
        assert heard(wake)
    assert dovecot.sign_ins(mail_user) == 1


def test_a_lost_connection_is_made_again_and_what_came_meanwhile_is_told(
    dovecot: Dovecot, mail_user: str, wake: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FIRST_PAUSE", 0.1)
    with lossy(dovecot.imap) as road:
        server = replace(dovecot.server(mail_user), port=road.port)
        with watch_mailbox(server, "", wake.set):
            assert heard(wake)
            time.sleep(0.2)
            road.cut()
            assert heard(wake)
            assert road.connections == 2
            time.sleep(1.5)
            wake.clear()
            dovecot.put(mail_user, MAIL)
            assert heard(wake)


def test_a_server_without_idle_is_left_alone(mail_user: str, wake: Event) -> None:
    with (
        dovecot_server.running("imap_capability = IMAP4rev1") as server,
        watch_mailbox(server.server(mail_user), "", wake.set),
    ):
        until = time.monotonic() + 10
        while watchers() and time.monotonic() < until:
            time.sleep(0.05)
        assert watchers() == []
        assert not wake.is_set()


def test_a_server_that_is_away_or_refuses_is_no_error(
    dovecot: Dovecot, mail_user: str, wake: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FIRST_PAUSE", 0.05)
    with watch_mailbox(replace(dovecot.server(mail_user), port=1), "", wake.set):
        time.sleep(0.3)
        assert watchers() == ["imap-watch"]
    monkeypatch.setenv(dovecot_server.PASSWORD_VARIABLE, "fout")
    with watch_mailbox(dovecot.server(mail_user), "", wake.set):
        time.sleep(0.5)
    assert dovecot.sign_ins(mail_user) == 1
    assert not wake.is_set()
