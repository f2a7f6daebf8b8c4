"""Write and read ``… - verdeling.xlsx``: the sheet on which a person tells what one paper is.

Each row is one thing. A row with a mistake comes as it was typed, for the road to refuse with a
reason; there are always empty rows below. May touch: the one file it is asked to write or read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.edges import files
from pipeline.edges.excel.card import (
    CHOICES,
    GREY,
    MARK,
    RECORDED,
    RED,
    TEXT_FORMAT,
    YELLOW,
    day_of,
    fingerprint,
    hide_last_column,
    offer,
    paragraph,
    sound_rows,
    tidy,
    typed_day,
    typed_text,
)
from pipeline.edges.excel.rows import Row
from pipeline.edges.excel.sheet import DATE_FORMAT, Heading, Preface, add_row, new_sheet, to_bytes
from pipeline.edges.excel.table import Column, Shape, read_content
from pipeline.values import Division, DivisionChoices, Share, is_recorded, is_refusal

SORT, RIGHT, HOLDER, SUBJECT, ANSWER_BY = (
    "soort",
    "recht",
    "voor wie",
    "onderwerp",
    "antwoord gevraagd op",
)
READY = "klaar"
YES = "ja"

_SHEET = "Verdeling"
_HEADINGS = (
    Heading(name=SORT, width=26),
    Heading(name=RIGHT, width=48),
    Heading(name=HOLDER, width=22),
    Heading(name=SUBJECT, width=40),
    Heading(name=ANSWER_BY, width=14),
    Heading(name=READY, width=8),
    Heading(name=RECORDED, width=42),
    Heading(name=MARK, width=20),
)
_SHAPE = Shape(
    sheet=_SHEET,
    any_sheet=True,
    not_sheets=(CHOICES,),
    columns=(
        *(
            Column(name=name, required=True)
            for name in (SORT, RIGHT, HOLDER, SUBJECT, ANSWER_BY, READY, RECORDED)
        ),
        Column(name=MARK),
    ),
)
_EXPLANATION = (
    "Staat er in dit stuk meer dan één ding, bijvoorbeeld twee verzoeken? Maak dan van elk ding één gele "
    "regel: kies de soort en zo nodig het recht, en schrijf het onderwerp op. Kiest u een recht, dan is ook "
    "bekend voor wie het is; vul 'voor wie' alleen in als u geen recht kiest, of bij informatie voor een "
    "geleding. De regels die er al staan, zijn een voorstel: verbeter ze of maak ze leeg. Elk verzoek krijgt "
    "een eigen dossier; informatie en andere stukken komen in het dossier van het verzoek dat erboven staat. "
    "Kloppen alle regels? Kies dan op de eerste regel in de kolom 'klaar' het woord ja, sla op en sluit "
    "Excel. Tot dan gebeurt er niets. Is het toch maar één ding? Sleep het stuk dan gewoon naar de map van "
    "de juiste soort; dit blad verdwijnt vanzelf."
)
_EMPTY_ROWS = 6
_REMEMBERED = 64
"""Sheets that need not be parsed again while their bytes stay the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of the sheet; ``number`` as Excel counts, 0 when it is yet to be written."""

    sort: str = ""
    right: str = ""
    holder: str = ""
    subject: str = ""
    answer_by: str = ""
    ready: str = ""
    recorded: str = ""
    mark: str = ""
    number: int = field(default=0, compare=False)

    @property
    def is_done(self) -> bool:
        """True when it was filed before: she cannot change it here."""
        return is_recorded(self.recorded)

    @property
    def is_filled(self) -> bool:
        """True when there is something in it to file."""
        return bool(self.sort or self.right or self.holder or self.subject or self.answer_by)


# --- writing ---------------------------------------------------------------------------


def write_division(path: Path, division: Division, choices: DivisionChoices) -> None:
    """Write the sheet, unless the file there already says the same.

    Args:
        path: The file.
        division: Everything it has to hold, in this order; where each row stood does not matter.
        choices: What can be chosen from.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: What lies there cannot be read, so it may hold what she typed.
    """
    content = read_content(path)
    mark = fingerprint(_EXPLANATION, *choices.sorts, *choices.rights, *choices.holders)
    lines = tuple(_lines(division, mark))
    if content is None or _lines_in(content, path.name) != tuple(map(_tidied, lines)):
        files.write(path, _workbook(lines, choices))


def _lines(division: Division, mark: str) -> Iterator[_Line]:
    for number, share in enumerate(division.shares):
        yield _Line(
            sort=share.sort,
            right=share.right,
            holder=share.holder,
            subject=share.subject,
            answer_by=share.answer_by,
            ready="" if number else division.ready,
            recorded=share.recorded,
            mark=mark,
        )
    for _ in range(_EMPTY_ROWS):
        yield _Line(mark=mark)


def _tidied(line: _Line) -> _Line:
    day = day_of(line.answer_by)
    return _Line(
        sort=tidy(line.sort),
        right=tidy(line.right),
        holder=tidy(line.holder),
        subject=tidy(line.subject),
        answer_by=f"{day:%d-%m-%Y}" if day else tidy(line.answer_by),
        ready=tidy(line.ready),
        recorded=tidy(line.recorded),
        mark=line.mark,
    )


def _workbook(lines: tuple[_Line, ...], choices: DivisionChoices) -> bytes:
    preface = (Preface(text="Meer dan één ding in dit stuk", bold=True), paragraph(_EXPLANATION, _HEADINGS))
    sheet = new_sheet(_SHEET, _HEADINGS, preface)
    hide_last_column(sheet, _HEADINGS)
    rows = [_add_line(sheet, line, is_first=number == 0) for number, line in enumerate(lines)]
    to_fill = [cells for cells, line in zip(rows, lines, strict=True) if not line.is_done]
    for column, offered in enumerate((choices.sorts, choices.rights, choices.holders)):
        offer(sheet, [cells[column] for cells in to_fill], offered)
    offer(sheet, [rows[0][_READY_AT]], (YES,))
    return to_bytes(sheet)


_READY_AT = 5
_TYPED = 5
"""Columns that she fills in, before ``klaar``."""


def _add_line(sheet: Worksheet, line: _Line, *, is_first: bool) -> tuple[Cell, ...]:
    """Add a row, yellow where she can still change it."""
    answer_by = day_of(line.answer_by) or line.answer_by
    values = (line.sort, line.right, line.holder, line.subject, answer_by, line.ready, line.recorded)
    cells = add_row(sheet, (*values, line.mark))
    for cell in cells[:_TYPED]:
        cell.fill = GREY if line.is_done else YELLOW
        cell.number_format = TEXT_FORMAT
    cells[4].number_format = DATE_FORMAT
    cells[_READY_AT].fill = YELLOW if is_first else GREY
    cells[6].fill = RED if is_refusal(line.recorded) else GREY
    return cells


# --- reading ---------------------------------------------------------------------------


def read_division(path: Path) -> Division | None:
    """Read a ``… - verdeling.xlsx``: every row with something in it, and whether she is done.

    Returns:
        The rows in order; a day as ``16-11-2026``, what is no day as it was typed. None without
        that file.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: It is no workbook, or its header is gone.
    """
    content = read_content(path)
    if content is None:
        return None
    lines = _lines_in(content, path.name)
    return Division(
        shares=tuple(map(_share, (line for line in lines if line.is_filled))),
        ready=next((line.ready for line in lines if line.ready), ""),
    )


def _share(line: _Line) -> Share:
    return Share(
        row=line.number,
        sort=line.sort,
        right=line.right,
        holder=line.holder,
        subject=line.subject,
        answer_by=line.answer_by,
        recorded=line.recorded,
    )


@lru_cache(maxsize=_REMEMBERED)
def _lines_in(content: bytes, name: str) -> tuple[_Line, ...]:
    return tuple(map(_line_in, sound_rows(content, _SHAPE, name)))


def _line_in(row: Row) -> _Line:
    return _Line(
        sort=typed_text(row, SORT),
        right=typed_text(row, RIGHT),
        holder=typed_text(row, HOLDER),
        subject=typed_text(row, SUBJECT),
        answer_by=typed_day(row, ANSWER_BY),
        ready=typed_text(row, READY),
        recorded=row.text(RECORDED),
        mark=row.text(MARK),
        number=row.number,
    )
