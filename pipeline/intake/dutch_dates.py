"""Days in Dutch text: where they stand and which day they mean.

Pure: values in, values out. Convention: day before month, always; a year of two digits is of
1980-2079. A day without a year counts from the *reference*, the date of the paper or the mail
it stands in, never from today; without a reference such a day is not found at all.

Not covered: days in words (``de eerste maandag van maart``), moving days (``volgende week
dinsdag``), months without a day. All repetition in the patterns is bounded, so the time taken
grows in proportion to the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "febr": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4, "apr": 4,
    "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "augustus": 8, "aug": 8, "september": 9, "sept": 9,
    "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TICK = r"['`\u00b4\u2018\u2019]"
_DASH = r"[-\u2010\u2011\u2013/.]"
_CORE = re.compile(
    rf"""(?<!\d)(?<!\d[.,:/-])(?:
      (?P<iso_year>(?:19|20)\d\d)-(?P<iso_month>\d\d?)-(?P<iso_day>\d\d?)(?![\d-])
    | (?P<day>\d\d?)(?:e|ste|de)?
      (?:
        [ ]?(?P<sep>{_DASH})[ ]?(?P<num>\d\d?)
           (?:[ ]?(?P=sep)[ ]?(?P<num_year>(?:19|20)\d\d|{_TICK}?\d\d))?(?!{_DASH}?\d)
      | (?:\.?\s{{1,3}}|-)(?P<month>{_MONTH})(?![a-z])\.?
           (?:(?:,?\s{{0,3}}|-)(?P<year>(?:19|20)\d\d|{_TICK}\d\d|2\d(?![.:]\d|\s{{0,2}}(?:uur|u\b|personen|leden)))(?!\d))?
      )
    )
    (?P<tail>\s{{1,3}}(?P<ago>jl\b|j\.l\b|jongstleden|ll\b|l\.l\b)
            |\s{{1,3}}(?P<next>a\.?s\b|aanstaande|e\.k\b|eerstkomende?))?\.?""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_NUMBER = re.compile(r"\d+")
