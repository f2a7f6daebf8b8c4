"""Read the law and the calendar: ``config/law/*.yaml`` and ``config/calendar/*.yaml`` become values.

Reads only below the folder it is given. Every fault of every file is found before anything is
said. Nothing is kept between calls; the rights are read only when they are asked for.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pipeline.classify.citations import CatalogueRight
from pipeline.dates import (
    HolidayAnchor,
    HolidayPeriod,
    HolidayRule,
    LegalCalendar,
    SchoolHolidays,
    TermsAct,
    Unit,
    legal_calendar,
    period_faults,
)
from pipeline.errors import Problem, SettingsError
from pipeline.procedures.catalogue import (
    Amendment,
    Direction,
    Extension,
    NumberFrom,
    Status,
    Term,
    TermCatalogue,
    TermKind,
)
from pipeline.settings.law_tables import CalendarFile, LawRow, RightRow, SchoolHolidaysFile, TermRow
from pipeline.settings.problems import validate
from pipeline.settings.validity import Validity, overlap_problems
from pipeline.settings.yaml_tables import (
    check_rows,
    parse_yaml,
    read_whole,
    unknown_keys,
)
from pipeline.values import Actor

_TERMS = "law/terms.yaml"
_RIGHTS = "law/rights.yaml"
_FEESTDAGEN = "calendar/feestdagen.yaml"
_SCHOOLVAKANTIES = "calendar/schoolvakanties.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What is needed to compute terms.

    Attributes:
        terms: Every term by id, in the version that holds last; each knows its earlier versions.
        calendar: Rest days and the Algemene termijnenwet.
        school_holidays: Per region.
        text_read: Per law: of which day the text is that was read; without those that were not.
    """

    terms: TermCatalogue
    calendar: LegalCalendar
    school_holidays: Mapping[str, SchoolHolidays]
    text_read: Mapping[str, date]


def load_law(config: Path) -> Law:
    """Read terms, rest days and school holidays.

    Args:
        config: The folder that holds ``law/`` and ``calendar/``.

    Raises:
        SettingsError: With every problem of all three files.
    """
    problems: list[Problem] = []
    terms, text_read = _terms(config, problems)
    calendar = read_whole(CalendarFile, config, _FEESTDAGEN, problems)
    schools = read_whole(SchoolHolidaysFile, config, _SCHOOLVAKANTIES, problems)
    if schools is not None:
        problems += _school_problems(schools)
    if problems or calendar is None or schools is None:
        raise SettingsError(tuple(problems))
    return Law(
        terms=terms,
        calendar=_calendar(calendar),
        school_holidays=_school_holidays(schools),
        text_read=text_read,
    )


def load_rights(config: Path) -> tuple[CatalogueRight, ...]:
    """Read the catalogue of rights, in the order of the file.

    An id may stand there more than once, each time for other days: ask ``is_valid_on``.

    Args:
        config: The folder that holds ``law/``.

    Raises:
        SettingsError: With every problem of the file.
    """
    problems: list[Problem] = []
    table = parse_yaml(config, _RIGHTS, problems)
    problems += unknown_keys(table, ("rights",), _RIGHTS)
    rows = check_rows(RightRow, table, _RIGHTS, "rights", problems)
    problems += _right_overlaps(rows)
    if problems:
        raise SettingsError(tuple(problems))
    return tuple(_right(row) for row in rows)


# --- terms -----------------------------------------------------------------------------


def _terms(config: Path, problems: list[Problem]) -> tuple[TermCatalogue, Mapping[str, date]]:
    """Read every term, and of which day the text of each law is."""
    table = parse_yaml(config, _TERMS, problems)
    laws = _laws(table.pop("laws", None), problems) if table else {}
    problems += unknown_keys(table, ("laws", "terms"), _TERMS)
    rows = check_rows(TermRow, table, _TERMS, "terms", problems)
    ids = {row.id for row in rows}
    for row in rows:
        place = f"{_TERMS} {row.id}"
        if row.law not in laws:
            problems.append(
                Problem(place=f"{place} [law]", text=f"De wet '{row.law}' staat niet onder laws.")
            )
        if row.next and row.next not in ids:
            problems.append(Problem(place=f"{place} [next]", text=f"De termijn '{row.next}' bestaat niet."))
    versions = [_term(row, laws[row.law]) for row in rows if row.law in laws]
    problems += overlap_problems(
        (
            Validity(id=term.id, subject=term.id, first=term.valid_from, last=term.valid_until)
            for term in versions
        ),
        _TERMS,
    )
    read = {name: law.text_read for name, law in laws.items() if law.text_read}
    return _newest(versions), MappingProxyType(read)


def _newest(versions: list[Term]) -> TermCatalogue:
    """Give each term in its last version, with those before it inside."""
    by_id: dict[str, list[Term]] = defaultdict(list)
    for term in sorted(versions, key=lambda term: term.valid_from or date.min, reverse=True):
        by_id[term.id].append(term)
    ids = dict.fromkeys(term.id for term in versions)
    return MappingProxyType({name: replace(by_id[name][0], earlier=tuple(by_id[name][1:])) for name in ids})


def _laws(table: object, problems: list[Problem]) -> dict[str, LawRow]:
    if not isinstance(table, dict) or not table:
        problems.append(Problem(place=f"{_TERMS} [laws]", text="De wetten ontbreken; vul ze in."))
        return {}
    laws: dict[str, LawRow] = {}
    for name, row in table.items():
        checked, faults = validate(LawRow, row if isinstance(row, dict) else {}, f"{_TERMS} laws {name}")
        problems += faults
        laws |= {name: checked} if checked else {}
    return laws


