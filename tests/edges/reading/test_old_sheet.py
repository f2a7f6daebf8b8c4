"""Old workbooks."""

import pytest
from office_files import saved_as, workbook

from pipeline.edges.reading import read


def test_values_as_a_dutch_reader_sees_them() -> None:
    """A hidden sheet is left out, as in print."""
    reading = read(saved_as(workbook(), "xlsx", "xls"), "begroting.xls")
    assert reading.text == "Begroting\nPost\tBedrag\tKlopt\nHuur\t1234,5\tWAAR"


def test_a_day_is_written_as_one() -> None:
    page = b"Vergadering;2026-11-03\r\n"
    reading = read(saved_as(page, "csv", "xls"), "rooster.xls")
    assert "03-11-2026" in reading.text or "2026-11-03" in reading.text


@pytest.mark.parametrize("value", [0x00, 0x7F, 0xFF])
def test_damage_is_told_never_raised(value: int) -> None:
    whole = saved_as(workbook(), "xlsx", "xls")
    for at in range(512, len(whole), len(whole) // 60):
        reading = read(whole[:at] + bytes([value] * 4) + whole[at + 4 :], "a.xls")
        assert bool(reading.text) != bool(reading.problem)
    for size in range(8, len(whole), len(whole) // 40):
        reading = read(whole[:size], "a.xls")
        assert bool(reading.text) != bool(reading.problem)