_WEEKDAY_BEFORE = re.compile(
    r"(?<![a-z])(?:(ma|di|wo|do|vr|za|zo)\.?|(maan|dins|woens|donder|vrij|zater|zon)dag)"
    r"(?:avond|ochtend|middag)?,?\s{1,3}(?:de\s)?\Z",
    re.IGNORECASE,
)
_LIMIT_BEFORE = re.compile(
    r"(?:(?P<incl>uiterlijk(?:\s(?:op|vóór|voor))?|tot\sen\smet|t/m|(?:vóór|voor)\s(?:of|en)\sop|op\sof\s(?:vóór|voor))"
    r"|(?P<excl>(?<![a-z])(?:vóór|voor|tot|eerder\sdan)))\s{1,3}(?:de\s)?\Z",
    re.IGNORECASE,
)
_SHORT_CUE = re.compile(
    r"(?:\bd\.?\s?d\.?|\bdatum:?|\buiterlijk|\bvóór|\bvoor|\bop|\bvan)\s{1,3}\Z", re.IGNORECASE
)
_TIME_AFTER = re.compile(
    r",?\s{1,2}(?:om\s)?\d\d?(?:[.:]\d\d)?\s?(?:uur|u\b|h\b)|,?\s(?:om\s)?\d\d?[.:]\d\d", re.IGNORECASE
)
_LOOK_BACK = 40
_LEAP_YEARS_ASIDE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A day that stands in a text.

    Attributes:
        day: The day meant.
        start: Index of its first character, a weekday before it included.
        end: Index after its last character.
        raw: The characters themselves.
        ambiguous: It can be read as another day: slashes with two small numbers
            (``03/04/2026``), a weekday that does not fit, a bare year of two digits.
        before: ``voor``, ``vóór`` or ``tot`` stands before it: the day before is the last day.
            False when a time follows, for then the day itself still counts in part.
        limit: It closes a period: ``uiterlijk``, ``t/m``, or one of the words of ``before``.
        year_given: The text names the year.
    """

    day: date
    start: int
    end: int
    raw: str
    ambiguous: bool
    before: bool = False
    limit: bool = False
    year_given: bool = True

    @property
    def last_day(self) -> date:
        """Last day on which acting is still in time: the day itself, or the day before it."""
        return self.day - timedelta(days=1) if self.before else self.day


def find_dates(text: str, reference: date | None) -> tuple[FoundDate, ...]:
    """Find all days in a text, in order.

    ``jl.`` is the last such day on or before the reference, ``a.s.`` and a day after
    ``uiterlijk`` or ``voor`` the first on or after it; any other day without a year is the one
    nearest to the reference.

    Args:
        text: Any text; line ends inside a date are allowed.
        reference: Date of the paper or the mail; None leaves out every day without a year.

    Returns:
        Days that exist, without overlap. ``31 februari`` is not a day and is left out.
    """
    found = (_read(text, match, reference) for match in _written(text))
    return tuple(item for item in found if item is not None)


def _written(text: str) -> Iterator[re.Match[str]]:
    """Find what is written as a day; it begins with a number, and is tried nowhere else."""
    end = 0
    for number in _NUMBER.finditer(text):
        match = _CORE.match(text, number.start()) if number.start() >= end else None
        if match:
            end = match.end()
            yield match


def _read(text: str, match: re.Match[str], reference: date | None) -> FoundDate | None:
    before_text = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if _is_bare_pair(match) and not _SHORT_CUE.search(before_text):
        return None
    weekday = _WEEKDAY_BEFORE.search(before_text)
    start = match.start() - (len(before_text) - weekday.start() if weekday else 0)
    limit = _LIMIT_BEFORE.search(text[max(0, start - _LOOK_BACK) : start])
    wanted = _weekday_number(weekday)
    day = _day_of(match, reference, wanted, closes=limit is not None)
    if day is None:
        return None
    end = match.end() if match["tail"] else match.end() - _loose_dot(match)
    time_follows = _TIME_AFTER.match(text, end) is not None
    return FoundDate(
        day=day,
        start=start,
        end=end,
        raw=text[start:end],
        ambiguous=_is_ambiguous(match, day, wanted),
        before=limit is not None and limit["excl"] is not None and not time_follows,
        limit=limit is not None,
        year_given=_year_of(match) is not None,
    )


def _is_bare_pair(match: re.Match[str]) -> bool:
    """``3-11`` alone is far more often a range than a day."""
    return match["num"] is not None and match["num_year"] is None


def _loose_dot(match: re.Match[str]) -> int:
    """Give 1 when the match ends in the full stop of the sentence."""
    return int(match[0].endswith(".") and (_year_of(match) is not None or _full_month(match)))


def _full_month(match: re.Match[str]) -> bool:
    return match["num"] is not None or (match["month"] or "").lower() in {
        "januari", "februari", "maart", "april", "mei", "juni", "juli",
        "augustus", "september", "oktober", "november", "december",
    }  # fmt: skip


def _weekday_number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return _WEEKDAYS.index((match[1] or match[2])[:2].lower())


def _year_of(match: re.Match[str]) -> int | None:
    raw = match["iso_year"] or match["num_year"] or match["year"]
    if raw is None:
        return None
    number = int(raw[-2:] if len(raw) < 4 else raw)  # noqa: PLR2004 - four digits are a whole year
    if number >= 100:  # noqa: PLR2004 - idem
        return number
    return number + (2000 if number < 80 else 1900)  # noqa: PLR2004 - see the module docstring


def _day_of(
    match: re.Match[str], reference: date | None, weekday: int | None, *, closes: bool
) -> date | None:
    if match["sep"] == "." and not _looks_like_dotted_date(match):
        return None
    day = int(match["iso_day"] or match["day"])
    month = int(match["iso_month"] or match["num"] or 0) or _MONTHS[match["month"].lower()]
    year = _year_of(match)
    if year is not None:
        return _existing(year, month, day)
    if reference is None:
        return None
    forward = closes or match["next"] is not None
    return _nearest(month, day, reference, weekday, past=match["ago"] is not None, future=forward)


def _looks_like_dotted_date(match: re.Match[str]) -> bool:
    """Tell ``03.11.2026`` from a numbered heading ``4.3.12``."""
    year = match["num_year"] or ""
    return len(year) == 4 or (bool(year) and len(match["day"]) == len(match["num"]) == 2)  # noqa: PLR2004


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(
    month: int, day: int, reference: date, weekday: int | None, *, past: bool, future: bool
) -> date | None:
    aside = _LEAP_YEARS_ASIDE if (month, day) == (2, 29) else 1
    years = range(max(1, reference.year - aside), min(9999, reference.year + aside) + 1)
    days = [found for year in years if (found := _existing(year, month, day))]
    if past:
        days = [found for found in days if found <= reference]
    elif future:
        days = [found for found in days if found >= reference]
    near = sorted(days, key=lambda found: abs(found - reference))[:2]
    fitting = [found for found in near if weekday is not None and found.weekday() == weekday]
    return next(iter(fitting or near), None)


def _is_ambiguous(match: re.Match[str], day: date, weekday: int | None) -> bool:
    if weekday is not None and day.weekday() != weekday:
        return True
    if match["sep"] == "/" and day.day <= 12 and day.day != day.month:  # noqa: PLR2004 - could be a month
        return True
    return (match["year"] or "").isdigit() and len(match["year"]) == 2  # noqa: PLR2004 - bare two digits
