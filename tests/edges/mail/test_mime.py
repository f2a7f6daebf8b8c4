"""Every part of every mail is accounted for, and no mail raises."""

import email
import email.policy
from base64 import b64encode
from datetime import UTC, date, datetime
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.edges.mail.mime import ParsedMail, parse
from pipeline.values import Disposition

CORPUS = Path(__file__).parents[4] / "shared" / "corpora" / "mail"
CORPUS_MAILS = sorted(CORPUS.rglob("*.eml"))
NOT_WELL_FORMED = {
    # the standard library does not undo base64 of an embedded mail, so it sees no parts in it
    "attachment_2_base64.eml",
    # a folded header line without a header, which the standard library takes as the body
    "rfc2822_example13.eml",
    # the boundary line is cut off
    "mime_emails_raw_email4.eml",
}
HEAD = (
    "From: Anna de Wit <A.deWit@Bestuur.example>\r\nTo: cmr@school.example\r\n"
    "Date: Tue, 03 Nov 2026 09:00:00 +0100\r\nMessage-ID: <a1@bestuur.example>\r\nMIME-Version: 1.0\r\n"
)


def mail(text: str) -> ParsedMail:
    return parse((HEAD + text).replace("\r\n", "\n").replace("\n", "\r\n").encode())


def places(parsed: ParsedMail) -> dict[str, tuple[str, Disposition]]:
    return {item.part.number: (item.part.content_type, item.part.disposition) for item in parsed.parts}


def plain(body: str, subject: str = "Vraag", more: str = "") -> ParsedMail:
    return mail(f"Subject: {subject}\n{more}Content-Type: text/plain; charset=utf-8\n\n{body}")


# --- all parts ---------------------------------------------------------------------------


