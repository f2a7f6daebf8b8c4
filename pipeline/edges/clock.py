"""The clock: the only place that reads the time of day for legal purposes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from pipeline.dates import AMSTERDAM


def system_clock() -> datetime:
    """Tell the time, aware UTC."""
    return datetime.now(UTC)


def frozen_clock(text: str) -> Callable[[], datetime]:
    """Make a clock that always tells the same time.

    Args:
        text: ISO instant; without an offset Europe/Amsterdam, a bare date means noon.

    Raises:
        ValueError: It is no ISO date or instant.
    """
    moment = _noon(text) if len(text.strip()) == len("2026-11-23") else datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=AMSTERDAM)
    fixed = moment.astimezone(UTC)
    return lambda: fixed


def _noon(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text.strip()), time(12))
