"""Brings settings and edges together into an ``Office``; it and ``mail_wiring`` alone build edges.

Heavy libraries are imported inside the functions that need them, so that ``--help`` is quick.
"""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import platformdirs

from pipeline import mail_wiring as mail
from pipeline.bundle.apply import Workshop
from pipeline.classify.citations import CatalogueRight
from pipeline.dates import HolidayPeriod, SchoolHolidays, legal_day
from pipeline.edges import files, shipped
from pipeline.edges.originals import Originals
from pipeline.edges.texts import Texts
from pipeline.edges.werkmap import Werkmap, read_marker
from pipeline.errors import ListUnreadableError, Problem, SettingsError
from pipeline.office import Office, Rulebook, no_warning
from pipeline.ports import Clock, Learner
from pipeline.settings import samples
from pipeline.settings.checklist import load_checklist
from pipeline.settings.council import CouncilSettings, load_council
from pipeline.settings.kinds import load_kinds
from pipeline.settings.law import Law, load_law, load_rights
from pipeline.settings.machine import Machine, load_machine
from pipeline.settings.own_law import load_own_law
from pipeline.settings.own_rights import own_rights
from pipeline.settings.procedures import load_procedures
from pipeline.values import LabelledText, Place

APPLICATION = "stukkenstroom"
MODEL = "leermodel.json"
"""Shipped model, in the configuration folder."""


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
    from pipeline.edges.mail.draft import draft  # noqa: PLC0415
    from pipeline.edges.ocr import ScanReader  # noqa: PLC0415
    from pipeline.edges.passwords import read_passwords  # noqa: PLC0415
    from pipeline.edges.sandbox import CouncilReader, shared_workers  # noqa: PLC0415
    from pipeline.edges.sandbox.pdf_tools import SandboxedPacker  # noqa: PLC0415

    settings, machine = council_settings(root), machine_settings(data)
    werkmap = Werkmap(root, installation(data), machine.settle_seconds)
    werkmap.check()
    texts = Texts(data / "teksten")
    book = rulebook(settings, root, data, legal_day(clock()))
    passwords, wrong = read_passwords(machine.passwords_file)
    book = replace(book, trouble=(*book.trouble, wrong)) if wrong else book
    account = mail.microsoft(machine, data)
    workers = shared_workers()
    reader = CouncilReader(workers=workers, passwords=passwords)
    with ExitStack() as stack:
        journal = SqliteJournal(data, clock)
        stack.callback(journal.close)
        if works:
            journal.take_over()
            werkmap.make_folders(tuple(book.folders.values()))
        yield Office(
            council=settings.council,
            rulebook=book,
            clock=clock,
            domains=machine.domains,
            largest_mail_mb=machine.largest_mail_mb,
            joint=machine.joint,
            mail_from=machine.mailbox.since,
            data=data,
            werkmap=werkmap,
            postbus=mail.postbus(machine, account, werkmap.is_complete, stack, works=works),
            drops=mail.drops(machine, account),
            opener=workers.open_up,
            reader=ScanReader(plain=reader.read, render=reader.render, texts=texts),
            originals=Originals(data / "originelen"),
            texts=texts,
            disk=files,
            lists=excel,
            calendar_file=deadlines_calendar,
            binder=workers.bind,
            workshop=stack.enter_context(open_workshop(data, root / Place.SJABLONEN, passwords)),
            packer=SandboxedPacker(workers=workers),
            transport=mail.transport(machine, account),
            drafter=draft,
            journal=journal,
            servers=machine.servers,
            learner=learner(data),
            samples=shipped_samples,
            links=machine.links,
            link_days=machine.link_days,
            access_warning=account.access_warning if account else no_warning,
        )


def learner(data: Path | None) -> Learner:
    """Give what was learned: by the council of this data folder, else what is shipped."""
    from pipeline.edges.learning import Learner as OwnLearner  # noqa: PLC0415

    shipped_model = shipped.config_folder() / MODEL
    return OwnLearner(data / "geleerd" if data else None, shipped_model)


def shipped_samples() -> tuple[tuple[LabelledText, ...], tuple[LabelledText, ...]]:
    """Read the shipped samples: those to learn from, and those kept apart."""
    folder = shipped.config_folder() / samples.FOLDER
    return samples.load_samples(folder / samples.LEARN), samples.load_samples(folder / samples.APART)


def rulebook(settings: CouncilSettings, root: Path, data: Path, today: date) -> Rulebook:
    """Read what papers are judged by and procedures are worked out with."""
    config = shipped.config_folder()
    law, rights = _law(settings, root, today)
    own, trouble = _own_holidays(root, data)
    return Rulebook(
        kinds=load_kinds(config),
        rights=tuple(right for right in rights if right.is_valid_on(today)),
        catalogue=law.terms,
        text_read=law.text_read,
        definitions=load_procedures(config, law.terms),
        checklist=load_checklist(config),
        terms=settings.terms,
        calendar=law.calendar,
        holidays=own or law.school_holidays.get(settings.council.region),
        trouble=trouble,
    )


