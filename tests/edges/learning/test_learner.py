"""Which model counts, and making one in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.classify.model import model_of
from pipeline.edges.learning.learner import FILE_NAME, Learner
from pipeline.edges.learning.model_file import model_json
from pipeline.errors import LearningFailedError
from pipeline.values import Kind, Lesson, Model

KINDS = tuple(Kind)


def model(version: str) -> Model:
    return model_of(
        version=version,
        kinds=KINDS,
        rarity={},
        weights={"is:aanhef": (1.0,) * len(KINDS)},
        bias=(0.0,) * len(KINDS),
        temperature=1.0,
        samples=1,
    )


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    shipped = tmp_path / "shipped.json"
    shipped.write_bytes(model_json(model("shipped")))
    return Learner(tmp_path / "own", shipped)


def version(learner: Learner) -> str:
    found = learner.current()
    return found.version if found else ""


def test_the_shipped_model_counts_until_there_is_an_own_one(learner: Learner) -> None:
    assert version(learner) == "shipped"
    learner.keep(model("own"))
    assert version(learner) == "own"


def test_an_own_model_that_is_damaged_gives_way_to_the_shipped_one(learner: Learner, tmp_path: Path) -> None:
    learner.keep(model("own"))
    (tmp_path / "own" / FILE_NAME).write_bytes(b"\x80\x04")
    assert version(learner) == "shipped"


def test_a_new_model_counts_at_once(learner: Learner) -> None:
    learner.keep(model("one"))
    assert version(learner) == "one"
    learner.keep(model("another"))
    assert version(learner) == "another"


def test_a_model_is_made_without_scikit_learn_in_this_process(tmp_path: Path) -> None:
    """The service stays small: the library is only in the process that ends."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from pipeline.edges.learning import Learner\n"
        "from pipeline.values import Kind, Lesson\n"
        "lessons = [Lesson(paper=f'{k}-{n}', family=f'{n}-{k}', kind=k,"
        " features={f'w:{k}': 1.0, f'p:{k[:4]}': 1.0})"
        " for k in Kind for n in range(6)]\n"
        "model = Learner(Path(sys.argv[1]), Path('none')).train(lessons)\n"
        "print(model.samples, 'sklearn' in sys.modules, 'scipy' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(len(KINDS) * 6), "False", "False"]


def test_lessons_that_make_no_model_are_told(learner: Learner) -> None:
    """One lesson is not enough; the model that counted goes on counting."""
    with pytest.raises(LearningFailedError):
        learner.train([Lesson(paper="p", family="f", kind=Kind.AGENDA, features={"w:a": 1.0})])
    assert version(learner) == "shipped"
