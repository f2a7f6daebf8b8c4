"""Turn what pydantic and tomllib find wrong into Dutch problems with their place.

Pure: takes a parsed table and a model, gives the model or every problem at once.
"""

import difflib
import re
import tomllib
from typing import TypeVar

import pydantic

from pipeline.errors import Problem

Model = TypeVar("Model", bound=pydantic.BaseModel)


class Table(pydantic.BaseModel):
    """Base of every settings table: unknown keys are faults, nothing is converted silently."""

    model_config = pydantic.ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


def read_toml(text: str, file: str) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """Parse TOML; a syntax fault becomes one problem that names the place."""
    try:
        return tomllib.loads(text), ()
    except tomllib.TOMLDecodeError as fault:
        return {}, (Problem(place=file, text=_syntax(str(fault), text)),)


def _syntax(fault: str, text: str) -> str:
    """Say where a file stops being TOML; of what is wrong there tomllib tells only in English."""
    found = _AT.search(fault)
    lines = text.splitlines()
    number = int(found[1]) if found else len(lines)
    empty = _NO_VALUE.fullmatch(lines[number - 1]) if 0 < number <= len(lines) else None
    if empty:
        return f"Regel {number}: achter '{empty[1]} =' staat niets. Vul het in, of zet een # voor de regel."
    if found is None:
        return "Aan het einde ontbreekt iets, bijvoorbeeld een aanhalingsteken of een haak."
    return f"Regel {number} is niet goed geschreven (bij teken {found[2]})."


_NO_VALUE = re.compile(r"\s*([\w.-]+)\s*=\s*(?:#.*)?")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


def validate(
    model: type[Model], table: dict[str, object], file: str
) -> tuple[Model | None, tuple[Problem, ...]]:
    """Check a table against its model.

    Args:
        model: What the table must look like.
        table: The parsed table.
        file: Name of the file, for the messages.

    Returns:
        The model and no problems, or None and every problem found.
    """
    try:
        return model.model_validate(table), ()
    except pydantic.ValidationError as fault:
        errors = fault.errors(include_url=False, include_context=True)
        return None, tuple(_problem(file, error, model) for error in errors)


def _problem(file: str, error: object, model: type[pydantic.BaseModel]) -> Problem:
    assert isinstance(error, dict)  # noqa: S101  # pydantic gives ErrorDetails, a TypedDict
    place = tuple(error["loc"])
    return Problem(place=f"{file} {_spell(place)}".rstrip(), text=_explain(error, place, model))


def _spell(place: tuple[int | str, ...]) -> str:
    """Spell a place as a person finds it: ``[relaties 3].e-mail``; empty for the file as a whole."""
    if not place:
        return ""
    *tables, key = place
    names = [f"{step + 1}" if isinstance(step, int) else step for step in tables]
    if isinstance(key, int):
        return f"[{' '.join([*names, str(key + 1)])}]"
    return f"[{' '.join(names)}].{key}" if names else f"[{key}]"


def _explain(error: dict[str, object], place: tuple[int | str, ...], model: type[pydantic.BaseModel]) -> str:
    kind = str(error["type"])
    if kind == "extra_forbidden":
        return f"Deze instelling bestaat niet.{_suggest(str(place[-1]), _known_keys(model, place))}"
    if kind == "missing":
        return "Deze instelling ontbreekt; vul haar in."
    if kind in ("literal_error", "enum"):
        context = error.get("ctx")
        expected = str(context.get("expected", "")) if isinstance(context, dict) else ""
        return f"Deze waarde is niet toegestaan. Kies uit: {expected.replace(' or ', ' of ')}."
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    return f"{_TYPES.get(kind, 'Deze waarde is niet van de goede soort')} (er staat: {error['input']!r})."


_TYPES = {
    "string_type": "Hier hoort tekst tussen aanhalingstekens",
    "int_type": "Hier hoort een geheel getal",
    "int_from_float": "Hier hoort een geheel getal",
    "bool_type": "Hier hoort true of false",
    "list_type": "Hier hoort een lijst tussen rechte haken",
    "tuple_type": "Hier hoort een lijst tussen rechte haken",
    "date_type": "Hier hoort een datum zonder aanhalingstekens, zoals 2027-01-01",
    "dict_type": "Hier hoort een eigen blok",
    "model_type": "Hier hoort een eigen blok",
    "greater_than_equal": "Dit getal is te klein",
    "greater_than": "Dit getal is te klein",
    "less_than_equal": "Dit getal is te groot",
    "string_too_short": "Deze tekst mag niet leeg zijn",
}


def _suggest(key: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(key, known, n=2, cutoff=0.5) or list(known)
    return f" Bedoelde u {_or(near)}?" if near else ""


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"een van: {', '.join(words)}"


def _known_keys(model: type[pydantic.BaseModel], place: tuple[int | str, ...]) -> tuple[str, ...]:
    """Find the legal keys of the table in which a fault stands."""
    current: type[pydantic.BaseModel] | None = model
    for step in place[:-1]:
        if isinstance(step, str) and current is not None:
            current = _table_of(current, step)
    if current is None:
        return ()
    return tuple(info.alias or name for name, info in current.model_fields.items())


def _table_of(model: type[pydantic.BaseModel], key: str) -> type[pydantic.BaseModel] | None:
    for name, info in model.model_fields.items():
        if key in (name, info.alias):
            return _first_model(info.annotation)
    return None


def _first_model(annotation: object) -> type[pydantic.BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        return annotation
    found = (_first_model(argument) for argument in getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)
