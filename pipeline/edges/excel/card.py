"""Write and read zaakkaart.xlsx: what happened in a case, as a person tells it in the yellow cells.

A bad answer never spoils the rest: it is given as it was typed, for the flow to refuse with a reason.
What a person typed and no question asks, a row of her own or a question she changed, counts for
nothing and stays at the bottom until she empties it. A hidden column tells which rows the service
wrote, for which question and which card. May touch: the one file it is asked to write or read.
"""

import hashlib
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.edges import files
from pipeline.edges.excel.rows import NO_RESULT, Faults, NoValue, Row
from pipeline.edges.excel.sheet import DATE_FORMAT, Heading, Preface, add_row, new_sheet, put, to_bytes
from pipeline.edges.excel.table import Column, Shape, read_content, table_in
from pipeline.edges.reading.charset import one_line
from pipeline.values import AnswerKind, Card, CardAnswer, CardLine, is_recorded, is_refusal, refusal

QUESTION, ANSWER, POSSIBLE, RECORDED, MARK = "wat", "antwoord", "uitleg", "Vastgelegd", "dienst"
CHOICES = "Keuzes"
"""The hidden sheet with what can be chosen from."""
YELLOW = PatternFill("solid", fgColor="FFF2CC")
GREY = PatternFill("solid", fgColor="F2F2F2")
RED = PatternFill("solid", fgColor="FFC7CE")
TEXT_FORMAT = "@"

_SHEET = "Zaakkaart"
_HEADINGS = (
    Heading(name=QUESTION, width=34),
    Heading(name=ANSWER, width=26),
    Heading(name=POSSIBLE, width=42),
    Heading(name=RECORDED, width=42),
    Heading(name=MARK, width=42),
)
_SHAPE = Shape(
    sheet=_SHEET,
    any_sheet=True,
    not_sheets=(CHOICES,),
    columns=(
        Column(name=QUESTION, required=True),
        Column(name=ANSWER, required=True),
        Column(name=POSSIBLE, also=("mogelijk",)),
        Column(name=RECORDED, required=True),
        Column(name=MARK),
    ),
)
_EXPLANATION = (
    "Is er iets gebeurd in deze zaak? Vul het in de gele cel in, sla op en sluit Excel. Typ alleen in de "
    "gele cellen, en schrijf een datum als 16-11-2026. Klopt een antwoord niet, verbeter het dan of maak de "
    "cel leeg: de dienst neemt het antwoord terug en berekent opnieuw wat erdoor begonnen was. In de kolom "
    "Vastgelegd leest u wat de dienst met uw antwoord heeft gedaan."
)
_NO_REASON = "dit antwoord past hier niet. Verbeter het of maak de cel leeg."
_NOT_ASKED = refusal(
    "dit staat niet bij een vraag van deze kaart. Zet uw antwoord hierboven in de gele cel die "
    "erbij hoort en maak deze cel leeg."
)
_FROM_LIST = "Kies uit de lijst in de gele cel."
_LONGEST_CHOICES = 120
_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-((?:19|20)\d\d)")
_DIGITS = 8
_MARKED = 3
"""Words of a mark before the answer that was shown."""
_REMEMBERED = 256
"""Cards that need not be parsed again while their bytes stay the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of the card; ``mark`` is what the service put there, empty in a row that is not its own."""

    question: str
    answer: str
    possible: str
    recorded: str
    mark: str

    @property
    def asks(self) -> str:
        """Digest of the question that stands, or stood, in this row."""
        return self.mark.split()[1] if self.mark.count(" ") else fingerprint(self.question)

    @property
    def shown(self) -> str | None:
        """Give what stood in this row when the service wrote the card; None when that is not known."""
        words = self.mark.split(" ", 3)
        return None if len(words) < _MARKED else " ".join(words[_MARKED:])


# --- writing ---------------------------------------------------------------------------


def write_card(path: Path, card: Card) -> None:
    """Write zaakkaart.xlsx, unless the file there already says the same.

    Args:
        path: The file.
        card: What is recorded; its answers replace those in the file, so read that first.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: What lies there cannot be read, so it may hold what she typed.
    """
    content = read_content(path)
    found = () if content is None else _lines_in(content, path.name)
    lines = (*_asked(card), *_left_over(card, found))
    if not card.lines or found != tuple(map(_tidied, lines)):
        files.write(path, _workbook(card, lines))


