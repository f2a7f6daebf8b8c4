"""A mailbox at a real server: what is done with it, and what each of its failures leaves behind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import dovecot as dovecot_server
import pytest
from dovecot import Dovecot
from imapclient import IMAPClient
from lossy import lossy

from pipeline.edges.imap import ImapPostbus
from pipeline.edges.imap import postbus as module
from pipeline.errors import MailStuckError, PostbusAwayError

FIRST = b"Subject: een\r\nMessage-ID: <1@zandhof.example>\r\n\r\nTekst\r\n"
SECOND = b"Subject: twee\r\nMessage-ID: <2@zandhof.example>\r\n\r\nTekst\r\n"
LARGE = b"Subject: groot\r\n\r\n" + b"regel van de brief\r\n" * 20_000


@contextmanager
def postbus_of(server: Dovecot, user: str, **options: object) -> Iterator[ImapPostbus]:
    """Open a mailbox, with options of the mailbox and of the server told apart."""
    own = {name: options.pop(name) for name in ("inbox", "keeps", "done", "since") if name in options}
    found = ImapPostbus(server.server(user, **options), **{"done": "Verwerkt", **own})  # type: ignore[arg-type]  # as a test says
    try:
        yield found
    finally:
        found.close()


@pytest.fixture
def postbus(dovecot: Dovecot, mail_user: str) -> Iterator[ImapPostbus]:
    with postbus_of(dovecot, mail_user) as found:
        yield found


def contents(postbus: ImapPostbus) -> list[bytes]:
    return [content for _, content in postbus.read(postbus.list_new("").items)]


def test_a_mail_that_was_delivered_has_the_time_of_its_delivery(
    dovecot: Dovecot, mail_user: str, postbus: ImapPostbus
) -> None:
    dovecot.deliver(mail_user, FIRST)
    dovecot.put(mail_user, SECOND, at=datetime(2026, 11, 3, 8, 0, tzinfo=UTC))
    now = datetime.now(UTC)
    delivered, laid = postbus.list_new("").items
    assert delivered.server_time is not None
    assert abs((delivered.server_time - now).total_seconds()) < 60
    assert laid.server_time == datetime(2026, 11, 3, 8, 0, tzinfo=UTC)


def test_reading_does_not_mark_a_mail_as_read_and_being_read_means_nothing(
    dovecot: Dovecot, mail_user: str, postbus: ImapPostbus
) -> None:
    dovecot.put(mail_user, FIRST)
    dovecot.put(mail_user, SECOND, flags=("\\Seen",))
    assert contents(postbus) == [FIRST, SECOND]
    assert dovecot.flags(mail_user) == [set(), {"\\Seen"}]


def test_what_a_person_threw_away_is_not_taken_in(
    dovecot: Dovecot, mail_user: str, postbus: ImapPostbus
) -> None:
    dovecot.put(mail_user, FIRST, flags=("\\Deleted",))
    dovecot.put(mail_user, SECOND)
    assert contents(postbus) == [SECOND]


def test_what_is_done_moves_to_a_folder_that_is_made_and_shown(
    dovecot: Dovecot, mail_user: str, postbus: ImapPostbus
) -> None:
    dovecot.put(mail_user, FIRST, SECOND, flags=("\\Flagged",))
    postbus.acknowledge(postbus.list_new("").items[:1])
    assert dovecot.lying(mail_user) == [SECOND]
    assert dovecot.lying(mail_user, "Verwerkt") == [FIRST]
    assert dovecot.flags(mail_user, "Verwerkt") == [{"\\Flagged"}]
    with dovecot.client(mail_user) as person:
        assert [name for _, _, name in person.list_sub_folders()] == ["Verwerkt"]


def test_a_mail_that_a_person_moves_back_is_taken_in_anew(
    dovecot: Dovecot, mail_user: str, postbus: ImapPostbus
) -> None:
    dovecot.put(mail_user, FIRST)
    before = postbus.list_new("").items
    postbus.acknowledge(before)
    with dovecot.client(mail_user) as person:
        person.select_folder("Verwerkt")
        person.move(person.search(["ALL"]), "INBOX")
    (again,) = postbus.list_new("").items
    assert again.key != before[0].key


def test_marking_leaves_a_mail_where_it_lies(dovecot: Dovecot, mail_user: str) -> None:
    dovecot.put(mail_user, FIRST, SECOND)
    with postbus_of(dovecot, mail_user, keeps=True, done="Al verwerkt (dienst)") as postbus:
        postbus.acknowledge(postbus.list_new("").items[:1])
        assert contents(postbus) == [SECOND]
    assert dovecot.lying(mail_user) == [FIRST, SECOND]
    assert dovecot.flags(mail_user) == [{"Al_verwerkt__dienst_"}, set()]


def test_another_folder_than_the_inbox_can_be_read(dovecot: Dovecot, mail_user: str) -> None:
    with dovecot.client(mail_user) as person:
        person.create_folder("Raad")
        person.create_folder("Raad.Ingekomen é")
    dovecot.put(mail_user, FIRST, folder="Raad.Ingekomen é")
    with postbus_of(dovecot, mail_user, inbox="Raad/Ingekomen é", done="Raad/Klaar") as postbus:
        assert contents(postbus) == [FIRST]
        postbus.acknowledge(postbus.list_new("").items)
    assert dovecot.lying(mail_user, "Raad.Klaar") == [FIRST]


def test_a_folder_that_is_not_there_is_no_empty_mailbox(dovecot: Dovecot, mail_user: str) -> None:
    with (
        postbus_of(dovecot, mail_user, inbox="Bestaat niet") as postbus,
        pytest.raises(PostbusAwayError) as caught,
    ):
        postbus.list_new("")
    assert "bestaat niet" in caught.value.for_secretary()


def test_two_mailboxes_never_give_the_same_key(dovecot: Dovecot, mail_user: str) -> None:
    keys = []
    for user in (mail_user, f"{mail_user}x"):
        dovecot.put(user, FIRST)
        with postbus_of(dovecot, user) as postbus:
            keys += [item.key for item in postbus.list_new("").items]
            assert user not in keys[-1]
    assert len(set(keys)) == 2


def test_large_mails_are_fetched_a_few_at_a_time(
    dovecot: Dovecot, mail_user: str, postbus: ImapPostbus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AT_ONCE_BYTES", len(LARGE) + len(SECOND))
    dovecot.put(mail_user, FIRST, LARGE, LARGE, SECOND)
    items = postbus.list_new("").items
    assert [len(batch) for batch in module._batches(items)] == [2, 2]
    assert contents(postbus) == [FIRST, LARGE, LARGE, SECOND]


def test_one_connection_is_kept_for_many_looks(
    dovecot: Dovecot, mail_user: str, postbus: ImapPostbus
) -> None:
    dovecot.put(mail_user, FIRST)
    before = dovecot.sign_ins(mail_user)
    for _ in range(3):
        postbus.acknowledge(postbus.list_new("").items)
        postbus.list_all()
    assert dovecot.sign_ins(mail_user) == before + 1


# --- the server goes, or numbers its mails anew ------------------------------------------


def test_a_connection_cut_halfway_a_fetch_is_renewed_and_nothing_is_half(
    dovecot: Dovecot, mail_user: str
) -> None:
    dovecot.put(mail_user, LARGE, FIRST)
    with (
        lossy(dovecot.imap, 200_000) as road,
        postbus_of(dovecot, mail_user) as postbus,
    ):
        postbus._server = replace(postbus._server, port=road.port)
        assert contents(postbus) == [LARGE, FIRST]
        assert road.connections == 2


def test_a_connection_that_is_cut_again_and_again_gives_only_whole_mails(
    dovecot: Dovecot, mail_user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be fetched keeps nothing else there, and is told."""
    monkeypatch.setattr(module, "_AT_ONCE_MAILS", 1)
    dovecot.put(mail_user, FIRST, LARGE, SECOND)
    with (
        lossy(dovecot.imap, *[200_000] * 3) as road,
        postbus_of(dovecot, mail_user) as postbus,
    ):
        postbus._server = replace(postbus._server, port=road.port)
        reading = postbus.read(postbus.list_new("").items)
        assert [next(reading)[1], next(reading)[1]] == [FIRST, SECOND]
        with pytest.raises(MailStuckError):
            next(reading)
        assert contents(postbus) == [FIRST, LARGE, SECOND]
    assert dovecot.lying(mail_user) == [FIRST, LARGE, SECOND]


