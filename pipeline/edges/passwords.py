"""Read the council's list of passwords for locked papers: one per line, outside the werkmap.

A password never gets into a message, the log or the journal. May touch only the file it is given.
"""

import os
import stat
from pathlib import Path

MAX_PASSWORDS = 100
"""Each is tried on every locked paper."""

_NOT_THERE = (
    "De lijst met wachtwoorden voor beveiligde stukken kan niet worden gelezen; beveiligde stukken wachten "
    "in 'Te beoordelen'. Vraag de beheerder om de instelling wachtwoorden_bestand na te kijken."
)
_OPEN_TO_OTHERS = (
    "De lijst met wachtwoorden voor beveiligde stukken kan ook door anderen op de computer van de dienst "
    "worden gelezen. Vraag de beheerder om dat bestand alleen voor de dienst leesbaar te maken."
)


def read_passwords(path: Path | None) -> tuple[tuple[str, ...], str]:
    """Read the list.

    Args:
        path: The file; None when there is no list.

    Returns:
        The passwords in order, spaces inside kept, without empty lines; and in Dutch what is wrong.
        A list that others can read is used all the same: it is told, not refused.
    """
    if path is None:
        return (), ""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError):
        return (), _NOT_THERE
    others = os.name == "posix" and mode & (stat.S_IRGRP | stat.S_IROTH)
    passwords = tuple(dict.fromkeys(line for line in lines if line.strip()))[:MAX_PASSWORDS]
    return passwords, _OPEN_TO_OTHERS if others else ""
