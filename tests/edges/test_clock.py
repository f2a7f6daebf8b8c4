"""The legal clock: what may be typed, and what moment that is."""

from datetime import UTC, datetime

import pytest

from pipeline.edges.clock import frozen_clock, system_clock


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T09:00", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("2026-07-01T09:00", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("2026-11-23", datetime(2026, 11, 23, 11, tzinfo=UTC)),
        (" 2026-07-01 ", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-11-23T09:00+00:00", datetime(2026, 11, 23, 9, tzinfo=UTC)),
        ("2026-11-23T09:00-05:00", datetime(2026, 11, 23, 14, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_it_is_in_amsterdam(text: str, moment: datetime) -> None:
    """Without an offset Europe/Amsterdam, a bare day is noon there."""
    clock = frozen_clock(text)
    assert clock() == moment
    assert clock().tzinfo is UTC
    assert clock() == clock()


@pytest.mark.parametrize("text", ["", "gisteren", "23-11-2026", "2026-13-01", "2026-11-23T25:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        frozen_clock(text)


def test_the_real_clock_is_aware() -> None:
    assert system_clock().tzinfo is UTC
