"""Once a day the mailbox is held against the journal: what was never taken in is fetched, or told."""

import os
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from playing import NOTE, Play, journal_of, mail

from pipeline import service
from pipeline.edges.postbus import DONE_FOLDER
from pipeline.ports import Listing, Postbus

LATER = "2026-11-24T09:00"


def moved_away(play: Play, name: str, content: bytes) -> None:
    """Lay a mail among the done ones, as a person may do by mistake."""
    folder = play.base / "postbus" / DONE_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def test_all_is_well_when_all_was_taken_in(play: Play) -> None:
    play.post("1.eml", mail("Nieuws", NOTE))
    play.once()
    assert not any("verwerkte post" in line for line in play.once(now=LATER))


def test_done_mail_that_was_never_read_is_told_until_it_lies_back(play: Play) -> None:
    play.once()
    moved_away(play, "weg.eml", mail("Verzoek om advies", NOTE))
    assert not any("verwerkte post" in line for line in play.once())  # once a day
    waiting = play.once(now=LATER)
    (told,) = (line for line in waiting if "verwerkte post" in line)
    assert told.startswith("Tussen de verwerkte post ligt 1 bericht dat de dienst nooit heeft gelezen.")
    done = play.base / "postbus" / DONE_FOLDER / "weg.eml"
    done.rename(play.base / "postbus" / "weg.eml")
    play.once(now=LATER)
    assert not any("verwerkte post" in line for line in play.once(now="2026-11-25T09:00"))
    assert len(journal_of(play)["lines"]) > 0


@dataclass(frozen=True, kw_only=True)
class Overlooking:
    """A mailbox that lists nothing when it goes on from a bookmark: what a lost change looks like."""

    postbus: Postbus

    def list_new(self, bookmark: str) -> Listing:
        found = self.postbus.list_new("")
        return Listing(items=() if bookmark else found.items, bookmark="verder")

    def __getattr__(self, name: str) -> object:
        return getattr(self.postbus, name)


def test_what_a_listing_overlooked_is_fetched_by_a_listing_from_the_beginning(play: Play) -> None:
    """D2, D3: a lost change of a mailbox must not lose a mail."""
    play.once()
    with play.office() as office:
        service.work_once(replace(office, postbus=Overlooking(postbus=office.postbus)))
    play.post("1.eml", mail("Verzoek", NOTE))
    for now in (LATER, "2026-11-24T09:01"):
        with play.office(now=now) as office:
            service.work_once(replace(office, postbus=Overlooking(postbus=office.postbus)))
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        assert [one.name for one in ledger.arrivals()] == ["1.eml"]
        assert "mailbox-differs" in [line.event for line in ledger.lines()]


OLD = datetime(2024, 3, 1, 9, 0, tzinfo=UTC).timestamp()


def from_day(play: Play, told: str) -> None:
    """Set the first day of the mailbox, whatever it was."""
    machine = play.data / "dienst.toml"
    text = re.sub(r"(?m)^vanaf.*\n", "", machine.read_text("utf-8"))
    machine.write_text(text.replace("[postbus]\n", f"[postbus]\nvanaf = {told}\n", 1), "utf-8")


def old_mail(play: Play, *steps: str, subject: str) -> None:
    path = (play.base / "postbus").joinpath(*steps)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(mail(subject, NOTE))
    os.utime(path, (OLD, OLD))


def arrived(play: Play) -> list[str]:
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        return [one.name for one in ledger.arrivals()]


def test_post_from_before_the_first_day_is_neither_taken_in_nor_told(play: Play) -> None:
    """Waiting or done: it lay there for years."""
    from_day(play, "2026-11-01")
    play.post("nieuw.eml", mail("Nieuws", NOTE))
    old_mail(play, "oud.eml", subject="Oud verzoek")
    old_mail(play, DONE_FOLDER, "ouder.eml", subject="Ouder verzoek")
    play.once()
    assert not any("verwerkte post" in line for line in play.once(now=LATER))
    assert arrived(play) == ["nieuw.eml"]
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        assert "mailbox-differs" not in [line.event for line in ledger.lines()]


def test_when_the_first_day_is_put_earlier_that_post_comes_in_and_done_post_is_told(play: Play) -> None:
    from_day(play, "2026-11-01")
    old_mail(play, "oud.eml", subject="Oud verzoek")
    old_mail(play, DONE_FOLDER, "ouder.eml", subject="Ouder verzoek")
    play.once()
    assert arrived(play) == []
    from_day(play, "2024-03-01")
    waiting = play.once(now=LATER)
    assert arrived(play) == ["oud.eml"]
    assert any("ligt 1 bericht dat de dienst nooit heeft gelezen" in line for line in waiting)
