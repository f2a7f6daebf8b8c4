"""Trying a model on what was kept apart."""

import math

import pytest

from pipeline.classify.model import model_of
from pipeline.classify.trial import Trial, is_no_worse, try_out
from pipeline.values import Kind, Lesson

REQUESTS = frozenset((Kind.ADVIESAANVRAAG,))
MODEL = model_of(
    version="hand",
    kinds=(Kind.ADVIESAANVRAAG, Kind.AGENDA),
    rarity={},
    weights={"is:a": (3.0, 0.0)},
    bias=(0.0, 1.0),
    temperature=1.0,
    samples=1,
)


def lesson(kind: Kind, **features: float) -> Lesson:
    return Lesson(paper="p", family="f", kind=kind, features={f"is:{k}": v for k, v in features.items()})


def test_right_ones_and_loss_are_counted() -> None:
    trial = try_out(MODEL, (lesson(Kind.AGENDA), lesson(Kind.ADVIESAANVRAAG)), REQUESTS, 0.9)
    chance = 1 / (1 + math.exp(-1))
    assert (trial.right, trial.of) == (1, 2)
    assert trial.loss == pytest.approx((-math.log(chance) - math.log(1 - chance)) / 2)


def test_what_is_surely_taken_for_a_request_is_counted_apart() -> None:
    wrong = lesson(Kind.AGENDA, a=1.0)
    assert try_out(MODEL, (wrong,), REQUESTS, 0.8).taken_for_request == 1
    assert try_out(MODEL, (wrong,), REQUESTS, 0.9).taken_for_request == 0


OLD = Trial(right=10, of=12, loss=0.5, taken_for_request=1)


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        (OLD, True),
        (Trial(right=11, of=12, loss=0.4, taken_for_request=0), True),
        (Trial(right=9, of=12, loss=0.1, taken_for_request=0), False),
        (Trial(right=12, of=12, loss=0.1, taken_for_request=2), False),
        (Trial(right=10, of=12, loss=0.6, taken_for_request=1), False),
    ],
)
def test_a_model_is_kept_only_when_it_is_in_no_way_worse(new: Trial, kept: bool) -> None:  # noqa: FBT001
    assert is_no_worse(new, OLD) is kept
