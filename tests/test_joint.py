"""One message, in bcc, to all members who get the same file: each of them is followed by herself."""

import shutil
import smtplib
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import crashing as crash
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from microsoft_fake import Fake, running
from microsoft_fake.wire import refused
from playing import MACHINE, MEMBERS, Play, copy_council, journal_of, question_of, sheet, word, yes_to
from test_crash_sending import IDENTITY, POSTBUS, act_by_graph, as_it_was, in_two_halves, work
from test_returns import HEADS, proof_rows, report_on
from transports import Sink, recipients_of, sinking

from pipeline import service
from pipeline.edges.microsoft.graph import Graph
from pipeline.edges.microsoft.sign_in import SignIn
from pipeline.edges.microsoft.transport import GraphTransport
from pipeline.edges.secure import Security
from pipeline.edges.smtp import SmtpTransport
from pipeline.ports import Transport
from pipeline.roads.verifying import verify
from pipeline.values import Dispatch, DispatchState, MeetingPlace, Place

BRAM, NOOR, TIJS = (row[2] for row in MEMBERS[:3])
SECRETARY = "s.vermeer@zandhof.example"
AWAY = SmtpTransport(host="127.0.0.1", port=9, security=Security.GEEN, timeout=2)
"""A mail server that is not there."""
JOINT = MACHINE.replace("[verzending]\n", '[verzending]\naan_leden = "samen"\n')


@pytest.fixture
def play(new_council: Play, tmp_path: Path) -> Play:
    """A council that sends to all at once, with a concept to approve."""
    return prepared(copy_council(new_council, tmp_path / "raad"))


def prepared(made: Play) -> Play:
    (made.data / "dienst.toml").write_text(JOINT, "utf-8")
    word(made.meeting / "03 Formatieplan" / "Toelichting.docx", ("Toelichting op het formatieplan",))
    made.once()
    assert made.approve()
    return made


def rows(play: Play) -> dict[str, Dispatch]:
    """Give where the papers of each member stand."""
    found = journal_of(play)["dispatches"]
    return {one.member: one for one in found if one.file and not one.shared}  # type: ignore[attr-defined]


def mails(play: Play) -> list[EmailMessage]:
    """Give the mails with a file."""
    found = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails())
    return [one for one in found if list(one.iter_attachments())]


def unseen(mail: EmailMessage) -> list[str]:
    return sorted(one.addr_spec for one in mail["Bcc"].addresses)


def members(play: Play, **changed: str) -> None:
    """Write leden.xlsx with other addresses for these first names."""
    told = tuple((*row[:2], changed.get(row[0].split()[0], row[2]), *row[3:]) for row in MEMBERS)
    sheet(play.place(Place.INSTELLINGEN, "leden.xlsx"), HEADS, told)


# --- what leaves -------------------------------------------------------------------------


def test_all_get_one_message_and_each_has_her_own_proof(play: Play) -> None:
    play.once()
    (mail,) = mails(play)
    assert unseen(mail) == [BRAM, NOOR, TIJS]
    assert mail.get_body(("plain",)).get_content().startswith("Geachte leden,")  # type: ignore[union-attr]
    assert mail["To"].addresses == ()
    told = proof_rows(play)
    assert {row[0]: told[row[0]][5:7] for row in MEMBERS} == {
        "Bram Kuiper": ("verzonden", "Samen met anderen, in bcc"),
        "Noor Willems": ("verzonden", "Samen met anderen, in bcc"),
        "Tijs Hofman": ("verzonden", "Samen met anderen, in bcc"),
        "Wil Dekker": ("op papier", "krijgt de stukken op papier"),
    }
    assert len(list((play.meeting / MeetingPlace.VERSTUURD / "bewijs").glob("*.json"))) >= 4
    with play.office(works=False) as office:
        assert verify(office).findings == ()


def test_the_secretary_is_told_beforehand(play: Play) -> None:
    play.once()
    told = [path.read_text("utf-8") for path in play.mails() if b"Wordt verzonden" in path.read_bytes()]
    (announced,) = (message_from_bytes(one.encode(), policy=policy.default) for one in told)
    text = announced.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "3 leden krijgen hetzelfde bestand, en daarom samen één bericht" in " ".join(text.split())
    assert f"- Bram Kuiper, {BRAM} (samen met anderen, in bcc)" in text


