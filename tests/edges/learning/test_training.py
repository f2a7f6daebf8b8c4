"""Training: the table that comes out says what scikit-learn says, and is calibrated."""

import math
import random
from collections.abc import Sequence
from types import ModuleType

import pytest

from pipeline.classify.model import opinion_of
from pipeline.edges.learning.model_file import model_json
from pipeline.values import Kind, Lesson, Model

FAMILIES = 6


def lessons(*, own: int = 0, noise: float = 0.15) -> list[Lesson]:
    """Give lessons of every kind by six writers: a word of its own, common words, now and then another's."""
    chance = random.Random(5)  # noqa: S311 - a fixed draw
    made = []
    for kind in Kind:
        for family in range(FAMILIES + (own if kind is Kind.FACTUUR else 0)):
            spoken = chance.choice(list(Kind)) if chance.random() < noise else kind
            features = {f"w:{spoken.value}": 1.0, "w:raad": 1.0 + chance.random(), "is:aanhef": 1.0}
            features |= {f"w:naam{kind.value}{family}": 1.0, f"p:{spoken.value[:4]}": 1.0, "p:raad": 1.0}
            name = f"{family}-{kind.value}"
            is_own = family >= FAMILIES
            made.append(Lesson(paper=name, family=name, kind=kind, features=features, own=is_own))
    return made


TAUGHT = lessons()


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """Bring in scikit-learn, which is large, only where it is used: every pytest worker reads this file."""
    from pipeline.edges.learning import training  # noqa: PLC0415

    return training


@pytest.fixture(scope="module")
def model(training: ModuleType) -> Model:
    made: Model = training.train(TAUGHT)
    return made


@pytest.mark.parametrize("kind", [Kind.AGENDA, Kind.ADVIESAANVRAAG, Kind.OVERIG])
def test_the_table_gives_the_probabilities_of_scikit_learn(
    training: ModuleType, model: Model, kind: Kind
) -> None:
    """Using a model does not take scikit-learn; it must say the same all the same."""
    fitted = training.fit(sorted(TAUGHT, key=lambda lesson: lesson.paper))
    lesson = next(one for one in TAUGHT if one.kind is kind)
    expected = fitted.classifier.predict_proba(fitted.table([lesson]))[0]
    chances = opinion_of(model, lesson.features).chances
    for name, chance in zip(fitted.classifier.classes_, expected, strict=True):
        assert chances[Kind(name)] == pytest.approx(float(chance), abs=1e-9)


def test_words_of_fewer_than_three_families_are_left_out(model: Model) -> None:
    """They are names: of a school, a person, a street."""
    assert "w:agenda" in model.rows
    assert not any(name.startswith("w:naam") for name in model.rows)


def test_the_order_of_lessons_does_not_matter(training: ModuleType, model: Model) -> None:
    assert model_json(training.train(list(reversed(TAUGHT)))) == model_json(model)


def test_another_lesson_gives_another_version(training: ModuleType, model: Model) -> None:
    assert training.train(lessons(own=1)).version != model.version


def mean_confidence(model: Model, fresh: Sequence[Lesson]) -> tuple[float, float]:
    opinions = [(opinion_of(model, one.features), one.kind) for one in fresh]
    sure = sum(opinion.confidence for opinion, _ in opinions) / len(opinions)
    right = sum(opinion.best is kind for opinion, kind in opinions) / len(opinions)
    return sure, right


def test_it_is_as_sure_as_it_is_right(model: Model) -> None:
    """About one in seven lessons speaks as another kind; on fresh ones it must not be surer than that."""
    chance = random.Random(6)  # noqa: S311 - a fixed draw
    fresh = []
    for number, kind in enumerate(list(Kind) * 20):
        spoken = chance.choice(list(Kind)) if chance.random() < 0.15 else kind
        features = {f"w:{spoken.value}": 1.0, f"p:{spoken.value[:4]}": 1.0}
        name = f"fresh-{number}"
        fresh.append(Lesson(paper=name, family=name, kind=kind, features=features))
    sure, right = mean_confidence(model, fresh)
    assert 0.2 < model.temperature < 5
    assert math.isclose(sure, right, abs_tol=0.1)
