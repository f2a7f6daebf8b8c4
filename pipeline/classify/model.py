"""Use a learned model: from what is seen of a paper to the probability of each kind.

Pure, and plain arithmetic: the weights are learned elsewhere (``edges/learning``) with
scikit-learn; to use them takes no library, so that judging a paper stays quick and small. The
model is linear, so each of its reasons can be named.
"""

import math
from collections.abc import Mapping
from operator import mul

from pipeline.classify.features import PIECES, TITLE, WORDS
from pipeline.values import Model, Opinion, Term

_MOST_TERMS = 5
_LEAST_SHARE = 0.08


def opinion_of(model: Model, features: Mapping[str, float]) -> Opinion:
    """Say how likely each kind is.

    Args:
        model: The model.
        features: As ``features_of`` gives them; a feature the model never saw is passed over.
    """
    values = _scaled(model, features)
    weights, sizes = [model.weights[name] for name in values], list(values.values())
    spoke = [sum(map(mul, sizes, column)) for column in zip(*weights, strict=True)] or [0.0] * len(model.bias)
    sums = [(bias + told) / model.temperature for bias, told in zip(model.bias, spoke, strict=True)]
    powers = [math.exp(one - max(sums)) for one in sums]
    whole = sum(powers)
    chances = {kind: power / whole for kind, power in zip(model.kinds, powers, strict=True)}
    best = max(chances, key=lambda kind: chances[kind])
    return Opinion(chances=chances, best=best, terms=_strongest(model, values, model.kinds.index(best)))


def _scaled(model: Model, features: Mapping[str, float]) -> dict[str, float]:
    """Weigh words and pieces by their rarity; bring each to length 1: a long letter counts no more."""
    known = {name: value for name, value in features.items() if name in model.weights}
    for prefixes in (WORDS, PIECES):
        names = [name for name in known if name.startswith(prefixes)]
        weighed = [known[name] * model.rarity[name] for name in names]
        length = math.sqrt(sum(map(mul, weighed, weighed))) or 1.0
        known.update(zip(names, [value / length for value in weighed], strict=True))
    return known


def _strongest(model: Model, values: Mapping[str, float], place: int) -> tuple[Term, ...]:
    """Name the words that spoke most for a kind, compared with the kinds on average."""
    spoke = {
        name: value * (model.weights[name][place] - sum(model.weights[name]) / len(model.kinds))
        for name, value in values.items()
        if name.startswith(WORDS)
    }
    best = sorted(spoke, key=lambda name: -spoke[name])[:_MOST_TERMS]
    return tuple(
        Term(words=name[2:], in_title=name.startswith(TITLE), weight=round(spoke[name], 2))
        for name in best
        if spoke[name] >= _LEAST_SHARE
    )
