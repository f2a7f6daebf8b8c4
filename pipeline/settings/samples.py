"""``config/voorbeelden/*/*.txt`` -> labelled texts; every mistake at once.

A sample is a head of ``sleutel: waarde`` lines, a line ``---``, and the text as it came. May touch:
the configuration folder, reading only.
"""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field

from pipeline.errors import Problem, SettingsError
from pipeline.settings.problems import Table, validate
from pipeline.values import Kind, LabelledText, Road, SenderRole

FOLDER = "voorbeelden"
LEARN, APART = "leren", "apart"
"""Sub-folders: what is learned from, and what is kept apart to try a model on."""
_RULE = "\n---\n"
_ROLES = {"map": SenderRole.SECRETARIS_MAP}


class _Head(Table):
    """The head of a sample, all of it text."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)

    soort: Kind
    familie: str = Field(min_length=1)
    organ: Literal["mr", "gmr", "cmr", "or", "clientenraad"]
    regime: Literal["wms-po", "wms-vo", "wms-so", "wor", "wmcz"]
    raad: str = Field(min_length=1)
    bestuur: str = Field(min_length=1)
    weg: Road
    van: Literal["bevoegd_gezag", "raad", "bekend", "onbekend", "map"]
    onderwerp: str = ""
    bestand: str = ""
    datum: date
    verzendlijst: Literal["ja", "nee"]
    start: Literal["ja", "nee", "vraag"]
    beoordelen: Literal["ja", "nee", "mag"]
    antwoord: date | Literal["-"]
    paar: str
    uitleg: str = Field(min_length=1)


def load_samples(folder: Path) -> tuple[LabelledText, ...]:
    """Read the labelled texts of a folder, by name.

    Args:
        folder: Holds ``<soort>-<nr>-<slug>.txt`` files.

    Raises:
        SettingsError: With every mistake in them.
    """
    problems: list[Problem] = []
    read = [_sample(path, problems) for path in sorted(folder.glob("*.txt"))]
    if problems:
        raise SettingsError(tuple(problems))
    return tuple(sample for sample in read if sample is not None)


def _sample(path: Path, problems: list[Problem]) -> LabelledText | None:
    head, _, text = path.read_text(encoding="utf-8").partition(_RULE)
    if not text.strip():
        problems.append(Problem(place=path.name, text="Onder de regel --- staat geen tekst."))
        return None
    lines = (line.partition(":") for line in head.splitlines())
    table: dict[str, object] = {key.strip(): value.strip() for key, _, value in lines}
    row, mistakes = validate(_Head, table, path.name)
    problems += mistakes
    return None if row is None else _labelled(path.name, row, text)


def _labelled(name: str, row: _Head, text: str) -> LabelledText:
    return LabelledText(
        name=name,
        kind=row.soort,
        family=row.familie,
        organ=row.organ,
        regime=row.regime,
        council=row.raad,
        board=row.bestuur,
        road=row.weg,
        role=_ROLES.get(row.van) or SenderRole(row.van),
        subject=row.onderwerp,
        file_name=row.bestand,
        day=row.datum,
        bulk=row.verzendlijst == "ja",
        starts=row.start,
        review=row.beoordelen,
        pair="" if row.paar == "-" else row.paar,
        text=text,
    )
