"""Make a model from lessons with scikit-learn: multinomial logistic regression, calibrated.

Words are weighed as TF-IDF, cue points and circumstances as they are. Words that stand in the
lessons of fewer than three families are left out: they are names. The temperature that calibrates
the probabilities comes from predictions on families that were kept out. Import this module only
in a process that may end afterwards: scikit-learn takes seconds and memory.

Source:
    scikit-learn: LogisticRegression, CalibratedClassifierCV(method="temperature"), StratifiedGroupKFold.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import normalize

from pipeline.classify.features import WORDS
from pipeline.values import Kind, Lesson, Model

_STRENGTH = 12.0
"""Inverse of the regularisation (C); chosen on the families to learn from, see the README of the samples."""
_OWN_WEIGHT = 3.0
_FEWEST_FAMILIES = 3
_FOLDS = 5
_ROUNDS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What scikit-learn made of lessons, before it becomes a plain table.

    Attributes:
        words: Gives each word feature its column.
        rarity: Weighs word columns.
        others: Gives each other feature its column, after those of the words.
        classifier: Calibrated logistic regression over both.
    """

    words: DictVectorizer
    rarity: TfidfTransformer
    others: DictVectorizer
    classifier: CalibratedClassifierCV

    def table(self, lessons: Sequence[Lesson]) -> sparse.csr_array:
        """Lay lessons out as rows; words are brought to length 1 together."""
        words = self.rarity.transform(self.words.transform([one.features for one in lessons]))
        return sparse.hstack(
            [normalize(words), self.others.transform([_told(one) for one in lessons])]
        ).tocsr()


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
    """Fit and calibrate; families are never split."""
    words, others, vocabulary = DictVectorizer(), DictVectorizer(), _vocabulary(lessons)
    counts = words.fit_transform([_chosen(one, vocabulary) for one in lessons])
    others.fit([_told(one) for one in lessons])
    fitted = Fitted(
        words=words,
        rarity=TfidfTransformer(norm=None).fit(counts),
        others=others,
        classifier=CalibratedClassifierCV(
            LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS), method="temperature", ensemble=False
        ),
    )
    table, kinds = fitted.table(lessons), np.array([one.kind.value for one in lessons])
    folds = StratifiedGroupKFold(n_splits=_FOLDS).split(table, kinds, [one.family for one in lessons])
    fitted.classifier.set_params(cv=list(folds))
    weight = np.array([_OWN_WEIGHT if one.own else 1.0 for one in lessons])
    fitted.classifier.fit(table, kinds, sample_weight=weight)
    return fitted


def _as_model(fitted: Fitted, lessons: Sequence[Lesson]) -> Model:
    """Write down what was fitted as plain numbers."""
    calibrated = fitted.classifier.calibrated_classifiers_[0]
    words = [str(name) for name in fitted.words.get_feature_names_out()]
    names = [*words, *map(str, fitted.others.get_feature_names_out())]
    columns = calibrated.estimator.coef_.T
    return Model(
        version=_version(lessons),
        kinds=tuple(Kind(one) for one in fitted.classifier.classes_),
        rarity=dict(zip(words, map(float, fitted.rarity.idf_), strict=True)),
        weights={name: tuple(map(float, row)) for name, row in zip(names, columns, strict=True)},
        bias=tuple(map(float, calibrated.estimator.intercept_)),
        temperature=1.0 / float(calibrated.calibrators[0].beta_),
        samples=len(lessons),
    )


def _vocabulary(lessons: Sequence[Lesson]) -> frozenset[str]:
    """Choose the words that stand in enough families."""
    families: dict[str, set[str]] = defaultdict(set)
    for lesson in lessons:
        for name in lesson.features:
            if name.startswith(WORDS):
                families[name].add(lesson.family)
    return frozenset(name for name, found in families.items() if len(found) >= _FEWEST_FAMILIES)


def _chosen(lesson: Lesson, vocabulary: frozenset[str]) -> dict[str, float]:
    return {name: value for name, value in lesson.features.items() if name in vocabulary}


def _told(lesson: Lesson) -> dict[str, float]:
    """Give the features that are no words."""
    return {name: value for name, value in lesson.features.items() if not name.startswith(WORDS)}


def _version(lessons: Sequence[Lesson]) -> str:
    told = json.dumps([[one.paper, one.kind.value, sorted(one.features.items())] for one in lessons])
    return hashlib.sha256(told.encode()).hexdigest()[:12]
