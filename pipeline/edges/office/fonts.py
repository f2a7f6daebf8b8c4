"""Make sure that a document finds letters, also on a machine without a single font.

Writes a ``fonts.conf`` for the programs that make pages. It builds on the configuration of the
machine, adds the font that travels with the product, and says what stands in for the fonts of
Microsoft Word. May touch: the folder it is given.
"""

import importlib.util
import os
import sys
from pathlib import Path
from xml.sax.saxutils import escape

SYSTEM_CONF = "/etc/fonts/fonts.conf"
USUAL_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
)
WINDOWS_FOLDER = "WINDOWSFONTDIR"
CARRIED_PACKAGE = "font_source_sans_pro"
CARRIED_FAMILY = "Source Sans Pro"
STAND_INS = (
    ("Calibri", ("Carlito", CARRIED_FAMILY)),
    ("Aptos", ("Carlito", CARRIED_FAMILY)),
    ("Arial", ("Liberation Sans", CARRIED_FAMILY)),
    ("Helvetica", ("Liberation Sans", CARRIED_FAMILY)),
    ("Verdana", ("DejaVu Sans", CARRIED_FAMILY)),
    ("Cambria", ("Caladea", "Liberation Serif", CARRIED_FAMILY)),
    ("Times New Roman", ("Liberation Serif", CARRIED_FAMILY)),
    ("Courier New", ("Liberation Mono", "DejaVu Sans Mono", CARRIED_FAMILY)),
    ("sans-serif", (CARRIED_FAMILY,)),
)
"""Family that a document asks for, and what stands in for it, best first."""


LAST_RESORT = (
    '<match target="pattern"><test qual="any" name="family"><string>DejaVu Sans</string></test>'
    f'<edit name="family" mode="prepend" binding="weak"><string>{CARRIED_FAMILY}</string></edit></match>'
    '<match target="pattern"><edit name="family" mode="append_last">'
    f"<string>{CARRIED_FAMILY}</string></edit></match>"
)
"""Where a machine would fall back on DejaVu, far wider than any letter font, ours goes before it; a
document that asks for DejaVu by name still gets it. And where nothing fits at all, ours is named last:
without that dxpdf finds no font although there is one."""


def _carried_folder() -> Path | None:
    """Find the font that travels with the product, without importing its package."""
    spec = importlib.util.find_spec(CARRIED_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "files"


def _sources() -> list[str]:
    """Say where the machine keeps its fonts; an own ``FONTCONFIG_FILE`` is taken at its word."""
    own = os.environ.get("FONTCONFIG_FILE", "")
    if own:
        return [f'<include ignore_missing="yes">{escape(own)}</include>']
    usual = (WINDOWS_FOLDER,) if sys.platform == "win32" else USUAL_FOLDERS
    folders = [f"<dir>{escape(folder)}</dir>" for folder in usual]
    return [f'<include ignore_missing="yes">{SYSTEM_CONF}</include>', *folders]


def _carried() -> list[str]:
    folder = _carried_folder()
    if folder is None:
        return []
    # The package holds every style twice; one of each is enough.
    return [
        f"<dir>{escape(str(folder))}</dir>",
        f"<selectfont><rejectfont><glob>{escape(str(folder))}/*.otf</glob></rejectfont></selectfont>",
    ]


def _alias(family: str, stand_ins: tuple[str, ...]) -> str:
    names = "".join(f"<family>{escape(name)}</family>" for name in stand_ins)
    return f'<alias binding="same"><family>{escape(family)}</family><accept>{names}</accept></alias>'


def write_fonts_conf(folder: Path) -> Path:
    """Write a font configuration that always has at least one font.

    Args:
        folder: An existing folder of our own; the font cache goes there too.

    Returns:
        The file, to be given to a child process as ``FONTCONFIG_FILE``.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
        "<fontconfig>",
        *_sources(),
        *_carried(),
        f"<cachedir>{escape(str(folder / 'lettercache'))}</cachedir>",
        *(_alias(family, stand_ins) for family, stand_ins in STAND_INS),
        LAST_RESORT,
        "</fontconfig>",
    ]
    conf = folder / "fonts.conf"
    conf.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return conf


def write_narrow_conf(folder: Path, conf: Path) -> Path:
    """Write a configuration with only the fonts that letters are made with.

    dxpdf looks through every font there is for each document: with a hundred of them that takes
    longer than the document itself. What is left out falls back on the font that travels along.

    Args:
        folder: An existing folder of our own.
        conf: What ``write_fonts_conf`` wrote.
    """
    families = dict.fromkeys(
        (CARRIED_FAMILY, *_FOR_SIGNS, *(name for row in STAND_INS for name in (row[0], *row[1])))
    )
    accepted = "".join(
        f'<pattern><patelt name="family"><string>{escape(family)}</string></patelt></pattern>'
        for family in families
        if family != _WIDE
    )
    wide = (
        f'<pattern><patelt name="family"><string>{_WIDE}</string></patelt>'
        '<patelt name="style"><string>Book</string></patelt></pattern>'
    )
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
        "<fontconfig>",
        f"<include>{escape(str(conf))}</include>",
        f"<selectfont><rejectfont>{_ANY}</rejectfont><acceptfont>{accepted}{wide}</acceptfont></selectfont>",
        "</fontconfig>",
    )
    narrow = folder / "weinig-letters.conf"
    narrow.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return narrow


_ANY = "".join(
    f'<pattern><patelt name="scalable"><bool>{scalable}</bool></patelt></pattern>'
    for scalable in ("true", "false")
)
"""Every font: a file that a glob rejects cannot be accepted again, a font that a pattern rejects can."""
_FOR_SIGNS = ("Symbol", "Wingdings", "OpenSymbol")
_WIDE = "DejaVu Sans"
"""Has nearly every sign there is; one style of it is enough for the signs that the others lack."""
