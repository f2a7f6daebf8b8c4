"""The whole road with real servers: mail fetched with IMAP, papers filed, bundles sent with SMTP."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event, Thread

import dovecot as dovecot_server
import opensmtpd
import pytest
from dovecot import Dovecot
from playing import ANNEX, BOARD, NOTE, REQUEST, Play, copy_council, journal_of, mail, word
from transports import Sink, sinking

from pipeline import flow, service, wiring
from pipeline.edges import files
from pipeline.edges.secure import Security
from pipeline.edges.smtp import SmtpTransport
from pipeline.errors import TooLargeTransportError
from pipeline.roads.verifying import verify
from pipeline.values import Address, MeetingPlace, OutgoingMail, PartVerdict

MANY, BACK = 200, 20


@pytest.fixture
def sink() -> Iterator[Sink]:
    with sinking() as found:
        yield found


@pytest.fixture
def council(play: Play, dovecot: Dovecot, mail_user: str, sink: Sink) -> Play:
    """A council whose mail comes by IMAP and goes by SMTP."""
    text = f"""
[postbus]
soort = "imap"

[imap]
server = "127.0.0.1"
poort = {dovecot.imap}
beveiliging = "geen"
gebruiker = "{mail_user}"
wachtwoord_variabele = "{dovecot_server.PASSWORD_VARIABLE}"

[verzending]
wijze = "smtp"
server = "127.0.0.1"
poort = {sink.port}
beveiliging = "geen"