def test_a_confidential_copy_goes_by_itself(new_council: Play, tmp_path: Path) -> None:
    play = copy_council(new_council, tmp_path / "raad")
    heads = (*HEADS, "wachtwoord")
    told = tuple((*row[:4], "PMR", row[5], "Wilgenlaan-77" if row[2] == NOOR else "") for row in MEMBERS)
    sheet(play.place(Place.INSTELLINGEN, "leden.xlsx"), heads, told)
    secret = play.meeting / "03 Formatieplan" / "vertrouwelijk PMR"
    word(secret / "Namenlijst.docx", ("Namen van wie boventallig wordt",))
    prepared(play).once()
    together, alone = sorted(mails(play), key=lambda one: "Bcc" not in one)
    assert unseen(together) == [BRAM, TIJS]
    assert [one.addr_spec for one in alone["To"].addresses] == [NOOR]


def test_a_member_whose_address_changed_after_the_approval_is_held_and_the_others_get_it(play: Play) -> None:
    with play.office() as office:
        service.flow.look_around(office, quiet_seconds=0)
        while not any(one.shared for one in journal_of_office(office)):
            service._attempt(office.journal.claim(), office)
    members(play, Noor="elders@zandhof.example")
    play.once()
    (mail,) = mails(play)
    assert unseen(mail) == [BRAM, TIJS]
    noor = rows(play)["Noor Willems"]
    assert (noor.state, noor.to, noor.within) == (DispatchState.AANGEHOUDEN, "", "")


def journal_of_office(office: service.Office) -> tuple[Dispatch, ...]:
    with office.journal.transaction() as ledger:
        return ledger.dispatches()


# --- what comes back ---------------------------------------------------------------------


def test_a_report_counts_for_the_member_it_names_who_gets_it_again_at_another_address(play: Play) -> None:
    play.once()
    (mail,) = mails(play)
    play.post("terug.eml", report_on(mail, NOOR))
    waiting = play.once()
    assert [line for line in waiting if line.startswith("Niet aangekomen")] == [
        f"Niet aangekomen bij Noor Willems ({NOOR}): 2026-12-08 Overlegvergadering - leden.pdf"
    ]
    told = proof_rows(play)
    assert (told["Noor Willems"][5], told["Bram Kuiper"][5]) == ("niet bezorgd", "verzonden")
    members(play, Noor="noor.willems@zandhof.example")
    play.once()
    play.post("ja.eml", yes_to(question_of(play)))
    play.once()
    assert not any("Niet aangekomen" in line for line in play.once())
    first, again = sorted(mails(play), key=lambda one: "Bcc" not in one)
    assert unseen(first) == [BRAM, NOOR, TIJS]
    assert [one.addr_spec for one in again["To"].addresses] == ["noor.willems@zandhof.example"]


def test_a_report_that_names_an_address_elsewhere_is_told_of_somebody(play: Play) -> None:
    play.once()
    (mail,) = mails(play)
    play.post("terug.eml", report_on(mail, "doorgestuurd@elders.example"))
    waiting = play.once()
    (told,) = [line for line in waiting if line.startswith("Niet aangekomen")]
    assert told.startswith("Niet aangekomen bij een van de leden (doorgestuurd@elders.example): ")
    assert proof_rows(play)["een van de leden"][5] == "niet bezorgd"
    notices = [
        path.read_text("utf-8") for path in play.mails() if b"Subject: Niet aangekomen" in path.read_bytes()
    ]
    (notice,) = (message_from_bytes(one.encode(), policy=policy.default) for one in notices)
    assert "Vraag de leden wie de stukken mist" in notice.get_body(("plain",)).get_content()  # type: ignore[union-attr]


# --- over the wire -----------------------------------------------------------------------