@pytest.mark.skipif(not CORPUS_MAILS, reason="the corpus of mails is not on this machine")
@pytest.mark.parametrize("path", CORPUS_MAILS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_mail_of_the_corpus_is_read_whole(path: Path) -> None:
    """No exception, unique numbers, and the same leaves with the same bytes as a walk of our own."""
    raw = path.read_bytes()
    parsed = parse(raw)
    numbers = [item.part.number for item in parsed.parts]
    assert len(set(numbers)) == len(numbers) >= 1
    assert all(sha256(item.content).hexdigest() == item.part.sha256 for item in parsed.parts)
    if path.name not in NOT_WELL_FORMED:
        leaves = [item.content for item in parsed.parts if item.part.disposition is not Disposition.CONTAINER]
        assert leaves == walk_leaves(email.message_from_bytes(raw))


def walk_leaves(message: email.message.Message) -> list[bytes]:
    """Walk a mail independently; a delivery status is one leaf, not a list of messages."""
    if message.get_content_type() == "message/delivery-status":
        blocks = [part.as_bytes(policy=message.policy.clone(linesep="\n")) for part in message.get_payload()]
        return [SomeBytes(b"".join(blocks))]
    if message.is_multipart():
        return [leaf for part in message.get_payload() for leaf in walk_leaves(part)]
    return [message.get_payload(decode=True)]


class SomeBytes(bytes):
    """Bytes whose white space does not count: a report is written anew by the standard library."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, bytes) and b"".join(self.split()) == b"".join(other.split())

    __hash__ = bytes.__hash__


def test_numbers_are_those_of_mime() -> None:
    """A multipart that is the whole mail is 0; the children of part 1 are 1.1 and 1.2."""
    parsed = mail(
        "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; "
        "boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nhallo\n--b\nContent-Type: text/html\n\n<p>hallo</p>\n--b--\n"
        "--a\nContent-Type: application/pdf\nContent-Disposition: inline\n\n%PDF-1.7\n--a--\n"
    )
    assert places(parsed) == {
        "0": ("multipart/mixed", Disposition.CONTAINER),
        "1": ("multipart/alternative", Disposition.CONTAINER),
        "1.1": ("text/plain", Disposition.BODY),
        "1.2": ("text/html", Disposition.INLINE),
        "2": ("application/pdf", Disposition.INLINE),
    }
    assert parsed.message.full_text == "hallo"


EMBEDDED = (
    "From: Wim <wim@bestuur.example>\r\nDate: Mon, 02 Nov 2026 23:30:00 +0000\r\nSubject: Adviesaanvraag\r\n"
    "Content-Type: multipart/mixed; boundary=inner\r\n\r\n--inner\r\n\r\nZie bijlage\r\n"
    "--inner\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--inner--\r\n"
)


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        ("message/rfc822", "7bit"),
        ("message/rfc822", "base64"),
        ("application/octet-stream; name=brief.eml", "base64"),
    ],
)
def test_an_embedded_mail_is_a_container_with_its_exact_bytes(kind: str, encoding: str) -> None:
    body = b64encode(EMBEDDED.encode()).decode() if encoding == "base64" else EMBEDDED
    parsed = mail(
        f"Content-Type: multipart/mixed; boundary=a\n\n--a\n\nTer info\n--a\nContent-Type: {kind}\n"
        f"Content-Transfer-Encoding: {encoding}\n\n{body}\n--a--\n"
    )
    assert [item.part.number for item in parsed.parts] == ["0", "1", "2", "2.0", "2.1", "2.2"]
    assert parsed.parts[2].part.disposition is Disposition.CONTAINER
    assert parsed.parts[2].part.content_type == "message/rfc822"
    assert parsed.parts[2].content == EMBEDDED.encode()
    assert parsed.parts[5].content == b"%PDF"
    assert parsed.message.own_text == "Ter info"


def test_a_mail_sent_along_is_a_forward() -> None:
    """Its own date is a candidate for the day of receipt, as a day in Amsterdam."""
    body = EMBEDDED.replace("\r\n", "\n")
    forwarded = mail(f"Content-Type: message/rfc822\n\n{body}").message.forwarded
    assert forwarded is not None
    assert forwarded.sender is not None
    assert (forwarded.sender.email, forwarded.sent_on) == ("wim@bestuur.example", date(2026, 11, 3))


def test_an_empty_mail_has_one_empty_part() -> None:
    parsed = parse(b"")
    assert [(item.part.number, item.part.size_bytes) for item in parsed.parts] == [("1", 0)]


def test_a_missing_boundary_parameter_is_found_in_the_text() -> None:
    parsed = mail(
        "Content-Type: multipart/mixed\n\n--xyz\nContent-Type: text/plain\n\nhoi\n"
        "--xyz\nContent-Type: application/pdf\n\n%PDF\n--xyz--\n"
    )
    assert [item.content for item in parsed.parts] == [b"", b"hoi", b"%PDF"]


def test_a_multipart_without_any_boundary_is_kept_as_text() -> None:
    parsed = mail("Content-Type: multipart/mixed; boundary=weg\n\nGeachte raad\n")
    assert [item.content for item in parsed.parts] == [b"Geachte raad\r\n"]
    assert parsed.message.own_text == "Geachte raad"


def test_a_cut_off_mail_keeps_its_last_part() -> None:
    """base64 of ``%PDF-1``, of which the last two characters never arrived: four bytes are whole."""
    parsed = mail(
        "Content-Type: multipart/mixed; boundary=a\n\n--a\n\nhoi\n--a\nContent-Type: application/pdf\n"
        "Content-Transfer-Encoding: base64\n\nJVBERi0x"[:-2]
    )
    assert parsed.parts[2].content == b"%PDF"
    assert any("cut off" in defect for defect in parsed.message.defects)


def test_uuencoded_content_is_left_as_it_is() -> None:
    parsed = mail("Content-Type: application/pdf\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n")
    assert parsed.parts[0].content == b"begin 644 a\r\n"


@pytest.mark.parametrize("kind", ["message/rfc822", "multipart/mixed; boundary=b"])
def test_hostile_nesting_is_bounded(kind: str) -> None:
    """3,000 levels end in one leaf that holds the rest; nothing is dropped."""
    raw = b"".join(f"Content-Type: {kind}{n}\n\n--b{n}\n".encode() for n in range(3_000)) + b"einde"
    if kind == "message/rfc822":
        raw = b"Content-Type: message/rfc822\n\n" * 3_000 + b"einde"
    parsed = parse(raw)
    assert len(parsed.parts) < 100
    assert parsed.parts[-1].content.endswith(b"einde")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                b"Content-Type: multipart/mixed; boundary=a\n",
                b"Content-Type: text/html; charset=\xff\n",
                b"\n",
                b"--a\n",
                b"--a--\n",
                b"From: =?utf-8?B?////?= <x@y\n",
                b"To: a:;,<@>\n\tb\n",
                b"Subject: =?x?y?z?=\x00\n",
                b"Date: Tue, 99 Foo 99999 25:61 +9999\n",
                b"Received: ;;;\n",
                b"Content-Transfer-Encoding: base64\n",
                b"Content-Disposition: attachment; filename*0*=%%%;\n",
                b"Content-Type: message/rfc822\n",
                b"Van: x\nVerzonden: y\nAan: z\n",
                b"> > >\n",
                b"-- \n",
                b"\xff\xfe\x00",
                b"Op x schreef y:\n",
            ]
        )
    )
)
def test_nothing_raises(lines: list[bytes]) -> None:
    parsed = parse(b"".join(lines))
    assert parsed.parts
    assert "\n" not in parsed.message.subject


# --- the header --------------------------------------------------------------------------


def test_addresses_are_lower_case_and_groups_are_opened() -> None:
    message = mail(
        "To: Raad: Jan <JAN@x.example>, p@x.example;\nCc: =?utf-8?Q?Ren=C3=A9e?= <r@x.example>\n\n"
    ).message
    assert message.sender is not None
    assert (message.sender.email, message.sender.name) == ("a.dewit@bestuur.example", "Anna de Wit")
    found = [(address.email, address.name) for address in message.recipients]
    assert found == [
        ("cmr@school.example", ""),
        ("jan@x.example", "Jan"),
        ("p@x.example", ""),
        ("r@x.example", "Renée"),
    ]


def test_a_line_break_in_an_encoded_header_never_gets_into_a_value() -> None:
    message = mail(
        "Subject: =?utf-8?Q?Vraag=0D=0ABcc=3A_x=40y.example?=\n"
        "Cc: =?utf-8?Q?Jan=0D=0AX=3A_1?= <j@x.example>\n\n"
    ).message
    assert message.subject == "Vraag Bcc: x@y.example"
    assert "\n" not in message.recipients[-1].name
    assert "\r" not in message.recipients[-1].name


def test_a_text_broken_in_two_encoded_words_is_whole() -> None:
    """No space in a name, and the two bytes of ``é`` may stand in different words."""
    message = mail(
        "Subject: =?utf-8?Q?categorie=C3?=\n =?UTF-8?Q?=ABn?=\n"
        "Cc: =?utf-8?b?UmVu?=\n =?utf-8?q?=C3=A9e?= <r@x.example>\n\n"
    ).message
    assert (message.subject, message.recipients[-1].name) == ("categorieën", "Renée")


def test_a_direction_override_cannot_disguise_a_file_name() -> None:
    r"""``brief\u202efdp.exe`` is shown as ``briefexe.pdf`` by an explorer."""
    parsed = mail(
        "Content-Type: application/pdf\nContent-Disposition: attachment; "
        "filename*=utf-8''brief%E2%80%AEfdp.exe\n\nx"
    )
    assert parsed.parts[0].part.name == "brief fdp.exe"


@pytest.mark.parametrize(
    "header",
    [
        "filename*=utf-8''begroting%20%E2%82%AC.pdf",
        'filename="=?utf-8?Q?begroting_=E2=82=AC.pdf?="',
        "filename*0*=utf-8''begroting%20; filename*1*=%E2%82%AC.pdf",
    ],
)
def test_encoded_file_names_are_read(header: str) -> None:
    parsed = mail(f"Content-Type: application/pdf\nContent-Disposition: attachment; {header}\n\n%PDF")
    assert parsed.parts[0].part.name == "begroting €.pdf"


def test_raw_windows_text_in_a_subject_is_read() -> None:
    assert parse(b"Subject: Privacy\x96beleid \xe9\xe9n\n\nx").message.subject == "Privacy–beleid één"


def test_received_is_the_topmost_header_and_dates_are_utc() -> None:
    message = mail(
        "Received: from a by b; Tue, 03 Nov 2026 09:00:05 +0100\nReceived: by c; Mon, 02 Nov "
        "2026 09:00:00 +0100\n\n"
    ).message
    assert message.received_at == datetime(2026, 11, 3, 8, 0, 5, tzinfo=UTC)
    assert message.sent_at == datetime(2026, 11, 3, 8, 0, 0, tzinfo=UTC)


def test_an_unreadable_received_header_is_none_and_noted() -> None:
    message = mail("Received: from a by b; gisteren\n\n").message
    assert message.received_at is None
    assert "topmost Received header has no readable date" in message.defects


def test_a_mail_without_date_or_sender_is_read() -> None:
    message = parse(b"Subject: hoi\n\ntekst").message
    assert (message.sender, message.sent_at, message.own_text) == (None, None, "tekst")


def test_references_come_without_brackets_and_once() -> None:
    message = mail("In-Reply-To: <b@x>\nReferences: <a@x>\n <b@x>\n\n").message
    assert message.references == ("b@x", "a@x")


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Auto-Submitted: auto-replied (vacation)", "automatisch antwoord"),
        ("Auto-Submitted: auto-generated", "automatisch aangemaakt bericht"),
        ("Auto-Submitted: no", ""),
        ("Precedence: auto_reply", "automatisch antwoord"),
        ("X-Autoreply: yes", "automatisch antwoord"),
        ("Subject: Automatisch antwoord: vergadering", "automatisch antwoord"),
        ("Subject: Antwoord: vergadering", ""),
        ("Content-Type: text/calendar; method=REPLY", "antwoord op een vergaderverzoek"),
        ("Content-Type: text/calendar; method=REQUEST", ""),
        (
            (
                "Auto-Submitted: auto-replied\nContent-Type: multipart/report; "
                "report-type=delivery-status; boundary=a"
            ),
            "bezorgbericht van een mailserver",
        ),
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=a",
            "leesbevestiging",
        ),
    ],
)
def test_machine_mail_is_recognised(header: str, reason: str) -> None:
    """A delivery report is named first, also when it carries the mark of an automatic answer."""
    assert mail(f"{header}\n\n--a\n\ntekst\n--a--\n").message.machine == reason


def test_a_bounce_without_mime_is_machine_mail_and_an_empty_return_path_alone_is_not() -> None:
    bounce = parse(b"Return-Path: <>\nFrom: MAILER-DAEMON@x.example\n\nUnknown user")
    person = parse(b"Return-Path: <>\nFrom: jan@x.example\n\nHallo")
    assert (bool(bounce.message.machine), bool(person.message.machine)) == (True, False)


def test_a_mail_to_a_list_is_bulk() -> None:
    assert mail("List-Unsubscribe: <mailto:x@y>\n\n").message.bulk
    assert not mail("\n").message.bulk


# --- the body ----------------------------------------------------------------------------


def test_the_html_is_the_body_when_the_plain_text_is_blank_or_a_stub() -> None:
    letter = "Geachte raad, hierbij leggen wij het formatieplan aan u voor. " * 5
    for stub in ("", "Uw programma toont geen opmaak."):
        parsed = mail(
            f"Content-Type: multipart/alternative; "
            f"boundary=a\n\n--a\n\n{stub}\n--a\nContent-Type: text/html\n\n<p>{letter}</p>\n--a--\n"
        )
        assert places(parsed)["2"][1] is Disposition.BODY
        assert parsed.message.own_text == letter.strip()


def test_text_before_and_after_an_inline_pdf_is_one_body() -> None:
    """Apple Mail puts a PDF between two pieces of text; neither the PDF nor the second piece is lost."""
    parsed = mail(
        "Content-Type: multipart/mixed; boundary=a\n\n--a\n\nBeste raad\n--a\nContent-Type: "
        "application/pdf; name=b.pdf\n"
        "Content-Disposition: inline; filename=b.pdf\n\n%PDF\n--a\n\nTot dinsdag\n--a--\n"
    )
    assert parsed.message.full_text == "Beste raad\n\nTot dinsdag"
    assert places(parsed)["2"] == ("application/pdf", Disposition.INLINE)


def test_a_picture_the_html_shows_is_inline_even_when_called_an_attachment() -> None:
    parsed = mail(
        'Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/html\n\n<img src="cid:l@x">\n'
        "--a\nContent-Type: image/png\nContent-ID: <l@x>\nContent-Disposition: attachment; "
        "filename=l.png\n\nx\n--a--\n"
    )
    assert places(parsed)["2"] == ("image/png", Disposition.INLINE)
    assert parsed.parts[2].part.content_id == "l@x"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "bestaat-niet", "us-ascii", '"'])
def test_the_charset_may_be_wrong(charset: str) -> None:
    for raw in ("één €".encode(), "één €".encode("cp1252")):
        head = f"Content-Type: text/plain; charset={charset}\n\n".encode()
        assert parse(head + raw).message.own_text == "één €"


def test_an_html_answer_loses_its_quotation() -> None:
    attribution = "<p>Op ma 2 nov 2026 om 10:15 schreef Jan &lt;j@x.nl&gt;:</p>"
    html = f"<p>Akkoord.</p>{attribution}<blockquote>Vraag</blockquote>"
    assert mail(f"Subject: Re: x\nContent-Type: text/html\n\n{html}").message.own_text == "Akkoord."


def test_a_forward_keeps_the_letter_and_says_where_it_came_from() -> None:
    message = plain(
        "Ter info.\n\nVan: Petra <p@b.example>\nVerzonden: maandag 2 november 2026 10:15\nAan: Jan\n"
        "Onderwerp: Adviesaanvraag\n\nGeachte raad, wij vragen advies.",
        subject="FW: Adviesaanvraag",
    ).message
    assert message.own_text == "Ter info.\n\nGeachte raad, wij vragen advies."
    assert message.forwarded is not None
    assert message.forwarded.sent_on == date(2026, 11, 2)


def test_a_mail_made_by_the_standard_library_comes_back_whole() -> None:
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"], made["Subject"] = "a@b.example", "Begroting één"
    made.set_content("Tekst met één teken.")
    made.add_attachment(bytes(range(256)), maintype="application", subtype="pdf", filename="één.pdf")
    parsed = parse(made.as_bytes())
    assert parsed.message.subject == "Begroting één"
    assert parsed.message.own_text == "Tekst met één teken."
    assert (parsed.parts[2].part.name, parsed.parts[2].content) == ("één.pdf", bytes(range(256)))
