"""What every mailbox promises, whatever it is: see ``ports.Postbus``."""

import pytest
from mailboxes import MAKERS, Mailbox

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
