"""A sign-in that runs out is told in time."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from microsoft_fake import certificate

from pipeline.edges.microsoft.expiry import End, end_of, warning
from pipeline.edges.microsoft.sign_in import Identity

END = End(last_day=date(2027, 1, 30), warn_days=30, what="Het certificaat", remedy="Maak een nieuw.")


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 12, 30), ""),
        (date(2026, 12, 31), "Het certificaat verloopt op 30 januari 2027. Maak een nieuw."),
        (date(2027, 1, 30), "Het certificaat verloopt op 30 januari 2027. Maak een nieuw."),
        (date(2027, 1, 31), "Het certificaat is verlopen op 30 januari 2027. Maak een nieuw."),
    ],
)
def test_it_is_told_from_the_first_day_on(today: date, told: str) -> None:
    assert warning(END, today) == told


def test_what_nobody_knows_is_not_told(identity: Identity) -> None:
    assert end_of(identity) is None
    assert warning(None, date(2026, 11, 23)) == ""


def test_a_certificate_tells_its_own_end(identity: Identity, tmp_path: Path) -> None:
    certificate(tmp_path / "app.pem", days=30, start=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    end = end_of(replace(identity, certificate=tmp_path / "app.pem"))
    assert end is not None
    assert (end.last_day, end.warn_days) == (date(2027, 1, 31), 30)
    (tmp_path / "app.pem").write_bytes(b"geen certificaat")
    assert end_of(replace(identity, certificate=tmp_path / "app.pem")) is None


def test_the_sign_in_of_a_person_ends_when_it_is_not_used(identity: Identity, tmp_path: Path) -> None:
    """Told after 60 idle days of 90."""
    path = tmp_path / "microsoft365.json"
    person = replace(identity, tokens=path)
    assert end_of(person) is None
    path.write_bytes(b"{}")
    used = datetime(2026, 11, 1, 12, tzinfo=UTC).timestamp()
    os.utime(path, (used, used))
    end = end_of(person)
    assert warning(end, date(2026, 12, 30)) == ""
    assert "lang niet is gebruikt, verloopt op 30 januari 2027." in warning(end, date(2026, 12, 31))