def _asked(card: Card) -> Iterator[_Line]:
    stamp = fingerprint(repr(card), _EXPLANATION)
    for line in card.lines:
        yield _Line(
            question=line.question,
            answer=line.answer,
            possible=_possible(line),
            recorded=_recorded(line),
            mark=f"{line.kind} {fingerprint(line.question)} {stamp} {tidy(line.answer)}".rstrip(),
        )


def _possible(line: CardLine) -> str:
    shown = f"Kies uit: {' / '.join(line.choices)}"
    choices = shown if len(shown) <= _LONGEST_CHOICES else _FROM_LIST
    return "\n".join(filter(None, (line.hint, choices if line.choices else "")))


def _recorded(line: CardLine) -> str:
    if not line.refused or is_refusal(line.recorded):
        return line.recorded
    return refusal(line.recorded or _NO_REASON)


def _left_over(card: Card, found: tuple[_Line, ...]) -> Iterator[_Line]:
    """Give what she typed in rows that answer no question of the card."""
    answers = {fingerprint(line.question): _tidy_answer(line) for line in card.lines}
    counting = tuple(line for line in _counting(found) if line.asks in answers)
    for line in found:
        if line.answer and line not in counting and _is_unseen(line, answers):
            yield replace(line, possible="", recorded=_NOT_ASKED, mark="")


def _is_unseen(line: _Line, answers: Mapping[str, str]) -> bool:
    """Tell whether an answer may be recorded nowhere."""
    if line.asks in answers:
        return line.answer != answers[line.asks]
    return not is_recorded(line.recorded)


def _tidied(line: _Line) -> _Line:
    return _Line(
        question=tidy(line.question),
        answer=_tidy_day(line.answer) if line.mark.startswith(AnswerKind.DAG) else tidy(line.answer),
        possible=tidy(line.possible),
        recorded=tidy(line.recorded),
        mark=line.mark,
    )


def _tidy_answer(line: CardLine) -> str:
    return _tidy_day(line.answer) if line.kind is AnswerKind.DAG else tidy(line.answer)


def _tidy_day(text: str) -> str:
    day = day_of(text)
    return f"{day:%d-%m-%Y}" if day else tidy(text)


# --- the workbook ----------------------------------------------------------------------


def _workbook(card: Card, lines: tuple[_Line, ...]) -> bytes:
    preface = (
        Preface(text=card.heading, bold=True),
        paragraph(_EXPLANATION, _HEADINGS),
        paragraph(card.state, _HEADINGS),
    )
    sheet = new_sheet(_SHEET, _HEADINGS, preface)
    hide_last_column(sheet, _HEADINGS)
    answers = [_add_line(sheet, line) for line in lines]
    for asked, cell in zip(card.lines, answers, strict=False):
        offer(sheet, (cell,), asked.choices)
    return to_bytes(sheet)


def _add_line(sheet: Worksheet, line: _Line) -> Cell:
    """Add a row; gives the cell of the answer."""
    is_day = line.mark.startswith(AnswerKind.DAG)
    answer = (day_of(line.answer) if is_day else None) or line.answer
    cells = add_row(sheet, (line.question, answer, line.possible, line.recorded, line.mark))
    question, typed, possible, recorded, mark = cells
    for cell in (question, possible, recorded, mark):
        cell.fill = GREY
    typed.fill = YELLOW
    typed.number_format = DATE_FORMAT if is_day else TEXT_FORMAT
    if is_refusal(line.recorded):
        recorded.fill = RED
    return typed


def paragraph(text: str, headings: tuple[Heading, ...]) -> Preface:
    """Give a preface high enough for its text, above columns of which the last is hidden."""
    width = sum(heading.width for heading in headings[:-1])
    return Preface(text=text, height=15 * max(1, len(textwrap.wrap(tidy(text), width))))


def hide_last_column(sheet: Worksheet, headings: tuple[Heading, ...]) -> None:
    """Hide the column in which the service keeps its marks."""
    sheet.column_dimensions[get_column_letter(len(headings))].hidden = True


def offer(sheet: Worksheet, cells: Iterable[Cell], choices: tuple[str, ...]) -> None:
    """Give cells a drop-down list, from a hidden sheet: a list in the cell itself is short and has no commas.

    Args:
        sheet: The sheet of the cells; every list in it was put there by this function.
        cells: Where one can choose.
        choices: What one can choose from; without any there is no list.
    """
    offered = [choice for choice in dict.fromkeys(map(tidy, choices)) if choice]
    if not offered:
        return
    column = len(sheet.data_validations.dataValidation) + 1
    hidden = _choice_sheet(sheet)
    for row, choice in enumerate(offered, start=1):
        put(cast("Cell", hidden.cell(row, column)), choice)
    letter = get_column_letter(column)
    check = _check(f"{CHOICES}!${letter}$1:${letter}${len(offered)}")
    sheet.add_data_validation(check)
    for cell in cells:
        check.add(cell)


