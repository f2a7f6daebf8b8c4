"""Killed with -9 anywhere and started again: the same end, nothing twice, nothing missing.

A small council plays its whole road with the real ports. Everything that changes something
outside is counted; a child process kills itself right before one of these, for every one of
them in turn, and right after the last. Another child then goes on, and the end must be that of a
play that was never disturbed. Right after one effect is right before the next: the undisturbed
play looks at the disk at both moments and finds no difference.
"""

import functools
import json
import os
import secrets
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
import pytest
from playing import ANNEX, NOTE, REQUEST, Play, copy_council, journal_of, mail, proof, tree, word

from pipeline import service, wiring
from pipeline.contexts import Context
from pipeline.edges import files, pdf
from pipeline.edges.journal.chain import first_break
from pipeline.edges.mail.opening import open_up
from pipeline.edges.reading import read
from pipeline.edges.templates import Templates
from pipeline.office import Office
from pipeline.ports import Ledger, Transport
from pipeline.values import DispatchState, OutgoingMail, Place

WORKERS = 2
MEMORY = Path("/dev/shm")  # noqa: S108  # a disk in memory, where there is one: syncing costs nothing there
EFFECTS = {
    "disk": ("write", "copy", "move", "remove", "remove_folder_if_empty", "make_folder"),
    "originals": ("keep", "keep_all"),
    "postbus": ("acknowledge",),
    "werkmap": ("claim", "release", "sweep_empty"),
    "transport": ("send",),
    "lists": (
        *("write_agenda", "write_terms", "write_incoming", "write_proof"),
        *("write_card", "write_new_cases", "write_division"),
    ),
    "templates": ("render",),
    "pdf": ("assemble",),
    "converter": ("to_pdf",),
}
"""Methods of each port that change something outside the process."""

LEDGER_WRITES = frozenset(
    [
        "keep_arrival",
        "take_in",
        "save_documents",
        "hold",
        "plan",
        "confirm",
        "undo",
        "save_dossier",
        "save_procedure",
        "save_concept",
        "save_sending",
        "save_dispatch",
        "add_job",
        "finish_job",
        "note",
        "set_fact",
    ]
)

REPEATABLE = ("message-", "concept-built")
"""Lines of the journal that may stand there once more after a crash: what was tried is told."""


# --- counting, and dying ---------------------------------------------------------------


class Reaper:
    """Counts effects and kills this process right before the one that was asked for, counted from 0.

    Papers are converted by several threads; their effects come one at a time here.
    """

    def __init__(self, number: int = -1) -> None:
        self._count = 0
        self._number = number
        self._turn = threading.RLock()

    @contextmanager
    def effect(self, name: str) -> Iterator[None]:
        with self._turn:
            self._before(name)
            yield
            self._after()

    def _before(self, _name: str) -> None:
        if self._count == self._number:
            os.kill(os.getpid(), signal.SIGKILL)
        self._count += 1

    def _after(self) -> None:
        """Nothing more to do here."""


class Witness(Reaper):
    """Names the effects, and looks whether anything changes on disk between two of them."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.names: list[str] = []
        self.changed_between: list[str] = []
        self._folder = folder
        self._seen: frozenset[tuple[str, int, int, int]] = frozenset()

    def _before(self, name: str) -> None:
        if self.names and (changed := self._look() ^ self._seen):
            self.changed_between.append(f"{self.names[-1]} and {name}: {sorted(changed)}")
        self.names.append(name)

    def _after(self) -> None:
        self._seen = self._look()

    def _look(self) -> frozenset[tuple[str, int, int, int]]:
        """Give everything below the folder, but for the shared memory of the database."""
        found = ((path, path.lstat()) for path in self._folder.rglob("*"))
        return frozenset(
            (str(path), at.st_ino, at.st_size, at.st_mtime_ns)
            for path, at in found
            if not path.name.endswith("-shm")
        )


class Watched:
    """A port whose effects are counted; everything else passes through."""

    def __init__(self, port: object, name: str, reaper: Reaper) -> None:
        self._port, self._name, self._reaper = port, name, reaper

    def __getattr__(self, method: str) -> object:
        found = getattr(self._port, method)
        if method not in EFFECTS[self._name]:
            return found

        @functools.wraps(found)
        def counted(*args: object, **options: object) -> object:
            if _is_idle(method, args):
                return found(*args, **options)
            with self._reaper.effect(f"{self._name}.{method}"):
                return found(*args, **options)

        return counted


def _is_idle(method: str, args: Sequence[Any]) -> bool:
    """Tell whether a call changes nothing, so that dying around it is dying elsewhere."""
    first = args[0] if args else None
    if not isinstance(first, Path):
        return method == "sweep_empty"
    idle: dict[str, Callable[[], bool]] = {
        "make_folder": first.is_dir,
        "remove": lambda: not first.exists(),
        "remove_folder_if_empty": lambda: not first.is_dir() or any(first.iterdir()),
        "copy": lambda: args[1].is_file() and files.sha256_of(args[1]) == args[2],
        "write": lambda: first.is_file() and first.read_bytes() == args[1],
    }
    return method in idle and idle[method]()


class WatchedLedger:
    """A ledger that remembers whether something was written."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.wrote = False

    def __getattr__(self, method: str) -> object:
        self.wrote = self.wrote or method in LEDGER_WRITES
        return getattr(self._ledger, method)


