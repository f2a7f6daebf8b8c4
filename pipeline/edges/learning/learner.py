"""Makes models, and keeps the one that counts in the service's own data folder.

Nothing is ever read from the werkmap, and a model file is JSON: whoever can write on the share
cannot make the service run or believe anything. Touches the data folder, the shipped model
(reading) and a process of its own.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.edges import files
from pipeline.edges.as_json import to_json
from pipeline.edges.learning.model_file import model_json, parse_model, read_model
from pipeline.errors import LearningFailedError
from pipeline.values import Lesson, Model

FILE_NAME = "soorten.json"
_ONE_CORE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""The tables are small: on several cores it takes longer, most of it spent waiting (58 s instead of 6)."""
_SECONDS = 600


class Learner:
    """Makes and keeps the model of one council; see ``ports.Learner``.

    Args:
        folder: Where the council's own model lies; need not exist. None: there is no council.
        shipped: The model that came with the program.
    """

    def __init__(self, folder: Path | None, shipped: Path) -> None:
        self._own, self._shipped = folder / FILE_NAME if folder else None, shipped
        self._read: tuple[int, Model | None] = (-1, None)

    def current(self) -> Model | None:
        """Give the council's own model, else the shipped one; read again only when it changed."""
        own = self._own
        changed = own.stat().st_mtime_ns if own is not None and own.is_file() else 0
        if self._read[0] != changed:
            mine = read_model(own) if own is not None and changed else None
            self._read = (changed, mine or read_model(self._shipped))
        return self._read[1]

    def train(self, lessons: Sequence[Lesson]) -> Model:
        """Make a model in a process of its own."""
        told = "\n".join(to_json(lesson) for lesson in lessons).encode()
        command = (sys.executable, "-m", "pipeline.edges.learning.worker")
        paths = os.pathsep.join(filter(None, (str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH"))))
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                command,
                input=told,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
                env=os.environ | _ONE_CORE | {"PYTHONPATH": paths},
            )
        except subprocess.TimeoutExpired as error:
            raise LearningFailedError("learning took too long") from error
        model = parse_model(done.stdout)
        if model is None:
            raise LearningFailedError(f"learning ended with {done.returncode}: {done.stderr[-300:]!r}")
        return model

    def keep(self, model: Model) -> None:
        """Make a model the one that counts."""
        if self._own is not None:
            files.write(self._own, model_json(model))
