"""Brings settings and edges together into an ``Office``; the only place that builds edges.

Heavy libraries are imported inside the functions that need them, so that ``--help`` is quick.
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import platformdirs

from pipeline.bundle.apply import Workshop
from pipeline.dates import HolidayPeriod, SchoolHolidays
from pipeline.edges import files, shipped
from pipeline.edges.originals import Originals
from pipeline.edges.werkmap import Werkmap, read_marker
from pipeline.errors import ListUnreadableError, Problem, SettingsError
from pipeline.office import Office, Rulebook
from pipeline.ports import Clock, Transport
from pipeline.settings.council import CouncilSettings, load_council
from pipeline.settings.kinds import load_kinds
from pipeline.settings.law import load_law, load_rights
from pipeline.settings.machine import Machine, load_machine
from pipeline.values import Place

APPLICATION = "stukkenstroom"


def data_folder(given: Path | None, werkmap: Path) -> Path:
    """Find the service's own data folder of a werkmap.

    Args:
        given: What the command line says; wins over the environment.
        werkmap: The werkmap; its marker names the default folder.
    """
    if given is not None:
        return given
    named = os.environ.get("STUKKENSTROOM_DATA")
    return Path(named) if named else _user_data() / read_marker(werkmap).uuid


def _user_data() -> Path:
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def installation(data: Path) -> str:
    """Read the id of this installation from its data folder; made when there is none."""
    path = data / "installatie"
    if not path.is_file():
        files.write(path, str(uuid.uuid4()).encode())
    return path.read_text("utf-8").strip()


def machine_settings(data: Path) -> Machine:
    """Read the machine file: of this data folder, of the user, or of the machine."""
    user = Path(platformdirs.user_config_dir(APPLICATION, appauthor=False))
    return load_machine(
        (data / "dienst.toml", user / "dienst.toml", Path("/etc/stukkenstroom/dienst.toml")), data
    )


def council_settings(werkmap: Path) -> CouncilSettings:
    """Read raad.toml and reglement.toml of a werkmap."""
    folder = werkmap / Place.INSTELLINGEN
    bylaws = folder / "reglement.toml"
    return load_council(folder / "raad.toml", bylaws if bylaws.is_file() else None)


@contextmanager
def open_office(root: Path, data: Path, clock: Clock, *, works: bool) -> Iterator[Office]:
    """Open the desk of a council.

    Args:
        root: The werkmap.
        data: The service's data folder.
        clock: The legal clock.
        works: True for the one process that works; False only looks.

    Raises:
        SettingsError: With every problem in the settings.
        WerkmapAwayError: There is no marker.
        ForeignWerkmapError: Another installation owns the werkmap.
        AlreadyRunningError: Another process works here.
    """
    from pipeline.edges import excel  # noqa: PLC0415
    from pipeline.edges.calendar_file import deadlines_calendar  # noqa: PLC0415
    from pipeline.edges.journal import SqliteJournal  # noqa: PLC0415
    from pipeline.edges.mail.opening import open_up  # noqa: PLC0415
    from pipeline.edges.postbus import PostbusFolder  # noqa: PLC0415
    from pipeline.edges.reading import read  # noqa: PLC0415

    settings, machine = council_settings(root), machine_settings(data)
    werkmap = Werkmap(root, installation(data), machine.settle_seconds)
    werkmap.check()
    book = rulebook(settings, root, data)
    with ExitStack() as stack:
        journal = SqliteJournal(data, clock)
        stack.callback(journal.close)
        if works:
            journal.take_over()
            files.make_folder(machine.postbus)
            werkmap.make_folders(tuple(book.folders.values()))
        yield Office(
            council=settings.council,
            rulebook=book,
            clock=clock,
            domains=machine.domains,
            data=data,
            werkmap=werkmap,
            postbus=PostbusFolder(folder=machine.postbus),
            opener=open_up,
            reader=read,
            originals=Originals(data / "originelen"),
            disk=files,
            lists=excel,
            calendar_file=deadlines_calendar,
            workshop=stack.enter_context(open_workshop(data, root / Place.SJABLONEN)),
            transport=_transport(machine),
            journal=journal,
        )


def rulebook(settings: CouncilSettings, root: Path, data: Path) -> Rulebook:
    """Read what papers are judged by and terms are counted with."""
    config = shipped.config_folder()
    law = load_law(config)
    own = _own_holidays(root / Place.INSTELLINGEN / "rooster.xlsx", data / "lijsten" / "rooster.xlsx")
    return Rulebook(
        kinds=load_kinds(config),
        rights=load_rights(config),
        terms=settings.terms,
        calendar=law.calendar,
        holidays=own or law.school_holidays.get(settings.council.region),
    )


def _own_holidays(rooster: Path, last_valid: Path) -> SchoolHolidays | None:
    """Read the school's own holidays; they count above those of the region."""
    from pipeline.edges import excel  # noqa: PLC0415

    try:
        rows = excel.read_school_holidays(rooster)
    except ListUnreadableError:
        rows = excel.read_school_holidays(last_valid)
    if not rows:
        return None
    periods = tuple(
        HolidayPeriod(name=name, first=first, last=last, obligatory=True)
        for name, first, last in sorted(rows, key=_first)
    )
    return SchoolHolidays(
        periods=periods,
        region="",
        covered_from=_school_year_start(periods[0].first),
        covered_to=_school_year_start(periods[-1].first + timedelta(days=366)) - timedelta(days=1),
        own_rooster=True,
    )