class WatchedJournal:
    """A journal whose commits are counted; dying before one means that nothing of it is there."""

    def __init__(self, journal: "wiring.SqliteJournal", reaper: Reaper) -> None:
        self._journal, self._reaper = journal, reaper

    @contextmanager
    def transaction(self) -> Iterator[WatchedLedger]:
        inner = self._journal.transaction()
        ledger = WatchedLedger(inner.__enter__())
        try:
            yield ledger
        except BaseException:
            inner.__exit__(*sys.exc_info())
            raise
        if ledger.wrote:
            with self._reaper.effect("journal.commit"):
                inner.__exit__(None, None, None)
        else:
            inner.__exit__(None, None, None)

    def claim(self) -> object:
        with self._reaper.effect("journal.claim"):
            return self._journal.claim()

    def retry_later(self, *args: object, **options: object) -> object:
        raise AssertionError(f"a piece of work failed: {args} {options}")


def watched(office: Office, reaper: Reaper) -> Office:
    """Count everything an office does to the outside.

    Foreign files are parsed here and not in a worker, which reads only and changes nothing: hundreds of
    children would each have to start one.
    """
    shop = office.workshop
    disk = Watched(office.disk, "disk", reaper)
    return replace(
        office,
        opener=open_up,
        reader=read,
        disk=disk,
        originals=Watched(office.originals, "originals", reaper),
        postbus=Watched(office.postbus, "postbus", reaper),
        werkmap=Watched(office.werkmap, "werkmap", reaper),
        transport=Watched(office.transport, "transport", reaper),
        lists=Watched(office.lists, "lists", reaper),
        journal=WatchedJournal(office.journal, reaper),
        workshop=replace(
            shop,
            disk=disk,
            templates=Watched(shop.templates, "templates", reaper),
            pdf=Watched(pdf, "pdf", reaper),
            converter=Watched(shop.converter, "converter", reaper),
        ),
    )


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


