"""What is told of a document that cannot be read: Dutch sentences, and readings that carry them."""

from pipeline.values import Obstacle, Reading

TOO_BIG = "Het bestand is te groot om te lezen."
EMPTY = "Het bestand is leeg."
LOCKED = "Het bestand is met een wachtwoord beveiligd."
DAMAGED = "Het bestand is beschadigd of niet volledig."
NO_PAGES = "Het bestand bevat geen enkele pagina."
SCAN = "Het bestand bevat geen leesbare tekst: het is een scan of foto."
NO_TEXT = "Het bestand bevat geen tekst."
PROGRAM = "Dit is een programma. Het is bewaard, maar wordt niet geopend."
TOO_OLD = (
    "Dit is een Word-document uit de tijd vóór Word 97; de tekst ervan kan niet worden gelezen. "
    "Open het in Word, sla het op als .docx en leg dat in de map 'Inkomend'."
)

_OBSTACLES = {
    EMPTY: Obstacle.EMPTY,
    LOCKED: Obstacle.PASSWORD,
    DAMAGED: Obstacle.DAMAGED,
    NO_PAGES: Obstacle.EMPTY,
    NO_TEXT: Obstacle.NO_TEXT,
    PROGRAM: Obstacle.PROGRAM,
}


class LockedError(Exception):
    """The document is behind a password that is not known here."""


class TooOldError(Exception):
    """A Word document of before 1997."""


def unreadable(problem: str) -> Reading:
    """Make the reading of a document without text, with what stands in the way of it."""
    return Reading(text="", problem=problem, obstacle=_OBSTACLES.get(problem, Obstacle.NONE))
