"""A learned model as a file: JSON, so that reading one can run nothing.

Weights are kept in thousandths. A file of another form, or with other kinds, is refused. May touch
the file it is given.
"""

import json
from pathlib import Path

from pipeline.classify.features import PIECES, WORDS
from pipeline.values import Kind, Model

FORM = 3
"""Changed when the features or the form of the file change; older files are then left alone."""
_STEPS = 1000


def model_json(model: Model) -> bytes:
    """Write a model, the same model always as the same bytes; features of no weight are left out."""
    rows = {name: [round(one * _STEPS) for one in row] for name, row in sorted(model.weights.items())}
    kept = {name: row for name, row in rows.items() if any(row)}
    table = {
        "form": FORM,
        "version": model.version,
        "samples": model.samples,
        "kinds": [kind.value for kind in model.kinds],
        "temperature": round(model.temperature, 4),
        "bias": [round(one * _STEPS) for one in model.bias],
        "rarity": {name: round(model.rarity[name] * _STEPS) for name in kept if name in model.rarity},
        "weights": kept,
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()


def parse_model(content: bytes) -> Model | None:
    """Read a model; None when it is damaged or of another form."""
    try:
        table = json.loads(content)
        if table["form"] != FORM:
            return None
        model = Model(
            version=str(table["version"]),
            kinds=tuple(Kind(one) for one in table["kinds"]),
            rarity={name: one / _STEPS for name, one in table["rarity"].items()},
            weights={name: tuple(one / _STEPS for one in row) for name, row in table["weights"].items()},
            bias=tuple(one / _STEPS for one in table["bias"]),
            temperature=float(table["temperature"]),
            samples=int(table["samples"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    width = len(model.kinds)
    is_whole = (
        len(model.bias) == width
        and all(len(row) == width for row in model.weights.values())
        and all(name in model.rarity for name in model.weights if name.startswith(WORDS + PIECES))
    )
    return model if is_whole and model.temperature > 0 and set(model.kinds) == set(Kind) else None


def read_model(path: Path) -> Model | None:
    """Read a model from a file; None when there is none that can be used."""
    try:
        return parse_model(path.read_bytes())
    except OSError:
        return None
