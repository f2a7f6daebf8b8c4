"""A message that comes back: told the same day, on the proof, and sent again only to another address."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
from playing import MEMBERS, Play, journal_of, question_of, sheet, word, yes_to

from pipeline import service
from pipeline.errors import UncertainTransportError
from pipeline.roads.verifying import verify
from pipeline.values import MeetingPlace, Outcome, OutgoingMail, Place, SendingState, SendPurpose

HEADS = ("naam", "aanhef", "e-mail", "geleding", "commissies", "bezorging")
GONE = "n.willems@zandhof.example"


def sent(play: Play) -> list[EmailMessage]:
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails()]


def recipients(play: Play) -> list[str]:
    return sorted(str(one["To"].addresses[0].addr_spec) for one in sent(play) if list(one.iter_attachments()))


def with_bundle_sent(play: Play) -> None:
    word(play.meeting / "03 Formatieplan" / "a Toelichting.docx", ("Toelichting op het formatieplan",))
    play.once()
    play.approve()
    play.once()


def bounce(play: Play, address: str) -> bytes:
    """Write the report of a server on the mail with papers that went to an address."""
    (mail,) = (
        one
        for one in sent(play)
        if one["To"].addresses[0].addr_spec == address and list(one.iter_attachments())
    )
    return report_on(mail, address)


def report_on(mail: EmailMessage, address: str) -> bytes:
    """Write the report of a server that it could not deliver a mail at an address."""
    return f"""From: Mail Delivery System <MAILER-DAEMON@mx.zandhof.example>
To: mr@zandhof.example
Return-Path: <>
Date: Mon, 23 Nov 2026 09:05:00 +0100
Message-ID: <b{address}>
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=b1

--b1
Content-Type: text/plain

I could not deliver your message.
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.zandhof.example

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown
--b1
Content-Type: text/rfc822-headers

Message-ID: {mail["Message-ID"]}
Subject: x
--b1--
""".encode()


def proof_rows(play: Play) -> dict[str, tuple[object, ...]]:
    (path,) = (play.meeting / MeetingPlace.VERSTUURD).glob("Verzendbewijs - *leden.xlsx")
    rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return {str(row[0]): row for row in rows if row[0]}


def test_a_bounce_is_work_for_the_secretary_the_same_day(play: Play) -> None:
    with_bundle_sent(play)
    before = len(play.mails())
    play.post("terug.eml", bounce(play, GONE))
    waiting = play.once()
    assert [line for line in waiting if "Noor Willems" in line] == [
        f"Niet aangekomen bij Noor Willems ({GONE}): 2026-12-08 Overlegvergadering - leden.pdf"
    ]
    notices = [one for one in sent(play) if "Niet aangekomen" in str(one["Subject"])]
    assert [str(one["To"].addresses[0].addr_spec) for one in notices] == ["s.vermeer@zandhof.example"]
    text = notices[0].get_body(("plain",)).get_content()
    assert "550 5.1.1 User unknown" in text
    assert len(play.mails()) == before + 1


def test_the_proof_shows_who_was_not_reached(play: Play) -> None:
    with_bundle_sent(play)
    assert proof_rows(play)["Noor Willems"][5] == "verzonden"
    play.post("terug.eml", bounce(play, GONE))
    play.once()
    assert proof_rows(play)["Noor Willems"][5:7] == (
        "niet bezorgd",
        "De mailserver meldt: 550 5.1.1 User unknown",
    )
    assert proof_rows(play)["Tijs Hofman"][5] == "verzonden"
    assert list((play.meeting / MeetingPlace.VERSTUURD).glob("Verzendbewijs - *leden.pdf"))
    with play.office(works=False) as office:
        assert verify(office).findings == ()


def test_the_same_report_twice_is_told_once(play: Play) -> None:
    with_bundle_sent(play)
    report = bounce(play, GONE)
    play.post("terug.eml", report)
    play.once()
    mails = len(play.mails())
    play.post("terug2.eml", report.replace(b"Message-ID: <b", b"Message-ID: <c", 1))
    play.once()
    assert len(play.mails()) == mails


def test_nobody_gets_it_again_but_the_member_with_a_confirmed_new_address(play: Play) -> None:
    with_bundle_sent(play)
    before = recipients(play)
    play.post("terug.eml", bounce(play, GONE))
    play.once()
    assert recipients(play) == before
    fresh = "noor.willems@zandhof.example"
    rows = tuple((*row[:2], fresh, *row[3:]) if row[2] == GONE else row for row in MEMBERS)
    sheet(play.place(Place.INSTELLINGEN, "leden.xlsx"), HEADS, rows)
    play.once()
    assert recipients(play) == before
    play.post("ja.eml", yes_to(question_of(play)))
    play.once()
    waiting = play.once()
    assert recipients(play) == sorted((*before, fresh))
    assert not any("Niet aangekomen" in line for line in waiting)
    states = [one.outcome for one in journal_of(play)["dispatches"] if one.member == "Noor Willems"]
    assert sorted(states, key=str) == [None, Outcome.NIET_BEZORGD]


class Doubtful:
    """A transport of which nobody knows whether a mail left."""

    def prepare(self, _mail: OutgoingMail) -> str:
        return ""

    def send(self, mail: OutgoingMail, _draft: str) -> frozenset[str]:
        raise UncertainTransportError(f"cut while {mail.message_id} was answered")

    def was_sent(self, _message_id: str, _draft: str) -> bool | None:
        return None

    def withdraw(self, _message_id: str) -> None:
        pass


def test_a_late_message_of_which_nobody_knows_closes_the_sending_again(play: Play) -> None:
    with_bundle_sent(play)
    play.post("terug.eml", bounce(play, GONE))
    rows = tuple((*row[:2], "noor@zandhof.example", *row[3:]) if row[2] == GONE else row for row in MEMBERS)
    sheet(play.place(Place.INSTELLINGEN, "leden.xlsx"), HEADS, rows)
    play.once()
    play.post("ja.eml", yes_to(question_of(play)))
    with play.office() as office:
        service.work_once(replace(office, transport=Doubtful()))
    sendings = [one for one in journal_of(play)["sendings"] if one.purpose is SendPurpose.LEDEN]  # type: ignore[attr-defined]
    assert [one.state for one in sendings] == [SendingState.VERZONDEN]
    (path,) = (play.meeting / MeetingPlace.VERSTUURD).glob("Verzendbewijs - *leden.xlsx")
    shown = {row[5] for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)}
    assert {"mogelijk verzonden", "niet bezorgd", "verzonden"} <= shown


def test_an_automatic_answer_of_a_member_is_noted_and_asks_nothing(play: Play, tmp_path: Path) -> None:
    with_bundle_sent(play)
    mail = next(one for one in sent(play) if one["To"].addresses[0].addr_spec == GONE)
    answer = (
        f"From: Noor Willems <{GONE}>\nTo: mr@zandhof.example\nSubject: Automatisch antwoord: stukken\n"
        f"In-Reply-To: {mail['Message-ID']}\nAuto-Submitted: auto-replied\nMessage-ID: <o@zandhof.example>\n"
        "Date: Mon, 23 Nov 2026 09:05:00 +0100\n\nIk ben er niet.\n"
    )
    play.post("afwezig.eml", answer.encode())
    waiting = play.once()
    assert not any("Noor" in line for line in waiting)
    assert proof_rows(play)["Noor Willems"][5] == "bezorgd; automatisch antwoord: afwezig"
