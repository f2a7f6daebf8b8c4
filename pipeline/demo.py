"""``stukkenstroom demo``: a fictional council, its post, and the whole road on it, in a new folder.

Plays the secretary where a person decides: drops files, lays papers in the meeting folder,
takes over what is proposed, moves the concepts to ``Versturen/``. Everything else is the
service as it is. Touches only the new folder.
"""

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import service, wiring
from pipeline.dates import dutch_date
from pipeline.edges import files, shipped
from pipeline.errors import WrongUseError
from pipeline.installing import make_werkmap, write_read_me
from pipeline.office import Office
from pipeline.ports import Clock
from pipeline.procedures.overview import running
from pipeline.values import DispatchState, MeetingPlace, Place

NOW = "2026-11-23T09:00"
"""The moment at which the demo plays, Europe/Amsterdam."""

_MEETING = "2026-12-08 Overlegvergadering"
_MINUTES, _MINUTES_ITEM = "2026-0011-01", "02 Notulen van de vorige vergadering"
_MACHINE = """
[postbus]
map = "../postbus"
[ontvangst]
server = "mx.veenrijk.example"
[verzending]
map = "../verzonden mail"
[map]
rust_seconden = 0
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """Where the demo plays: its folder, the werkmap in it, and the service's data."""

    base: Path
    root: Path
    data: Path

    @property
    def meeting(self) -> Path:
        """The folder of the coming meeting."""
        return self.root / Place.VERGADERINGEN / _MEETING


def run_demo(
    folder: Path | None,
    clock: Clock,
    tell: Callable[[str], None],
    command_line: Callable[[Sequence[str]], str],
) -> str:
    """Play the demo.

    Args:
        folder: Where; a new folder in the current one when not given.
        clock: The moment at which it plays.
        tell: Told of each step.
        command_line: Writes a command of ours as it can be given again.

    Returns:
        The report, in Dutch.

    Raises:
        WrongUseError: The folder is not empty.
    """
    started = time.monotonic()
    stage = _set_up(_base(folder))
    tell(f"[1/4] Raad en werkmap gemaakt in {stage.base}")
    _copy_all(shipped.config_folder() / "demo" / "inkomend", stage.root / Place.INKOMEND)
    with wiring.open_office(stage.root, stage.data, clock, works=True) as office:
        write_read_me(stage.root, office.council, office.workshop)
        service.work_once(office)
        tell("[2/4] Postbus en Inkomend verwerkt: gelezen, beoordeeld, opgeborgen of aangehouden")
        _lay_meeting_papers(stage)
        service.work_once(office)
        tell("[3/4] Agenda gelezen en bundels gemaakt")
        _approve(stage)
        _send_letter(stage)
        waiting = service.work_once(office)
        tell("[4/4] Goedgekeurde bundels en een brief verzonden")
        report = _report(stage, office, waiting, time.monotonic() - started)
        return f"{report}\n  Verder spelen:\n  {command_line(_once_more(stage))}"


# --- playing the secretary -------------------------------------------------------------


def _base(folder: Path | None) -> Path:
    if folder is not None:
        if folder.is_dir() and any(folder.iterdir()):
            raise WrongUseError(
                "not empty", wat=f"De map {folder} is niet leeg.", doe="Kies een lege of nieuwe map."
            )
        return folder.absolute()
    base, number = Path.cwd() / "stukkenstroom-demo", 2
    while base.exists():
        base, number = base.with_name(f"stukkenstroom-demo-{number}"), number + 1
    return base


def _set_up(base: Path) -> _Stage:
    demo = shipped.config_folder() / "demo"
    data = base / "dienst"
    files.write(data / "dienst.toml", _MACHINE.encode())
    made = make_werkmap(base / "werkmap", data, settings=demo)
    _copy_all(demo / "postbus", base / "postbus")
    return _Stage(base=base, root=made.root, data=data)


def _copy_all(source: Path, target: Path) -> None:
    """Copy a folder as a person would: file times are those of now."""
    with files.guarded():
        shutil.copytree(source, target, copy_function=shutil.copyfile, dirs_exist_ok=True)


