"""Sending through Microsoft 365: a draft first, then the draft itself, exactly once."""

import base64
import dataclasses
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from microsoft_fake import Fake
from microsoft_fake.wire import Answer, refused

from pipeline.edges.microsoft import sign_in as signing
from pipeline.edges.microsoft.graph import Graph
from pipeline.edges.microsoft.sign_in import Identity
from pipeline.edges.microsoft.transport import GraphTransport
from pipeline.edges.microsoft.upload import Uploads
from pipeline.errors import (
    AddressUnusableError,
    RefusedTransportError,
    SignInTransportError,
    TransportError,
    UncertainTransportError,
)
from pipeline.values import Address, OutgoingMail

MEGABYTE = 1024 * 1024


@pytest.fixture
def transport(graph: Graph, clock: Any) -> GraphTransport:
    return GraphTransport(graph=graph, uploads=Uploads(clock))


@pytest.fixture
def mail(tmp_path: Path) -> OutgoingMail:
    (tmp_path / "bundel.pdf").write_bytes(b"%PDF-klein")
    return OutgoingMail(
        message_id="abc123@stukkenstroom.invalid",
        sender=Address(email="mr@zandhof.example", name="MR De Zandhof"),
        to=Address(email="n.willems@zandhof.example", name="Noor Willems"),
        reply_to=Address(email="s.vermeer@zandhof.example", name="Sanne Vermeer"),
        subject="Vergaderstukken\r\nBcc: x@y.example",
        text="Geachte mevrouw",
        html="<p>Geachte mevrouw &amp; heer</p>",
        attachment_path=str(tmp_path / "bundel.pdf"),
        attachment_name="Bundel.pdf",
        sent_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    )


