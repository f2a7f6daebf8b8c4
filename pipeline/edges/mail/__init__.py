"""Mail: taking it apart and putting it together. Standard library only; opens no connection."""

from pipeline.edges.mail.compose import compose
from pipeline.edges.mail.mime import parse

__all__ = ["compose", "parse"]
