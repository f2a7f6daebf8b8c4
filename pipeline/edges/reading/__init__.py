"""Reading documents: what a file is, and the text in it. Touches nothing but bytes it is given."""

from pipeline.edges.reading.filetype import FileType, sniff
from pipeline.edges.reading.text import Reader, read

__all__ = ["FileType", "Reader", "read", "sniff"]