[map]
rust_seconden = 0
"""
    (play.data / "dienst.toml").unlink()
    files.write(play.data / "dienst.toml", text.encode())
    return play


def varied(folder: Path) -> Iterator[bytes]:
    """Write small mails of every sort: papers, talk, machines, copies, and what is hardly a mail."""
    request = word(folder / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    annex = word(folder / "Bijlage rooster.docx", ANNEX)
    yield mail("Instemmingsverzoek vakantierooster", NOTE, request, annex)
    for number in range(MANY - 1):
        yield _one_of_many(number, annex)


def _one_of_many(number: int, annex: Path) -> bytes:
    question = "Beste MR,\n\nWanneer komt stuk %d?\nGroet, Kees\n"
    page = EmailMessage()
    page["From"], page["Subject"] = BOARD, f"Nieuws {number}"
    page.set_content(f"Nieuws {number}")
    page.add_alternative(f"<p>Nieuws {number} <b>vet</b></p>", subtype="html")
    automatic = mail(f"Afwezig {number}", "Ik ben er niet.\n", sender=f"p{number}@zandhof.example")
    sorts = (
        mail(f"vraag {number}", question % number),
        b"Auto-Submitted: auto-replied\n" + automatic,
        mail(f"Fwd: vraag {number}", f"> Van: iemand\n> Vraag {number}\n\nTer info.\n"),
        b"Subject: caf\xe9 \xff %d\r\nX-Odd:\r\n \r\n\r\n8-bit \x80 %d\r\n" % (number, number),
        b"Geen enkele kop, alleen tekst, %d keer\r\n" % number,
        mail(f"Rooster {number}", NOTE, annex, sender=BOARD),
        page.as_bytes(),
        mail("vraag 0", question % 0),
    )
    return sorts[number % len(sorts)]


def proof_of(play: Play) -> tuple[int, tuple[object, ...]]:
    with play.office(works=False) as office:
        proof = verify(office)
    return proof.arrivals, proof.findings


@contextmanager
def killed_before_the_mailbox_hears(play: Play) -> Iterator[None]:
    """Collect, and die before anything is acknowledged."""

    class Killed(BaseException):
        pass

    class Mute:
        def __init__(self, postbus: object) -> None:
            self._postbus = postbus

        def __getattr__(self, name: str) -> object:
            if name == "acknowledge":
                raise Killed
            return getattr(self._postbus, name)

    with play.office() as office, pytest.raises(Killed):
        flow.look_around(replace(office, postbus=Mute(office.postbus)), quiet_seconds=0)  # type: ignore[arg-type]  # passes all else on
    yield


def test_two_hundred_mails_are_all_accounted_for_and_moved(
    council: Play, dovecot: Dovecot, mail_user: str, tmp_path: Path
) -> None:
    mails = list(varied(tmp_path))
    dovecot.put(mail_user, *mails[: MANY // 2])
    dovecot.deliver(mail_user, *mails[MANY // 2 :])
    with killed_before_the_mailbox_hears(council):
        assert len(dovecot.lying(mail_user)) == MANY
    council.once()
    assert proof_of(council) == (MANY, ())
    assert dovecot.lying(mail_user) == []
    assert len(dovecot.lying(mail_user, "Verwerkt")) == MANY
    assert [one.dossier for one in journal_of(council)["procedures"]] == ["2026-0001"]
    with council.office(works=False) as office:
        judged = verify(office).verdicts
    assert judged[PartVerdict.DUPLICATE] > 0
    assert judged[PartVerdict.MACHINE_MAIL] > 0

    before = journal_of(council)
    with dovecot.client(mail_user) as person:  # somebody moves mails back
        person.select_folder("Verwerkt")
        person.move(sorted(person.search(["ALL"]))[:BACK], "INBOX")
    council.once()
    assert proof_of(council) == (MANY + BACK, ())
    after = journal_of(council)
    assert [one.kenmerk for one in after["filed"]] == [one.kenmerk for one in before["filed"]]
    assert len(after["procedures"]) == 1
    assert dovecot.lying(mail_user) == []


def test_a_bundle_goes_out_by_smtp_once(council: Play, sink: Sink) -> None:
    word(council.meeting / "03 Formatieplan" / "Toelichting.docx", ("Toelichting op het formatieplan",))
    council.once()
    council.approve()
    council.once()
    council.once()
    sent = [message_from_bytes(one, policy=policy.default) for one in sink.mails]
    with_bundle = [one for one in sent if list(one.iter_attachments())]
    assert sorted(str(one["To"].addresses[0].addr_spec) for one in with_bundle) == [
        "b.kuiper@zandhof.example",
        "n.willems@zandhof.example",
        "t.hofman@zandhof.example",
    ]
    assert len({one["Message-ID"] for one in sent}) == len(sent)


MEMBERS = ("b.kuiper@zandhof.example", "n.willems@zandhof.example", "t.hofman@zandhof.example")


@pytest.mark.skipif(not opensmtpd.usable(), reason="no OpenSMTPD here, or not as root")
def test_a_bundle_reaches_every_member_through_a_real_mail_server(council: Play, dovecot: Dovecot) -> None:
    word(council.meeting / "03 Formatieplan" / "Toelichting.docx", ("Toelichting op het formatieplan",))
    council.once()
    council.approve()
    with opensmtpd.delivering_to(dovecot) as port:
        settings = council.data / "dienst.toml"
        by_smtp = r'(wijze = "smtp"\nserver = "127.0.0.1"\npoort = )\d+'
        text = re.sub(by_smtp, rf"\g<1>{port}", settings.read_text("utf-8"))
        settings.write_text(text, "utf-8")
        council.once()
        until = time.monotonic() + 30
        while not all(map(dovecot.lying, MEMBERS)) and time.monotonic() < until:
            time.sleep(0.2)
    sent = council.meeting / MeetingPlace.VERSTUURD
    for member in MEMBERS:
        (received,) = (
            message
            for one in dovecot.lying(member)
            if list((message := message_from_bytes(one, policy=policy.default)).iter_attachments())
        )
        (bundle,) = received.iter_attachments()
        assert bundle.get_content() == (sent / str(bundle.get_filename())).read_bytes()
        assert "mx.zandhof.example" in str(received.get_all("Received"))


@pytest.mark.skipif(not opensmtpd.usable(), reason="no OpenSMTPD here, or not as root")
def test_a_real_mail_server_tells_how_much_it_takes(dovecot: Dovecot, tmp_path: Path) -> None:
    large = tmp_path / "bundel.pdf"
    large.write_bytes(b"x" * 2_000_000)
    mail_to_member = OutgoingMail(
        message_id="groot@zandhof.example",
        sender=Address(email="mr@zandhof.example"),
        to=Address(email="groot@zandhof.example"),
        reply_to=Address(email="mr@zandhof.example"),
        subject="Stukken",
        text="Tekst",
        html="<p>Tekst</p>",
        attachment_path=str(large),
        attachment_name="bundel.pdf",
        sent_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
    )
    with opensmtpd.delivering_to(dovecot, most_bytes=1_000_000) as port:
        transport = SmtpTransport(host="127.0.0.1", port=port, security=Security.GEEN)
        with pytest.raises(TooLargeTransportError):
            transport.send(mail_to_member)
        transport.send(replace(mail_to_member, attachment_path="", attachment_name=""))
        until = time.monotonic() + 20
        while not dovecot.lying("groot@zandhof.example") and time.monotonic() < until:
            time.sleep(0.2)
    assert len(dovecot.lying("groot@zandhof.example")) == 1


NEXT_DAY = "2026-11-24T09:00"


def taken_in(play: Play) -> set[str]:
    """Give the Message-ID of every mail that came out of the mailbox."""
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        return {one.message_id for one in ledger.arrivals()}


def test_two_services_on_one_mailbox_lose_no_mail_and_tell_of_what_the_other_took(
    council: Play, dovecot: Dovecot, mail_user: str, tmp_path: Path
) -> None:
    """Each for a werkmap of its own; of one werkmap the second is not let in, see ``test_once.py``."""
    other = copy_council(council, tmp_path / "tweede")
    mails = [
        mail(f"Vraag {number}", "Beste MR,\n\nWanneer is de vergadering?\nGroet, Kees\n")
        for number in range(30)
    ]
    for some in (mails[:20], mails[20:]):
        dovecot.put(mail_user, *some)
        both = [Thread(target=play.once) for play in (council, other)]
        for one in both:
            one.start()
        for one in both:
            one.join(60)
        assert not any(one.is_alive() for one in both)
    assert dovecot.lying(mail_user) == []
    assert len(dovecot.lying(mail_user, "Verwerkt")) == len(mails)
    assert len(taken_in(council) | taken_in(other)) == len(mails)
    for play in (council, other):
        missed = len(mails) - len(taken_in(play))
        told = [line for line in play.once(now=NEXT_DAY) if "verwerkte post" in line]
        assert [f" {missed} bericht" in line for line in told] == ([True] if missed else [])


def test_a_clock_that_jumps_neither_hastens_nor_repeats_a_sending(council: Play, sink: Sink) -> None:
    """A year back, and two years ahead, while a bundle waits for its time."""
    council.pause(30)
    word(council.meeting / "03 Formatieplan" / "Toelichting.docx", ("Toelichting op het formatieplan",))
    council.once()
    council.approve()
    council.once()

    def bundles() -> int:
        mails = (message_from_bytes(one, policy=policy.default) for one in sink.mails)
        return sum(any(part.get_content_type() == "application/pdf" for part in one.walk()) for one in mails)

    for now in ("2025-11-23T09:10", "2026-11-23T09:29"):
        council.once(now=now)
        assert bundles() == 0
    for now in ("2026-11-23T09:31", "2025-11-23T09:31", "2027-11-23T09:31", "2026-11-23T09:40"):
        council.once(now=now)
        assert bundles() == len(MEMBERS)


def test_a_wrong_password_is_told_and_the_rest_goes_on(
    council: Play, monkeypatch: pytest.MonkeyPatch, dovecot: Dovecot, mail_user: str
) -> None:
    monkeypatch.setenv(dovecot_server.PASSWORD_VARIABLE, "fout")
    council.drop("brief.docx", word(council.base / "brief.docx", ("Hallo", "iets korts")).read_bytes())
    with council.office() as office:
        for _ in range(3):
            waiting = service.work_once(office)
    assert "(code POSTBUS-02)" in waiting[0]
    assert len(journal_of(council)["held"]) == 1
    assert dovecot.sign_ins(mail_user) == 1


def test_the_running_service_takes_in_new_mail_at_once(
    council: Play, dovecot: Dovecot, mail_user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though its next look around is far away."""
    monkeypatch.setattr(flow, "PAUSE_BETWEEN_LOOKS", timedelta(minutes=10))
    wake, stop = Event(), Event()
    with council.office() as office, wiring.watching(council.root, council.data, wake):
        service_thread = Thread(target=service.run, args=((office,), wake, stop))
        service_thread.start()
        time.sleep(2)
        dovecot.deliver(mail_user, mail("vraag", "Beste MR,\n\nWanneer komt het stuk?\nGroet, Kees\n"))
        until = time.monotonic() + 30
        while dovecot.lying(mail_user) and time.monotonic() < until:
            time.sleep(0.2)
        stop.set()
        wake.set()
        service_thread.join(30)
    assert dovecot.lying(mail_user) == []
    assert len(dovecot.lying(mail_user, "Verwerkt")) == 1
