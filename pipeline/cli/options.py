"""What all commands share: the options for werkmap, data folder and clock, and how things are said.

Messages go to the screen in Dutch; with ``--json`` stdout carries only JSON, one object a line,
and messages go to stderr.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.errors import NoWerkmapError, WrongUseError

Command = TypeVar("Command", bound=Callable[..., Any])

DONE, NEEDS_A_PERSON, WRONG_USE, FAILED = 0, 1, 2, 3
"""Exit codes; others script against them."""


_FOLDER = click.Path(file_okay=False, path_type=Path)
_DATA = click.option("--data", "data", type=_FOLDER, metavar="MAP", help="Datamap van de dienst.")
_WERKMAP = click.option("--werkmap", "werkmap", type=_FOLDER, metavar="MAP", help="Werkmap van de raad.")
_WERKMAPPEN = click.option(
    "--werkmap",
    "werkmappen",
    type=_FOLDER,
    metavar="MAP",
    multiple=True,
    help="Werkmap van de raad; mag vaker worden gegeven.",
)


def now_option(command: Command) -> Command:
    """Give a command ``--now``; a wrong moment is told before anything else is looked at."""
    return click.option(
        "--now",
        "now",
        metavar="MOMENT",
        is_eager=True,
        callback=_checked_moment,
        help="Doe alsof het nu dit moment is (ISO, bijv. 2026-11-23).",
    )(command)


def _checked_moment(_ctx: click.Context, _option: click.Parameter, now: str | None) -> str | None:
    clock_of(now)
    return now


def shared(command: Command) -> Command:
    """Give a command the options that all commands take."""
    return now_option(_DATA(_WERKMAP(command)))


def shared_for_many(command: Command) -> Command:
    """Give a command the options that all commands take, for one werkmap or several."""
    return now_option(_DATA(_WERKMAPPEN(command)))


def desks(werkmappen: tuple[Path, ...], data: Path | None) -> tuple[tuple[Path, Path], ...]:
    """Pair every werkmap with the data folder of its service.

    Args:
        werkmappen: As given; none means the one that is found from the environment or upwards.
        data: As given; with several werkmappen each gets its own folder in it.
    """
    from pipeline import wiring  # noqa: PLC0415
    from pipeline.edges.werkmap import read_marker  # noqa: PLC0415

    roots = tuple(find(root) for root in werkmappen) or (find(None),)
    if len(roots) == 1 or data is None:
        return tuple((root, wiring.data_folder(data, root)) for root in roots)
    return tuple((root, data / read_marker(root).uuid) for root in roots)


def json_option(command: Command) -> Command:
    """Give a command ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Geef JSON, één object per regel.")(command)


def clock_of(now: str | None) -> Callable[[], datetime]:
    """Make the legal clock of a command.

    Raises:
        WrongUseError: ``--now`` is no date or instant.
    """
    from pipeline.edges.clock import frozen_clock, system_clock  # noqa: PLC0415

    if now is None:
        return system_clock
    try:
        return frozen_clock(now)
    except ValueError as fault:
        raise WrongUseError(
            f"--now {now!r}",
            wat=f"'{now}' is geen datum of moment.",
            doe="Schrijf bijvoorbeeld 2026-11-23T09:00.",
        ) from fault


def find(werkmap: Path | None) -> Path:
    """Find the werkmap of a command: as given, from the environment, or the nearest one upwards.

    Raises:
        NoWerkmapError: There is none.
    """
    found = find_or_none(werkmap)
    if found is None:
        raise NoWerkmapError("no werkmap given or found")
    return found


def find_or_none(werkmap: Path | None, near: Path | None = None) -> Path | None:
    """Find the werkmap of a command that can do without one.

    Args:
        werkmap: What the command line says.
        near: Where to look upwards from; the current folder when not given.

    Raises:
        WrongUseError: The folder that the command line names does not exist.
    """
    from pipeline.edges.werkmap import find_werkmap  # noqa: PLC0415

    if werkmap is not None:
        must_exist(werkmap)
    named = os.environ.get("STUKKENSTROOM_WERKMAP")
    given = werkmap or (Path(named) if named else None)
    return given.absolute() if given else find_werkmap((near or Path.cwd()).absolute())


def must_exist(folder: Path) -> None:
    """Refuse a folder that is not there.

    Raises:
        WrongUseError: It does not exist, or is no folder.
    """
    if not folder.is_dir():
        raise WrongUseError(
            f"no folder {folder}", wat=f"De map {folder} bestaat niet.", doe="Controleer de naam."
        )


_PROGRAM = "stukkenstroom"


def command_line(words: Sequence[str]) -> str:
    """Write a command of ours that can be copied to the shell in which this one was started.

    Args:
        words: What comes behind the name of the program.
    """
    line = (*_as_started(sys.argv[0], sys.orig_argv), *words)
    return subprocess.list2cmdline(line) if os.name == "nt" else shlex.join(line)


def _as_started(script: str, typed: Sequence[str]) -> tuple[str, ...]:
    """Give the words with which the program was started.

    Args:
        script: The file that runs.
        typed: What the interpreter was given, itself first.
    """
    if Path(script).name == "__main__.py" and Path(script).parent.name == "pipeline":
        return (typed[0], "-m", "pipeline")
    found = shutil.which(_PROGRAM)
    is_ours = Path(script).stem == _PROGRAM
    return (script,) if is_ours and (found is None or not _is_same(found, script)) else (_PROGRAM,)


def _is_same(found: str, script: str) -> bool:
    """Tell whether two names are one program; on Windows the ending may be left off."""
    return Path(found).resolve().with_suffix("") == Path(script).resolve().with_suffix("")


def say(text: str, *, as_json: bool = False) -> None:
    """Tell a person something; on stderr when stdout carries JSON."""
    click.echo(text, err=as_json)


def put_json(row: Mapping[str, object]) -> None:
    """Write one JSON object on a line of stdout."""
    click.echo(json.dumps(row, ensure_ascii=False, default=str))
