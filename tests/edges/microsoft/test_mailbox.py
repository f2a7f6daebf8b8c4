"""The mailbox at Microsoft 365: listed by delta, read as it came, put away when told."""

import email
import email.policy
import logging
from datetime import date

import pytest
from microsoft_fake import Fake
from microsoft_fake.wire import Answer, refused, said

from pipeline.edges.microsoft import graph, mailbox
from pipeline.edges.microsoft.graph import Graph
from pipeline.edges.microsoft.mailbox import GraphPostbus
from pipeline.errors import AccessDeniedError, MailStuckError, PostbusAwayError, SignInRefusedError

MAIL = (
    b"Message-ID: <een@zandhof.example>\r\nFrom: b@zandhof.example\r\nSubject: eerste\r\n\r\nTekst \x80\r\n"
)


DELTA = "https://graph.microsoft.com/v1.0/users/mr@school.example/mailFolders/inbox/messages/delta"


@pytest.fixture
def postbus(graph: Graph) -> GraphPostbus:
    return GraphPostbus(graph=graph)


def keys(postbus: GraphPostbus, bookmark: str = "") -> list[str]:
    return [item.key for item in postbus.list_new(bookmark).items]


def contents(postbus: GraphPostbus, bookmark: str = "") -> list[bytes]:
    return [content for _, content in postbus.read(postbus.list_new(bookmark).items)]


def test_a_mail_is_listed_read_as_it_came_and_moved(fake: Fake, postbus: GraphPostbus) -> None:
    kept = fake.mailbox().receive(MAIL, received="2026-11-23T07:30:00Z")
    listed = postbus.list_new("")
    assert [(item.key, str(item.server_time)) for item in listed.items] == [
        (kept.id, "2026-11-23 07:30:00+00:00")
    ]
    assert [content for _, content in postbus.read(listed.items)] == [MAIL]
    assert fake.mailbox().lying_in("inbox") == [kept]
    postbus.acknowledge(listed.items)
    assert fake.mailbox().lying_in("Verwerkt") == [kept]
    assert keys(postbus) == []
    postbus.acknowledge(listed.items)
    assert fake.mailbox().lying_in("Verwerkt") == [kept]


def test_a_mail_stays_where_it_is_with_a_mark(fake: Fake, graph: Graph) -> None:
    postbus = GraphPostbus(graph=graph, keeps=True, done="Stukkenstroom")
    kept = fake.mailbox().receive(MAIL, categories=["Rood"])
    listed = postbus.list_new("")
    postbus.acknowledge(listed.items)
    postbus.acknowledge(listed.items)
    assert kept.told["categories"] == ["Rood", "Stukkenstroom"]
    assert keys(postbus) == []
    assert keys(postbus, listed.bookmark) == []
    assert [(one.key, one.done) for one in postbus.list_all()] == [(kept.id, True)]


def test_after_a_bookmark_only_what_came_since_is_listed(fake: Fake, postbus: GraphPostbus) -> None:
    box = fake.mailbox()
    for number in range(120):
        box.receive(MAIL, received=f"2026-11-23T07:{number // 60:02}:{number % 60:02}Z")
    first = postbus.list_new("")
    assert [one.server_time for one in first.items] == sorted(one.server_time for one in first.items)
    assert (len(first.items), first.unfinished) == (120, False)
    assert len(fake.asked("GET", "delta")) == 3
    postbus.acknowledge(first.items[:2])
    new = box.receive(MAIL)
    second = postbus.list_new(first.bookmark)
    assert [item.key for item in second.items] == [new.id]
    assert postbus.list_new(second.bookmark).items == ()


def test_a_very_full_mailbox_comes_in_turns(
    fake: Fake, postbus: GraphPostbus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "_MOST_PAGES", 2)
    every = [fake.mailbox().receive(MAIL).id for _ in range(120)]
    first = postbus.list_new("")
    rest = postbus.list_new(first.bookmark)
    assert (len(first.items), first.unfinished, len(rest.items), rest.unfinished) == (100, True, 20, False)
    assert {item.key for item in (*first.items, *rest.items)} == set(every)


def test_that_somebody_reads_a_done_mail_lists_nothing(fake: Fake, postbus: GraphPostbus) -> None:
    kept = fake.mailbox().receive(MAIL)
    first = postbus.list_new("")
    postbus.acknowledge(first.items)
    fake.mailbox().touch(kept)
    assert keys(postbus, first.bookmark) == []


def test_a_bookmark_that_is_forgotten_lists_everything(fake: Fake, postbus: GraphPostbus) -> None:
    kept = fake.mailbox().receive(MAIL)
    first = postbus.list_new("")
    fake.mailbox().expire()
    second = postbus.list_new(first.bookmark)
    assert [item.key for item in second.items] == [kept.id]
    assert second.bookmark != first.bookmark


def test_a_bookmark_of_another_folder_or_mailbox_is_not_followed(
    fake: Fake, graph: Graph, postbus: GraphPostbus
) -> None:
    fake.mailbox().receive(MAIL)
    other = GraphPostbus(graph=graph, inbox="Verzonden items").list_new("").bookmark
    for strange in (other, "12345 6789", "https://evil.example/delta"):
        assert len(keys(postbus, strange)) == 1
    own = postbus.list_new("").bookmark.partition(" ")[0]
    with pytest.raises(PostbusAwayError, match="strange address"):
        postbus.list_new(f"{own} https://evil.example/delta")


def test_years_of_post_are_left_out_here_and_not_by_a_delta_with_a_filter(fake: Fake, graph: Graph) -> None:
    """Of a delta with a filter Graph tells at most 5,000 messages, without saying so; of a list all."""
    box = fake.mailbox()
    for _ in range(60):
        box.receive(MAIL, received="2020-01-01T08:00:00Z")
    new = [box.receive(MAIL, received="2026-11-22T23:00:00Z").id for _ in range(60)]
    postbus = GraphPostbus(graph=graph, since=date(2026, 11, 23))
    assert set(keys(postbus)) == set(new)
    assert not [one for one in fake.asked("GET", "delta") if "filter" in one.target]
    assert {one.key for one in postbus.list_all()} == set(new)
    assert len(fake.asked("GET", "/messages?")) == 2


def test_of_a_row_that_tells_only_what_changed_the_rest_is_asked(fake: Fake, graph: Graph) -> None:
    """Of an updated item a delta promises its id and what changed; an old mail would pass for a new one."""
    box = GraphPostbus(graph=graph, since=date(2026, 11, 23))
    old = fake.mailbox().receive(MAIL, received="2026-11-01T09:00:00Z")
    new = fake.mailbox().receive(MAIL, received="2026-11-24T09:00:00Z")
    link = f"{DELTA}?$deltatoken=2"
    rows = [{"id": one.id, "categories": ["Rood"]} for one in (old, new)]
    fake.fault("GET", "/messages/delta", said({"value": rows, "@odata.deltaLink": link}))
    assert keys(box) == [new.id]


def test_a_mail_that_has_gone_is_left_out(fake: Fake, postbus: GraphPostbus) -> None:
    fake.mailbox().receive(MAIL)
    kept = fake.mailbox().receive(b"tweede\r\n\r\n")
    items = postbus.list_new("").items
    del fake.mailbox().messages[next(item.key for item in items if item.key != kept.id)]
    assert [content for _, content in postbus.read(items)] == [b"tweede\r\n\r\n"]
    postbus.acknowledge(items)
    assert [(one.key, one.done) for one in postbus.list_all()] == [(kept.id, True)]


def test_a_folder_that_was_thrown_away_is_made_again(fake: Fake, postbus: GraphPostbus) -> None:
    box = fake.mailbox()
    first, second = box.receive(MAIL), box.receive(MAIL)
    items = postbus.list_new("").items
    postbus.acknowledge([one for one in items if one.key == first.id])
    del box.folders[first.folder]
    postbus.acknowledge([one for one in items if one.key == second.id])
    assert box.lying_in("Verwerkt") == [second]


def test_a_folder_of_another_name_is_read(fake: Fake, graph: Graph) -> None:
    box = fake.mailbox()
    box.folders["map-1"] = {"id": "map-1", "displayName": "Post 't Hof", "parent": ""}
    kept = box.receive(MAIL, folder="map-1")
    assert keys(GraphPostbus(graph=graph, inbox="Post 't Hof")) == [kept.id]
    with pytest.raises(PostbusAwayError) as caught:
        GraphPostbus(graph=graph, inbox="Weg").list_new("")
    assert "De map 'Weg' staat niet in de postbus" in caught.value.wat


