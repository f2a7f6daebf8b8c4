"""Write ``LET OP.txt``: what blocks approval of a bundle, and what may have been forgotten. Pure."""

import re
from collections.abc import Iterable

from pipeline.dates import dutch_weekday_date
from pipeline.folding import fold
from pipeline.values import AgendaItem, Meeting

_MINUTES = re.compile(
    r"\b(?:concept-?)?notulen\b"
    r"|\b(?:concept-?)?(?:verslag(?:en)?|besluitenlijst)\b"
    r"(?=.*\b(?:vorige|laatste|vergadering|overleg\w*|vaststell\w*|goedkeur\w*)\b|\W*\d|\W*$)"
    r"|\b(?:vaststell\w*|goedkeur\w*)\b(?=.*\b(?:concept-?)?(?:verslag(?:en)?|besluitenlijst)\b)"
)
"""How the title of an item speaks of minutes; an annual or a financial report is something else."""
_OTHER_REPORT = re.compile(r"\b(?:financieel|inhoudelijk|sociaal|jaarlijks) verslag\b|\bverslag over\b")


def attention_note(meeting: Meeting, remarks: Iterable[str] = ()) -> str:
    """Write the note; empty when there is nothing to tell.

    Args:
        meeting: The meeting, with what blocks approval.
        remarks: What else she must know before she approves, one sentence each.
    """
    blocking, known = meeting.problems, (*_forgotten(meeting), *remarks)
    day = f" van {dutch_weekday_date(meeting.date.day)}" if meeting.date.day else ""
    blocks = [
        (
            f"LET OP - de bundel van de vergadering{day} kan nog niet worden goedgekeurd.",
            _listed(blocking),
            "Zodra dit is opgelost, maakt Stukkenstroom vanzelf een nieuw concept.",
        ),
        (
            "Kijk ook hiernaar. Dit houdt het goedkeuren niet tegen."
            if blocking
            else f"LET OP - kijk hiernaar voordat u de bundel van de vergadering{day} goedkeurt.",
            _listed(known),
            "Klopt het zo? Dan hoeft u niets te doen.",
        ),
    ]
    told = [text for block in blocks if block[1] for text in block]
    return "\r\n\r\n".join(told) + "\r\n" if told else ""


def _listed(sentences: tuple[str, ...]) -> str:
    return "\r\n".join(f"- {sentence}" for sentence in sentences)


def _forgotten(meeting: Meeting) -> tuple[str, ...]:
    """Tell what may have been forgotten, once papers lie in the folder at all."""
    if not any(item.papers for item in meeting.items):
        return ()
    return tuple(
        f"Bij agendapunt {item.number} ({item.title}) ligt nog geen stuk. "
        "Leg de notulen in de map van dit agendapunt."
        for item in meeting.items
        if not item.papers and _is_about_minutes(item)
    )


def _is_about_minutes(item: AgendaItem) -> bool:
    title = fold(item.title)
    return bool(_MINUTES.search(title)) and not _OTHER_REPORT.search(title)