def test_a_mail_that_the_server_cannot_read_itself_keeps_nothing_else_there(
    dovecot: Dovecot, mail_user: str, postbus: ImapPostbus
) -> None:
    dovecot.put(mail_user, FIRST, LARGE, SECOND)
    items = postbus.list_new("").items
    path = max(dovecot.maildir(mail_user).glob("[nc]*/*"), key=lambda path: path.stat().st_size)
    path.chmod(0)
    if os.geteuid() == 0:
        os.chown(path, 0, 0)
    reading = postbus.read(items)
    assert [next(reading)[1], next(reading)[1]] == [FIRST, SECOND]
    with pytest.raises(MailStuckError) as caught:
        next(reading)
    assert "(code POSTBUS-04)" in caught.value.for_secretary()


def test_a_server_that_goes_and_comes_back_is_found_again(
    mail_user: str,
) -> None:
    with dovecot_server.prepared() as server, postbus_of(server, mail_user) as postbus:
        with dovecot_server.started(server):
            server.put(mail_user, FIRST)
            first = postbus.list_new("").items
        with pytest.raises(PostbusAwayError) as caught:
            postbus.list_new("")
        assert "niet bereikbaar" in caught.value.for_secretary()
        with pytest.raises(PostbusAwayError):
            postbus.acknowledge(first)
        with dovecot_server.started(server):
            assert postbus.list_new("").items == first
            assert contents(postbus) == [FIRST]


