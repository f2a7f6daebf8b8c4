"""What the stages need from outside, as a few Protocols, each with its promises.

``edges/`` keeps these promises; ``wiring.py`` brings both together. Everything may raise the
errors of ``errors.py`` and no others. Instants are aware UTC, digests are lower-case sha256.
"""

from pipeline.ports.incoming import (
    Claimed,
    Disk,
    Opened,
    Opener,
    Originals,
    PartContent,
    Postbus,
    PostbusItem,
    TextReader,
    WorkFolder,
)
from pipeline.ports.journal import Clock, Journal, Ledger
from pipeline.ports.learning import Learner
from pipeline.ports.making import (
    Assembled,
    AssemblyPart,
    CalendarFile,
    CheckedPdf,
    Converter,
    Lists,
    Made,
    PartLoss,
    PdfTools,
    Templates,
)
from pipeline.ports.outgoing import Transport

__all__ = [
    "Assembled",
    "AssemblyPart",
    "CalendarFile",
    "CheckedPdf",
    "Claimed",
    "Clock",
    "Converter",
    "Disk",
    "Journal",
    "Learner",
    "Ledger",
    "Lists",
    "Made",
    "Opened",
    "Opener",
    "Originals",
    "PartContent",
    "PartLoss",
    "PdfTools",
    "Postbus",
    "PostbusItem",
    "Templates",
    "TextReader",
    "Transport",
    "WorkFolder",
]
