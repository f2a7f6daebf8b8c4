"""The learned model: making it with scikit-learn in a process of its own, keeping it as a file."""

from pipeline.edges.learning.learner import Learner
from pipeline.edges.learning.model_file import read_model

__all__ = ["Learner", "read_model"]
