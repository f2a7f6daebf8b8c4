"""Values as canonical JSON and back, typed: for rows of the journal and for answers of a worker process.

Reading never runs anything and never gives another type than was asked for. Touches nothing.
"""

import json
from functools import cache
from typing import Any, TypeVar

import pydantic

Value = TypeVar("Value")


def to_json(value: object) -> str:
    """Write a value as canonical JSON: sorted keys, no spaces, UTF-8 text kept readable."""
    kind: Any = type(value)
    plain = _adapter(kind).dump_python(value, mode="json")
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[Value], text: str) -> Value:
    """Read a value back from its canonical JSON.

    Raises:
        ValueError: It is not JSON, or no such value.
    """
    wanted: Any = kind
    value: Value = _adapter(wanted).validate_json(text)
    return value


@cache
def _adapter(kind: Any) -> pydantic.TypeAdapter[Any]:
    return pydantic.TypeAdapter(kind)
