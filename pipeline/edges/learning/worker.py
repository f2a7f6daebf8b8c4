"""The process that makes a model: lessons come in on standard input, a model goes out. Then it ends.

Started by ``learner.py`` only, with our own data; so that scikit-learn is in no other process.
"""

import sys

from pipeline.edges.as_json import from_json
from pipeline.edges.learning.model_file import model_json
from pipeline.edges.learning.training import train
from pipeline.values import Lesson


def main() -> None:
    """Read lessons, one a line; write the model."""
    lessons = tuple(from_json(Lesson, line) for line in sys.stdin.buffer.read().decode().splitlines())
    sys.stdout.buffer.write(model_json(train(lessons)))


if __name__ == "__main__":
    main()