def _first(row: tuple[str, date, date]) -> date:
    return row[1]


def _school_year_start(day: date) -> date:
    """Give 1 August of the school year a day falls in."""
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)  # noqa: PLR2004  # August


@contextmanager
def open_workshop(data: Path, own_templates: Path | None) -> Iterator[Workshop]:
    """Open what bundles are made with; LibreOffice starts when it is first needed.

    Args:
        data: Folder for the cache and the converter's private files.
        own_templates: The council's own templates; need not exist.
    """
    from pipeline.edges import pdf  # noqa: PLC0415
    from pipeline.edges.office import Converter  # noqa: PLC0415
    from pipeline.edges.templates import Templates  # noqa: PLC0415

    work = data / "werk"
    files.make_folder(work)
    with Converter(work=work) as converter:
        yield Workshop(
            converter=converter,
            templates=Templates(shipped.templates_folder(), own_templates),
            pdf=pdf,
            disk=files,
            cache=data / "omgezet",
        )


def _transport(machine: Machine) -> Transport:
    if machine.transport == "map":
        from pipeline.edges.outbox import OutboxFolder  # noqa: PLC0415

        files.make_folder(machine.outbox)
        return OutboxFolder(machine.outbox)
    from pipeline.edges.smtp import Security, SmtpTransport  # noqa: PLC0415

    return SmtpTransport(
        host=machine.smtp_host,
        port=machine.smtp_port,
        security=Security(machine.smtp_security),
        user=machine.smtp_user,
        password_env=machine.smtp_password_variable,
    )


@contextmanager
def watching(root: Path, data: Path, wake: Event) -> Iterator[None]:
    """Set ``wake`` whenever something changes in the werkmap or the mailbox; only a hint, never the truth."""
    from pipeline.edges.watching import watch  # noqa: PLC0415

    postbus = machine_settings(data).postbus
    places = tuple(
        root / place
        for place in (Place.INKOMEND, Place.TE_BEOORDELEN, Place.VERGADERINGEN, Place.INSTELLINGEN)
    )
    with watch((*places, postbus), wake.set):
        yield


def check_settings(root: Path, data: Path) -> None:
    """Read every settings file, so that all problems are told at once.

    Raises:
        SettingsError: With the problems of all files.
    """
    problems: list[Problem] = []
    for load in (lambda: council_settings(root), lambda: machine_settings(data)):
        try:
            load()
        except SettingsError as fault:
            problems += fault.problems
    if problems:
        raise SettingsError(tuple(problems))