def renumber(dovecot: Dovecot, user: str, *mails: bytes) -> None:
    """Make the folder Raad anew, as restoring a backup does: the same numbers mean other mails."""
    with dovecot.client(user) as person:
        if person.folder_exists("Raad"):
            person.delete_folder("Raad")
        person.create_folder("Raad")
    dovecot.put(user, *mails, folder="Raad")


def test_mails_that_were_numbered_anew_are_never_taken_for_others(dovecot: Dovecot, mail_user: str) -> None:
    renumber(dovecot, mail_user, FIRST)
    with postbus_of(dovecot, mail_user, inbox="Raad") as postbus:
        before = postbus.list_new("").items
        renumber(dovecot, mail_user, SECOND)
        with pytest.raises(PostbusAwayError):
            list(postbus.read(before))
        with pytest.raises(PostbusAwayError):
            postbus.acknowledge(before)
        assert dovecot.lying(mail_user, "Raad") == [SECOND]
        (after,) = postbus.list_new("").items
        assert after.key != before[0].key
        assert contents(postbus) == [SECOND]


# --- what a server cannot do --------------------------------------------------------------


@contextmanager
def able(*capabilities: str) -> Iterator[Dovecot]:
    told = " ".join(("IMAP4rev1", "NAMESPACE", *capabilities))
    with dovecot_server.running(f"imap_capability = {told}") as server:
        yield server


def test_a_server_without_move_copies_and_removes_what_is_ours_only(mail_user: str) -> None:
    with able("UIDPLUS") as server, postbus_of(server, mail_user) as postbus:
        server.put(mail_user, FIRST, SECOND)
        server.put(mail_user, LARGE, flags=("\\Deleted",))
        postbus.acknowledge(postbus.list_new("").items[:1])
        assert server.lying(mail_user) == [SECOND, LARGE]
        assert server.lying(mail_user, "Verwerkt") == [FIRST]
        assert contents(postbus) == [SECOND]


def test_a_server_that_would_remove_too_much_gets_a_mark_instead(mail_user: str) -> None:
    with able() as server, postbus_of(server, mail_user) as postbus:
        server.put(mail_user, FIRST, SECOND)
        postbus.acknowledge(postbus.list_new("").items[:1])
        assert server.lying(mail_user) == [FIRST, SECOND]
        assert contents(postbus) == [SECOND]
        assert [one.done for one in postbus.list_all()] == [True, False]


def test_personal_folders_get_the_prefix_of_the_server(mail_user: str) -> None:
    prefixed = "namespace inbox {\n  inbox = yes\n  prefix = INBOX.\n  separator = .\n}"
    with dovecot_server.running(prefixed) as server, postbus_of(server, mail_user) as postbus:
        server.put(mail_user, FIRST)
        postbus.acknowledge(postbus.list_new("").items)
        assert server.lying(mail_user, "INBOX.Verwerkt") == [FIRST]
        assert [one.done for one in postbus.list_all()] == [True]


ACL = "mail_plugins = acl\nprotocol imap {\n  mail_plugins = acl imap_acl\n}\nplugin {\n  acl = vfile\n}"


@pytest.fixture(scope="module")
def strict() -> Iterator[Dovecot]:
    """A server that knows who may do what in a folder."""
    with dovecot_server.running(ACL) as found:
        yield found


def allow(server: Dovecot, user: str, rights: str, folder: str = "") -> None:
    (server.maildir(user, folder) / "dovecot-acl").write_text(f"owner {rights}\n", "utf-8")


