"""Failures that users of comparable systems report, played on purpose: D1, D4 and D16 of the list.

The others have their tests beside the module that prevents them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playing import NOTE, REQUEST, Play, journal_of, mail, word

from pipeline import flow, service
from pipeline.errors import DiskFullError, PostbusAwayError
from pipeline.ports import Postbus, PostbusItem
from pipeline.roads.verifying import verify


def request(folder: Path) -> bytes:
    paper = word(folder / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    return mail("Instemmingsverzoek vakantierooster", NOTE, paper)


@dataclass(frozen=True, kw_only=True)
class Deaf:
    """A postbus that gives mail and goes away before it hears that the mail is safe."""

    postbus: Postbus

    def list_new(self) -> tuple[PostbusItem, ...]:
        return self.postbus.list_new()

    def read(self, item: PostbusItem) -> bytes:
        return self.postbus.read(item)

    def acknowledge(self, item: PostbusItem) -> None:
        raise PostbusAwayError(f"gone before {item.key}")

    def no_mails(self) -> tuple[str, ...]:
        return self.postbus.no_mails()


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