class Refusing(Sink):
    """A mail server that refuses some recipients, or any mail to more than one."""

    refused: tuple[str, ...] = ()
    most: int = 99

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        if address in self.refused:
            return "550 onbekend"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail, unless it goes to too many."""
        if len(envelope.rcpt_tos) > self.most:
            return "554 te veel ontvangers"
        return await super().handle_DATA(server, session, envelope)


def by(sink: Sink) -> SmtpTransport:
    return SmtpTransport(host="127.0.0.1", port=sink.port, security=Security.GEEN, timeout=20)


def through(play: Play, transport: Transport) -> tuple[str, ...]:
    with play.office() as office:
        return service.work_once(replace(office, transport=transport))


def test_whom_the_server_refuses_is_told_of_and_all_others_get_it_once(play: Play) -> None:
    with sinking(Refusing()) as sink:
        sink.refused = (NOOR,)  # type: ignore[attr-defined]
        waiting = through(play, by(sink))
        got = Counter(one for one in sink.recipients if one != SECRETARY)
    assert got == {BRAM: 1, TIJS: 1}
    assert {one.state for name, one in rows(play).items() if name in ("Bram Kuiper", "Tijs Hofman")} == {
        DispatchState.VERZONDEN
    }
    noor = rows(play)["Noor Willems"]
    assert (noor.state, noor.within) == (DispatchState.GEPLAND, "")
    assert [line for line in waiting if line.startswith("Nog niet gelukt")] != []


def test_a_server_that_refuses_one_message_to_several_gets_one_for_each(play: Play) -> None:
    with sinking(Refusing()) as sink:
        sink.most = 1  # type: ignore[attr-defined]
        through(play, by(sink))
        got = Counter(one for one in sink.recipients if one != SECRETARY)
    assert got == {BRAM: 1, NOOR: 1, TIJS: 1}
    assert {one.state for one in rows(play).values()} == {DispatchState.VERZONDEN, DispatchState.AFDRUK}


@pytest.fixture
def microsoft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """A Microsoft 365 that lets us in."""
    monkeypatch.setenv("MS_GEHEIM", "geheim-1")
    with running(tmp_path, monkeypatch) as fake:
        fake.login.secrets["app-1"] = "geheim-1"
        fake.mailbox(POSTBUS)
        yield fake


def test_by_microsoft_365_one_upload_reaches_all(play: Play, microsoft: Fake) -> None:
    microsoft.fault("POST", "/send$", refused(429, "ApplicationThrottled", Retry_After="30"), after=1)
    through(play, GraphTransport(graph=Graph(SignIn(IDENTITY))))
    through(play, GraphTransport(graph=Graph(SignIn(IDENTITY))))
    (left,) = (one for one in microsoft.mailbox(POSTBUS).delivered if one.attachments)
    assert sorted(recipients_of(left)) == [BRAM, NOOR, TIJS]
    assert left.told["toRecipients"] == []
    assert {one.state for one in rows(play).values()} == {DispatchState.VERZONDEN, DispatchState.AFDRUK}


def test_what_microsoft_365_refuses_for_good_leaves_no_draft_behind(play: Play, microsoft: Fake) -> None:
    """Anybody who may see the mailbox could send it."""
    box = microsoft.mailbox(POSTBUS)
    microsoft.fault("POST", "/send$", refused(403, "ErrorExceededMaxRecipients"), after=1, times=1)
    through(play, GraphTransport(graph=Graph(SignIn(IDENTITY))))
    assert box.lying_in("drafts") == []
    left = [recipients_of(one) for one in box.delivered if one.attachments]
    assert sorted(left) == [[BRAM], [NOOR], [TIJS]]


class AtMost(Refusing):
    """Takes so many recipients of one mail, and no more."""

    many: int = 2

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, or say that there are enough."""
        if len(envelope.rcpt_tos) >= self.many:
            return "452 4.5.3 too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def test_two_members_with_one_address_get_it_there_once(new_council: Play, tmp_path: Path) -> None:
    play = copy_council(new_council, tmp_path / "raad")
    noud = ("Noud Willems", "De heer", NOOR, "ouders", "", "mail")
    sheet(play.place(Place.INSTELLINGEN, "leden.xlsx"), HEADS, (*MEMBERS[:2], noud, *MEMBERS[2:]))
    prepared(play)
    with sinking(AtMost()) as sink:
        through(play, by(sink))
        through(play, by(sink))
        got = Counter(one for one in sink.recipients if one != SECRETARY)
    assert got == {BRAM: 1, NOOR: 1, TIJS: 1}
    play.post("terug.eml", report_on(shared_mail(sink), NOOR))
    waiting = play.once()
    assert {line.partition(" (")[0] for line in waiting if line.startswith("Niet aangekomen")} == {
        "Niet aangekomen bij Noor Willems",
        "Niet aangekomen bij Noud Willems",
    }