def test_a_folder_that_takes_nothing_is_told_and_the_mail_stays(strict: Dovecot, mail_user: str) -> None:
    strict.put(mail_user, FIRST)
    with strict.client(mail_user) as person:
        person.create_folder("Verwerkt")
    allow(strict, mail_user, "lrwst", "Verwerkt")
    with postbus_of(strict, mail_user) as postbus:
        items = postbus.list_new("").items
        with pytest.raises(PostbusAwayError) as caught:
            postbus.acknowledge(items)
        assert "weggezet" in caught.value.for_secretary()
        assert postbus.list_new("").items == items
        assert contents(postbus) == [FIRST]


def test_a_mailbox_that_is_full_keeps_its_mail(mail_user: str) -> None:
    """Moving within it fits; a copy for a server without MOVE does not."""
    quota = (
        "mail_plugins = quota\nplugin {\n  quota = count:User quota\n  quota_rule = *:storage=500K\n"
        "  quota_vsizes = yes\n}\nimap_capability = IMAP4rev1 NAMESPACE UIDPLUS"
    )
    with dovecot_server.running(quota) as server, postbus_of(server, mail_user) as postbus:
        server.put(mail_user, LARGE)
        items = postbus.list_new("").items
        with pytest.raises(PostbusAwayError) as caught:
            postbus.acknowledge(items)
        assert "vol" in caught.value.for_secretary()
        assert server.lying(mail_user) == [LARGE]
        assert server.flags(mail_user) == [set()]


def test_a_mailbox_that_may_only_be_read_is_read_on_by_the_bookmark(strict: Dovecot, mail_user: str) -> None:
    strict.put(mail_user, FIRST)
    allow(strict, mail_user, "lr")
    with postbus_of(strict, mail_user, keeps=True) as postbus:
        listed = postbus.list_new("")
        assert [content for _, content in postbus.read(listed.items)] == [FIRST]
        postbus.acknowledge(listed.items)
        assert postbus.list_new(listed.bookmark).items == ()
        assert postbus.list_new(listed.bookmark).bookmark == listed.bookmark
        allow(strict, mail_user, "lrwstipekxa")
        strict.put(mail_user, SECOND)
        allow(strict, mail_user, "lr")
        new = postbus.list_new(listed.bookmark)
        assert [content for _, content in postbus.read(new.items)] == [SECOND]
        assert len(postbus.list_new("1:99").items) == 2


def test_an_earlier_first_day_counts_also_where_only_the_bookmark_remembers(
    strict: Dovecot, mail_user: str
) -> None:
    """The numbers of the older mails lie before those that were read."""
    strict.put(mail_user, FIRST, at=datetime(2026, 10, 1, 8, 0, tzinfo=UTC))
    strict.put(mail_user, SECOND, at=datetime(2026, 11, 3, 8, 0, tzinfo=UTC))
    allow(strict, mail_user, "lr")
    with postbus_of(strict, mail_user, keeps=True, since=date(2026, 11, 1)) as postbus:
        listed = postbus.list_new("")
        assert [content for _, content in postbus.read(listed.items)] == [SECOND]
        assert postbus.list_new(listed.bookmark).items == ()
    for earlier in (date(2026, 9, 1), None):
        with postbus_of(strict, mail_user, keeps=True, since=earlier) as postbus:
            again = postbus.list_new(listed.bookmark)
            assert [content for _, content in postbus.read(again.items)] == [FIRST, SECOND]
            assert postbus.list_new(again.bookmark).items == ()


def test_a_mailbox_that_may_only_be_read_cannot_be_emptied_and_says_so(
    strict: Dovecot, mail_user: str
) -> None:
    strict.put(mail_user, FIRST)
    allow(strict, mail_user, "lr")
    with postbus_of(strict, mail_user) as postbus:
        items = postbus.list_new("").items
        with pytest.raises(PostbusAwayError) as caught:
            postbus.acknowledge(items)
        assert "weggezet" in caught.value.for_secretary()


def test_what_imapclient_would_log_is_never_made(
    dovecot: Dovecot, mail_user: str, postbus: ImapPostbus, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even when somebody turns every log on."""
    caplog.set_level(0)
    dovecot.put(mail_user, FIRST)
    assert contents(postbus) == [FIRST]
    assert "Tekst" not in caplog.text
    assert dovecot_server.PASSWORD not in caplog.text
    assert isinstance(postbus._client, IMAPClient)
