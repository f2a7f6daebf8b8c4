"""A report tells what became of a message of ours, however a server writes it; of other mail nothing."""

import pytest

from pipeline.edges.mail.mime import parse
from pipeline.values import DeliveryReport, Outcome

OURS = "0123456789abcdef0123456789abcdef"
ID = f"{OURS}@stukkenstroom.invalid"


def all_that_came(text: str) -> tuple[DeliveryReport, ...]:
    return parse(text.replace("\n", "\r\n").encode()).message.reports


def came(text: str) -> DeliveryReport | None:
    (found,) = all_that_came(text) or (None,)
    return found


def notification(status: str, original: str, *, subject: str = "Undelivered Mail Returned to Sender") -> str:
    return f"""From: MAILER-DAEMON@mx.example (Mail Delivery System)
Return-Path: <>
Subject: {subject}
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

This is the mail system at host mx.example.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

{status}
--b1
{original}
--b1--
"""


WHOLE = f"Content-Type: message/rfc822\n\nMessage-ID: <{ID}>\nFrom: mr@x.example\nSubject: Stukken\n\nTekst"
HEADERS = f"Content-Type: text/rfc822-headers\n\nMessage-ID: <{ID}>\nFrom: mr@x.example\nSubject: Stukken\n"
RENAMED = (
    "Content-Type: message/rfc822\n\nMessage-ID: <AM0PR01@exchange.example>\n"
    f"X-Stukkenstroom: {OURS}\nFrom: mr@x.example\n\nTekst"
)
RENAMED_HEADERS = (
    "Content-Type: text/rfc822-headers\n\nMessage-ID: <AM0PR01@exchange.example>\n"
    f"x-stukkenstroom: {OURS}\nFrom: mr@x.example\n"
)
FAILED = """Final-Recipient: rfc822; lid@x.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <lid@x.example>: Recipient address
    rejected: User unknown
"""


@pytest.mark.parametrize("original", [WHOLE, HEADERS, RENAMED, RENAMED_HEADERS])
def test_a_refusal_is_told_in_the_words_of_the_server(original: str) -> None:
    """RFC 3464; the server may give our mail another Message-ID and may repeat only its headers."""
    assert came(notification(FAILED, original)) == DeliveryReport(
        message_id=ID,
        outcome=Outcome.NIET_BEZORGD,
        detail="550 5.1.1 <lid@x.example>: Recipient address rejected: User unknown",
        recipients=("lid@x.example",),
    )


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        ("delayed", Outcome.VERTRAAGD),
        ("delivered", Outcome.BEZORGD),
        ("relayed (to a server that does not report)", Outcome.BEZORGD),
        ("Failed", Outcome.NIET_BEZORGD),
    ],
)
def test_the_action_decides(action: str, outcome: Outcome) -> None:
    found = came(
        notification(f"Final-Recipient: rfc822; lid@x.example\nAction: {action}\nStatus: 4.0.0\n", WHOLE)
    )
    assert found is not None
    assert (found.outcome, found.detail) == (outcome, "4.0.0")


def test_each_recipient_is_told_of_as_we_wrote_to_it() -> None:
    """RFC 3464, 2.3.1 and 2.3.2: the original recipient is ours, the final one where it was passed on to."""
    passed_on = "Original-Recipient: rfc822;A@x.example\nFinal-Recipient: rfc822; a@elders.example\n"
    status = f"{passed_on}Action: delivered\nStatus: 2.0.0\n\n{FAILED}"
    found = all_that_came(notification(status, WHOLE))
    assert [(one.recipients, one.outcome) for one in found] == [
        (("a@x.example", "a@elders.example"), Outcome.BEZORGD),
        (("lid@x.example",), Outcome.NIET_BEZORGD),
    ]
    assert {one.message_id for one in found} == {ID}


def test_an_original_recipient_that_is_empty_hides_nobody() -> None:
    (found,) = all_that_came(notification(f"Original-Recipient: rfc822;\n{FAILED}", WHOLE))
    assert found.recipients == ("lid@x.example",)


def test_a_server_that_names_the_recipients_in_a_header_only_is_understood() -> None:
    text = f"""From: Mail Delivery System <mailer-daemon@exim.example>
X-Failed-Recipients: Lid@x.example, b@x.example
Return-Path: <>
Subject: Mail delivery failed: returning message to sender

A message could not be delivered.

Message-ID: <{ID}>
"""
    assert [(one.recipients, one.outcome) for one in all_that_came(text)] == [
        (("lid@x.example",), Outcome.NIET_BEZORGD),
        (("b@x.example",), Outcome.NIET_BEZORGD),
    ]


def test_a_report_without_the_mime_of_one_is_read_by_what_it_repeats() -> None:
    text = f"""From: Mail Delivery System <MAILER-DAEMON@qmail.example>
Return-Path: <>
Subject: failure notice

Hi. This is the qmail-send program at qmail.example.

<lid@x.example>:
Sorry, no mailbox here by that name.

--- Below this line is a copy of the message.

Message-ID: <{ID}>
From: mr@x.example
"""
    found = came(text)
    assert found == DeliveryReport(message_id=ID, outcome=Outcome.NIET_BEZORGD, detail="failure notice")


@pytest.mark.parametrize("subject", ["Delivery delayed: Stukken", "Bezorging vertraagd: Stukken"])
def test_a_report_that_only_its_subject_explains(subject: str) -> None:
    text = f"From: postmaster@x.example\nReturn-Path: <>\nSubject: {subject}\nReferences: <{ID}>\n\nLater.\n"
    found = came(text)
    assert found is not None
    assert found.outcome is Outcome.VERTRAAGD


def test_an_automatic_answer_says_that_it_arrived() -> None:
    text = f"""From: Anna Lid <lid@x.example>
Subject: Automatisch antwoord: Vergaderstukken MR
In-Reply-To: <{ID.upper()}>
Auto-Submitted: auto-replied

Ik ben er niet.
"""
    assert came(text) == DeliveryReport(
        message_id=ID,
        outcome=Outcome.AFWEZIG,
        detail="Automatisch antwoord: Vergaderstukken MR",
        recipients=("lid@x.example",),
    )


def test_a_report_on_the_mail_of_somebody_else_tells_nothing() -> None:
    other = "Content-Type: message/rfc822\n\nMessage-ID: <1@x.example>\nFrom: a@x.example\n\nTekst"
    assert came(notification(FAILED, other)) is None


def test_what_a_person_answers_is_no_report() -> None:
    text = f"From: lid@x.example\nSubject: Re: Vergaderstukken\nIn-Reply-To: <{ID}>\n\nIk kom niet.\n"
    assert came(text) is None
