"""A row of a table that a person keeps: its cells as text, day, time or length, and what is wrong there.

Faults are collected, so that a person is told all of them at once, by row and column as Excel shows
them. Touches nothing.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from openpyxl.utils.escape import unescape

from pipeline.edges.reading.charset import one_line
from pipeline.errors import ListUnreadableError
from pipeline.intake.dutch_dates import find_dates

_LONGEST_QUOTE = 60
_FIRST_YEAR, _LAST_YEAR = 1950, 2099
_CLOCK = re.compile(r"(\d{1,2})(?:[.:uh](\d\d))?(?:[.:]00)?\s*(?:uur|u|h)?\.?", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,3})\s*(?:minuten|min|m|')?\.?", re.IGNORECASE)
_LAST_HOUR, _LAST_MINUTE = 23, 59
_DAY_MINUTES = 24 * 60


# --- faults ----------------------------------------------------------------------------


class Faults:
    """What is wrong in one list.

    Attributes:
        file_name: Name of the file, without folder.
    """

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self._lines: list[str] = []

    def add(self, text: str, *, row: int = 0, column: str = "") -> None:
        """Add a fault.

        Args:
            text: Dutch sentence with the remedy.
            row: 1-based, as Excel counts; 0 when it is about the whole list.
            column: Name of the column; empty when it is about the whole row.
        """
        place = ", ".join(
            part for part in (f"rij {row}" if row else "", f"kolom {column}" * bool(column)) if part
        )
        line = f"{place}: {text}" if place else text
        if line not in self._lines:
            self._lines.append(line)

    def raise_any(self) -> None:
        """Stop when anything is wrong.

        Raises:
            ListUnreadableError: With every fault.
        """
        if self._lines:
            lines = "\n".join(f"- {line}" for line in self._lines)
            raise ListUnreadableError(
                f"{len(self._lines)} fault(s) in a list",
                wat=f"In {self.file_name} klopt nog iets niet:\n{lines}\n",
                doe="Verbeter dit in Excel, sla het bestand op en sluit het.",
            )


def quoted(value: object) -> str:
    """Quote what stands in a cell, shortened, for in a sentence."""
    text = one_line(value)
    return f"'{text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + '…'}'"


@dataclass(frozen=True, slots=True)
class NoValue:
    """A cell that should hold a value but does not: Dutch, why."""

    reason: str


NO_RESULT = NoValue("hier staat een formule zonder uitkomst. Open het bestand in Excel en sla het op.")
ERROR_RESULT = NoValue("hier staat een foutmelding van Excel. Verbeter de formule of typ de waarde zelf.")


# --- rows ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table; what cannot be understood goes to ``faults`` and reads as empty.

    Attributes:
        number: As Excel counts, 1-based.
        values: What stands in each column that was found, by its name.
        faults: Where faults go.
    """

    number: int
    values: Mapping[str, object]
    faults: Faults

    def fault(self, column: str, text: str) -> None:
        """Report what is wrong in a cell of this row."""
        self.faults.add(text, row=self.number, column=column)

    def value(self, column: str) -> object:
        """Give what stands in a cell; None when it is empty."""
        found = self.values.get(column)
        if isinstance(found, NoValue):
            self.fault(column, found.reason)
            return None
        return found

    def exact(self, column: str) -> str:
        """Give a text as it was written: nothing tidied, for comparing with names of files."""
        found = self.value(column)
        return "" if found is None else unescape(str(found))

    def text(self, column: str) -> str:
        """Give a text as one clean line."""
        found = self.value(column)
        if isinstance(found, float) and found.is_integer():
            found = int(found)
        return "" if found is None else one_line(unicodedata.normalize("NFC", unescape(str(found))))

    def day(self, column: str) -> date | None:
        """Give a day, from a real date or from Dutch text with the day before the month."""
        found = self.value(column)
        if found is None:
            return None
        day = _day_in(found)
        if day is None:
            shown = f"{found:%d-%m-%Y}" if isinstance(found, date) else found
            self.fault(column, f"{quoted(shown)} is geen bestaande datum. Schrijf bijvoorbeeld 1-8-2026.")
        return day

    def clock(self, column: str) -> str:
        """Give a time of day as ``19.30``, from a real time or from text; empty when there is none."""
        found = self.value(column)
        if found is None or not self.text(column):
            return ""
        clock = _clock_in(found)
        if not clock:
            self.fault(column, f"{quoted(found)} is geen tijd. Schrijf bijvoorbeeld 19.30.")
        return clock

    def minutes(self, column: str) -> int:
        """Give a length in whole minutes; 0 when there is none."""
        written = self.text(column)
        read = _MINUTES.fullmatch(written)
        if written and (read is None or int(read[1]) == 0):
            self.fault(column, f"{quoted(written)} is geen aantal minuten. Schrijf bijvoorbeeld 15.")
        return int(read[1]) if read else 0


def _day_in(value: object) -> date | None:
    """Read a real date, or a text that is a day with its year and nothing else."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
    else:
        text = one_line(value)
        found = find_dates(text, None)
        if len(found) != 1 or found[0].raw != text or (found[0].ambiguous and "/" not in text):
            return None
        day = found[0].day
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _clock_in(value: object) -> str:
    """Read a time as a person or Excel writes it: ``19.30``, a real time, or the number 19.3."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return f"{value.hour}.{value.minute:02d}"
    if isinstance(value, timedelta):
        return _of_minutes(round(value.total_seconds() / 60))
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = int(value)
        part_of_day = 0 < value < 1
        return (
            _of_minutes(round(value * _DAY_MINUTES))
            if part_of_day
            else _of(whole, round((value - whole) * 100))
        )
    read = _CLOCK.fullmatch(one_line(value))
    return _of(int(read[1]), int(read[2] or 0)) if read else ""


def _of_minutes(minutes: int) -> str:
    return _of(*divmod(minutes, 60))


def _of(hour: int, minute: int) -> str:
    valid = 0 <= hour <= _LAST_HOUR and 0 <= minute <= _LAST_MINUTE
    return f"{hour}.{minute:02d}" if valid else ""