def shared_mail(sink: Sink) -> EmailMessage:
    """Find the mail with a file that shows nobody."""
    found = (message_from_bytes(one, policy=policy.default) for one in sink.mails)
    return next(one for one in found if not one["To"].addresses)


def test_two_reports_from_addresses_elsewhere_are_both_told(play: Play) -> None:
    play.once()
    (mail,) = mails(play)
    for address in ("een@elders.example", "twee@elders.example"):
        play.post(f"{address}.eml", report_on(mail, address))
        waiting = play.once()
    told = [line for line in waiting if line.startswith("Niet aangekomen")]
    assert [line.partition(")")[0].partition("(")[2] for line in told] == [
        "een@elders.example",
        "twee@elders.example",
    ]


def test_a_member_who_leaves_the_list_is_held_and_gets_it_when_she_stands_there_again(play: Play) -> None:
    through(play, AWAY)
    others = tuple(row for row in MEMBERS if row[2] != NOOR)
    sheet(play.place(Place.INSTELLINGEN, "leden.xlsx"), HEADS, others)
    with sinking() as sink:
        waiting = through(play, by(sink))
        assert any("Noor Willems: De naam staat niet meer in leden.xlsx" in line for line in waiting)
        members(play)
        through(play, by(sink))
        got = Counter(one for one in sink.recipients if one != SECRETARY)
    assert got == {BRAM: 1, NOOR: 1, TIJS: 1}


# --- the journal is put back ---------------------------------------------------------------


def test_who_got_her_own_message_does_not_get_the_shared_one_of_an_older_journal(
    play: Play, tmp_path: Path
) -> None:
    through(play, AWAY)
    shutil.copytree(play.data, tmp_path / "kopie")
    with sinking(Refusing()) as sink:
        sink.most = 1  # type: ignore[attr-defined]
        through(play, by(sink))
        put_back(play, tmp_path / "kopie")
        sink.most = 99  # type: ignore[attr-defined]
        through(play, by(sink))
        got = Counter(one for one in sink.recipients if one != SECRETARY)
    assert got == {BRAM: 1, NOOR: 1, TIJS: 1}
    assert {rows(play)[name].state for name in ("Bram Kuiper", "Noor Willems", "Tijs Hofman")} == {
        DispatchState.MOGELIJK_VERZONDEN
    }


class Cutting(Refusing):
    """Takes a mail to one member alone, and breaks off before it answers."""

    whom: str = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        answer = await super().handle_DATA(server, session, envelope)
        if envelope.rcpt_tos == [self.whom] and server.transport:
            server.transport.abort()
        return answer


def test_the_proof_of_her_own_message_is_left_alone_by_the_shared_one(play: Play, tmp_path: Path) -> None:
    """Noor goes by herself, because her address was another one for a while."""
    through(play, AWAY)
    members(play, Noor="fout@zandhof.example")
    through(play, AWAY)
    members(play)
    through(play, AWAY)
    assert rows(play)["Noor Willems"].within == ""
    shutil.copytree(play.data, tmp_path / "kopie")
    with sinking(Cutting()) as sink:
        sink.whom = NOOR  # type: ignore[attr-defined]
        through(play, by(sink))
        put_back(play, tmp_path / "kopie")
        sink.whom = ""  # type: ignore[attr-defined]
        through(play, by(sink))
        got = Counter(one for one in sink.recipients if one != SECRETARY)
    assert got[NOOR] == 1
    assert rows(play)["Noor Willems"].state is DispatchState.MOGELIJK_VERZONDEN


