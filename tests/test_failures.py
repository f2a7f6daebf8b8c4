"""Failures that users of comparable systems report, played on purpose: D1, D4, D13, D16 and D19 of the list.

The others have their tests beside the module that prevents them.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from playing import NOTE, NOW, REQUEST, Play, journal_of, mail, word

from pipeline import flow, service
from pipeline.edges.clock import frozen_clock
from pipeline.edges.sandbox import shared_workers
from pipeline.errors import DiskFullError, MailStuckError, PostbusAwayError, WerkmapAwayError
from pipeline.office import Office
from pipeline.ports import Copied, Listing, MailboxEntry, Postbus, PostbusItem, Written
from pipeline.roads.verifying import verify
from pipeline.values import Place


def request(folder: Path) -> bytes:
    paper = word(folder / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    return mail("Instemmingsverzoek vakantierooster", NOTE, paper)


@dataclass(frozen=True, kw_only=True)
class Deaf:
    """A postbus that gives mail and goes away before it hears that the mail is safe."""

    postbus: Postbus

    def list_new(self, bookmark: str) -> Listing:
        return self.postbus.list_new(bookmark)

    def read(self, items: Sequence[PostbusItem]) -> Iterator[tuple[PostbusItem, bytes]]:
        return self.postbus.read(items)

    def acknowledge(self, items: Sequence[PostbusItem]) -> None:
        raise PostbusAwayError(f"gone before {len(items)}")

    def no_mails(self) -> tuple[str, ...]:
        return self.postbus.no_mails()

    def list_all(self) -> tuple[MailboxEntry, ...]:
        return self.postbus.list_all()


def test_a_mail_that_was_kept_but_not_acknowledged_is_taken_in_once(play: Play, tmp_path: Path) -> None:
    """D1, D4: the mail stays in the postbus until the journal has it; seen again it is the same one."""
    play.post("1.eml", request(tmp_path))
    for _ in range(2):
        with play.office() as office:
            deaf = replace(office, postbus=Deaf(postbus=office.postbus))
            with pytest.raises(PostbusAwayError):
                flow.look_around(deaf, quiet_seconds=0)
            service.work_off(deaf)
        assert (play.base / "postbus" / "1.eml").is_file()
    play.once()
    assert not (play.base / "postbus" / "1.eml").is_file()
    assert [one.kenmerk for one in journal_of(play)["filed"]] == ["2026-0001-01"]
    assert len(journal_of(play)["procedures"]) == 1
    with play.office(works=False) as office:
        proof = verify(office)
    assert (proof.arrivals, proof.findings) == (1, ())


class FullDisk:
    """The disk as it is, but nothing can be copied to it."""

    def __init__(self, disk: object) -> None:
        self._disk = disk

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name in ("copy", "place"):
            return self._refuse
        found: Callable[..., object] = getattr(self._disk, name)
        return found

    def _refuse(self, *what: object) -> None:
        raise DiskFullError(f"no room for {len(what)}")


def test_a_full_disk_loses_nothing_and_is_told_until_there_is_room(play: Play, tmp_path: Path) -> None:
    """D16: what came in stays, the work is tried again, and a person sees why it has not been done."""
    play.post("1.eml", request(tmp_path))
    with play.office() as office:
        flow.look_around(office, quiet_seconds=0)
        full = replace(office, disk=FullDisk(office.disk))  # type: ignore[arg-type]  # passes all else on
        service.work_off(full)
        waiting = flow.waits_for_person(office)
        found = {one.code for one in verify(office).findings}
    assert any(line.startswith("Nog niet gelukt: ") for line in waiting)
    assert found == {"not-put-away"}
    play.once()
    assert [one.kenmerk for one in journal_of(play)["filed"]] == ["2026-0001-01"]
    with play.office(works=False) as office:
        assert verify(office).findings == ()


# --- D13: a share tells nothing and goes away ------------------------------------------

PATIENCE = 30.0
"""Longest time, in seconds, that anything below may take."""


def eventually(happened: Callable[[], object]) -> bool:
    """Look again and again, for as long as patience lasts."""
    until = time.monotonic() + PATIENCE
    while not happened() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(happened())


@contextmanager
def running(play: Play, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the service run that no event ever wakes, in a thread of its own."""
    monkeypatch.setattr(flow, "PAUSE_BETWEEN_LOOKS", timedelta(seconds=0.05))
    monkeypatch.setattr(service, "QUIET_SECONDS", 0.0)
    stop = threading.Event()

    def serve() -> None:
        with play.office() as office:
            service.run((office,), threading.Event(), stop)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def archived(play: Play) -> list[str]:
    return sorted(path.name for path in play.place(Place.ARCHIEF).rglob("*.docx"))


