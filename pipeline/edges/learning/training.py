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


def train(lessons: Sequence[Lesson]) -> Model:
    """Make a model.

    Args:
        lessons: At least two families; every kind must occur in as many families as there are folds,
            which the shipped samples see to.

    Returns:
        The model; the same lessons in any order give the same one.
    """
    ordered = sorted(lessons, key=lambda lesson: lesson.paper)
    vocabulary = _vocabulary(ordered)
    words = DictVectorizer()
    counts = words.fit_transform([_chosen(one, vocabulary, words=True) for one in ordered])
    rarity = TfidfTransformer(norm=None).fit(counts)
    others = DictVectorizer()
    told = others.fit_transform([_chosen(one, vocabulary, words=False) for one in ordered])
    table = sparse.hstack([normalize(rarity.transform(counts)), told]).tocsr()
    kinds = np.array([one.kind.value for one in ordered])
    weight = np.array([_OWN_WEIGHT if one.own else 1.0 for one in ordered])
    folds = StratifiedGroupKFold(n_splits=_FOLDS).split(table, kinds, [one.family for one in ordered])
    fitted = CalibratedClassifierCV(
        LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS),
        method="temperature",
        cv=list(folds),
        ensemble=False,
    ).fit(table, kinds, sample_weight=weight)
    calibrated = fitted.calibrated_classifiers_[0]
    names = [*words.get_feature_names_out(), *others.get_feature_names_out()]
    return Model(
        version=_version(ordered),
        kinds=tuple(Kind(one) for one in fitted.classes_),
        rarity=dict(zip(words.get_feature_names_out(), map(float, rarity.idf_), strict=True)),
        weights={
            name: tuple(map(float, column))
            for name, column in zip(names, calibrated.estimator.coef_.T, strict=True)
        },
        bias=tuple(map(float, calibrated.estimator.intercept_)),
        temperature=1.0 / float(calibrated.calibrators[0].beta_),
        samples=len(ordered),
    )


def _vocabulary(lessons: Sequence[Lesson]) -> frozenset[str]:
    """Choose the words that stand in enough families."""
    families: dict[str, set[str]] = defaultdict(set)
    for lesson in lessons:
        for name in lesson.features:
            if name.startswith(WORDS):
                families[name].add(lesson.family)
    return frozenset(name for name, found in families.items() if len(found) >= _FEWEST_FAMILIES)


def _chosen(lesson: Lesson, vocabulary: frozenset[str], *, words: bool) -> dict[str, float]:
    if words:
        return {name: value for name, value in lesson.features.items() if name in vocabulary}
    return {name: value for name, value in lesson.features.items() if not name.startswith(WORDS)}


def _version(lessons: Sequence[Lesson]) -> str:
    told = json.dumps([[one.paper, one.kind.value, sorted(one.features.items())] for one in lessons])
    return hashlib.sha256(told.encode()).hexdigest()[:12]
