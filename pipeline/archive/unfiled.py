"""What came in and became no paper, in short: told once a day, so that she knows it was seen. Pure; Dutch.

The lines go out by mail: numbers only, no names, addresses or subjects.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from pipeline.values import Document, PartVerdict

_KENMERK = re.compile(r"\b\d{4}-\d{4}-\d{2,}\b")


class Unfiled(StrEnum):
    """Why nothing of an arrival was filed or held."""

    MACHINE = "automatisch bericht"
    INVITATION = "uitnodiging voor de agenda"
    REPEATED = "keer post die al eerder was ontvangen"
    NOTHING = "bericht zonder inhoud"


_PLURAL = {
    Unfiled.MACHINE: "automatische berichten",
    Unfiled.INVITATION: "uitnodigingen voor de agenda",
    Unfiled.REPEATED: "keer post die al eerder was ontvangen",
    Unfiled.NOTHING: "berichten zonder inhoud",
}


def told_unfiled(arrivals: Iterable[tuple[Document, ...]]) -> tuple[str, ...]:
    """Count what came in without becoming a paper, one line for each sort.

    Args:
        arrivals: For each of them its parts with their verdicts.
    """
    found = [(_why(documents), documents) for documents in arrivals]
    counted = Counter(why for why, _ in found)
    again = sorted({one for why, documents in found if why is Unfiled.REPEATED for one in _first(documents)})
    return tuple(_line(why, counted[why], again) for why in Unfiled if counted[why])


def _why(documents: tuple[Document, ...]) -> Unfiled:
    verdicts = {one.verdict for one in documents}
    if PartVerdict.MACHINE_MAIL in verdicts:
        return Unfiled.MACHINE
    if PartVerdict.CALENDAR in verdicts:
        return Unfiled.INVITATION
    return Unfiled.REPEATED if any(one.came_before for one in documents) else Unfiled.NOTHING


def _first(documents: tuple[Document, ...]) -> Iterator[str]:
    """Give the numbers of the papers that were here before."""
    for one in documents:
        if one.came_before:
            yield from _KENMERK.findall(one.reason)


def _line(why: Unfiled, count: int, again: list[str]) -> str:
    told = f"1 {why}" if count == 1 else f"{count} {_PLURAL[why]}"
    if why is Unfiled.REPEATED and again:
        told += f" (opgeborgen als {', '.join(again)})"
    return f"{told}."
