"""The school's calendar as iCalendar: whole-day holidays become periods, everything else is left alone."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.edges.rooster_ics import read_school_holidays_ics
from pipeline.errors import ListUnreadableError


def event(name: str, *lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{name}{lines}", f"SUMMARY:{name}", *lines, "END:VEVENT", ""))


def days(first: str, end: str) -> tuple[str, str]:
    return f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{end}"


def rooster(folder: Path, *events: str) -> Path:
    path = folder / "rooster.ics"
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//School//NL\r\n"
    path.write_bytes((head + "".join(events) + "END:VCALENDAR\r\n").encode())
    return path


def fault(path: Path) -> str:
    with pytest.raises(ListUnreadableError) as caught:
        read_school_holidays_ics(path)
    return f"{caught.value.wat} {caught.value.doe}"


def test_the_end_of_a_whole_day_event_is_the_day_after_it(tmp_path: Path) -> None:
    """RFC 5545: DTEND is exclusive; the holidays come soonest first, whatever their order in the file."""
    path = rooster(
        tmp_path,
        event("Kerstvakantie", *days("20261219", "20270104")),
        event("Herfstvakantie regio noord", *days("20261010", "20261019")),
    )
    assert read_school_holidays_ics(path) == (
        ("Herfstvakantie regio noord", date(2026, 10, 10), date(2026, 10, 18)),
        ("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3)),
    )


def test_a_length_instead_of_an_end(tmp_path: Path) -> None:
    path = rooster(tmp_path, event("Meivakantie", "DTSTART;VALUE=DATE:20270424", "DURATION:P2W"))
    assert read_school_holidays_ics(path) == (("Meivakantie", date(2027, 4, 24), date(2027, 5, 7)),)


def test_days_written_as_midnight_to_midnight_are_whole_days(tmp_path: Path) -> None:
    path = rooster(tmp_path, event("Meivakantie", "DTSTART:20270424T000000", "DTEND:20270510T000000"))
    assert read_school_holidays_ics(path) == (("Meivakantie", date(2027, 4, 24), date(2027, 5, 9)),)


@pytest.mark.parametrize(
    "other",
    [
        event("Studiedag", *days("20261103", "20261104")),
        event("Vakantierooster vaststellen", *days("20261103", "20261106")),
        event("Start zomervakantie", *days("20270709", "20270710")),
        event("Eerste schooldag na de vakantie", "DTSTART;VALUE=DATE:20270104"),
        event("Overleg over de zomervakantie", "DTSTART:20261103T193000", "DTEND:20261103T213000"),
        event("Kerstvakantie", "DTSTART:20261218T150000", "DTEND:20270104T083000"),
        event("Kerstvakantie"),
        event("Projectweek voor de kerstvakantie", *days("20261207", "20261219")),
        event("Geen vakantie", *days("20261207", "20261219")),
        event("Juf Anja op vakantie", *days("20261207", "20261219")),
        event("Kerstvakantie", *days("20261219", "20270104"), "STATUS:CANCELLED"),
    ],
)
def test_what_is_not_certainly_a_holiday_is_left_alone(tmp_path: Path, other: str) -> None:
    path = rooster(tmp_path, other, event("Herfstvakantie", *days("20261010", "20261019")))
    assert [name for name, _, _ in read_school_holidays_ics(path)] == ["Herfstvakantie"]


def test_a_calendar_without_holidays_and_a_missing_one_give_none(tmp_path: Path) -> None:
    assert read_school_holidays_ics(rooster(tmp_path)) == ()
    assert read_school_holidays_ics(tmp_path / "none.ics") == ()


def test_the_same_holiday_twice_counts_once(tmp_path: Path) -> None:
    twice = event("Herfstvakantie", *days("20261010", "20261019"))
    assert len(read_school_holidays_ics(rooster(tmp_path, twice, twice))) == 1


def test_every_fault_is_told_in_dutch(tmp_path: Path) -> None:
    told = fault(
        rooster(
            tmp_path,
            event("Herfstvakantie noord", *days("20261010", "20261019")),
            event("Herfstvakantie midden", *days("20261017", "20261026")),
            event("Kerstvakantie", *days("20261219", "20261201")),
            event("Meivakantie", *days("20270424", "20270510"), "RRULE:FREQ=YEARLY"),
        )
    )
    assert "rooster.ics" in told
    assert "De Herfstvakantie midden (17 oktober 2026 t/m 25 oktober 2026) overlapt" in told
    assert "'Kerstvakantie' eindigt vóór 19 december 2026" in told
    assert "'Meivakantie' wordt herhaald" in told


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_calendar_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rooster.ics"
    path.write_bytes(content)
    assert "geen agendabestand" in fault(path)


@pytest.mark.parametrize(("first", "end"), [("20261399", "20261019"), ("20261010", "20261032")])
def test_a_day_that_does_not_exist_is_told(tmp_path: Path, first: str, end: str) -> None:
    told = fault(rooster(tmp_path, event("Herfstvakantie", *days(first, end))))
    assert "'Herfstvakantie' heeft een datum die niet bestaat" in told


def test_a_name_may_hold_region_year_and_remark(tmp_path: Path) -> None:
    names = ("Herfstvakantie Regio Noord 2026", "Kerstvakantie 2026-2027 (hele school)", "Mei-vakantie 2027")
    begins = (("20261010", "20261019"), ("20261219", "20270104"), ("20270424", "20270510"))
    events = (event(name, *days(*both)) for name, both in zip(names, begins, strict=True))
    assert tuple(name for name, _, _ in read_school_holidays_ics(rooster(tmp_path, *events))) == names


@pytest.mark.parametrize("end", ["20370104", "20270221"])
def test_a_holiday_of_more_than_nine_weeks_is_a_slip(tmp_path: Path, end: str) -> None:
    """It would push the end of every own term away."""
    told = fault(rooster(tmp_path, event("Kerstvakantie", *days("20261219", end))))
    assert "langer dan negen weken" in told


@pytest.mark.parametrize("rest", [(), ("DURATION:P5D",)])
def test_the_last_day_there_is_is_a_fault_not_a_fall(tmp_path: Path, rest: tuple[str, ...]) -> None:
    told = fault(rooster(tmp_path, event("Zomervakantie", "DTSTART;VALUE=DATE:99991231", *rest)))
    assert "'Zomervakantie' heeft een datum die niet bestaat" in told
