"""Port for what is learned from the decisions of the secretary."""

from collections.abc import Sequence
from typing import Protocol

from pipeline.values import Lesson, Model


class Learner(Protocol):
    """Makes and keeps the model that helps to judge papers. Never reads from the werkmap."""

    def current(self) -> Model | None:
        """Give the model that counts now; None when there is none."""

    def train(self, lessons: Sequence[Lesson]) -> Model:
        """Make a model; takes seconds."""

    def keep(self, model: Model) -> None:
        """Make a model the one that counts, also after a restart."""
