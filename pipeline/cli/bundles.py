"""Commands about meetings: ``bundle`` builds the PDF of a meeting folder, ``send`` sends an approved one."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import cli, dutch
from pipeline.cli.options import (
    DONE,
    NEEDS_A_PERSON,
    clock_of,
    find_or_none,
    json_option,
    must_exist,
    put_json,
    say,
    shared,
)
from pipeline.errors import WrongUseError

if TYPE_CHECKING:
    from pipeline.values import BuiltBundle, Dispatch

_FOLDER = click.Path(file_okay=False, path_type=Path)


@cli.command()
@click.argument(
    "folder",
    cls=dutch.Argument,
    metavar="VERGADERMAP",
    type=_FOLDER,
    explained="Map met een genummerde submap per agendapunt.",
)
@click.option(
    "--out",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BESTAND",
    help="Waar de pdf komt.",
)
@click.option("--edition", "edition", default="", metavar="NAAM", help="Alleen deze editie.")
@shared
@json_option
def bundle(
    *,
    folder: Path,
    out: Path | None,
    edition: str,
    werkmap: Path | None,
    data: Path | None,
    now: str | None,
    as_json: bool,
) -> int:
    """Maak de bundel van een vergadermap."""
    from pipeline import meeting_commands  # noqa: PLC0415

    must_exist(folder)
    wish = meeting_commands.Wish(
        folder=folder.absolute(),
        out=out.absolute() if out else None,
        edition=edition,
        werkmap=find_or_none(werkmap, near=folder),
        data=data,
    )
    built, problems = meeting_commands.build_folder(wish, clock_of(now))
    for one in built:
        put_json(_bundle_row(one)) if as_json else say(_bundle_line(one))
    for problem in problems:
        say(f"Let op: {problem}", as_json=as_json)
    return NEEDS_A_PERSON if problems or any(one.placeholders for one in built) else DONE


def _bundle_row(built: "BuiltBundle") -> dict[str, object]:
    return {
        "file": built.path,
        "edition": built.plan.edition.name,
        "pages": built.pages,
        "papers": [
            {**asdict(placed.paper), "first_page": placed.first_page, "pages": placed.pages}
            for placed in built.papers
        ],
        "placeholders": [asdict(one) for one in built.placeholders],
        "losses": [asdict(one) for one in built.losses],
        "seconds": built.seconds,
    }


def _bundle_line(built: "BuiltBundle") -> str:
    unreadable = f", {len(built.placeholders)} niet leesbaar" if built.placeholders else ""
    return f"{built.path}: {built.pages} bladzijden, {len(built.papers)} stukken{unreadable}"


@cli.command()
@click.argument(
    "folder",
    cls=dutch.Argument,
    metavar="VERGADERMAP",
    type=_FOLDER,
    explained="Map van de vergadering, in de werkmap.",
)
@click.option(
    "--dry-run", "dry_run", is_flag=True, help="Toon alleen wie wat krijgt; er wordt niets verzonden."
)
@shared
@json_option
def send(
    *, folder: Path, dry_run: bool, werkmap: Path | None, data: Path | None, now: str | None, as_json: bool
) -> int:
    """Verzend de goedgekeurde bundel van een vergadermap."""
    from pipeline import meeting_commands  # noqa: PLC0415

    must_exist(folder)
    root = find_or_none(werkmap, near=folder)
    if root is None or root not in folder.absolute().parents:
        raise WrongUseError(
            "meeting folder outside a werkmap",
            wat="Deze vergadermap ligt niet in een werkmap.",
            doe="Verzenden kan alleen vanuit de werkmap van de raad.",
        )
    act = meeting_commands.preview if dry_run else meeting_commands.send_approved
    dispatches = act(folder.absolute().name, root, data, clock_of(now))
    for one in dispatches:
        put_json(_dispatch_row(one)) if as_json else say(_dispatch_line(one))
    waiting = any(one.state.value not in ("verzonden", "afdruk", "gepland") for one in dispatches)
    return NEEDS_A_PERSON if waiting else DONE


def _dispatch_row(dispatch: "Dispatch") -> dict[str, object]:
    return {
        "member": dispatch.member,
        "to": dispatch.to,
        "edition": dispatch.edition,
        "file": dispatch.file,
        "sha256": dispatch.sha256,
        "state": dispatch.state.value,
        "reason": dispatch.reason,
    }


def _dispatch_line(dispatch: "Dispatch") -> str:
    reason = f" ({dispatch.reason})" if dispatch.reason else ""
    return f"{dispatch.member} <{dispatch.to}>: {dispatch.file} - {dispatch.state.value}{reason}"