def start_child(work: Callable[[], None]) -> int:
    """Start doing something in a process of its own; gives its id."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001  # the child must never go on with the tests of its parent
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return child


def how_it_ended(child: int) -> int:
    """Wait for a child; 0 is good, else as ``waitpid`` tells it."""
    return os.waitpid(child, 0)[1]


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


@dataclass(frozen=True, kw_only=True)
class End:
    """How a play ended: what lies in the werkmap, what was mailed, what the journal says."""

    werkmap: dict[str, str]
    proofs: dict[str, dict[str, object]]
    mails: dict[str, str]
    originals: dict[str, str]
    journal: dict[str, str]
    lines: dict[str, int]
    open_jobs: list[str]


def end_of(play: Play) -> End:
    """Look at how a play ended, without what differs by nature: numbers of journal lines in proofs."""
    werkmap = play.tree()
    journal = journal_of(play)
    chain = journal.pop("chain")
    lines = journal.pop("lines")
    assert first_break(chain) is None
    proofs = {path: proof(play.root / path) for path in werkmap if "/bewijs/" in path}
    return End(
        werkmap={path: sha for path, sha in werkmap.items() if path not in proofs},
        proofs=proofs,
        mails=tree(play.outbox),
        originals=tree(play.data / "originelen"),
        journal={name: repr(values) for name, values in journal.items()},
        lines=Counter(
            f"{line.event} {line.subject} {line.text}"
            for line in lines
            if not line.event.startswith(REPEATABLE)
        ),
        open_jobs=_open_jobs(play),
    )


def _open_jobs(play: Play) -> list[str]:
    with sqlite3.connect(play.data / "journaal.sqlite3") as connection:
        return [row[0] for row in connection.execute("select key from jobs where state <> 'done'")]


def differences(found: End, expected: End) -> list[str]:
    """Name what differs."""
    told = []
    for name in End.__dataclass_fields__:
        mine, theirs = getattr(found, name), getattr(expected, name)
        if mine == theirs:
            continue
        if isinstance(mine, dict):
            keys = [key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key)]
            told += [f"{name} {key}: {mine.get(key)!r} <> {theirs.get(key)!r}" for key in sorted(keys)]
        else:
            told.append(f"{name}: {mine!r} <> {theirs!r}")
    return told


@dataclass(frozen=True, kw_only=True)
class Undisturbed:
    """A play that nothing happened to: where it lies, what it did, how it ended."""

    play: Play
    effects: list[str]
    changed_between: list[str]
    end: End


@pytest.fixture(scope="module")
def undisturbed(stage: Play) -> Undisturbed:
    play = copy_council(stage, stage.base.with_name("ongestoord"))
    listed = play.base.with_name("effecten.json")

    def work() -> None:
        prepare()
        witness = Witness(play.base)
        act(play, witness)
        listed.write_text(json.dumps([witness.names, witness.changed_between]))

    assert how_it_ended(start_child(work)) == 0
    effects, changed_between = json.loads(listed.read_text())
    return Undisturbed(play=play, effects=effects, changed_between=changed_between, end=end_of(play))


def prepare() -> None:
    """Read the law and translate templates only once, and give what is dropped always the same ticket."""
    for name in ("load_kinds", "load_law", "load_rights", "load_checklist", "load_procedures"):
        loader = getattr(wiring, name)
        if not hasattr(loader, "found"):
            setattr(wiring, name, _Once(loader))
    jinja2.Environment.compile = _translated  # type: ignore[method-assign,assignment]
    Templates.render = _rendered  # type: ignore[method-assign]
    secrets.token_hex = lambda size=16: "0" * 2 * size  # type: ignore[assignment]
    time.time_ns = lambda: 0  # it is part of the ticket


class _Once:
    """Reads what stands in the shipped settings once; they do not change during a play."""

    def __init__(self, loader: Callable[..., object]) -> None:
        self._loader = loader
        self.found: list[object] = []

    def __call__(self, *args: object) -> object:
        self.found = self.found or [self._loader(*args)]
        return self.found[0]


_render = Templates.render
_documents: dict[tuple[str, str], bytes] = {}


def _rendered(templates: Templates, name: str, context: Context, out: Path) -> None:
    """Fill a template once for each context: the same always gives the same bytes, as its own tests hold."""
    key = (name, repr(context))
    if key in _documents:
        files.write(out, _documents[key])
        return
    _render(templates, name, context, out)
    _documents[key] = out.read_bytes()


_translate = jinja2.Environment.compile
_translations: dict[tuple[object, ...], object] = {}


def _translated(sandbox: jinja2.Environment, source: str, *rest: object, **options: object) -> object:
    """Translate a template as jinja does, once for each way of escaping."""
    key = (sandbox.autoescape, sandbox.finalize, source, rest, tuple(options.items()))
    if key not in _translations:
        _translations[key] = _translate(sandbox, source, *rest, **options)  # type: ignore[call-overload]
    return _translations[key]


# --- the facts -------------------------------------------------------------------------


def test_the_undisturbed_play_goes_the_whole_road(undisturbed: Undisturbed) -> None:
    """Papers filed and held, a procedure with its card, a letter sent, a bundle, a mail for each member."""
    journal = journal_of(undisturbed.play)
    assert [paper.kenmerk for paper in journal["filed"]] == ["2026-0001-01", "2026-0001-02", "2026-0002-01"]
    assert journal["filed"][2].origin.sender == "kees@thuispost.example"  # a question is filed as one
    (held,) = journal["held"]  # a note of two lines says too little
    assert held.origin.name == "Notitie kluisjes.txt"
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
    reports = [stage.base.with_name(f"verslag-{worker}.json") for worker in range(WORKERS)]
    children = [
        start_child(functools.partial(_disturb_all, points[worker::WORKERS], stage, undisturbed, report))
        for worker, report in enumerate(reports)
    ]
    assert [how_it_ended(child) for child in children] == [0] * WORKERS
    assert [line for report in reports for line in json.loads(report.read_text())] == []
    assert len(points) > 150


def _disturb_all(points: Sequence[int], stage: Play, undisturbed: Undisturbed, report: Path) -> None:
    prepare()
    warm = copy_council(stage, report.with_suffix(""))
    act(warm, Reaper())  # what was read and translated once need not be again in the children
    found = []
    names = (*undisturbed.effects, "the end")
    for number in points:
        play = copy_council(stage, stage.base.with_name(f"voor-{number}"))
        found += [
            f"before {number} {names[number]}: {line}" for line in _disturb(play, number, undisturbed.end)
        ]
        shutil.rmtree(play.base)
    report.write_text(json.dumps(found))


def _disturb(play: Play, number: int, expected: End) -> list[str]:
    """Kill a play before an effect, let it go on, and tell what is not as it should be."""

    def until_killed() -> None:
        act(play, Reaper(number))
        os.kill(os.getpid(), signal.SIGKILL)

    ended = how_it_ended(start_child(until_killed))
    if not (os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL):
        return [f"was not killed: {ended}"]
    if how_it_ended(start_child(functools.partial(act, play, Reaper()))) != 0:
        return ["did not go on"]
    return differences(end_of(play), expected)


class Forgetful:
    """A transport that cannot tell whether a mail left."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def prepare(self, mail: OutgoingMail) -> str:
        return self._transport.prepare(mail)

    def send(self, mail: OutgoingMail, draft: str) -> None:
        self._transport.send(mail, draft)

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

    assert os.WIFSIGNALED(how_it_ended(start_child(until_killed)))
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
