"""What every mailbox promises, whatever it is: see ``ports.Postbus``."""

from datetime import date, datetime, timedelta, timezone

import pytest
from mailboxes import MAKERS, Mailbox

from pipeline.dates import AMSTERDAM
from pipeline.ports import Postbus

ODD = (
    b"Subject: eerste\r\nMessage-ID: <een@zandhof.example>\r\n\r\nTekst\r\n",
    b"Subject: caf\xe9 \xff\r\nMessage-ID:\r\n\t<twee@zandhof.example>\r\n\r\n8-bit \x80\xff\r\n",
    b"Geen kop te bekennen\r\n\r\n.\r\n..\r\n",
    b"message-id: vier@zandhof.example\r\nSubject: =?utf-8?q?stuk\r\n" + b"X: " + b"y" * 5000 + b"\r\n\r\n",
    b"Subject: " + b"lange tekst\r\n\r\n" + b"regel\r\n" * 20_000,
)
"""Mails as they come: plain, 8-bit, without headers, half encoded, large."""


@pytest.fixture(params=list(MAKERS))
def mailbox(request: pytest.FixtureRequest) -> Mailbox:
    return MAKERS[request.param](request)


def keys(mailbox: Mailbox, bookmark: str = "") -> list[str]:
    return [item.key for item in mailbox.postbus.list_new(bookmark).items]


def test_an_empty_mailbox_has_nothing(mailbox: Mailbox) -> None:
    listed = mailbox.postbus.list_new("")
    assert (listed.items, listed.unfinished) == ((), False)
    assert list(mailbox.postbus.read(())) == []
    mailbox.postbus.acknowledge(())
    assert mailbox.postbus.list_all() == ()


def test_every_mail_comes_byte_for_byte_in_the_order_of_the_list(mailbox: Mailbox) -> None:
    for mail in ODD:
        mailbox.put(mail)
    items = mailbox.postbus.list_new("").items
    assert len({item.key for item in items}) == len(ODD)
    read = list(mailbox.postbus.read(items))
    assert [item for item, _ in read] == list(items)
    assert [content for _, content in read] == list(ODD)


def test_a_time_of_the_server_is_aware(mailbox: Mailbox) -> None:
    mailbox.put(ODD[0])
    (item,) = mailbox.postbus.list_new("").items
    assert item.server_time is None or item.server_time.utcoffset() is not None
    assert item.name


def test_what_was_read_is_listed_again_under_the_same_key_until_it_is_acknowledged(mailbox: Mailbox) -> None:
    mailbox.put(ODD[0])
    mailbox.put(ODD[1])
    listed = mailbox.postbus.list_new("")
    list(mailbox.postbus.read(listed.items))
    assert keys(mailbox) == [item.key for item in listed.items]
    mailbox.postbus.acknowledge(listed.items[:1])
    assert keys(mailbox) == [listed.items[1].key]


def test_acknowledging_twice_is_harmless(mailbox: Mailbox) -> None:
    mailbox.put(ODD[0])
    items = mailbox.postbus.list_new("").items
    mailbox.postbus.acknowledge(items)
    mailbox.postbus.acknowledge(items)
    assert keys(mailbox) == []
    assert len(mailbox.postbus.list_all()) == 1


def test_what_comes_after_the_bookmark_is_listed(mailbox: Mailbox) -> None:
    mailbox.put(ODD[0])
    listed = mailbox.postbus.list_new("")
    mailbox.postbus.acknowledge(listed.items)
    mailbox.put(ODD[1])
    (new,) = mailbox.postbus.list_new(listed.bookmark).items
    assert [content for _, content in mailbox.postbus.read((new,))] == [ODD[1]]


def test_the_same_mail_sent_again_is_another_one(mailbox: Mailbox) -> None:
    mailbox.put(ODD[0])
    items = mailbox.postbus.list_new("").items
    mailbox.postbus.acknowledge(items)
    mailbox.put(ODD[0])
    assert set(keys(mailbox)).isdisjoint(item.key for item in items)


