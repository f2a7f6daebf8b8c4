"""Machine mail is told by its headers; what a person wrote, or passed on, is never taken for it."""

import pytest

from pipeline.edges.mail.mime import parse
from pipeline.values import Message

REPLY, BOUNCE, READ = "automatisch antwoord", "bezorgbericht van een mailserver", "leesbevestiging"
MEETING, MADE = "antwoord op een vergaderverzoek", "automatisch aangemaakt bericht"


def came(*headers: str, sender: str = "jan@school.example", text: str = "Tekst") -> Message:
    return parse("\r\n".join((*headers, f"From: {sender}", "", text, "")).encode()).message


@pytest.mark.parametrize(
    ("headers", "sender", "reason"),
    [
        # automatic answers: Outlook and Exchange, Gmail, vacation programs, Dutch and English
        (("Subject: Automatisch antwoord: agenda", "X-Auto-Response-Suppress: All"), "jan@x.example", REPLY),
        (("Subject: Automatic reply: agenda",), "jan@x.example", REPLY),
        (("Subject: Automatische reactie: agenda",), "jan@x.example", REPLY),
        (("Subject: Out of Office: agenda",), "jan@x.example", REPLY),
        (("Subject: [EXTERN] Automatisch antwoord: agenda",), "jan@x.example", REPLY),
        (("Subject: Afwezigheidsbericht: agenda",), "jan@x.example", REPLY),
        (("Subject: Auto-Reply: agenda",), "jan@x.example", REPLY),
        (("Subject: Re: agenda", "Auto-Submitted: auto-replied"), "jan@x.example", REPLY),
        (("Subject: Re: agenda", "Precedence: auto_reply"), "jan@x.example", REPLY),
        (("Subject: Re: agenda", "X-Autorespond: ja"), "jan@x.example", REPLY),
        (("Subject: Ik ben met vakantie", "Return-Path: <>"), "jan@x.example", REPLY),
        # delivery reports, also those without the MIME of one
        (("Subject: Undeliverable: agenda", "Return-Path: <>"), "jan@x.example", BOUNCE),
        (("Subject: Onbestelbaar: agenda",), "postmaster@x.example", BOUNCE),
        (("Subject: x", "X-Failed-Recipients: jan@y.example"), "mailer@x.example", BOUNCE),
        (("Subject: Niet bezorgd: x",), "MicrosoftExchange329e71@x.example", BOUNCE),
        (("Subject: Mail delivery failed: returning", "Return-Path: <>"), "Mailer-Daemon@x.example", BOUNCE),
        # read receipts and calendar answers without the MIME of one
        (("Subject: Gelezen: agenda", "Return-Path: <>"), "jan@x.example", READ),
        (("Subject: Read: agenda", "X-Auto-Response-Suppress: RN, NRN"), "jan@x.example", READ),
        (
            ("Subject: Geaccepteerd: overleg", "Content-Class: urn:content-classes:schedule"),
            "a@x.nl",
            MEETING,
        ),
        (("Subject: Declined: overleg", "X-MS-Exchange-Calendar-Originator-Id: 1"), "a@x.nl", MEETING),
        # what programs make, and what this service sent itself
        (("Subject: Wachtwoord verloopt", "Auto-Submitted: auto-generated"), "it@x.example", MADE),
        (("Subject: Postvak bijna vol", "X-MS-Exchange-Generated-Message-Source: Quota"), "it@x.nl", MADE),
        (("Subject: Berichten in quarantaine",), "quarantine@x.example", "overzicht van een spamfilter"),
        (("Message-ID: <1a@stukkenstroom.invalid>",), "mr@x.example", "bericht van Stukkenstroom zelf"),
    ],
)
def test_a_machine_is_recognised_in_every_tongue(headers: tuple[str, ...], sender: str, reason: str) -> None:
    assert came(*headers, sender=sender).machine == reason


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        (("Subject: FW: Automatisch antwoord: agenda",), "jan@x.example"),
        (("Subject: RE: Automatisch antwoord: agenda",), "jan@x.example"),
        (("Subject: Fwd: Undeliverable: agenda",), "jan@x.example"),
        (("Subject: Niet aanwezig op 8 december",), "jan@x.example"),
        (("Subject: Vakantierooster 2027-2028", "X-Auto-Response-Suppress: All"), "bestuur@x.example"),
        (("Subject: Adviesaanvraag", "Return-Path: <>"), "bestuur@x.example"),
        (("Subject: Gelezen: het rapport",), "jan@x.example"),
        (("Subject: Geaccepteerd: ons voorstel",), "jan@x.example"),
        (("Subject: Besluit quarantaine groep 6",), "directie@x.example"),
        (("Subject: Adviesaanvraag", "Auto-Submitted: no"), "bestuur@x.example"),
        (("Subject: Adviesaanvraag", "Precedence: bulk"), "bestuur@x.example"),
        (
            # a rule of Exchange passes a person's letter on
            (
                "Subject: FW: Adviesaanvraag",
                "Auto-Submitted: auto-generated",
                "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
            ),
            "directie@x.example",
        ),
    ],
)
def test_a_person_is_never_taken_for_a_machine(headers: tuple[str, ...], sender: str) -> None:
    assert came(*headers, sender=sender).machine == ""


def test_a_scanner_that_calls_itself_automatic_brings_a_letter() -> None:
    """A copier sends every scan with ``Auto-Submitted: auto-generated``; the scan is a paper."""
    scan = (
        b"Auto-Submitted: auto-generated\r\nFrom: kopieer@x.example\r\nSubject: Scan\r\n"
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nScan\r\n"
        b'--a\r\nContent-Type: application/pdf; name="scan.pdf"\r\n\r\n%PDF\r\n--a--\r\n'
    )
    assert parse(scan).message.machine == ""


def test_an_automatic_answer_that_somebody_sends_along_is_the_only_machine_mail() -> None:
    """Her own words stay hers; the answer inside becomes no paper."""
    mail = (
        b"From: jan@x.example\r\nSubject: FW: Automatisch antwoord: agenda\r\n"
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nZie hieronder.\r\n"
        b"--a\r\nContent-Type: message/rfc822\r\n\r\n"
        b"From: piet@x.example\r\nAuto-Submitted: auto-replied\r\nSubject: x\r\n\r\nIk ben er niet.\r\n"
        b"--a\r\nContent-Type: message/rfc822\r\n\r\n"
        b"From: els@x.example\r\nSubject: Re: agenda\r\n\r\nIk ben er wel.\r\n--a--\r\n"
    )
    message = parse(mail).message
    assert message.machine == ""
    assert message.machine_within == ("2",)
