"""Where things lie in the werkmap: names of its folders, and a file or folder as it is found."""

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Names of the folders the secretary works with; inside the werkmap, with ``/``."""

    INKOMEND = "Inkomend"
    TE_BEOORDELEN = "Te beoordelen"
    MEER_DAN_EEN = "Te beoordelen/Meer dan één"
    """For a paper that is several things: a sheet is laid beside it to fill in."""
    LOSSE_FOTOS = "Te beoordelen/Losse foto's"
    """For a paper made of pictures that do not belong together: the pictures come out one by one."""
    TERUG_TE_DRAAIEN = "Te beoordelen/Terug te draaien"
    LOPEND = "Lopend"
    VERGADERINGEN = "Vergaderingen"
    BRIEVEN = "Brieven"
    BRIEVEN_CONCEPT = "Brieven/Concept"
    BRIEVEN_VERSTUREN = "Brieven/Versturen"
    BRIEVEN_VERSTUURD = "Brieven/Verstuurd"
    ARCHIEF = "Archief"
    OVERZICHTEN = "Overzichten"
    INSTELLINGEN = "Instellingen"
    SJABLONEN = "Instellingen/sjablonen"


class MeetingPlace(StrEnum):
    """Names of the folders the service makes inside a meeting folder."""

    VOORSTEL = "Voorstel"
    BUNDEL = "Bundel"
    PROEF = "Proef aan mij"
    VOORZITTER = "Naar voorzitter"
    VERSTUREN = "Versturen"
    VERSTUURD = "Verstuurd"
    NOTULEN = "Notulen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file or folder as it lies somewhere.

    Attributes:
        path: Relative to the folder that was listed, with ``/``.
        is_folder: True for a folder.
        sha256: Digest of a file; empty for a folder, or where digests were not asked for.
        size_bytes: Length of a file; 0 for a folder.
        changed: When it last changed, in seconds since 1970 by the clock of the machine; 0 for a folder.
    """

    path: str
    is_folder: bool
    sha256: str
    size_bytes: int
    changed: float
