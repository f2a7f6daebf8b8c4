"""What leaves is well formed, the same every time, and cannot be bent by outside text."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edges.mail.compose import compose, envelope_address
from pipeline.edges.mail.mime import parse
from pipeline.errors import AddressUnusableError, TransportError
from pipeline.values import Address, OutgoingMail

MAIL = OutgoingMail(
    message_id="bundel-2026-12-08.3f@school.example",
    sender=Address(email="cmr@school.example", name="CMR Veenrijk College"),
    to=Address(email="renee@ouders.example", name="Renée de Vries, ouder"),
    reply_to=Address(email="secretaris@school.example", name="Secretaris"),
    subject="Vergaderstukken 8 december",
    text="Beste Renée,\nBijgaand de stukken.\n",
    html="<p>Beste Renée,</p><p>Bijgaand de stukken.</p>",
    attachment_path="",
    attachment_name="",
    sent_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
)


@pytest.fixture
def mail(tmp_path: Path) -> OutgoingMail:
    pdf = tmp_path / "bundel.pdf"
    pdf.write_bytes(b"%PDF-1.7\r\n.\r\n" + bytes(range(256)) * 40)
    return replace(MAIL, attachment_path=str(pdf), attachment_name="Vergaderstukken 8 december – één.pdf")


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def test_the_mail_has_two_versions_of_the_text_and_the_pdf(mail: OutgoingMail) -> None:
    message = read(compose(mail))
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
    assert message.get_body(("plain",)).get_content().splitlines() == mail.text.splitlines()
    attachment = next(message.iter_attachments())
    assert attachment.get_filename() == mail.attachment_name
    assert attachment.get_content() == Path(mail.attachment_path).read_bytes()


def test_the_headers_say_who_when_and_that_a_machine_sent_it(mail: OutgoingMail) -> None:
    message = read(compose(mail))
    assert message["Message-ID"] == f"<{mail.message_id}>"
    assert message["Date"].datetime == mail.sent_at
    assert message["To"].addresses[0].display_name == "Renée de Vries, ouder"
    assert [str(message[name]) for name in ("Auto-Submitted", "X-Auto-Response-Suppress")] == [
        "auto-generated",
        "All",
    ]
    assert message["Reply-To"].addresses[0].addr_spec == "secretaris@school.example"


def test_the_file_name_is_encoded_as_rfc_2231(mail: OutgoingMail) -> None:
    assert b"filename*0*=utf-8''" in compose(mail) or b"filename*=utf-8''" in compose(mail)


@pytest.mark.parametrize("size", [0, 1, 56, 57, 58, 1000])
def test_an_attachment_of_any_size_and_name_comes_as_it_is(
    mail: OutgoingMail, size: int, tmp_path: Path
) -> None:
    """Its bytes are put in by hand, at a mark; a file, or a text, may hold that mark too."""
    path = tmp_path / "bundel.pdf"
    path.write_bytes(b"=_hier komt de bijlage"[:size].ljust(size, b"x"))
    mark = "=_hier komt de bijlage"
    marked = replace(
        mail, attachment_path=str(path), attachment_name=f"{mark}.pdf", text=mark, html=mark, subject=mark
    )
    message = read(compose(marked))
    (attachment,) = message.iter_attachments()
    assert (attachment.get_content(), attachment.get_filename()) == (path.read_bytes(), f"{mark}.pdf")
    assert message.get_body(("plain",)).get_content().strip() == mark
    assert message["Subject"] == mark


def test_the_same_mail_gives_the_same_bytes(mail: OutgoingMail) -> None:
    assert compose(mail) == compose(mail)
    assert compose(mail) != compose(replace(mail, message_id="ander@school.example"))


def test_our_own_mail_is_machine_mail_when_it_comes_back(mail: OutgoingMail) -> None:
    """No loop: a bundle that reaches the council's mailbox starts nothing."""
    assert parse(compose(mail)).message.machine


def test_a_mail_without_attachment_has_only_its_texts() -> None:
    assert read(compose(MAIL)).get_content_type() == "multipart/alternative"


@pytest.mark.parametrize("field", ["subject", "sender", "to", "reply_to", "attachment_name"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\x00"])
def test_no_value_can_add_a_header(mail: OutgoingMail, field: str, end: str) -> None:
    hostile = f"x{end}Bcc: dief@elders.example{end}{end}<script>"
    value = getattr(mail, field)
    changed = replace(value, name=hostile) if isinstance(value, Address) else hostile
    message = read(compose(replace(mail, **{field: changed})))
    assert message["Bcc"] is None
    assert len(message["To"].addresses) == 1
    assert message.get_content_type() == "multipart/mixed"
    assert len(list(message.walk())) == 5


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jan",
        "jan@",
        "@x.example",
        "jan@x.example\r\nBcc: d@y.example",
        "jan@x.example, piet@x.example",
        "jan@x.example>",
        "jan piet@x.example",
        "jan@x .example",
        "ján@x.example",
        ".jan@x.example",
        "j" * 250 + "@x.example",
    ],
)
def test_an_address_that_is_not_clean_is_refused_not_repaired(address: str) -> None:
    with pytest.raises(AddressUnusableError):
        compose(replace(MAIL, to=Address(email=address)))


@pytest.mark.parametrize("message_id", ["", "zonder", "a@b>\r\nBcc: d@y.example", "<a@b>", "a b@c"])
def test_a_message_id_that_is_not_clean_is_refused(message_id: str) -> None:
    with pytest.raises(AddressUnusableError):
        compose(replace(MAIL, message_id=message_id))


def test_an_international_domain_gets_its_ascii_form() -> None:
    assert envelope_address(Address(email="jan@köln.example")) == "jan@xn--kln-sna.example"


def test_a_missing_attachment_certainly_did_not_leave() -> None:
    with pytest.raises(TransportError):
        compose(replace(MAIL, attachment_path="/bestaat/niet.pdf", attachment_name="a.pdf"))


@pytest.mark.parametrize("length", range(20, 250, 7))
def test_a_long_dutch_subject_and_name_come_back_unchanged(length: int) -> None:
    """The folding of headers adds and drops no space, wherever the line is broken."""
    subject = ("Vergaderstukken – coördinatie financiën geëvalueerd 8 december: één categorieën " * 4)[
        :length
    ]
    name = ("Renée van der Meer-Österreich (ouder, GMR) " * 4)[: min(length, 120)]
    changed = replace(MAIL, subject=subject.strip(), to=replace(MAIL.to, name=name.strip()))
    parsed = parse(compose(changed)).message
    assert parsed.subject == subject.strip()
    assert parsed.recipients == (replace(MAIL.to, name=name.strip()),)


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=80))
def test_any_text_is_ascii_with_short_lines_and_comes_back(subject: str, text: str, name: str) -> None:
    long = "woord" * 400
    content = compose(
        replace(MAIL, subject=subject + long, text=text + long, to=replace(MAIL.to, name=name + long))
    )
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    message = read(content)
    assert len(message["To"].addresses) == 1
    assert sorted(message.keys()) == sorted(read(compose(MAIL)).keys())
