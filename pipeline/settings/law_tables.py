"""What the rows of ``config/law/*.yaml`` and ``config/calendar/*.yaml`` must look like.

Only shapes and the rules within one row; ``law.py`` reads the files and makes the values.
"""

from datetime import date
from typing import Annotated, Literal, Self

import pydantic
from pydantic import Field

from pipeline.settings.problems import Table

Text = Annotated[str, Field(min_length=1)]
Confidence = Literal["V", "P", "K"]
UnitName = Literal["dag", "week", "maand", "jaar"]
Positive = Annotated[int, Field(ge=1)]
MONTH_DAY = r"^[01]\d-[0-3]\d$"


class Checked(Table):
    """A table whose fields can contradict each other."""

    def faults(self) -> tuple[str, ...]:
        """Tell in Dutch what does not fit together; empty when all is well."""
        return ()


class Sureness(Table):
    """How sure the facts of a term are; number and extension are as sure as the text unless said."""

    text: Confidence
    number: Confidence | None = None
    extension: Confidence | None = None


class AmendmentRow(Table):
    """A change of the law after the text that was read."""

    since: date
    text: Text
    confidence: Confidence


class LawRow(Table):
    """A law that terms belong to."""

    name: Text
    bwb: Text | None
    text_read: date | None
    newest_known: date | None
    valid_from: date
    schools: bool


class TermRow(Checked):
    """A term of a law."""

    id: Text
    law: Text
    article: Text
    paragraph: str
    kind: Literal["deadline", "suspension", "interval", "validity", "fixed_date", "prompt"]
    name: Text
    event: Text
    actor: Literal["raad", "bevoegd_gezag", "beide", "secretariaat"]
    must: Text
    confidence: Sureness
    status: Literal["known", "unverified"] = "known"
    length: Positive | None = None
    unit: UnitName | None = None
    number_from: Literal["law", "reglement", "afspraak", "regeling", "nobody"] = "law"
    month_day: Annotated[str, Field(pattern=MONTH_DAY)] | None = None
    direction: Literal["forward", "back"] = "forward"
    extension: Literal["atw", "unsettled", "none"] = "none"
    lapse: str = ""
    ends_early: str = ""
    not_for: str = ""
    notes: list[Text] = Field(default_factory=list)
    amendments: list[AmendmentRow] = Field(default_factory=list)
    next: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def faults(self) -> tuple[str, ...]:
        """Tell what does not fit together."""
        return tuple(text for wrong, text in self._rules() if wrong)

    def _rules(self) -> tuple[tuple[bool, str], ...]:
        counted = self.kind not in ("fixed_date", "prompt")
        given = self.length is not None
        dated = self.month_day is not None
        no_such_day = self.month_day is not None and not is_day(self.month_day)
        moved = self.extension != "none"
        backwards = bool(self.valid_from and self.valid_until and self.valid_until < self.valid_from)
        return (
            (given != (self.unit is not None), "length en unit horen bij elkaar: vul beide in of geen."),
            (not counted and given, f"Een {self.kind} heeft geen length; haal die weg."),
            (
                counted and given != (self.number_from == "law"),
                "Vul length in, of noem in number_from wie het getal geeft; niet allebei.",
            ),
            ((self.kind == "fixed_date") != dated, "month_day hoort bij fixed_date, en alleen daarbij."),
            (no_such_day, "month_day bestaat niet; schrijf maand-dag, bijvoorbeeld 04-30."),
            (
                moved and (self.direction == "back" or not counted),
                "Alleen wat vooruit wordt geteld kan worden verlengd: zet extension op none.",
            ),
            (backwards, "valid_until ligt vóór valid_from: draai ze om."),
        )


_NO_LEAP_YEAR = 2001


def is_day(month_day: str) -> bool:
    """Tell whether a month-day such as ``04-30`` exists in every year."""
    month, day = (int(part) for part in month_day.split("-"))
    try:
        date(_NO_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


class LongestTable(Table):
    """The longest terms that the Algemene termijnenwet covers."""

    dag: Positive
    week: Positive
    maand: Positive


class ActTable(Table):
    """Numbers and places of the Algemene termijnenwet."""

    confidence: Confidence
    citation_end: Text
    citation_working_days: Text
    short_from_days: Positive
    working_days: Positive
    longest: LongestTable


class YearsTable(Table):
    """First and last year, both included."""

    first: int
    last: int


class HolidayRow(Table):
    """A feestdag: a fixed day, or a number of days from Easter."""

    name: Text
    anchor: Literal["vast", "pasen"]
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    offset_days: int | None = None
    sunday_shift_days: int = 0

    @pydantic.model_validator(mode="after")
    def _fits_its_anchor(self) -> Self:
        fixed = self.month is not None and self.day is not None
        if self.anchor == "vast" and not (fixed and is_day(f"{self.month:02}-{self.day:02}")):
            raise ValueError("Een vaste feestdag heeft een month en day die bestaan.")
        if self.anchor == "pasen" and self.offset_days is None:
            raise ValueError("Een feestdag rond Pasen heeft offset_days.")
        return self


class EqualisedTable(Table):
    """Days that a royal decree put on a par with a feestdag."""

    confidence: Confidence
    name: Text
    known_from: int
    unknown_from: int
    days: list[date]


class CalendarFile(Checked):
    """feestdagen.yaml."""

    act: ActTable
    warn_months_ahead: Positive
    years: YearsTable
    feestdagen: list[HolidayRow]
    gelijkgesteld: EqualisedTable

    def faults(self) -> tuple[str, ...]:
        """Tell what does not fit together."""
        decrees = self.gelijkgesteld
        rules = (
            (self.years.last < self.years.first, "years: last ligt vóór first; draai ze om."),
            (
                decrees.unknown_from <= decrees.known_from,
                "gelijkgesteld: unknown_from moet na known_from liggen.",
            ),
        )
        return tuple(text for wrong, text in rules if wrong)


class SpanRow(Table):
    """First and last day, both included."""

    first: date
    last: date


class HolidayKind(Table):
    """A school holiday as a kind."""

    obligatory: bool
    remark: str = ""


class SchoolYear(Table):
    """The holidays of one school year: per kind, per region."""

    year: Text
    confidence: Confidence
    source: Text
    periods: dict[str, dict[str, SpanRow]]


class SchoolHolidaysFile(Checked):
    """schoolvakanties.yaml."""

    regions: list[Text]
    covered: SpanRow
    kinds: dict[str, HolidayKind]
    school_years: list[SchoolYear]


class RightRow(Checked):
    """A right of a council: one onderdeel."""

    id: Text
    law: Literal["WMS", "WOR", "Wmcz 2018"]
    article: Text
    lid: str = ""
    onderdeel: str = ""
    right: Literal["advies", "instemming", "afspraak"]
    majority: Text | None = None
    organ: Text
    geleding: Literal[
        "hele raad", "personeel", "ouders", "leerlingen", "ouders en leerlingen", "ouders of leerlingen"
    ]
    sectors: list[Text] = Field(default_factory=list)
    label: Text
    text: str = ""
    keywords: list[Text]
    later: str = ""
    confidence: Confidence
    valid_from: date | None = None
    valid_until: date | None = None

    def faults(self) -> tuple[str, ...]:
        """Tell what does not fit together."""
        backwards = self.valid_from and self.valid_until and self.valid_until < self.valid_from
        return ("valid_until ligt vóór valid_from: draai ze om.",) if backwards else ()
