"""What the stages need from outside, as a few Protocols, each with its promises.

``edges/`` keeps these promises; ``wiring.py`` brings both together. Everything may raise the
errors of ``errors.py`` and no others. Instants are aware UTC, digests are lower-case sha256.
"""

from pipeline.ports.incoming import (
    Claimed,
    Copied,
    Disk,
    KeptText,
    Listing,
    MailboxEntry,
    Opened,
    Opener,
    Originals,
    PageRenderer,
    PartContent,
    PictureBinder,
    Postbus,
    PostbusItem,
    ScannedPage,
    TextReader,
    Texts,
    WorkFolder,
    Written,
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
    Packer,
    PartLoss,
    PdfTools,
    Templates,
)
from pipeline.ports.outgoing import Drafter, Transport

__all__ = [
    "Assembled",
    "AssemblyPart",
    "CalendarFile",
    "CheckedPdf",
    "Claimed",
    "Clock",
    "Converter",
    "Copied",
    "Disk",
    "Drafter",
    "Journal",
    "KeptText",
    "Learner",
    "Ledger",
    "Listing",
    "Lists",
    "Made",
    "MailboxEntry",
    "Opened",
    "Opener",
    "Originals",
    "Packer",
    "PageRenderer",
    "PartContent",
    "PartLoss",
    "PdfTools",
    "PictureBinder",
    "Postbus",
    "PostbusItem",
    "ScannedPage",
    "Templates",
    "TextReader",
    "Texts",
    "Transport",
    "WorkFolder",
    "Written",
]
