"""Killed with -9 anywhere and started again: the same end, nothing twice, nothing missing.

A small council plays its whole road with the real ports, and is killed before each of its effects.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from crashing import (
    MEMORY,
    Reaper,
    Undisturbed,
    as_calm,
    how_it_ended,
    play_undisturbed,
    start_child,
    was_killed,
    watched,
    wrong_when_killed,
)
from playing import ANNEX, NOTE, REQUEST, Play, copy_council, journal_of, mail, tree, word
from remembering import prepare

from pipeline import service
from pipeline.ports import Transport
from pipeline.values import DispatchState, OutgoingMail, Place

# --- the play --------------------------------------------------------------------------


def act(play: Play, reaper: Reaper) -> None:
    """Be the service, and the secretary when there is something for her to do."""
    with play.office() as bare:
        office = watched(bare, reaper)
        service.work_once(office)
        if be_the_secretary(play, reaper):
            service.work_once(office)


COMPLETE, RECEIPT = "Volledig verklaard op", "Ontvangstbevestiging"


def be_the_secretary(play: Play, reaper: Reaper) -> bool:
    """Approve the bundle, tell on the zaakkaart that the request is whole, and send the letter.

    She is never killed halfway: the service is. What she did before a crash she does not do again.
    """
    if not play.concepts():
        return False
    with reaper.effect("secretary"):
        play.approve()
        play.fill(COMPLETE, "23-11-2026")
        play.send_letter(RECEIPT)
    return True


@pytest.fixture(scope="module")
def stage(new_council: Play) -> Iterator[Play]:
    """A council with post, a dropped file and a meeting with papers, on a disk that is quick to sync."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        play = copy_council(new_council, Path(folder) / "begin")
        request = word(Path(folder) / "Instemmingsverzoek vakantierooster.docx", REQUEST)
        annex = word(Path(folder) / "Bijlage rooster.docx", ANNEX)
        play.post("1.eml", mail("Instemmingsverzoek vakantierooster 2027-2028", NOTE, request, annex))
        question = "Hallo, ik hoorde iets over de gymzaal. Hoe zit dat met de tijden?\nGroet, Kees\n"
        play.post("2.eml", mail("vraag", question, sender="kees@thuispost.example"))
        play.drop("Notitie kluisjes.txt", b"Notitie over de kluisjes\n\nHet beleid over de kluisjes.\n")
        item = play.meeting / "03 Formatieplan [bespreking]"
        word(item / "Toelichting.docx", ("Toelichting op het formatieplan",))
        word(item / "Tabel.docx", ("Tabel bij het formatieplan",))
        yield play


@pytest.fixture(scope="module")
def undisturbed(stage: Play) -> Undisturbed:
    return play_undisturbed(stage, act)


# --- the facts -------------------------------------------------------------------------


def test_the_undisturbed_play_goes_the_whole_road(undisturbed: Undisturbed) -> None:
    """Papers filed and held, a procedure with its card, a letter sent, a bundle, a mail for each member."""
    journal = journal_of(undisturbed.play)
    assert [paper.kenmerk for paper in journal["filed"]] == ["2026-0001-01", "2026-0001-02"]
    held = {paper.origin.sender or paper.origin.name for paper in journal["held"]}
    assert held == {"kees@thuispost.example", "Notitie kluisjes.txt"}  # a stranger, and what says too little
    (procedure,) = journal["procedures"]
    told = {one.field: one.source.value for one in procedure.events}
    assert told["volledig_op"] == "zaakkaart"
    assert told["ontvangst_bevestigd_op"] == "brief"
    sent = [one.state for one in journal["dispatches"] if one.file]
    assert sorted(sent) == ["afdruk", *["verzonden"] * 4]
    assert undisturbed.end.open_jobs == []
    assert not list((undisturbed.play.root / Place.BRIEVEN_CONCEPT).glob("*.docx"))
    assert undisturbed.play.asked(COMPLETE)[1].startswith("Vastgelegd op 23 november 2026")
    assert (undisturbed.play.root / Place.LOPEND / "Nieuwe zaak.xlsx").is_file()


def test_nothing_changes_on_disk_between_two_counted_effects(undisturbed: Undisturbed) -> None:
    """So dying after one is dying before the next, and no effect is left out of the count."""
    assert undisturbed.changed_between == []


def test_killed_anywhere_and_started_again_the_end_is_the_same(stage: Play, undisturbed: Undisturbed) -> None:
    """Before every effect, and after the last."""
    points = range(len(undisturbed.effects) + 1)
    assert wrong_when_killed(as_calm(stage, act, undisturbed), points) == []
    assert len(points) > 150


class Forgetful:
    """A transport that cannot tell whether a mail left."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def prepare(self, mail: OutgoingMail) -> str:
        return self._transport.prepare(mail)

    def send(self, mail: OutgoingMail, draft: str) -> frozenset[str]:
        return self._transport.send(mail, draft)

    def withdraw(self, message_id: str) -> None:
        self._transport.withdraw(message_id)

    def was_sent(self, _message_id: str, _draft: str) -> None:
        return None


@pytest.mark.parametrize("left", [False, True])
def test_what_may_have_left_is_held_and_never_repeated(
    stage: Play,
    undisturbed: Undisturbed,
    left: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    """Killed right before and right after a mail was handed over, by a transport that cannot tell."""
    play = copy_council(stage, stage.base.with_name(f"vergeetachtig-{left}"))
    sends = [number for number, name in enumerate(undisturbed.effects) if name == "transport.send"]

    def until_killed() -> None:
        prepare()
        act(play, Reaper(sends[1] + left))

    assert was_killed(how_it_ended(start_child(until_killed)))
    mails = tree(play.outbox)
    assert len(mails) == 1 + left
    for _ in range(2):
        with play.office() as office:
            waiting = service.work_once(replace(office, transport=Forgetful(office.transport)))
    states = Counter(one.state for one in journal_of(play)["dispatches"])
    assert states == {
        DispatchState.VERZONDEN: len(sends) - 1,
        DispatchState.MOGELIJK_VERZONDEN: 1,
        DispatchState.AFDRUK: 1,
    }
    assert len(tree(play.outbox)) == len(sends) - 1 + left
    assert mails.items() <= tree(play.outbox).items()
    assert any(line.startswith("Niet verzonden aan") for line in waiting)
