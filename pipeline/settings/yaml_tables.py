"""Read the tables we ship as YAML: every fault is found and told in Dutch, none stops the reading.

Reads only the files it is asked for.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import yaml

from pipeline.errors import Problem
from pipeline.settings.law_tables import Checked
from pipeline.settings.problems import validate

CheckedModel = TypeVar("CheckedModel", bound=Checked)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(config: Path, file: str, problems: list[Problem]) -> dict[str, object]:
    """Parse a file; what cannot be read becomes a problem and an empty table."""
    try:
        parsed = yaml.load((config / file).read_bytes(), Loader=_Loader)  # noqa: S506  # a safe loader
    except OSError:
        problems.append(Problem(place=file, text="Dit bestand ontbreekt of is niet leesbaar; zet het terug."))
        return {}
    except yaml.YAMLError as fault:
        line = getattr(getattr(fault, "problem_mark", None), "line", 0) + 1
        text = "Dit is geen geldige YAML; kijk naar inspringing, dubbele punten en aanhalingstekens."
        problems.append(Problem(place=f"{file} regel {line}", text=text))
        return {}
    if isinstance(parsed, dict):
        return parsed
    problems.append(Problem(place=file, text="Dit bestand is leeg of geen tabel; zet het terug."))
    return {}


def read_whole(
    model: type[CheckedModel], config: Path, file: str, problems: list[Problem]
) -> CheckedModel | None:
    """Read a file as one table; None when it cannot be used."""
    table = parse_yaml(config, file, problems)
    if not table:
        return None
    return check_table(model, table, file, problems)


def check_table(
    model: type[CheckedModel], table: dict[str, object], place: str, problems: list[Problem]
) -> CheckedModel | None:
    """Check the shape of a table, then whether its fields fit together."""
    found, faults = validate(model, table, place)
    problems += faults
    if found is not None:
        problems += [Problem(place=place, text=text) for text in found.faults()]
    return found


def check_rows(
    model: type[CheckedModel], table: dict[str, object], file: str, key: str, problems: list[Problem]
) -> list[CheckedModel]:
    """Check the rows of a list one by one, so that a fault names the id of its row."""
    rows = table.get(key, [])
    if table and not (isinstance(rows, list) and rows):
        problems.append(
            Problem(place=f"{file} [{key}]", text="Hier hoort een lijst met ten minste één regel.")
        )
        return []
    found = []
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        if not isinstance(row, dict):
            problems.append(Problem(place=f"{file} [{key} {number}]", text="Deze regel is geen tabel."))
            continue
        checked = check_table(model, row, f"{file} {row.get('id', f'regel {number}')}", problems)
        found += [checked] if checked else []
    return found


def unknown_keys(table: Mapping[str, object], known: tuple[str, ...], file: str) -> list[Problem]:
    """Report every key of a file that it may not have."""
    text = f"Deze sleutel bestaat niet. Bedoelde u: {' of '.join(known)}?"
    return [Problem(place=f"{file} [{key}]", text=text) for key in table if key not in known]


def doubled_ids(ids: Iterable[str], file: str) -> list[Problem]:
    """Report every id that stands in a file more than once."""
    return [
        Problem(place=f"{file} {name}", text=f"Dit id staat er {count} keer; houd er één.")
        for name, count in Counter(ids).items()
        if count > 1
    ]