def _law(settings: CouncilSettings, root: Path, today: date) -> tuple[Law, tuple[CatalogueRight, ...]]:
    """Read the law, with what somebody of the council read in the official text, and her own rights."""
    config, raised = shipped.config_folder(), root / Place.INSTELLINGEN / "wet.toml"
    law, rights = load_own_law(
        raised if raised.is_file() else None, load_law(config), load_rights(config), today
    )
    return law, (*rights, *own_rights(settings.rights, settings.council.regime, law.terms))


def _own_holidays(root: Path, data: Path) -> tuple[SchoolHolidays | None, tuple[str, ...]]:
    """Read the school's own holidays, of rooster.xlsx or else rooster.ics; they count above the region's.

    Returns:
        The holidays; and in Dutch what is wrong in rooster.ics. Of rooster.xlsx whoever reads its
        meetings tells.
    """
    from pipeline.edges import excel  # noqa: PLC0415
    from pipeline.edges.rooster_ics import read_school_holidays_ics  # noqa: PLC0415

    readers = (("rooster.xlsx", excel.read_school_holidays), ("rooster.ics", read_school_holidays_ics))
    trouble: tuple[str, ...] = ()
    for name, read in readers:
        rows, why = _last_valid(root / Place.INSTELLINGEN / name, data / "lijsten" / name, read)
        trouble = (why,) if why and name.endswith(".ics") else ()
        if rows:
            return _as_rooster(rows), trouble
    return None, trouble


def _last_valid(
    path: Path, kept: Path, read: Callable[[Path], tuple[tuple[str, date, date], ...]]
) -> tuple[tuple[tuple[str, date, date], ...], str]:
    """Read a list of holidays; while it cannot be read, the last valid one, with the reason in Dutch."""
    if not path.is_file():
        return (), ""
    try:
        rows = read(path)
    except ListUnreadableError as fault:
        return (read(kept) if kept.is_file() else ()), f"{fault.wat.strip()} {fault.doe}"
    if rows and path.suffix == ".ics":
        files.copy(path, kept, files.sha256_of(path))
    return rows, ""


def _as_rooster(rows: tuple[tuple[str, date, date], ...]) -> SchoolHolidays:
    periods = tuple(
        HolidayPeriod(name=f"{name[:1].lower()}{name[1:]}", first=first, last=last, obligatory=True)
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
def open_workshop(
    data: Path, own_templates: Path | None, passwords: tuple[str, ...] = ()
) -> Iterator[Workshop]:
    """Open what bundles are made with; LibreOffice starts when it is first needed.

    Args:
        data: Folder for the cache and the converter's private files.
        own_templates: The council's own templates; need not exist.
        passwords: Those the council knows of locked papers.
    """
    from pipeline.edges.office import Converter  # noqa: PLC0415
    from pipeline.edges.sandbox import shared_workers  # noqa: PLC0415
    from pipeline.edges.sandbox.pdf_tools import SandboxedPdf  # noqa: PLC0415
    from pipeline.edges.templates import Templates  # noqa: PLC0415

    work = data / "werk"
    files.make_folder(work)
    with Converter(work=work) as converter:
        yield Workshop(
            converter=converter,
            templates=Templates(shipped.templates_folder(), own_templates),
            pdf=SandboxedPdf(workers=shared_workers(), passwords=passwords),
            disk=files,
            cache=data / "omgezet",
        )


_WATCHED = (
    Place.INKOMEND,
    Place.TE_BEOORDELEN,
    Place.LOPEND,
    Place.BRIEVEN,
    Place.VERGADERINGEN,
    Place.INSTELLINGEN,
)


@contextmanager
def watching(root: Path, data: Path, wake: Event) -> Iterator[None]:
    """Set ``wake`` whenever something changes in the werkmap or the mailbox; only a hint, never the truth."""
    from pipeline.edges.watching import watch  # noqa: PLC0415

    machine = machine_settings(data)
    places = tuple(root / place for place in _WATCHED)
    with ExitStack() as stack:
        stack.enter_context(mail.waiting_for_mail(machine, mail.microsoft(machine, data), wake.set))
        own = (machine.mailbox.folder,) if machine.mailbox.sort == "map" else ()
        stack.enter_context(watch((*places, *own), wake.set))
        yield


def check_settings(root: Path, data: Path, today: date) -> None:
    """Read every settings file, so that all problems are told at once.

    Args:
        root: The werkmap.
        data: The service's data folder.
        today: Legal day; what was read of the law cannot have been read later.

    Raises:
        SettingsError: With the problems of all files.
    """
    problems: list[Problem] = []
    for load in (
        lambda: _law(council_settings(root), root, today),
        lambda: load_procedures(shipped.config_folder(), load_law(shipped.config_folder()).terms),
        lambda: machine_settings(data),
    ):
        try:
            load()
        except SettingsError as fault:
            problems += fault.problems
    if problems:
        raise SettingsError(tuple(problems))
