"""A learned model as a file: JSON, so that reading one can run nothing.

Weights are kept in thousandths. A file of another form, or with other kinds, is refused. May touch
the file it is given.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.classify.model import block_of, model_of
from pipeline.values import Kind, Model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORM = 3
"""Changed when the features or the form of the file change; older files are then left alone."""
_STEPS = 1000


def model_json(model: Model) -> bytes:
    """Write a model, the same model always as the same bytes; features of no weight are left out."""
    steps, rarity = _in_steps(model.weights), _in_steps(model.rarity)
    kept = {name: row for name, row in sorted(model.rows.items()) if any(steps[row])}
    table = {
        "form": FORM,
        "version": model.version,
        "samples": model.samples,
        "kinds": [kind.value for kind in model.kinds],
        "temperature": round(model.temperature, 4),
        "bias": _in_steps(model.bias),
        "rarity": {name: rarity[row] for name, row in kept.items() if block_of(name)},
        "weights": {name: steps[row] for name, row in kept.items()},
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()


def parse_model(content: bytes) -> Model | None:
    """Read a model; None when it is damaged or of another form."""
    try:
        table = json.loads(content)
        if table["form"] != FORM:
            return None
        model = model_of(
            version=str(table["version"]),
            kinds=tuple(Kind(one) for one in table["kinds"]),
            rarity={name: one / _STEPS for name, one in table["rarity"].items()},
            weights=table["weights"],
            bias=table["bias"],
            temperature=float(table["temperature"]),
            samples=int(table["samples"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
    return _from_steps(model) if sorted(model.kinds) == sorted(Kind) else None


def _in_steps(numbers: "NDArray[np.float64]") -> Any:
    """Give numbers in whole thousandths, as lists."""
    return (numbers * _STEPS).round().astype(int).tolist()


def _from_steps(model: Model) -> Model:
    return replace(model, weights=model.weights / _STEPS, bias=model.bias / _STEPS)


def read_model(path: Path) -> Model | None:
    """Read a model from a file; None when there is none that can be used."""
    try:
        return parse_model(path.read_bytes())
    except OSError:
        return None
