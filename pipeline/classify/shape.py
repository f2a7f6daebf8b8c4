"""What the shape of a paper says where its words say little: numbered items, rows of days, articles.

Pure. Another shape = one function that gives the lines that show it, and one line in ``SHAPES``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.classify.page import Page, is_item
from pipeline.folding import fold
from pipeline.values import Evidence, Kind

_SENTENCE = 240
_USUAL_ITEMS = ("opening", "rondvraag", "sluiting", "wvttk", "w.v.t.t.k", "mededelingen")
_AT_A_TIME = re.compile(r"\d{1,2}[.:]\d{2}\s{1,8}\S")
_ACTION_NUMBER = re.compile(r"[-*\u2022\s]{0,4}[ab]\s?\d{1,3}\s?[.:)\t -]")
_ACTION_HEADING = re.compile(
    r"(?:(?:openstaande |nieuwe )?(?:acties|actiepunten|actielijst)|besloten|besluiten"
    r"|besluitenlijst|te doen|wie doet wat|besluiten en acties|acties en besluiten)\s?:?"
)
_MINUTES = re.compile(r"(?:aanwezig|afwezig|afgemeld|notulist|present|opening)\b")
_DAY = re.compile(
    r"\d(?<!\w\d)\d?(?:\.?\s(?P<month>jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)|"
    r"[-/](?P<number>\d{1,2})(?:[-/]\d{2,4})?\b)"
)
_ROW_OF_DAY = re.compile(
    r"[-*\u2022\s]{0,4}(?:(?:ma|di|wo|do|vr|za|zo)[a-z]{0,7}\.?\s)?\d{1,2}(?:\s[a-z]{3}|[-/]\d)"
)
_ARTICLE = re.compile(r"[\s#*]{0,4}artike[l1] \d{1,3}[a-z]?\b")
_AMOUNTS = re.compile(r"(?:\t|\s{2}|\u20ac)\s{0,8}-?[\d.]{1,12}(?:,\d{1,2}|,-)?\s{0,8}$")
_FEWEST_MONTHS = 4


def _agenda_items(page: Page) -> tuple[str, ...]:
    """Items, one of which every agenda has; that one first."""
    twins = zip(page.lines, page.folded_lines, strict=True)
    items = [(line, folded) for line, folded in twins if is_item(line) or _AT_A_TIME.match(line)]
    usual = [line for line, folded in items if any(word in folded for word in _USUAL_ITEMS)]
    return (usual[0], *(line for line, _ in items if line is not usual[0])) if usual else ()


def _actions(page: Page) -> tuple[str, ...]:
    """Decisions and actions by number, or a list below a heading that says so; not in minutes."""
    if any(map(_MINUTES.match, page.folded_lines)):
        return ()
    is_headed = any(map(_ACTION_HEADING.fullmatch, page.folded_lines))
    return _lines_of(_ACTION_NUMBER, page) or (tuple(filter(is_item, page.lines)) if is_headed else ())


def _days(page: Page) -> tuple[str, ...]:
    """Days of many months: rows that begin with one, or a single line that sums them up."""
    rows = _lines_of(_ROW_OF_DAY, page)
    if len(rows) >= _FEWEST_MONTHS and len(_months("\n".join(rows))) >= _FEWEST_MONTHS:
        return rows
    if len(_months(page.body.text)) <= _FEWEST_MONTHS:
        return ()
    summed_up = (line for line in page.body.text.split("\n") if len(_months(line)) > _FEWEST_MONTHS)
    return tuple(next(summed_up, "").split(","))


def _months(text: str) -> set[str]:
    return {match["month"] or f"{int(match['number']):02}" for match in _DAY.finditer(fold(text))}


def _articles(page: Page) -> tuple[str, ...]:
    return _lines_of(_ARTICLE, page)


def _lines_of(beginning: re.Pattern[str], page: Page) -> tuple[str, ...]:
    """Give the lines of which the folded twin begins so."""
    twins = zip(page.lines, page.folded_lines, strict=True)
    return tuple(line for line, folded in twins if beginning.match(folded))


def _amounts(page: Page) -> tuple[str, ...]:
    """Rows that end with an amount; a letter may hold a few."""
    return () if page.has_salutation else tuple(line for line in page.lines if _AMOUNTS.search(line))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A shape that speaks for a kind.

    Attributes:
        kind: The kind.
        points: What it adds.
        fewest: Number of lines from which it is one.
        share: Least share of the text that is in those lines; a table in a paper is not yet the paper.
        lines: Gives the lines that show it.
        told: Dutch, shown as evidence.
    """

    kind: Kind
    points: float
    fewest: int
    share: float = 0.0
    lines: Callable[[Page], tuple[str, ...]]
    told: str


SHAPES = (
    Shape(kind=Kind.AGENDA, points=3.0, fewest=4, lines=_agenda_items, told="lijst van {} agendapunten"),
    Shape(
        kind=Kind.BESLUITENLIJST_ACTIELIJST,
        points=3.0,
        fewest=3,
        lines=_actions,
        told="lijst van {} besluiten of acties",
    ),
    Shape(
        kind=Kind.JAARPLAN_VERGADERROOSTER,
        points=3.0,
        fewest=5,
        share=0.3,
        lines=_days,
        told="{} datums, verspreid over het jaar",
    ),
    Shape(
        kind=Kind.REGLEMENT_STATUUT, points=3.0, fewest=3, lines=_articles, told="{} artikelen met een kop"
    ),
    Shape(
        kind=Kind.BEGROTING_FINANCIEEL,
        points=2.0,
        fewest=5,
        share=0.4,
        lines=_amounts,
        told="{} regels met een bedrag",
    ),
)


def shape_of(kind: Kind, page: Page) -> Evidence | None:
    """Give what the shape of a paper says for a kind."""
    for shape in SHAPES:
        lines = shape.lines(page) if shape.kind is kind else ()
        if len(lines) >= shape.fewest and _length(lines) >= shape.share * _length(page.lines):
            return Evidence(
                cue=shape.told.format(len(lines)), sentence=lines[0][:_SENTENCE], weight=shape.points
            )
    return None


def _length(lines: tuple[str, ...]) -> int:
    return sum(map(len, lines))


def is_in_articles(page: Page) -> bool:
    """Tell whether a paper consists of articles: it orders things and reports, asks or invites nothing."""
    return not page.has_salutation and shape_of(Kind.REGLEMENT_STATUUT, page) is not None
