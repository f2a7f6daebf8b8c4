"""The door to everything we do with PDF files.

``check`` judges a file from outside, ``assemble`` makes one PDF out of many, ``bind_pictures``
turns pictures into pages. May read the files it is given and writes only the one it is asked
for, whole or not at all; as a package it keeps the promises of ``ports.PdfTools``.

What a bundle is: pages by allow-list (see ``pages``), one outline, page labels that equal the
printed numbers, Dutch as its language, no scripts, no actions, no attached files. It is not
tagged and not PDF/A; that loss is counted, and the single papers remain for who needs them.
"""

from pipeline.edges.pdf.annotations import BUNDLE_HOST, Loss
from pipeline.edges.pdf.assemble import assemble
from pipeline.edges.pdf.check import check
from pipeline.edges.pdf.photos import bind_pictures

__all__ = [
    "BUNDLE_HOST",
    "Loss",
    "assemble",
    "bind_pictures",
    "check",
]
