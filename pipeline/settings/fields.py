"""Kinds of fields that the council's own settings files share, and how such a file is read.

Reads the one file it is given.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import pydantic
from pydantic import Field

from pipeline.errors import Problem
from pipeline.settings.problems import Model, read_toml, validate


def _day(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("Schrijf hier een bestaande dag zonder aanhalingstekens, bijvoorbeeld 2026-11-03.")


Text = Annotated[str, Field(min_length=1)]
Day = Annotated[date, pydantic.BeforeValidator(_day)]


def read_settings(model: type[Model], path: Path) -> tuple[Model | None, tuple[Problem, ...]]:
    """Read a settings file and check it against its model.

    Returns:
        The model and no problems, or None and every problem found.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return None, (
            Problem(place=path.name, text="Dit bestand ontbreekt; stukkenstroom init maakt een voorbeeld."),
        )
    except UnicodeDecodeError:
        return None, (Problem(place=path.name, text="Sla dit bestand op als UTF-8."),)
    table, problems = read_toml(text, path.name)
    return (None, problems) if problems else validate(model, table, path.name)
