"""Kill a service with -9 before any of its effects, start it again, and hold its end against a calm one.

A play is a council with something to do. Everything its service changes outside itself is an effect,
and is counted. What a kill leaves is what lies on disk at that moment: so a play is really killed before
one effect in ten, and before each of the nine others everything on disk is copied. Each of these goes on
in a process of its own. Right after one effect is right before the next, as ``Undisturbed.changed_between``
tells: the undisturbed play looks at the disk at both moments. Where nothing changed on disk from one
effect to the next, starting again is tried once for both.
"""

import functools
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import stat
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from playing import Play, copy_council, journal_of, proof, tree
from remembering import Lists, open_up, prepare, read

from pipeline import wiring
from pipeline.edges import files, pdf
from pipeline.edges.journal.chain import first_break
from pipeline.office import Office
from pipeline.ports import Copied, Disk, Ledger, Written

Act = Callable[[Play, "Reaper"], None]
"""What the service does with a council; counts its effects with the reaper."""

BATCH = 10
"""Of so many effects one is where the play is really killed."""
MEMORY = Path("/dev/shm")  # noqa: S108  # a disk in memory, where there is one: syncing costs nothing there
EFFECTS = {
    "disk": ("write", "copy", "move", "remove", "remove_folder_if_empty", "remove_folder", "make_folder"),
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


class Copier(Reaper):
    """Copies all that lies on disk before some effects, and kills this process before the last of them.

    Args:
        plays: By effect, where the copy goes; the last is the play that goes on here.
    """

    def __init__(self, plays: Mapping[int, Play]) -> None:
        *earlier, last = sorted(plays)
        super().__init__(last)
        self._here = plays[last].base
        self._copies = {number: plays[number].base for number in earlier}

    def _before(self, name: str) -> None:
        if self._count in self._copies:
            shared_memory = shutil.ignore_patterns("*-shm")  # SQLite makes it anew from the rest
            shutil.copytree(self._here, self._copies[self._count], ignore=shared_memory)
        super()._before(name)


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
        return frozenset(
            (str(path), at.st_ino, at.st_size, at.st_mtime_ns) for path, at in _everything(self._folder)
        )


def _everything(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder.rglob("*"):
        if not path.name.endswith("-shm"):
            yield path, path.lstat()


class Watched:
    """A port whose effects are counted; everything else passes through."""

    def __init__(self, port: object, name: str, reaper: Reaper) -> None:
        self._port, self._name, self._reaper = port, name, reaper

    def __getattr__(self, method: str) -> object:
        if method == "place":
            return self._place
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

    def _place(self, laid: Sequence[Copied | Written]) -> None:
        """Place files one by one: the process may die between any two of them."""
        for one in laid:
            if isinstance(one, Copied):
                cast("Disk", self).copy(one.source, one.target, one.sha256)
            else:
                cast("Disk", self).write(one.target, one.content)


def _is_idle(method: str, args: Sequence[Any]) -> bool:
    """Tell whether a call changes nothing, so that dying around it is dying elsewhere."""
    first = args[0] if args else None
    if not isinstance(first, Path):
        return method == "sweep_empty"
    idle: dict[str, Callable[[], bool]] = {
        "make_folder": first.is_dir,
        "remove": lambda: not first.exists(),
        "remove_folder": lambda: not first.exists(),
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
        lists=Watched(Lists(office.lists), "lists", reaper),
        journal=WatchedJournal(office.journal, reaper),
        workshop=replace(
            shop,
            disk=disk,
            templates=Watched(shop.templates, "templates", reaper),
            pdf=Watched(pdf, "pdf", reaper),
            converter=Watched(shop.converter, "converter", reaper),
        ),
    )


# --- how it ends -----------------------------------------------------------------------


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


# --- the attempts ----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Undisturbed:
    """A play that nothing happened to: where it lies, what it did, how it ended."""

    play: Play
    effects: list[str]
    changed_between: list[str]
    end: End


def play_undisturbed(stage: Play, act: Act) -> Undisturbed:
    """Let a copy of a council go its way in a process of its own, and name every effect."""
    play = copy_council(stage, stage.base.with_name("ongestoord"))
    listed = stage.base.with_name("effecten.json")

    def work() -> None:
        prepare()
        witness = Witness(play.base)
        act(play, witness)
        listed.write_text(json.dumps([witness.names, witness.changed_between]))

    assert how_it_ended(start_child(work)) == 0
    effects, changed_between = json.loads(listed.read_text())
    return Undisturbed(play=play, effects=effects, changed_between=changed_between, end=end_of(play))


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What is done to a council, to be killed on its way.

    Attributes:
        stage: The council before anything was done; what is tried lies beside it.
        act: What its service does.
        effects: Names of all it changes, in order.
        wrong_with: Names what is wrong at an end.
    """

    stage: Play
    act: Act
    effects: Sequence[str]
    wrong_with: Callable[[Play], list[str]]


def as_calm(stage: Play, act: Act, calm: Undisturbed) -> Attempt:
    """Want every end to be that of the play that was never disturbed."""
    return Attempt(
        stage=stage,
        act=act,
        effects=calm.effects,
        wrong_with=lambda play: differences(end_of(play), calm.end),
    )


def wrong_when_killed(attempt: Attempt, points: Sequence[int], workers: int = 2) -> list[str]:
    """Kill a play before each of some effects, let it go on, and name what is then not as it should be.

    Args:
        attempt: What is done.
        points: Numbers of effects, counted from 0; one past the last is when all is done.
        workers: So many processes share the work.
    """
    batches = [points[start : start + BATCH] for start in range(0, len(points), BATCH)]
    reports = [attempt.stage.base.with_name(f"verslag-{worker}.json") for worker in range(workers)]
    children = [
        start_child(functools.partial(_try_all, attempt, batches[worker::workers], report))
        for worker, report in enumerate(reports)
    ]
    assert [how_it_ended(child) for child in children] == [0] * workers
    return [line for report in reports for line in json.loads(report.read_text())]


def _try_all(attempt: Attempt, batches: Sequence[Sequence[int]], report: Path) -> None:
    prepare()
    stage, act = attempt.stage, attempt.act
    act(copy_council(stage, report.with_suffix("")), Reaper())  # what was read once need not be again
    names, found = (*attempt.effects, "the end"), []
    for batch in batches:
        plays = {number: Play(base=stage.base.with_name(f"voor-{number}")) for number in batch}
        found += _kill(attempt, plays)
        tried: set[object] = set()
        for number, play in sorted(plays.items(), reverse=True):  # the one that was really killed is tried
            lying = _lying(play.base)
            if not lying or lying not in tried:
                wrong = _what_is_wrong(attempt, play)
                found += [f"before {number} {names[number]}: {line}" for line in wrong]
            tried.add(lying)
            shutil.rmtree(play.base, ignore_errors=True)
    report.write_text(json.dumps(found))


def _kill(attempt: Attempt, plays: Mapping[int, Play]) -> list[str]:
    """Kill a play before the last of some effects, copied before each of the others."""
    last = max(plays)
    play = copy_council(attempt.stage, plays[last].base)

    def until_killed() -> None:
        attempt.act(play, Copier(plays))
        if last == len(attempt.effects):
            os.kill(os.getpid(), signal.SIGKILL)

    ended = how_it_ended(start_child(until_killed))
    return [] if was_killed(ended) else [f"before {last} it was not killed: {ended}"]


def _lying(folder: Path) -> frozenset[tuple[str, int, str]]:
    """Give all that a service finds when it is started: two plays of which it is the same go on alike."""
    return frozenset(
        (
            path.relative_to(folder).as_posix(),
            at.st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(at.st_mode) else "",
        )
        for path, at in _everything(folder)
    )


def _what_is_wrong(attempt: Attempt, play: Play) -> list[str]:
    """Let a play go on, and name what is not as it should be."""
    if not play.base.is_dir():
        return ["it never came there"]
    if how_it_ended(start_child(functools.partial(attempt.act, play, Reaper()))) != 0:
        return ["did not go on"]
    return attempt.wrong_with(play)


# --- processes -------------------------------------------------------------------------


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


def was_killed(ended: int) -> bool:
    """Tell whether a process was killed with -9, from how it ended."""
    return os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL
