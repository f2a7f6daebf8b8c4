"""What every transport promises, whatever it is: see ``ports.Transport``."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from transports import MAKERS, Way

from pipeline.errors import AddressUnusableError, TransportError
from pipeline.values import Address, OutgoingMail

MAIL = OutgoingMail(
    message_id="a1@school.example",
    sender=Address(email="mr@school.example", name="MR Zandhof"),
    to=Address(email="lid@school.example", name="Noor Willems"),
    reply_to=Address(email="secretaris@school.example"),
    subject="Vergaderstukken 8 december – café",
    text="Geachte heer Kuiper,\n\n.\n..begint met een punt\n",
    html="<p>Geachte heer Kuiper,</p>",
    attachment_path="",
    attachment_name="",
    sent_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
)


@pytest.fixture(params=list(MAKERS))
def way(request: pytest.FixtureRequest) -> Way:
    return MAKERS[request.param](request)


TO_SEVERAL = replace(
    MAIL, to=None, bcc=(Address(email="a@school.example", name="Anna"), Address(email="b@school.example"))
)


def hand_over(way: Way, mail: OutgoingMail) -> frozenset[str]:
    return way.transport.send(mail, way.transport.prepare(mail))


def test_a_mail_arrives_as_it_was_meant(way: Way, tmp_path: Path) -> None:
    bundle = tmp_path / "bundel.pdf"
    bundle.write_bytes(b"%PDF-1.7\r\n" + bytes(range(256)) * 400)
    hand_over(way, replace(MAIL, attachment_path=str(bundle), attachment_name="Stukken 8 december.pdf"))
    (arrived,) = way.arrived()
    mail = message_from_bytes(arrived, policy=policy.default)
    assert mail["Subject"] == MAIL.subject
    assert mail["Message-ID"] == f"<{MAIL.message_id}>"
    assert [(one.display_name, one.addr_spec) for one in mail["To"].addresses] == [
        ("Noor Willems", "lid@school.example")
    ]
    assert mail["Reply-To"].addresses[0].addr_spec == "secretaris@school.example"
    kind, said = ("plain", MAIL.text) if way.carries_text else ("html", MAIL.html)
    body = mail.get_body((kind,))
    assert body is not None
    assert body.get_content().splitlines() == said.splitlines()
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (
        "Stukken 8 december.pdf",
        bundle.read_bytes(),
    )


def test_a_mail_to_several_reaches_each_once_and_shows_nobody(way: Way) -> None:
    assert hand_over(way, TO_SEVERAL) == frozenset()
    assert sorted(way.reached()) == ["a@school.example", "b@school.example"]
    (arrived,) = way.arrived()
    mail = message_from_bytes(arrived, policy=policy.default)
    assert [header for header in ("To", "Cc") if mail[header] and mail[header].addresses] == []
    assert b"Anna" not in arrived


def test_of_a_mail_to_several_an_unusable_address_is_left_out_and_told(way: Way) -> None:
    wrong = Address(email="c@school.example\r\nBcc: x@y.example")
    assert hand_over(way, replace(TO_SEVERAL, bcc=(*TO_SEVERAL.bcc, wrong))) == {wrong.email}
    assert sorted(way.reached()) == ["a@school.example", "b@school.example"]


def test_a_mail_to_several_of_whom_none_can_be_used_sends_nothing(way: Way) -> None:
    with pytest.raises(AddressUnusableError):
        hand_over(way, replace(TO_SEVERAL, bcc=(Address(email="geen adres"),)))
    assert way.arrived() == []


def test_nothing_leaves_before_it_is_sent(way: Way) -> None:
    draft = way.transport.prepare(MAIL)
    assert way.arrived() == []
    assert way.transport.was_sent(MAIL.message_id, draft) in (False, None)
    way.transport.send(MAIL, draft)
    assert way.transport.was_sent(MAIL.message_id, draft) in (True, None)


def test_an_address_that_cannot_be_used_sends_nothing(way: Way) -> None:
    wrong = replace(MAIL, to=Address(email="lid@school.example\r\nBcc: x@y.example"))
    with pytest.raises(AddressUnusableError):
        hand_over(way, wrong)
    assert way.arrived() == []


def test_a_way_that_is_broken_is_a_certain_failure(way: Way) -> None:
    hand_over(way, MAIL)
    way.break_down()
    with pytest.raises(TransportError) as caught:
        hand_over(way, replace(MAIL, message_id="a2@school.example"))
    assert "school.example" not in caught.value.for_secretary()


def test_an_attachment_that_is_away_sends_nothing(way: Way, tmp_path: Path) -> None:
    with pytest.raises(TransportError):
        hand_over(way, replace(MAIL, attachment_path=str(tmp_path / "weg.pdf"), attachment_name="weg.pdf"))
    assert way.arrived() == []
