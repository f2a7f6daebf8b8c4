"""A model as a file: comes back as it was, and nothing else is believed."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.classify.model import model_of
from pipeline.edges.learning.model_file import model_json, parse_model, read_model
from pipeline.values import Kind

KINDS = tuple(Kind)
TOLD: dict[str, Any] = {
    "version": "abc",
    "kinds": KINDS,
    "rarity": {"w:rooster": 1.5},
    "weights": {"w:rooster": [float(n) for n in range(len(KINDS))], "is:kort": [0.25] * len(KINDS)},
    "bias": [0.125] * len(KINDS),
    "temperature": 0.75,
    "samples": 9,
}
MODEL = model_of(**TOLD)


def test_a_model_comes_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_bytes(model_json(MODEL))
    model = read_model(tmp_path / "m.json")
    assert model is not None
    assert (model.version, model.kinds, model.temperature, model.samples) == ("abc", KINDS, 0.75, 9)
    assert {name: list(model.weights[row]) for name, row in model.rows.items()} == TOLD["weights"]
    assert model.rarity[model.rows["w:rooster"]] == 1.5
    assert list(model.bias) == TOLD["bias"]


def test_features_without_weight_are_left_out() -> None:
    empty = {"is:niets": (0.0001,) * len(KINDS)}
    assert b"niets" not in model_json(model_of(**TOLD | {"weights": empty}))


@pytest.mark.parametrize(
    "change",
    [
        {"form": 0},
        {"kinds": ["agenda"]},
        {"bias": [1]},
        {"temperature": 0},
        {"temperature": -1},
        {"bias": [None] * len(KINDS)},
        {"bias": [10**400] * len(KINDS)},
        {"kinds": [*KINDS, KINDS[0]], "bias": [1] * (len(KINDS) + 1), "rarity": {}, "weights": {}},
        {"weights": {"w:rooster": [1, 2]}},
        {"weights": [1]},
        {"rarity": {}, "weights": {"w:rooster": [1] * len(KINDS)}},
    ],
)
def test_a_file_of_another_form_is_no_model(change: dict[str, object]) -> None:
    table = {**json.loads(model_json(MODEL)), **change}
    assert parse_model(json.dumps(table).encode()) is None


@pytest.mark.parametrize(
    "content", [b"", b"\x80\x04\x95", b"[]", b"null", b'{"form":2}', b"\xff\xfe{", b"[" * 100_000]
)
def test_other_bytes_are_no_model(content: bytes) -> None:
    """A pickle above all: it could run something."""
    assert parse_model(content) is None


def test_a_missing_file_is_no_model(tmp_path: Path) -> None:
    assert read_model(tmp_path / "none.json") is None