def put_back(play: Play, copy: Path) -> None:
    """Put the data folder back as it was, as after a disk that broke."""
    shutil.rmtree(play.data)
    shutil.copytree(copy, play.data)


# --- killed at every step ----------------------------------------------------------------


@pytest.fixture
def stage(new_council: Play) -> Iterator[Play]:
    """An approved bundle that nobody has yet, on a disk in memory where there is one."""
    with tempfile.TemporaryDirectory(dir=crash.MEMORY if crash.MEMORY.is_dir() else None) as folder:
        yield prepared(copy_council(new_council, Path(folder) / "begin"))


def after_the_announcement(effects: list[str]) -> list[int]:
    """Leave out what comes before: it goes as with a message to each, of which every step is tried."""
    return list(range(effects.index("transport.send") + 1, len(effects) + 1))


def act_by_smtp(play: Play, reaper: crash.Reaper) -> None:
    """Be the service, with a mail server that writes down whom it took a mail for."""
    taken = play.base / "mailserver"
    taken.mkdir(exist_ok=True)
    with sinking(Noting(folder=taken)) as sink, pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtplib.SMTP, "send", in_two_halves(smtplib.SMTP.send, reaper))
        work(play, reaper, by(sink))


class Noting(Sink):
    """A mail server that writes the recipients before each mail it lays down."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        told = ",".join(envelope.rcpt_tos).encode()
        envelope.content = b"X-Taken: " + told + b"\r\n" + bytes(envelope.content or b"")
        return await super().handle_DATA(server, session, envelope)


def by_smtp(play: Play) -> Counter[str]:
    """Count the bundles that the mail server took, by recipient."""
    found = (message_from_bytes(path.read_bytes()) for path in (play.base / "mailserver").iterdir())
    bundles = (one for one in found if any(part.get_filename() for part in one.walk()))
    return Counter(name for one in bundles for name in str(one["X-Taken"]).split(","))


def by_graph(play: Play) -> Counter[str]:
    """Count what left the mailbox with a bundle, by recipient."""
    return Counter(
        name for one in as_it_was(play).delivered if one.attachments for name in recipients_of(one)
    )


def test_killed_by_a_mail_server_nobody_gets_it_twice_and_who_may_have_it_is_held(stage: Play) -> None:
    calm = crash.play_undisturbed(stage, act_by_smtp)
    assert by_smtp(calm.play) == {BRAM: 1, NOOR: 1, TIJS: 1}

    def wrong_with(play: Play) -> list[str]:
        got, stands = by_smtp(play), {one.to: one.state for one in rows(play).values() if one.to}
        held = {name for name, state in stands.items() if state is DispatchState.MOGELIJK_VERZONDEN}
        told = [f"{name} got {got[name]}" for name in stands if got[name] > 1]
        told += [
            f"{name} got nothing and stands as {state}"
            for name, state in stands.items()
            if not got[name] and name not in held
        ]
        told += [
            f"{name} stands as {state}"
            for name, state in stands.items()
            if name not in held and state is not DispatchState.VERZONDEN
        ]
        return told

    attempt = crash.Attempt(stage=stage, act=act_by_smtp, effects=calm.effects, wrong_with=wrong_with)
    assert crash.wrong_when_killed(attempt, after_the_announcement(calm.effects)) == []


def test_killed_by_microsoft_365_everybody_gets_exactly_one(stage: Play) -> None:
    calm = crash.play_undisturbed(stage, act_by_graph)
    assert by_graph(calm.play) == {BRAM: 1, NOOR: 1, TIJS: 1}

    def wrong_with(play: Play) -> list[str]:
        got, stood = by_graph(play), {one.state for one in rows(play).values()}
        told = [f"{name} got {got[name]}" for name in (BRAM, NOOR, TIJS) if got[name] != 1]
        return told + (
            [] if stood == {DispatchState.VERZONDEN, DispatchState.AFDRUK} else [f"stands as {stood}"]
        )

    attempt = crash.Attempt(stage=stage, act=act_by_graph, effects=calm.effects, wrong_with=wrong_with)
    assert crash.wrong_when_killed(attempt, after_the_announcement(calm.effects)) == []