def test_everything_is_listed_with_its_id_and_whether_it_is_done(fake: Fake, postbus: GraphPostbus) -> None:
    box = fake.mailbox()
    done = box.receive(MAIL)
    postbus.acknowledge(postbus.list_new("").items)
    every = [box.receive(b"\r\n\r\n").id for _ in range(60)]
    listed = postbus.list_all()
    assert {(one.key, one.message_id, one.done) for one in listed} == {
        (done.id, "een@zandhof.example", True),
        *((one, "", False) for one in every),
    }


@pytest.mark.parametrize("status", [429, 503])
def test_when_the_server_has_had_enough_it_is_left_alone_until_then(
    fake: Fake, postbus: GraphPostbus, clock: pytest.FixtureRequest, status: int
) -> None:
    fake.mailbox().receive(MAIL)
    fake.fault("GET", "delta", refused(status, "TooManyRequests", Retry_After="120"))
    for left in (120, 90):
        with pytest.raises(PostbusAwayError) as caught:
            postbus.list_new("")
        assert caught.value.retry_after == pytest.approx(left)
        assert "vraagt de dienst even te wachten" in caught.value.wat
        clock.seconds += 30  # type: ignore[attr-defined]
    assert len(fake.asked("GET", "delta")) == 1
    clock.seconds += 60  # type: ignore[attr-defined]
    assert len(keys(postbus)) == 1


def test_a_post_that_is_refused_for_now_is_told_too(fake: Fake, postbus: GraphPostbus) -> None:
    fake.mailbox().receive(MAIL)
    items = postbus.list_new("").items
    fake.fault("POST", "/move", refused(429, "ApplicationThrottled"))
    with pytest.raises(PostbusAwayError) as caught:
        postbus.acknowledge(items)
    assert caught.value.retry_after == 60


@pytest.mark.parametrize("answer", [Answer(status=500), Answer(cut=True), Answer(body=b"<html>")])
def test_whatever_goes_wrong_the_mailbox_is_away(fake: Fake, postbus: GraphPostbus, answer: Answer) -> None:
    fake.mailbox().receive(MAIL)
    fake.fault("GET", "delta", answer)
    with pytest.raises(PostbusAwayError):
        postbus.list_new("")
    assert len(keys(postbus)) == 1


def test_a_mailbox_that_we_may_not_see_is_told(fake: Fake, postbus: GraphPostbus) -> None:
    fake.mailboxes.clear()
    with pytest.raises(AccessDeniedError) as caught:
        postbus.list_new("")
    assert "stukkenstroom login" in caught.value.for_secretary()
    assert "zandhof" not in str(caught.value)


