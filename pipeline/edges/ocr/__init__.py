"""Reading pages that are pictures: rendered, looked at, read by tesseract, put back among the others.

May start tesseract, and touches nothing but the bytes it is given; what was read is kept by ``edges.texts``.
"""

from pipeline.edges.ocr.reader import MAX_PAGES, ScanReader
from pipeline.edges.ocr.rendering import render

__all__ = ["MAX_PAGES", "ScanReader", "render"]
