"""``config/soorten.yaml`` -> the rules by which papers are recognised; all problems at once.

May touch: the configuration folder, reading only.
"""

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.classify.rules import Cue, KindRule, KindRules, PhraseError, Subkind, Where, Writer, make_cue
from pipeline.errors import Problem, SettingsError
from pipeline.values import Kind

FILE_NAME = "soorten.yaml"

_Weight = Annotated[float, Field(ge=-10, le=10)]
_Cues = dict[str, _Weight]
_FORBIDDEN_IN_NAMES = '<>:"/\\|?*'


class _SubkindRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    volgt: Literal["", "advies", "instemming"]
    titel: _Cues = {}
    begin: _Cues = {}
    tekst: _Cues = {}
    slot: _Cues = {}


class _KindRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Kind
    naam: str = Field(min_length=1, max_length=60)
    map: str = Field(min_length=1, max_length=60)
    titelwoord: str = Field(min_length=1, max_length=40)
    start: bool
    schrijver: Writer
    aard: Literal["handeling", "onderwerp", "document"]
    titel: _Cues = {}
    begin: _Cues = {}
    tekst: _Cues = {}
    slot: _Cues = {}
    onderverdeling: tuple[_SubkindRow, ...] = ()


class _KindsFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    soorten: tuple[_KindRow, ...]


def load_kinds(folder: Path) -> KindRules:
    """Read the kinds, in the order of ``Kind``.

    Args:
        folder: The configuration folder that holds ``soorten.yaml``.

    Returns:
        One rule per kind; every kind exactly once.

    Raises:
        SettingsError: The file is missing, is not YAML, or holds mistakes; names all of them.
    """
    rows = _read(folder / FILE_NAME).soorten
    problems: list[Problem] = [*_missing_and_double(rows), *_bad_folders(rows)]
    rules = [_rule(row, problems) for row in rows]
    if problems:
        raise SettingsError(tuple(problems))
    order = list(Kind)
    return KindRules.of(sorted(rules, key=lambda rule: order.index(rule.kind)))


def _read(path: Path) -> _KindsFile:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return _KindsFile.model_validate(raw)
    except OSError as error:
        raise SettingsError(
            (Problem(place=FILE_NAME, text="Dit bestand ontbreekt of is niet te lezen."),)
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError((Problem(place=FILE_NAME, text="Dit is geen geldig YAML-bestand."),)) from error
    except ValidationError as error:
        raise SettingsError(
            tuple(_problem(raw, item["loc"], item["type"]) for item in error.errors())
        ) from error


def _problem(raw: object, place: tuple[int | str, ...], reason: str) -> Problem:
    texts = {
        "missing": "Deze instelling ontbreekt.",
        "extra_forbidden": "Deze instelling bestaat niet.",
        "enum": "Deze waarde bestaat niet.",
        "literal_error": "Deze waarde bestaat niet.",
        "bool_parsing": "Vul ja of nee in.",
        "float_parsing": "Vul een getal in.",
        "float_type": "Vul een getal in.",
        "less_than_equal": "Het gewicht is ten hoogste 10.",
        "greater_than_equal": "Het gewicht is ten minste -10.",
        "string_too_short": "Vul hier iets in.",
        "string_too_long": "Deze tekst is te lang.",
    }
    return Problem(place=_place(raw, place), text=texts.get(reason, "Deze waarde is niet bruikbaar."))


def _place(raw: object, place: tuple[int | str, ...]) -> str:
    """Name a kind by its id where it has one: ``soorten.yaml [agenda] titel``."""
    names: list[str] = []
    here = raw
    for step in place:
        try:
            here = here[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            here = None
        name = here.get("id") if isinstance(step, int) and isinstance(here, dict) else step
        names.append(f"[{name}]" if isinstance(step, int) else str(name))
    return " ".join([FILE_NAME, *names[1:]]) if len(names) > 1 else " ".join([FILE_NAME, *names])


def _missing_and_double(rows: tuple[_KindRow, ...]) -> list[Problem]:
    ids = [row.id for row in rows]
    missing = [kind for kind in Kind if kind not in ids]
    double = sorted({kind for kind in ids if ids.count(kind) > 1})
    return [
        *(Problem(place=FILE_NAME, text=f"De soort {kind} ontbreekt.") for kind in missing),
        *(
            Problem(place=FILE_NAME, text=f"De soort {kind} staat er meer dan één keer in.")
            for kind in double
        ),
    ]


def _bad_folders(rows: tuple[_KindRow, ...]) -> list[Problem]:
    names = [row.map.casefold() for row in rows]
    return [
        Problem(place=f"{FILE_NAME} [{row.id}] map", text="Deze mapnaam kan niet of komt twee keer voor.")
        for row in rows
        if names.count(row.map.casefold()) > 1
        or row.map != row.map.strip(" .")
        or any(character in _FORBIDDEN_IN_NAMES or ord(character) < ord(" ") for character in row.map)
    ]


def _rule(row: _KindRow, problems: list[Problem]) -> KindRule:
    return KindRule(
        kind=row.id,
        label=row.naam,
        folder=row.map,
        title_word=row.titelwoord,
        starts_procedure=row.start,
        writer=row.schrijver,
        is_act=row.aard == "handeling",
        is_document=row.aard == "document",
        cues=_cues(row, f"{FILE_NAME} [{row.id}]", problems),
        subkinds=tuple(
            Subkind(
                id=part.id,
                follows=part.volgt,
                cues=_cues(part, f"{FILE_NAME} [{row.id}] [{part.id}]", problems),
            )
            for part in row.onderverdeling
        ),
    )


def _cues(row: _KindRow | _SubkindRow, place: str, problems: list[Problem]) -> tuple[Cue, ...]:
    tables = (
        (Where.TITEL, row.titel),
        (Where.BEGIN, row.begin),
        (Where.TEKST, row.tekst),
        (Where.SLOT, row.slot),
    )
    cues: list[Cue] = []
    for where, table in tables:
        for phrase, weight in table.items():
            try:
                cues.append(make_cue(phrase, weight, where))
            except PhraseError as error:
                problems.append(
                    Problem(place=f"{place} {where}", text=f"Deze aanwijzing klopt niet: {error}.")
                )
    return tuple(cues)
