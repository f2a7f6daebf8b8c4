"""When the papers of a test came in, where the day itself does not matter."""

from datetime import UTC, date, datetime

from pipeline.values import DateCandidate, Received, ReceivedBasis

RECEIVED = Received(
    at=datetime(2026, 11, 16, 9, tzinfo=UTC),
    basis=ReceivedBasis.SERVER,
    confirmed=True,
    candidates=(DateCandidate(day=date(2026, 11, 16), source="server"),),
)
"""On Monday 16 November 2026, as the receiving server wrote."""