def _choice_sheet(sheet: Worksheet) -> Worksheet:
    book = cast("Workbook", sheet.parent)
    if CHOICES not in book.sheetnames:
        book.create_sheet(CHOICES).sheet_state = "veryHidden"
    return cast("Worksheet", book[CHOICES])


def _check(source: str) -> DataValidation:
    return DataValidation(
        type="list",
        formula1=source,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop",
        errorTitle="Kies uit de lijst",
        error="Dit antwoord staat niet in de lijst. Kies met het pijltje naast de cel, of maak de cel leeg.",
    )


# --- reading ---------------------------------------------------------------------------


def read_card(path: Path) -> tuple[CardAnswer, ...] | None:
    """Read what stands in the yellow cells of zaakkaart.xlsx.

    Returns:
        An answer for each question that the service wrote and that still stands there, in order; the
        first one counts when a row was doubled. A question that is missing was not cleared. A day
        comes as ``16-11-2026``; what is no day, and what is not among the choices, comes as typed.
        None when there is no such file.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: It is no workbook, or its header is gone.
    """
    content = read_content(path)
    if content is None:
        return None
    counting = _counting(_lines_in(content, path.name))
    return tuple(
        CardAnswer(question=line.question, answer=line.answer, shown=line.shown) for line in counting
    )


@lru_cache(maxsize=_REMEMBERED)
def _lines_in(content: bytes, name: str) -> tuple[_Line, ...]:
    return tuple(map(_line_in, sound_rows(content, _SHAPE, name)))


def sound_rows(content: bytes, shape: Shape, name: str) -> tuple[Row, ...]:
    """Read the rows of a table of which the header is whole.

    Raises:
        ListUnreadableError: It is no workbook, or its header is gone.
    """
    faults = Faults(name)
    rows = table_in(content, shape, faults)
    if rows is None:
        faults.add(f"het blad '{shape.sheet}' ontbreekt. Zet het terug.")
    faults.raise_any()
    return rows or ()


def _line_in(row: Row) -> _Line:
    mark = row.text(MARK)
    is_day = mark.startswith(AnswerKind.DAG) or not mark
    return _Line(
        question=row.text(QUESTION),
        answer=typed_day(row, ANSWER) if is_day else typed_text(row, ANSWER),
        possible=row.text(POSSIBLE),
        recorded=row.text(RECORDED),
        mark=mark,
    )


def _counting(lines: tuple[_Line, ...]) -> tuple[_Line, ...]:
    """Give the rows the service wrote of which the question is unchanged; the first of each question.

    When the marks are gone altogether, every row with a question counts.
    """
    has_marks = any(line.mark for line in lines)
    first: dict[str, _Line] = {}
    for line in lines:
        is_whole = line.asks == fingerprint(line.question) and bool(line.mark) == has_marks
        if line.question and is_whole:
            first.setdefault(line.question, line)
    return tuple(first.values())


# --- what a person types ---------------------------------------------------------------


def typed_text(row: Row, column: str) -> str:
    """Give what a person typed as one clean line, about as Excel shows it; empty when there is nothing."""
    found = row.values.get(column)
    if isinstance(found, NoValue):
        return "(formule zonder uitkomst)" if found == NO_RESULT else "(geen leesbare waarde)"
    if isinstance(found, bool):
        return "WAAR" if found else "ONWAAR"
    return f"{found:%d-%m-%Y}" if isinstance(found, date) else row.text(column)


def typed_day(row: Row, column: str) -> str:
    """Give a day as ``16-11-2026``, from a real date or Dutch text; what is no day, as it was typed."""
    day = row.day(column)
    return f"{day:%d-%m-%Y}" if day else typed_text(row, column)


def day_of(text: str) -> date | None:
    """Read ``16-11-2026``, as the service itself writes a day; None when it is no day."""
    read = _DAY.fullmatch(tidy(text))
    try:
        return date(int(read[3]), int(read[2]), int(read[1])) if read else None
    except ValueError:
        return None


def tidy(text: str) -> str:
    """Make one clean line of a text, as it will be read back."""
    return one_line(unicodedata.normalize("NFC", text))


def fingerprint(*parts: str) -> str:
    """Give a short digest of texts, for telling whether they are still the same."""
    joined = "\x1f".join(map(tidy, parts))
    return hashlib.sha256(joined.encode()).hexdigest()[:_DIGITS]
