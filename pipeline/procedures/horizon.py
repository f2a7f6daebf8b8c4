"""Tell in time that a list on which terms are counted runs out.

Pure. How long before its end people are told is data: ``calendar.warn_months_ahead``.
"""

from datetime import date

from pipeline.dates import ONE_DAY, LegalCalendar, SchoolHolidays, Unit, count_on, dutch_date
from pipeline.procedures.cautions import WarningCode
from pipeline.values import TermWarning


def calendar_warnings(
    today: date, calendar: LegalCalendar, holidays: SchoolHolidays | None
) -> tuple[TermWarning, ...]:
    """Warn about every list that runs out soon, or has run out.

    Args:
        today: Legal day.
        calendar: Rest days.
        holidays: School holidays of the own rooster or the region; None without.

    Returns:
        The warnings, in a fixed order; empty while all lists reach far enough.
    """
    found = (_decrees(today, calendar), _school_holidays(today, calendar, holidays))
    return tuple(warning for warning in found if warning)


def _is_near(first_unknown: date, today: date, calendar: LegalCalendar) -> bool:
    return count_on(today, calendar.warn_months_ahead, Unit.MAAND) >= first_unknown


def _decrees(today: date, calendar: LegalCalendar) -> TermWarning | None:
    if not _is_near(date(calendar.unknown_from, 1, 1), today, calendar):
        return None
    return TermWarning(
        code=WarningCode.GELIJKGESTELDE_DAGEN_LOPEN_AF,
        text=f"De gelijkgestelde dagen zijn bekend tot en met {calendar.unknown_from - 1}. "
        "Daarna kan de laatste dag van een termijn anders uitvallen. "
        "Vraag uw beheerder om een nieuwe versie van Stukkenstroom.",
    )


def _school_holidays(
    today: date, calendar: LegalCalendar, holidays: SchoolHolidays | None
) -> TermWarning | None:
    if holidays is None or not _is_near(holidays.covered_to + ONE_DAY, today, calendar):
        return None
    whose = "Uw eigen rooster" if holidays.own_rooster else "De lijst"
    ends = "liep" if holidays.covered_to < today else "loopt"
    return TermWarning(
        code=WarningCode.SCHOOLVAKANTIES_LOPEN_AF,
        text=f"{whose} met schoolvakanties {ends} tot en met {dutch_date(holidays.covered_to)}. "
        "Zet de vakanties van het nieuwe schooljaar in het rooster in de map Instellingen.",
    )
