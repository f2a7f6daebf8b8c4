"""Make a model from lessons with scikit-learn: multinomial logistic regression, calibrated.

Words and pieces of words are weighed as TF-IDF, cue points and circumstances as they are. What stands in
the lessons of too few families is left out: that is names. The temperature that calibrates the
probabilities comes from predictions on writers that were kept out, since the next letter is of somebody
else too. Import this module only in a process that may end afterwards: scikit-learn takes seconds and
memory.

Source:
    scikit-learn: LogisticRegression, CalibratedClassifierCV(method="temperature"), StratifiedGroupKFold.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import normalize

from pipeline.classify.features import CUE, PIECES, WORDS
from pipeline.classify.model import model_of
from pipeline.values import Kind, Lesson, Model

_STRENGTH = 12.0
"""Inverse of the regularisation (C); chosen on the families to learn from, see the README of the samples."""
_OWN_WEIGHT = 3.0
_FEWEST_FAMILIES = {WORDS: 3, PIECES: 5}
_FOLDS = 5
_ROUNDS = 2_000
_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Features that are brought to length 1 together.

    Attributes:
        columns: Gives each feature its column.
        rarity: Weighs the columns.
    """

    columns: DictVectorizer
    rarity: TfidfTransformer

    def table(self, lessons: Sequence[Lesson]) -> sparse.csr_array:
        """Lay lessons out as rows."""
        return normalize(self.rarity.transform(self.columns.transform([one.features for one in lessons])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What scikit-learn made of lessons, before it becomes a plain table.

    Attributes:
        blocks: Words, and pieces of words.
        others: Gives each other feature its column, after those of the blocks.
        classifier: Calibrated logistic regression over all of them.
    """

    blocks: tuple[Block, ...]
    others: DictVectorizer
    classifier: CalibratedClassifierCV

    def table(self, lessons: Sequence[Lesson]) -> sparse.csr_array:
        """Lay lessons out as rows."""
        others = self.others.transform([_told(one) for one in lessons])
        return sparse.hstack([*(block.table(lessons) for block in self.blocks), others]).tocsr()


def train(lessons: Sequence[Lesson]) -> Model:
    """Make a model.

    Args:
        lessons: Of every kind, in at least five families each; the shipped samples see to that.

    Returns:
        The model; the same lessons in any order give the same one.
    """
    ordered = sorted(lessons, key=lambda lesson: lesson.paper)
    return _as_model(fit(ordered), ordered)


def fit(lessons: Sequence[Lesson]) -> Fitted:
    """Fit and calibrate; writers are never split.

    Each lesson is taught once with and once without its cues: these fit the samples better than a new letter.
    """
    others = DictVectorizer()
    others.fit([_told(one) for one in lessons])
    fitted = Fitted(
        blocks=tuple(_block(lessons, prefixes) for prefixes in _FEWEST_FAMILIES),
        others=others,
        classifier=CalibratedClassifierCV(
            LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS, tol=_TOLERANCE),
            method="temperature",
            ensemble=False,
        ),
    )
    taught = [*lessons, *map(_without_cues, lessons)]
    table, kinds = fitted.table(taught), np.array([one.kind.value for one in taught])
    folds = StratifiedGroupKFold(n_splits=_FOLDS).split(table, kinds, [one.writer for one in taught])
    fitted.classifier.set_params(cv=list(folds))
    own = np.array([_OWN_WEIGHT if one.own else 1.0 for one in lessons])
    fitted.classifier.fit(table, kinds, sample_weight=np.tile(own, 2))
    return fitted


def _without_cues(lesson: Lesson) -> Lesson:
    return replace(
        lesson, features={name: one for name, one in lesson.features.items() if not name.startswith(CUE)}
    )


def _block(lessons: Sequence[Lesson], prefixes: tuple[str, ...]) -> Block:
    columns, vocabulary = DictVectorizer(), _vocabulary(lessons, prefixes)
    counts = columns.fit_transform([_chosen(one, vocabulary) for one in lessons])
    return Block(columns=columns, rarity=TfidfTransformer(norm=None).fit(counts))


def _as_model(fitted: Fitted, lessons: Sequence[Lesson]) -> Model:
    """Write down what was fitted as plain numbers."""
    calibrated = fitted.classifier.calibrated_classifiers_[0]
    rarity = {
        str(name): float(one)
        for block in fitted.blocks
        for name, one in zip(block.columns.get_feature_names_out(), block.rarity.idf_, strict=True)
    }
    names = [*rarity, *map(str, fitted.others.get_feature_names_out())]
    columns = calibrated.estimator.coef_.T
    return model_of(
        version=_version(lessons),
        kinds=tuple(Kind(one) for one in fitted.classifier.classes_),
        rarity=rarity,
        weights=dict(zip(names, columns.tolist(), strict=True)),
        bias=calibrated.estimator.intercept_.tolist(),
        temperature=1.0 / float(calibrated.calibrators[0].beta_),
        samples=len(lessons),
    )


def _vocabulary(lessons: Sequence[Lesson], prefixes: tuple[str, ...]) -> frozenset[str]:
    """Choose the words, or pieces, that stand in enough families."""
    families: dict[str, set[str]] = defaultdict(set)
    for lesson in lessons:
        for name in lesson.features:
            if name.startswith(prefixes):
                families[name].add(lesson.family)
    fewest = _FEWEST_FAMILIES[prefixes]
    return frozenset(name for name, found in families.items() if len(found) >= fewest)


def _chosen(lesson: Lesson, vocabulary: frozenset[str]) -> dict[str, float]:
    return {name: value for name, value in lesson.features.items() if name in vocabulary}


def _told(lesson: Lesson) -> dict[str, float]:
    """Give the features that are neither words nor pieces of them."""
    return {name: value for name, value in lesson.features.items() if not name.startswith(WORDS + PIECES)}


def _version(lessons: Sequence[Lesson]) -> str:
    told = json.dumps([[one.paper, one.kind.value, sorted(one.features.items())] for one in lessons])
    return hashlib.sha256(told.encode()).hexdigest()[:12]
