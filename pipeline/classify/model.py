"""Use a learned model: from what is seen of a paper to the probability of each kind.

Pure. The weights are learned elsewhere (``edges/learning``) with scikit-learn; to use them takes numpy,
which holds them in a seventh of the memory that Python's own numbers take. The model is linear, so each
of its reasons can be named.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.classify.features import PIECES, TITLE, WORDS
from pipeline.values import Block, Kind, Model, Opinion, Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST_TERMS = 5
_LEAST_SHARE = 0.08


def model_of(
    *,
    version: str,
    kinds: tuple[Kind, ...],
    rarity: Mapping[str, float],
    weights: Mapping[str, Sequence[float]],
    bias: Sequence[float],
    temperature: float,
    samples: int,
) -> Model:
    """Lay a model out in tables.

    Args:
        version: As in ``Model``; the others too, but
        kinds: In the order of each row of weights.
        rarity: By the name of each word and piece.
        weights: By the name of each feature, one number for each kind.
        bias: One number for each kind.
        temperature: Above 0.
        samples: Number of papers.

    Raises:
        ValueError: The rows have not one finite number for each kind, or the temperature is not above 0.
        KeyError: A word or piece without its rarity.
    """
    import numpy as np  # noqa: PLC0415  # 0.1 s, only for who judges

    table = np.array(list(weights.values()), dtype=np.float64).reshape(-1, len(kinds))
    made = Model(
        version=version,
        kinds=kinds,
        rows={name: row for row, name in enumerate(weights)},
        blocks=np.array([block_of(name) for name in weights], dtype=np.int8),
        rarity=np.array([rarity[name] if block_of(name) else 1.0 for name in weights], dtype=np.float64),
        weights=table,
        bias=np.array(bias, dtype=np.float64),
        temperature=temperature,
        samples=samples,
    )
    told = (made.rarity, table, made.bias, np.array(temperature))
    if len(table) != len(weights) or made.bias.shape != (len(kinds),) or not temperature > 0:
        raise ValueError("rows of another width than the kinds")
    if not all(np.isfinite(one).all() for one in told):
        raise ValueError("numbers that are none")
    return made


def block_of(feature: str) -> Block:
    """Tell with which others a feature is brought to length 1."""
    if feature.startswith(WORDS):
        return Block.WORDS
    return Block.PIECES if feature.startswith(PIECES) else Block.ALONE


def opinion_of(model: Model, features: Mapping[str, float]) -> Opinion:
    """Say how likely each kind is.

    Args:
        model: The model.
        features: As ``features_of`` gives them; a feature the model never saw is passed over.
    """
    names = [name for name in features if name in model.rows]
    rows = [model.rows[name] for name in names]
    sizes, weights = _scaled(model, rows, [features[name] for name in names]), model.weights[rows]
    spoke = weights * sizes[:, None]  # summed without BLAS, which would wake its threads for this little
    sums = ((model.bias + spoke.sum(axis=0)) / model.temperature).tolist()
    powers = [math.exp(one - max(sums)) for one in sums]
    whole = sum(powers)
    chances = {kind: power / whole for kind, power in zip(model.kinds, powers, strict=True)}
    best = max(chances, key=lambda kind: chances[kind])
    ahead = spoke[:, model.kinds.index(best)] - spoke.mean(axis=1)
    return Opinion(chances=chances, best=best, terms=_strongest(names, ahead))


def _scaled(model: Model, rows: list[int], values: list[float]) -> "NDArray[np.float64]":
    """Weigh words and pieces by their rarity; bring each to length 1: a long letter counts no more."""
    sizes, blocks = model.rarity[rows] * values, model.blocks[rows]
    for block in (Block.WORDS, Block.PIECES):
        mine = blocks == block
        sizes[mine] /= math.sqrt(sizes[mine] @ sizes[mine]) or 1.0
    return sizes


def _strongest(names: list[str], spoke: "NDArray[np.float64]") -> tuple[Term, ...]:
    """Name the words that spoke most for a kind, compared with the kinds on average."""
    words = ((name, told) for name, told in zip(names, spoke.tolist(), strict=True) if name.startswith(WORDS))
    best = sorted(words, key=lambda pair: -pair[1])[:_MOST_TERMS]
    return tuple(
        Term(words=name[2:], in_title=name.startswith(TITLE), weight=round(told, 2))
        for name, told in best
        if told >= _LEAST_SHARE
    )