def test_a_mail_that_has_gone_is_left_out(mailbox: Mailbox) -> None:
    mailbox.put(ODD[0])
    mailbox.put(ODD[1])
    items = mailbox.postbus.list_new("").items
    mailbox.take_away()
    mailbox.put(ODD[2])
    new = mailbox.postbus.list_new("").items
    read = list(mailbox.postbus.read((*items, *new)))
    assert [content for _, content in read] == [ODD[2]]
    mailbox.postbus.acknowledge(items)


def test_a_mail_that_goes_while_the_list_is_at_hand_is_left_out(mailbox: Mailbox) -> None:
    mailbox.put(ODD[0])
    items = mailbox.postbus.list_new("").items
    mailbox.take_away()
    assert list(mailbox.postbus.read(items)) == []
    mailbox.postbus.acknowledge(items)


def test_everything_is_listed_with_its_id_and_whether_it_is_done(mailbox: Mailbox) -> None:
    for mail in ODD:
        mailbox.put(mail)
    items = mailbox.postbus.list_new("").items
    mailbox.postbus.acknowledge(items[:2])
    listed = mailbox.postbus.list_all()
    assert len({one.key for one in listed}) == len(ODD)
    assert {one.key for one in listed if not one.done} == {item.key for item in items[2:]}
    done = {one.message_id for one in listed if one.done}
    assert done == {"een@zandhof.example", "twee@zandhof.example"}
    waiting = sorted(one.message_id for one in listed if not one.done)
    assert waiting == ["", "", "vier@zandhof.example"]


FIRST_DAY = date(2026, 11, 3)
BEFORE = datetime(2026, 11, 2, 23, 59, tzinfo=AMSTERDAM)
AFTER = datetime(2026, 11, 3, 0, 1, tzinfo=AMSTERDAM)
"""In UTC, and to a server that counts in it, both are of the day before."""
FAR_WEST = datetime(2026, 11, 2, 12, 1, tzinfo=timezone(timedelta(hours=-11)))
"""Just in the first day too, though a server in the Pacific counts it to the day before."""


def contents(postbus: Postbus, bookmark: str = "") -> list[bytes]:
    return [content for _, content in postbus.read(postbus.list_new(bookmark).items)]


def test_what_came_before_the_first_day_is_left_alone_and_what_came_in_it_is_not(mailbox: Mailbox) -> None:
    for mail, moment in ((ODD[0], BEFORE), (ODD[1], FAR_WEST), (ODD[3], AFTER)):
        mailbox.put_at(mail, moment)
    postbus = mailbox.since(FIRST_DAY)
    assert set(contents(postbus)) == {ODD[1], ODD[3]}
    assert {one.message_id for one in postbus.list_all()} == {"twee@zandhof.example", "vier@zandhof.example"}


def test_done_mail_from_before_the_first_day_is_as_if_it_were_not_there(mailbox: Mailbox) -> None:
    mailbox.put_at(ODD[0], BEFORE)
    mailbox.put_at(ODD[1], AFTER)
    mailbox.postbus.acknowledge(mailbox.postbus.list_new("").items)
    listed = mailbox.since(FIRST_DAY).list_all()
    assert [(one.message_id, one.done) for one in listed] == [("twee@zandhof.example", True)]


@pytest.mark.parametrize("earlier", [None, date(2026, 11, 2)])
def test_an_earlier_first_day_brings_in_what_was_left_alone(mailbox: Mailbox, earlier: date | None) -> None:
    mailbox.put_at(ODD[0], BEFORE)
    mailbox.put_at(ODD[1], AFTER)
    listed = mailbox.since(FIRST_DAY).list_new("")
    mailbox.since(FIRST_DAY).acknowledge(listed.items)
    assert contents(mailbox.since(FIRST_DAY), listed.bookmark) == []
    assert contents(mailbox.since(earlier), listed.bookmark) == [ODD[0]]


def test_a_later_first_day_brings_in_nothing_anew(mailbox: Mailbox) -> None:
    mailbox.put_at(ODD[0], BEFORE)
    mailbox.put_at(ODD[1], AFTER)
    listed = mailbox.postbus.list_new("")
    mailbox.postbus.acknowledge(listed.items)
    assert contents(mailbox.since(FIRST_DAY), listed.bookmark) == []
