"""Failures that users of comparable systems report, played on purpose: D1, D4 and D16 of the list.

The others have their tests beside the module that prevents them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playing import NOTE, REQUEST, Play, journal_of, mail, word

from pipeline import flow, service
from pipeline.errors import DiskFullError, MailStuckError, PostbusAwayError
from pipeline.ports import Listing, MailboxEntry, Postbus, PostbusItem
from pipeline.roads.verifying import verify


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
        if name == "copy":
            return self._refuse
        found: Callable[..., object] = getattr(self._disk, name)
        return found

    def _refuse(self, source: Path, target: Path, sha256: str) -> None:
        raise DiskFullError(f"no room for {target.name} of {source.name} {sha256[:4]}")


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