def large(mail: OutgoingMail, size: int) -> bytes:
    content = b"%PDF-groot" + bytes(range(256)) * (size // 256)
    Path(mail.attachment_path).write_bytes(content)
    return content


def sent(fake: Fake) -> list[dict[str, Any]]:
    return [one.told for one in fake.mailbox().delivered]


def attached(fake: Fake) -> list[tuple[str, bytes]]:
    (kept,) = fake.mailbox().delivered
    return [(one["name"], base64.b64decode(one["contentBytes"])) for one in kept.attachments]


def drafts(fake: Fake) -> int:
    return len(fake.mailbox().lying_in("drafts"))


def test_a_mail_is_laid_ready_and_then_sent(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail
) -> None:
    draft = transport.prepare(mail)
    assert (drafts(fake), sent(fake), transport.was_sent(mail.message_id, draft)) == (1, [], False)
    transport.send(mail, draft)
    (told,) = sent(fake)
    assert told["from"]["emailAddress"] == {"name": "MR De Zandhof", "address": "mr@zandhof.example"}
    (to,) = told["toRecipients"]
    assert to["emailAddress"] == {"name": "Noor Willems", "address": "n.willems@zandhof.example"}
    assert told["replyTo"][0]["emailAddress"]["address"] == "s.vermeer@zandhof.example"
    assert (told["ccRecipients"], told["bccRecipients"]) == ([], [])
    assert told["subject"] == "Vergaderstukken Bcc: x@y.example"
    assert told["body"]["content"] == "<p>Geachte mevrouw &amp; heer</p>"
    assert told["internetMessageId"] == "<abc123@stukkenstroom.invalid>"
    assert told["internetMessageHeaders"] == [
        {"name": "X-Auto-Response-Suppress", "value": "All"},
        {"name": "X-Stukkenstroom", "value": "abc123"},
    ]
    assert attached(fake) == [("Bundel.pdf", b"%PDF-klein")]
    assert transport.was_sent(mail.message_id, draft) is True
    assert transport.was_sent(mail.message_id, "") is True


def test_a_mail_without_attachment_has_none(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail
) -> None:
    bare = dataclasses.replace(mail, attachment_path="", attachment_name="")
    transport.send(bare, transport.prepare(bare))
    assert attached(fake) == []


def test_twenty_megabytes_go_in_pieces(fake: Fake, transport: GraphTransport, mail: OutgoingMail) -> None:
    content = large(mail, 20 * MEGABYTE)
    transport.send(mail, transport.prepare(mail))
    assert attached(fake) == [("Bundel.pdf", content)]
    assert len(fake.asked("PUT", "/upload/")) == 7


@pytest.mark.parametrize("size", [3 * MEGABYTE - 256, 3 * MEGABYTE])
def test_around_three_megabytes_each_goes_its_own_way(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail, size: int
) -> None:
    content = large(mail, size)
    transport.send(mail, transport.prepare(mail))
    assert attached(fake) == [("Bundel.pdf", content)]


def test_an_upload_goes_on_where_it_stopped(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail
) -> None:
    """One piece was lost, one arrived although the server said it did not."""
    content = large(mail, 10 * MEGABYTE)
    fake.fault("PUT", "/upload/", Answer(status=503), after=1)
    fake.fault("PUT", "/upload/", Answer(status=504), after=2, done=True)
    fake.fault("PUT", "/upload/", Answer(cut=True), after=3)
    transport.send(mail, transport.prepare(mail))
    assert attached(fake) == [("Bundel.pdf", content)]


def test_an_upload_that_never_succeeds_is_a_certain_failure(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail
) -> None:
    large(mail, 10 * MEGABYTE)
    fake.fault("PUT", "/upload/", Answer(status=503), times=99)
    with pytest.raises(TransportError):
        transport.prepare(mail)
    assert len(fake.asked("PUT", "/upload/")) == 6
    fake.faults.clear()
    transport.send(mail, transport.prepare(mail))
    assert (drafts(fake), len(sent(fake))) == (0, 1)


def test_a_draft_of_an_earlier_attempt_is_cleared_away(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail
) -> None:
    first, second = transport.prepare(mail), transport.prepare(mail)
    assert first != second
    assert drafts(fake) == 1


def test_what_left_before_is_not_laid_ready_again(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail
) -> None:
    transport.send(mail, transport.prepare(mail))
    with pytest.raises(UncertainTransportError):
        transport.prepare(mail)
    assert (drafts(fake), len(sent(fake))) == (0, 1)


@pytest.mark.parametrize("answer", [Answer(status=504), Answer(status=503), Answer(cut=True)])
def test_an_answer_that_is_lost_though_the_mail_left_is_found_out(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail, answer: Answer
) -> None:
    draft = transport.prepare(mail)
    fake.fault("POST", "/send", answer, done=True)
    transport.send(mail, draft)
    assert len(sent(fake)) == 1


@pytest.mark.parametrize("answer", [Answer(status=504), Answer(status=503), Answer(cut=True)])
def test_an_answer_that_is_lost_and_the_mail_did_not_leave(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail, answer: Answer
) -> None:
    draft = transport.prepare(mail)
    fake.fault("POST", "/send", answer)
    with pytest.raises(TransportError):
        transport.send(mail, draft)
    assert transport.was_sent(mail.message_id, draft) is False


def test_an_answer_that_comes_too_late_is_found_out(
    fake: Fake, identity: Identity, mail: OutgoingMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "_TIMEOUT_SECONDS", 1)
    hasty = GraphTransport(graph=Graph(signing.SignIn(identity)))
    draft = hasty.prepare(mail)
    fake.fault("POST", "/send", Answer(status=202, late=1.5), done=True)
    hasty.send(mail, draft)
    assert len(sent(fake)) == 1


def test_when_nothing_can_be_found_out_it_is_uncertain(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail
) -> None:
    draft = transport.prepare(mail)
    fake.fault("POST", "/send", Answer(cut=True), done=True)
    fake.fault("GET", f"/messages/{draft}", Answer(status=500))
    with pytest.raises(UncertainTransportError):
        transport.send(mail, draft)
    fake.fault("GET", f"/messages/{draft}", Answer(status=500))
    with pytest.raises(TransportError):
        transport.was_sent(mail.message_id, draft)
    assert transport.was_sent(mail.message_id, draft) is True


@pytest.mark.parametrize("path", ["/messages$", "/attachments$", "/send$"])
def test_when_the_server_has_had_enough_it_says_until_when(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail, path: str
) -> None:
    fake.fault("POST", path, refused(429, "ApplicationThrottled", Retry_After="77"))
    with pytest.raises(TransportError) as caught:
        transport.send(mail, transport.prepare(mail))
    assert caught.value.retry_after == 77
    assert not isinstance(caught.value, (RefusedTransportError, UncertainTransportError))
    assert sent(fake) == []


def test_what_the_server_refuses_for_good_is_told(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail
) -> None:
    fake.fault("POST", "/send", refused(403, "ErrorSendAsDenied"))
    with pytest.raises(RefusedTransportError, match="ErrorSendAsDenied") as caught:
        transport.send(mail, transport.prepare(mail))
    assert "uit deze postbus mag verzenden" in caught.value.doe
    assert "zandhof" not in str(caught.value)


def test_who_is_not_believed_sends_nothing(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MS_GEHEIM", "oud")
    with pytest.raises(SignInTransportError) as caught:
        transport.prepare(mail)
    assert caught.value.retry_after == 300


def test_a_draft_that_somebody_threw_away_is_not_sent_on_a_guess(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail
) -> None:
    draft = transport.prepare(mail)
    del fake.mailbox().messages[draft]
    assert transport.was_sent(mail.message_id, draft) is None
    assert transport.was_sent(mail.message_id, "") is False


@pytest.mark.parametrize(
    "email", ["", "n.willems", "a@b.example, c@d.example", "a@b.example\r\nBcc: x@y.example"]
)
def test_an_address_that_is_not_clean_is_refused_before_anything_is_laid_ready(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail, email: str
) -> None:
    with pytest.raises(AddressUnusableError):
        transport.prepare(dataclasses.replace(mail, to=Address(email=email, name="x")))
    assert drafts(fake) == 0


def test_a_file_that_is_gone_is_a_certain_failure(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail
) -> None:
    Path(mail.attachment_path).unlink()
    with pytest.raises(TransportError):
        transport.prepare(mail)
    assert drafts(fake) == 0


def test_more_than_the_mailbox_takes_in_five_minutes_waits_its_turn(
    fake: Fake, transport: GraphTransport, mail: OutgoingMail, clock: Any
) -> None:
    large(mail, 4 * MEGABYTE)
    transport.uploads.count(147 * MEGABYTE)
    clock.seconds += 100
    with pytest.raises(TransportError) as caught:
        transport.prepare(mail)
    assert caught.value.retry_after == 200
    assert drafts(fake) == 0
    clock.seconds += 200
    assert transport.prepare(mail)