def test_who_is_not_believed_is_told_as_such(
    fake: Fake, postbus: GraphPostbus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MS_GEHEIM", "oud")
    with pytest.raises(SignInRefusedError):
        postbus.list_new("")


def test_a_mail_too_large_to_be_true_is_not_lost(
    fake: Fake, postbus: GraphPostbus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph, "MOST_BYTES", 1 << 20)
    fake.mailbox().receive(MAIL + b"x" * (3 << 20))
    (content,) = contents(postbus)
    assert b"Message-ID: <een@zandhof.example>" in content
    assert b"te groot om op te halen" in content
    assert len(content) < 1 << 16


def test_a_mail_of_twenty_megabytes_is_read_whole(fake: Fake, postbus: GraphPostbus) -> None:
    large = MAIL + b"regel\r\n" * 3_000_000
    fake.mailbox().receive(large)
    assert contents(postbus) == [large]


def test_a_mail_that_the_server_cannot_give_keeps_no_other_there(fake: Fake, postbus: GraphPostbus) -> None:
    for number in range(3):
        fake.mailbox().receive(MAIL, received=f"2026-11-23T07:30:0{number}Z")
    items = postbus.list_new("").items
    fake.fault("GET", rf"{items[1].key}/\$value", refused(500, "ErrorMimeContentConversionFailed"), times=9)
    given: list[object] = []
    reading = (given.append(item) for item, _ in postbus.read(items))
    with pytest.raises(MailStuckError):
        list(reading)
    assert given == [items[0], items[2]]


def test_a_server_that_can_give_nothing_is_away(fake: Fake, postbus: GraphPostbus) -> None:
    for _ in range(6):
        fake.mailbox().receive(MAIL)
    fake.fault("GET", "value", Answer(status=500), times=99)
    with pytest.raises(PostbusAwayError) as caught:
        contents(postbus)
    assert not isinstance(caught.value, MailStuckError)
    assert len(fake.asked("GET", "value")) == 4


LINK = "https://zandhof.sharepoint.example/x?web=1"


def parts(content: bytes) -> dict[str, bytes]:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert message["Subject"] == "eerste"
    assert message["From"] == "b@zandhof.example"
    return {str(part.get_filename()): part.get_content() for part in message.iter_attachments()}  # type: ignore[attr-defined]


def test_a_file_that_is_only_a_link_comes_in_a_mail_of_its_own(fake: Fake, postbus: GraphPostbus) -> None:
    kept = fake.mailbox().receive(MAIL)
    fake.mailbox().refer(kept, "Begroting 2027.xlsx", LINK)
    fake.shared[LINK] = b"PK-bestand"
    items = postbus.list_new("").items
    (second, linked), (first, mail) = postbus.read(items)
    assert (mail, first.key) == (MAIL, kept.id)
    assert second.key == f"{kept.id}#{kept.attachments[0]['id']}"
    assert second.server_time == first.server_time
    assert parts(linked) == {"Begroting 2027.xlsx": b"PK-bestand"}
    assert [content for _, content in postbus.read(items)] == [linked, mail]
    postbus.acknowledge(items)
    assert keys(postbus) == []


def test_a_link_that_may_not_be_fetched_comes_as_a_shortcut(fake: Fake, postbus: GraphPostbus) -> None:
    kept = fake.mailbox().receive(MAIL)
    fake.mailbox().refer(kept, "Begroting 2027.xlsx", LINK)
    linked, _ = contents(postbus)
    assert parts(linked) == {"Begroting 2027.xlsx.url": f"[InternetShortcut]\r\nURL={LINK}\r\n".encode()}
    assert LINK.encode() in linked.replace(b"=3D", b"=").replace(b"=\r\n", b"")


def test_a_linked_file_that_is_too_large_comes_as_a_shortcut_and_never_in_part(
    fake: Fake, postbus: GraphPostbus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph, "MOST_BYTES", 1 << 20)
    kept = fake.mailbox().receive(MAIL)
    fake.mailbox().refer(kept, "Begroting 2027.xlsx", LINK)
    fake.shared[LINK] = b"x" * ((1 << 20) + 1)
    linked, mail = contents(postbus)
    assert parts(linked) == {"Begroting 2027.xlsx.url": f"[InternetShortcut]\r\nURL={LINK}\r\n".encode()}
    assert mail == MAIL
    fake.shared[LINK] = b"x" * (1 << 20)
    linked, _ = contents(postbus)
    assert parts(linked) == {"Begroting 2027.xlsx": b"x" * (1 << 20)}


@pytest.mark.parametrize("link", ["", "file://server/x", "https://a.example/\r\nX: y", "javascript:x"])
def test_a_link_that_is_none_is_said_to_stand_in_the_mail(
    fake: Fake, postbus: GraphPostbus, link: str
) -> None:
    kept = fake.mailbox().receive(MAIL)
    fake.mailbox().refer(kept, "../x\r\n.docx", link)
    linked, _ = contents(postbus)
    assert parts(linked) == {
        ".._x__.docx.url": b"[InternetShortcut]\r\nURL=https://outlook.office.com/mail/\r\n"
    }


def test_nothing_of_a_mail_or_who_we_are_gets_into_a_log(
    fake: Fake, postbus: GraphPostbus, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even when somebody turns every logger to DEBUG."""
    fake.mailbox().receive(MAIL)
    fake.fault("POST", "/move", refused(403, "ErrorAccessDenied"))
    fake.fault("POST", "/move", refused(500, "Oeps"))
    with caplog.at_level(logging.DEBUG):
        for name in (
            "O365",
            "O365.connection",
            "msal",
            "msal.application",
            "urllib3",
            "urllib3.connectionpool",
        ):
            logging.getLogger(name).setLevel(logging.DEBUG)
        items = postbus.list_new("").items
        list(postbus.read(items))
        for _ in range(2):
            with pytest.raises(PostbusAwayError):
                postbus.acknowledge(items)
    assert caplog.records == []
