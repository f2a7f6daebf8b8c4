"""Making a copy of a bundle for one person: her name on every page, and only she can open it.

Reads one of our own bundles and writes the copy, whole or not at all. AES-256 as in PDF 2.0
(ISO 32000-2, revision 6); who opens it with the password may do everything with it. The password is
never logged, nor written anywhere else.
"""

import secrets
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from pipeline.edges import files
from pipeline.edges.pdf.stamp import BOX_OPACITY, PageShape, StampNames, draw_name, page_shape

_FONT, _STATE = "/StkName", "/StkNameBox"


def personal(source: Path, out: Path, *, name: str, password: str) -> None:
    """Write a copy for one person.

    Args:
        source: The bundle.
        out: The file to write.
        name: Printed on every page; empty prints nothing.
        password: Opens the copy; empty leaves it open to anybody.
    """
    with pikepdf.open(source) as pdf:
        if name:
            _print_name(pdf, f"Exemplaar van {name}")
        with files.replacing(out) as stream:
            if password:
                pdf.save(stream, encryption=_locked(password))
            else:
                pdf.save(stream, deterministic_id=True)


def _locked(password: str) -> pikepdf.Encryption:
    """Lock with a password; the owner's is thrown away, since nobody needs more than to open it."""
    return pikepdf.Encryption(user=password, owner=secrets.token_urlsafe(32), R=6, aes=True, metadata=True)


def _print_name(pdf: pikepdf.Pdf, text: str) -> None:
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    state = pdf.make_indirect(Dictionary(ca=BOX_OPACITY))
    names = StampNames(font=_FONT, box_state=_STATE, concept_state="", form="")
    for page in pdf.pages:
        _add_resource(page, "/Font", _FONT, font)
        _add_resource(page, "/ExtGState", _STATE, state)
        page.contents_add(draw_name(_shape(page), text, names))


def _add_resource(page: pikepdf.Page, kind: str, name: str, value: pikepdf.Object) -> None:
    """Add a resource; pages that share theirs keep sharing them."""
    resources: Any = page.obj.get("/Resources", None)
    if resources is None:
        resources = page.obj.Resources = Dictionary()
    if kind not in resources:
        resources[kind] = Dictionary()
    resources[kind][name] = value


def _shape(page: pikepdf.Page) -> PageShape:
    """Read how a page of our own lies."""
    media, crop = (tuple(float(side) for side in box.as_list()) for box in (page.mediabox, page.cropbox))
    rotation, unit = page.obj.get("/Rotate", 0), page.obj.get("/UserUnit", 1)
    return page_shape(media, crop, float(rotation), float(unit))