def _lay_meeting_papers(stage: _Stage) -> None:
    """Lay the papers in the meeting folder, the minutes from the archive, and take over every proposal."""
    _copy_all(shipped.config_folder() / "demo" / "vergadering", stage.meeting)
    for minutes in (stage.root / Place.ARCHIEF).glob(f"*/*/{_MINUTES} *.docx"):
        with files.guarded():
            shutil.copyfile(minutes, stage.meeting / _MINUTES_ITEM / minutes.name)
    for proposal in sorted((stage.meeting / MeetingPlace.VOORSTEL).iterdir()):
        existing = stage.meeting / proposal.name
        if existing.is_dir():
            for paper in proposal.iterdir():
                files.move(paper, existing / paper.name)
            files.remove_folder_if_empty(proposal)
        else:
            shutil.move(proposal, existing)


def _approve(stage: _Stage) -> None:
    """Move every concept to ``Versturen/``."""
    for concept in (stage.meeting / MeetingPlace.BUNDEL).glob("*concept*.pdf"):
        files.move(concept, stage.meeting / MeetingPlace.VERSTUREN / concept.name)


def _send_letter(stage: _Stage) -> None:
    """Move one concept letter to ``Versturen/``, as the secretary does when she has read it."""
    concept = stage.root / Place.BRIEVEN_CONCEPT / _LETTER
    if concept.is_file():
        files.move(concept, stage.root / Place.BRIEVEN_VERSTUREN / concept.name)


_LETTER = "2026-0008 Ontvangstbevestiging - concept.docx"


# --- the report ------------------------------------------------------------------------


def _report(stage: _Stage, office: Office, waiting: tuple[str, ...], seconds: float) -> str:
    with office.journal.transaction() as ledger:
        filed, held, procedures = ledger.filed(), ledger.held(), running(ledger.procedures())
        concepts, dispatches = ledger.concepts(_MEETING), ledger.dispatches()
    labels = office.rulebook.labels
    others = [line for line in waiting if not line.startswith("Te beoordelen: ")]
    gone = [one for one in dispatches if one.state is DispatchState.VERZONDEN and one.file]
    editions = {one.plan.edition.name for one in concepts}
    sent = [one for one in gone if one.edition in editions]
    letters = [one for one in gone if one.edition not in editions]
    drafts = sorted(path.name for path in (stage.root / Place.BRIEVEN_CONCEPT).glob("*.docx"))
    paper = [one for one in dispatches if one.state is DispatchState.AFDRUK]
    way = (
        "LibreOffice"
        if office.workshop.converter.available
        else "de ingebouwde omzetter (zonder LibreOffice)"
    )
    blocks = (
        [f"Klaar in {seconds:.0f} seconden; Word-stukken zijn omgezet met {way}."],
        [
            f"Opgeborgen: {len(filed)} stukken",
            *(f"  {one.kenmerk}  {labels[one.kind]}: {one.title}" for one in filed),
        ],
        [
            f"Aangehouden voor u: {len(held)} stukken",
            *(f"  {one.place}\n      {one.verdict.reasons[0]}" for one in held),
        ],
        [
            f"Lopende procedures: {len({one.dossier for one, _ in procedures})}",
            *(f"  {one.dossier}  {_day(term.strict)}  {term.name}: {one.title}" for one, term in procedures),
        ],
        [
            f"Brieven van de raad: {len(drafts)} als concept, {len(letters)} verzonden",
            *(f"  concept   {name}" for name in drafts),
            *(f"  verzonden {one.file}, aan {one.to}" for one in letters),
        ],
        [
            f"Bundels voor {_MEETING}: {len(editions)} edities",
            *(
                f"  {one.plan.edition.name}: {one.pages} bladzijden, {len(one.papers)} stukken, "
                f"{len(one.placeholders)} niet leesbaar"
                for one in {two.plan.edition.name: two for two in concepts}.values()
            ),
        ],
        [f"Verzonden: {len(sent)} mails met vergaderstukken; op papier: {len(paper)}"],
        ["Ook dit wacht op u:", *(f"  {line}" for line in others)] if others else [],
        [
            "Kijk zelf:",
            f"  Werkmap          {stage.root}",
            f"  Bundels          {stage.meeting / MeetingPlace.VERSTUURD}",
            f"  Verzonden mail   {stage.base / 'verzonden mail'}",
            f"  Termijnen        {stage.root / Place.OVERZICHTEN / 'Termijnen.pdf'}",
            f"  Lopende zaken    {stage.root / Place.LOPEND}",
        ],
    )
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _once_more(stage: _Stage) -> tuple[str, ...]:
    return ("once", "--werkmap", str(stage.root), "--data", str(stage.data), "--now", NOW)


def _day(day: date | None) -> str:
    return dutch_date(day) if day else "nog te bepalen"
