"""Try a model on papers that were kept apart, and compare two models. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.classify.model import opinion_of
from pipeline.values import Kind, Lesson, Model

_LEAST_CHANCE = 1e-6
_SLACK = 0.02
"""A model may be this much less sure on average: less than that is chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How a model did on lessons it did not learn from.

    Attributes:
        right: How many it got right.
        of: How many there were.
        loss: Mean of minus the logarithm of the probability of the right kind; smaller is better.
        taken_for_request: How many it took for a request that are none, and was sure of.
    """

    right: int
    of: int
    loss: float
    taken_for_request: int


def try_out(model: Model, lessons: Sequence[Lesson], requests: frozenset[Kind], sure: float) -> Trial:
    """Try a model.

    Args:
        model: The model.
        lessons: What it did not learn from.
        requests: Kinds that start a procedure.
        sure: Probability from which it acts without a person.
    """
    opinions = [(opinion_of(model, lesson.features), lesson.kind) for lesson in lessons]
    losses = [-math.log(max(one.chances[kind], _LEAST_CHANCE)) for one, kind in opinions]
    return Trial(
        right=sum(one.best is kind for one, kind in opinions),
        of=len(opinions),
        loss=sum(losses) / max(1, len(losses)),
        taken_for_request=sum(
            one.best in requests and kind not in requests and one.confidence >= sure for one, kind in opinions
        ),
    )


def is_no_worse(new: Trial, old: Trial) -> bool:
    """Tell whether a new model may take the place of the old one."""
    return (
        new.right >= old.right
        and new.taken_for_request <= old.taken_for_request
        and new.loss <= old.loss + _SLACK
    )