def _term(row: TermRow, law: LawRow) -> Term:
    sure = row.confidence
    month_day = row.month_day.split("-") if row.month_day else None
    return Term(
        id=row.id,
        name=row.name,
        law=row.law,
        article=row.article,
        paragraph=row.paragraph,
        kind=TermKind(row.kind),
        confidence=sure.text,
        number_confidence=sure.number or sure.text,
        extension_confidence=sure.extension or sure.text,
        actor=Actor(row.actor),
        event=row.event,
        status=Status(row.status),
        must=row.must,
        lapse=row.lapse,
        ends_early=row.ends_early,
        not_for=row.not_for,
        notes=tuple(row.notes),
        direction=Direction(row.direction),
        length=row.length,
        unit=Unit(row.unit) if row.unit else None,
        number_from=NumberFrom(row.number_from),
        month_day=(int(month_day[0]), int(month_day[1])) if month_day else None,
        extension=Extension(row.extension),
        amendments=tuple(
            Amendment(since=one.since, text=one.text, confidence=one.confidence) for one in row.amendments
        ),
        next_term=row.next,
        valid_from=row.valid_from or law.valid_from,
        valid_until=row.valid_until,
        for_schools=law.schools,
    )


# --- calendar --------------------------------------------------------------------------


def _calendar(file: CalendarFile) -> LegalCalendar:
    act = file.act
    longest = {Unit.DAG: act.longest.dag, Unit.WEEK: act.longest.week, Unit.MAAND: act.longest.maand}
    return legal_calendar(
        (
            HolidayRule(
                name=row.name,
                anchor=HolidayAnchor(row.anchor),
                month=row.month or 0,
                day=row.day or 0,
                offset_days=row.offset_days or 0,
                sunday_shift_days=row.sunday_shift_days,
            )
            for row in file.feestdagen
        ),
        file.gelijkgesteld.days,
        equalised_name=file.gelijkgesteld.name,
        equalised_confidence=file.gelijkgesteld.confidence,
        years=range(file.years.first, file.years.last + 1),
        known_from=file.gelijkgesteld.known_from,
        unknown_from=file.gelijkgesteld.unknown_from,
        act=TermsAct(
            citation_end=act.citation_end,
            citation_working_days=act.citation_working_days,
            short_from_days=act.short_from_days,
            working_days=act.working_days,
            longest=MappingProxyType(longest),
        ),
        warn_months_ahead=file.warn_months_ahead,
    )


def _school_problems(file: SchoolHolidaysFile) -> list[Problem]:
    """Find unknown names, and periods that are reversed or overlap."""
    problems = []
    for year in file.school_years:
        place = f"{_SCHOOLVAKANTIES} {year.year}"
        for name, spans in year.periods.items():
            if name not in file.kinds:
                problems.append(Problem(place=place, text=f"De soort '{name}' staat niet onder kinds."))
            unknown = [region for region in spans if region not in file.regions]
            problems += [
                Problem(place=f"{place} {name}", text=f"De regio '{region}' bestaat niet.")
                for region in unknown
            ]
    if problems:
        return problems
    return [
        Problem(place=f"{_SCHOOLVAKANTIES} regio {region}", text=fault)
        for region in file.regions
        for fault in period_faults(_periods(file, region))
    ]


def _school_holidays(file: SchoolHolidaysFile) -> Mapping[str, SchoolHolidays]:
    return MappingProxyType(
        {
            region: SchoolHolidays(
                periods=_periods(file, region),
                region=region,
                covered_from=file.covered.first,
                covered_to=file.covered.last,
            )
            for region in file.regions
        }
    )


def _periods(file: SchoolHolidaysFile, region: str) -> tuple[HolidayPeriod, ...]:
    periods = (
        HolidayPeriod(
            name=name,
            first=spans[region].first,
            last=spans[region].last,
            obligatory=file.kinds[name].obligatory,
            confidence=year.confidence,
            remark=file.kinds[name].remark,
        )
        for year in file.school_years
        for name, spans in year.periods.items()
        if region in spans
    )
    return tuple(sorted(periods, key=lambda period: period.first))


# --- rights ----------------------------------------------------------------------------


def _right_overlaps(rows: list[RightRow]) -> list[Problem]:
    """Find rights with one id, or one place in the law, that hold on the same days."""
    ids = [Validity(id=row.id, subject=row.id, first=row.valid_from, last=row.valid_until) for row in rows]
    problems = overlap_problems(ids, _RIGHTS)
    told = {problem.place for problem in problems}
    places = [
        replace(one, subject=f"{row.law} {row.article} {row.lid} {row.onderdeel}")
        for one, row in zip(ids, rows, strict=True)
    ]
    return problems + [one for one in overlap_problems(places, _RIGHTS) if one.place not in told]


def _right(row: RightRow) -> CatalogueRight:
    return CatalogueRight(
        id=row.id,
        law=row.law,
        article=row.article,
        lid=row.lid,
        onderdeel=row.onderdeel,
        right=row.right,
        majority=row.majority or "",
        organ=row.organ,
        geleding=row.geleding,
        sectors=tuple(row.sectors),
        label=row.label,
        text=row.text,
        keywords=tuple(row.keywords),
        later=row.later,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