def all_is_done(play: Play) -> bool:
    """Tell whether nothing is due in the journal, as another program sees it."""
    with closing(sqlite3.connect(play.data / "journaal.sqlite3")) as journal:
        due = "SELECT count(*) FROM jobs WHERE state != 'done' AND due <= ?"
        (left,) = journal.execute(due, (frozen_clock(NOW)().isoformat(),)).fetchone()
    return left == 0


def test_a_share_that_tells_nothing_and_goes_away_for_a_while_loses_nothing(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Looking is the truth; where the share hangs is empty while it is away, and stays empty."""
    caplog.set_level("DEBUG", logger="stukkenstroom")  # the same failure is told aloud once
    away = play.base / "weg"
    with running(play, monkeypatch):
        play.post("1.eml", request(tmp_path))
        assert eventually(lambda: archived(play) and all_is_done(play))
        play.root.rename(away)
        play.root.mkdir()
        assert eventually(lambda: "code=WERKMAP-02" in caplog.text)
        play.post("2.eml", mail("vraag", "Wie neemt er taart mee?\n"))
        caplog.clear()
        assert eventually(lambda: caplog.text.count("look-failed") > 2)
        assert list(play.root.iterdir()) == []
        play.root.rmdir()
        away.rename(play.root)
        assert eventually(lambda: list(play.place(Place.TE_BEOORDELEN).glob("* - waarom.txt")))
    journal = journal_of(play)
    assert [one.kenmerk for one in journal["filed"]] == ["2026-0001-01"]
    assert len(journal["held"]) == 1
    assert len(archived(play)) == 1


def test_work_that_waits_is_not_done_while_the_share_is_away(play: Play, tmp_path: Path) -> None:
    """It keeps its turn, and nothing is written where the share hangs."""
    play.post("1.eml", request(tmp_path))
    away = play.base / "weg"
    with play.office() as office:
        flow.look_around(office, quiet_seconds=0)
        play.root.rename(away)
        play.root.mkdir()
        with pytest.raises(WerkmapAwayError):
            service.work_off(office)
        assert list(play.root.iterdir()) == []
        play.root.rmdir()
        away.rename(play.root)
        assert service.work_off(office) > 0
    assert len(archived(play)) == 1


# --- D16: the database is locked -------------------------------------------------------


def impatient(office: Office) -> None:
    """Wait for a locked database a moment only, in this thread."""
    office.journal._database.connection().execute("PRAGMA busy_timeout=20")  # type: ignore[attr-defined]


def test_a_journal_that_another_program_keeps_locked_does_not_end_the_service(
    play: Play, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A back-up or a virus scanner may hold it for long; the mail waits in the postbus."""
    play.post("1.eml", request(tmp_path))
    with play.office() as office:
        impatient(office)
        other = sqlite3.connect(play.data / "journaal.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        service._one_round(office, threading.Event())
        assert "code=JOURNAAL-01" in caplog.text
        assert (play.base / "postbus" / "1.eml").is_file()
        other.execute("COMMIT")
        other.close()
        service._one_round(office, threading.Event())
    assert len(archived(play)) == 1


def test_a_journal_that_is_locked_in_the_middle_of_a_job_gets_the_job_again(
    play: Play, tmp_path: Path
) -> None:
    """What had been done by then is left alone; the lease runs out, or the next start takes it over."""
    play.post("1.eml", request(tmp_path))
    locks = sqlite3.connect(play.data / "journaal.sqlite3", isolation_level=None)

    class Locking:
        """The disk as it is, but from the first paper in the archive on the journal is locked."""

        def __init__(self, disk: object) -> None:
            self._disk = disk

        def __getattr__(self, name: str) -> object:
            return getattr(self._disk, name)

        def place(self, laid: Sequence[Copied | Written]) -> None:
            self._disk.place(laid)  # type: ignore[attr-defined]
            if not locks.in_transaction:
                locks.execute("BEGIN IMMEDIATE")

    with play.office() as office:
        impatient(office)
        service._one_round(replace(office, disk=Locking(office.disk)), threading.Event())  # type: ignore[arg-type]
        assert locks.in_transaction
        locks.execute("COMMIT")
        locks.close()
    assert not journal_of(play)["filed"]
    play.once()
    assert [one.kenmerk for one in journal_of(play)["filed"]] == ["2026-0001-01"]
    assert len(archived(play)) == 1


# --- D19: the day on which a letter came -----------------------------------------------


NIGHTS = [
    ("Sun, 25 Oct 2026 23:30:00 +0100", date(2026, 10, 25)),  # the day that has 25 hours
    ("Sun, 25 Oct 2026 02:30:00 +0200", date(2026, 10, 25)),  # twice half past two
    ("Sun, 25 Oct 2026 02:30:00 +0100", date(2026, 10, 25)),
    ("Sun, 25 Oct 2026 22:59:59 -0000", date(2026, 10, 25)),
    ("Sun, 25 Oct 2026 23:00:00 -0000", date(2026, 10, 26)),
    ("Sat, 28 Mar 2026 23:30:00 +0100", date(2026, 3, 28)),  # the night of 29 March is short
    ("Sun, 29 Mar 2026 21:59:59 +0000", date(2026, 3, 29)),
    ("Sun, 29 Mar 2026 22:00:00 +0000", date(2026, 3, 30)),
    ("Wed, 30 Sep 2026 18:30:00 -0400", date(2026, 10, 1)),  # a server far away: half past twelve here
    ("Tue, 03 Nov 2026 23:30:00 +0100", date(2026, 11, 3)),  # never 11 March
]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_day_of_receipt_is_that_of_amsterdam_wherever_the_machine_thinks_it_is(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """Just before and after midnight, and in the nights in which the clock is set."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    shared_workers().close()
    try:
        for number, (moment, _) in enumerate(NIGHTS):
            play.post(
                f"{number}.eml", mail(f"Vraag {number}", f"Wie neemt er taart {number} mee?\n", day=moment)
            )
        play.once("2026-11-23T23:30")
        held = {one.origin.mail_subject: one.received for one in journal_of(play)["held"]}
    finally:
        monkeypatch.undo()
        time.tzset()
        shared_workers().close()
    told = [
        (held[f"Vraag {number}"].earliest, held[f"Vraag {number}"].latest) for number in range(len(NIGHTS))
    ]
    assert told == [(day, day) for _, day in NIGHTS]


@pytest.mark.parametrize(
    ("received", "day"),
    [
        ("Mon, 23 Nov 2026 23:59:59 +0100", date(2026, 11, 23)),
        ("Mon, 23 Nov 2026 23:00:00 +0000", date(2026, 11, 24)),
    ],
)
def test_a_term_counts_from_the_day_in_amsterdam(
    play: Play, tmp_path: Path, received: str, day: date
) -> None:
    """One second later is a day later, and so is the end: six weeks, and the sixteen days of Christmas."""
    paper = word(tmp_path / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster", NOTE, paper, day=received))
    play.once("2026-11-24T00:10")
    (procedure,) = journal_of(play)["procedures"]
    (term,) = [one for one in procedure.deadlines if one.term == "reglement-termijn_instemming"]
    assert (term.trigger, term.strict) == (day, day + timedelta(weeks=6, days=16))


@dataclass(kw_only=True)
class Away:
    """A postbus that cannot be reached, for as long as ``away`` says so."""

    postbus: Postbus
    away: bool = True

    def list_new(self, bookmark: str) -> Listing:
        if self.away:
            raise PostbusAwayError("no road")
        return self.postbus.list_new(bookmark)

    def read(self, items: Sequence[PostbusItem]) -> Iterator[tuple[PostbusItem, bytes]]:
        return self.postbus.read(items)

    def acknowledge(self, items: Sequence[PostbusItem]) -> None:
        self.postbus.acknowledge(items)

    def no_mails(self) -> tuple[str, ...]:
        return self.postbus.no_mails()

    def list_all(self) -> tuple[MailboxEntry, ...]:
        return self.postbus.list_all()


def test_a_mailbox_that_is_away_stops_nothing_else_and_is_told_until_it_is_back(
    play: Play, tmp_path: Path
) -> None:
    play.post("1.eml", request(tmp_path))
    play.drop("vraag.docx", word(tmp_path / "vraag.docx", ("Hallo", "zomaar iets korts")).read_bytes())
    with play.office() as office:
        away = Away(postbus=office.postbus)
        desk = replace(office, postbus=away)
        waiting = service.work_once(desk)
        assert [line for line in waiting if "(code POSTBUS-01)" in line] == [waiting[0]]
        assert len(journal_of(play)["held"]) == 1
        service.work_once(desk)
        away.away = False
        assert not [line for line in service.work_once(desk) if "POSTBUS" in line]
        with office.journal.transaction() as ledger:
            told = [line.event for line in ledger.chain() if line.event.startswith("postbus-")]
    assert told == ["postbus-away", "postbus-back"]
    assert len(journal_of(play)["filed"]) == 1


def test_what_cannot_be_put_away_is_kept_and_fetched_once(play: Play, tmp_path: Path) -> None:
    """A mailbox that is full or may only be read: everything in it is taken in all the same."""
    for number in range(3):
        play.post(f"{number}.eml", mail(f"vraag {number}", NOTE, sender="kees@thuispost.example"))
    read: list[str] = []

    class Full(Deaf):
        def read(self, items: Sequence[PostbusItem]) -> Iterator[tuple[PostbusItem, bytes]]:
            read.extend(item.key for item in items)
            return self.postbus.read(items)

    with play.office() as office:
        desk = replace(office, postbus=Full(postbus=office.postbus))
        for _ in range(3):
            with pytest.raises(PostbusAwayError):
                flow.look_around(desk, quiet_seconds=0)
        with office.journal.transaction() as ledger:
            assert len(ledger.arrivals()) == 3
    assert len(read) == 3


def test_a_mail_that_cannot_be_fetched_is_not_put_away_and_the_others_are(play: Play) -> None:
    for number in range(3):
        play.post(f"{number}.eml", mail(f"vraag {number}", NOTE, sender="kees@thuispost.example"))

    class Stuck(Away):
        def read(self, items: Sequence[PostbusItem]) -> Iterator[tuple[PostbusItem, bytes]]:
            yield from self.postbus.read([item for item in items if item.name != "1.eml"])
            raise MailStuckError

    with play.office() as office:
        desk = replace(office, postbus=Stuck(postbus=office.postbus, away=False))
        with pytest.raises(MailStuckError):
            flow.look_around(desk, quiet_seconds=0)
        with office.journal.transaction() as ledger:
            assert len(ledger.arrivals()) == 2
    assert [path.name for path in (play.base / "postbus").glob("*.eml")] == ["1.eml"]
