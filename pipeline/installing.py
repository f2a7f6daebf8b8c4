"""Make a new werkmap: its marker, folders, settings with comments and lists; and its ``LEES MIJ.pdf``."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline import wiring
from pipeline.bundle.apply import Workshop, pages_of_document
from pipeline.contexts import ReadMeContext
from pipeline.edges import files, shipped
from pipeline.edges.werkmap import find_werkmap, write_marker
from pipeline.errors import WrongUseError
from pipeline.settings.kinds import load_kinds
from pipeline.values import Council, Place

_FILES = (
    ("raad.example.toml", "raad.toml"),
    ("reglement.example.toml", "reglement.toml"),
    ("leden.example.xlsx", "leden.xlsx"),
    ("rooster.example.xlsx", "rooster.xlsx"),
)
_RAISED = ("wet.example.toml", "wet.toml")
"""What somebody read in the official text of the law; in every werkmap, as an explained example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeWerkmap:
    """A new werkmap and the data folder of the service that looks after it."""

    root: Path
    data: Path


def make_werkmap(root: Path, data: Path | None, settings: Path | None = None) -> MadeWerkmap:
    """Make a werkmap.

    Args:
        root: Its folder; made when missing, must be empty.
        data: Data folder of the service; by default the user's own, named after the werkmap.
        settings: Folder with the four settings files; by default the examples.

    Raises:
        WrongUseError: The folder holds something already, or lies in a werkmap.
    """
    if find_werkmap(root) is not None:
        raise WrongUseError(
            "inside a werkmap", wat=f"{root} is al (een deel van) een werkmap.", doe="Kies een andere map."
        )
    if root.is_dir() and any(root.iterdir()):
        raise WrongUseError(
            "not empty", wat=f"De map {root} is niet leeg.", doe="Kies een lege of nieuwe map."
        )
    files.make_folder(root)
    _write_settings(root / Place.INSTELLINGEN, settings)
    write_marker(root, "")
    folder = wiring.data_folder(data, root).absolute()
    write_marker(root, wiring.installation(folder))
    for place in Place:
        files.make_folder(root / place)
    for rule in load_kinds(shipped.config_folder()):
        files.make_folder(root / Place.TE_BEOORDELEN / rule.folder)
    return MadeWerkmap(root=root, data=folder)


def _write_settings(target: Path, settings: Path | None) -> None:
    files.make_folder(target)
    chosen = [
        (settings / name if settings else shipped.config_folder() / example, name) for example, name in _FILES
    ]
    for source, name in (*chosen, (shipped.config_folder() / _RAISED[0], _RAISED[1])):
        with files.guarded():
            shutil.copyfile(source, target / name)


def write_read_me(root: Path, council: Council, workshop: Workshop) -> None:
    """Write ``LEES MIJ.pdf`` for the council of a werkmap."""
    minutes = council.pause_minutes
    pause = f"{minutes} {'minuut' if minutes == 1 else 'minuten'}" if minutes else ""
    files.make_folder(workshop.cache)
    filled = workshop.cache / "leesmij.docx"
    workshop.templates.render("leesmij", ReadMeContext(raad=council.name, bedenktijd=pause), filled)
    made = pages_of_document(filled, workshop)
    files.copy(made, root / "LEES MIJ.pdf", files.sha256_of(made))
