"""Make readable text of the words tesseract found, with its lines, paragraphs and wide gaps.

Pure. A gap as wide as between two columns of a table becomes a tab; cells that tesseract reads one
after the other although they stand beside each other become one line.
"""

import csv
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.ports import ScannedPage

_WORD = "5"
"""The level of words in tesseract's table; pages, blocks, paragraphs and lines have lower ones."""
_GAP = 2.5
"""In heights of a word; the space between words of justified text stays far below it."""
_BESIDE = 0.6
"""Part of the lower of two lines that must stand at the height of the other to call them one row."""
_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n(?=(?!(?:en|of|tot|dan|als)\b)[a-zà-ÿ])")
"""A word cut in two at the end of a line; not ``voor-`` before ``en nadelen``."""


BLANK = ScannedPage(text="", words=0, certainty=1.0)
NOTHING = ScannedPage(text="", words=0, certainty=0.0)
"""A page on which something stands that could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    text: str
    place: tuple[str, str, str]
    left: int
    top: int
    right: int
    bottom: int
    certainty: float

    @property
    def height(self) -> int:
        return self.bottom - self.top


_Line = list[_Word]


def page_text(table: str) -> ScannedPage:
    """Make the text of a page of tesseract's TSV; what is no table at all gives no words."""
    words = tuple(_words(table))
    if not words:
        return NOTHING
    return ScannedPage(
        text=_HYPHEN.sub("", _joined(_rows(_lines(words)))),
        words=len(words),
        certainty=statistics.fmean(word.certainty for word in words),
    )


def _words(table: str) -> Iterator[_Word]:
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") == _WORD and text:
            left, top = int(row["left"]), int(row["top"])
            yield _Word(
                text=text,
                place=(row["block_num"], row["par_num"], row["line_num"]),
                left=left,
                top=top,
                right=left + int(row["width"]),
                bottom=top + int(row["height"]),
                certainty=max(0.0, float(row["conf"]) / 100),
            )


def _lines(words: tuple[_Word, ...]) -> list[_Line]:
    lines: list[_Line] = []
    for word in words:
        if lines and lines[-1][-1].place == word.place:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _rows(lines: list[_Line]) -> list[_Line]:
    """Join lines that follow each other and stand beside each other: the cells of a form."""
    rows: list[_Line] = []
    for line in lines:
        if rows and _is_beside(rows[-1], line):
            rows[-1] = [*rows[-1], *line]
        else:
            rows.append(line)
    return rows


def _is_beside(row: _Line, line: _Line) -> bool:
    top, bottom = _extent(row)
    other_top, other_bottom = _extent(line)
    shared = min(bottom, other_bottom) - max(top, other_top)
    lower = min(bottom - top, other_bottom - other_top)
    return line[0].left > row[-1].right and shared > _BESIDE * lower


def _extent(line: _Line) -> tuple[int, int]:
    return min(word.top for word in line), max(word.bottom for word in line)


def _joined(rows: list[_Line]) -> str:
    """Set the lines below each other, with an empty line where a paragraph ends."""
    text = ""
    for number, row in enumerate(rows):
        if number:
            same = rows[number - 1][-1].place[:2] == row[0].place[:2]
            text += "\n" if same else "\n\n"
        text += _spaced(row)
    return text


def _spaced(row: _Line) -> str:
    height = statistics.median(word.height for word in row)
    text = row[0].text
    for before, word in pairwise(row):
        wide = word.left - before.right > _GAP * height
        text += ("\t" if wide else " ") + word.text
    return text
