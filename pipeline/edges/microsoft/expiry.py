"""When the sign-in at Microsoft 365 runs out, and from which day that is told.

A certificate says so itself; the sign-in of a person ends when it is not used for 90 days. Of a secret
nobody but the administrator's page at Microsoft knows.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography import x509

from pipeline.dates import dutch_date, legal_day
from pipeline.edges.microsoft.sign_in import Identity

_CERTIFICATE_WARN_DAYS = 30
_IDLE_DAYS = 90
_IDLE_WARN_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How long a sign-in counts.

    Attributes:
        last_day: Last day on which it counts, inclusive.
        warn_days: So many days before, that is told.
        what: Dutch, what runs out, to stand before the verb.
        remedy: Dutch, what to do.
    """

    last_day: date
    warn_days: int
    what: str
    remedy: str


def warning(end: End | None, today: date) -> str:
    """Say in Dutch that a sign-in runs out or has run out; empty while it is not yet time for that.

    Args:
        end: How long it counts; None when that is not known.
        today: Legal day.
    """
    if end is None or today < end.last_day - timedelta(days=end.warn_days):
        return ""
    past = today > end.last_day
    verb = "is verlopen op" if past else "verloopt op"
    return f"{end.what} {verb} {dutch_date(end.last_day)}. {end.remedy}"


def end_of(identity: Identity) -> End | None:
    """Find out how long the sign-in counts; None when nothing tells."""
    if identity.certificate is not None:
        return _end_of_certificate(identity.certificate)
    if identity.tokens is not None:
        return _end_of_tokens(identity.tokens)
    return None


def _end_of_certificate(path: Path) -> End | None:
    try:
        made = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return None  # signing in tells that
    return End(
        last_day=legal_day(made.not_valid_after_utc),
        warn_days=_CERTIFICATE_WARN_DAYS,
        what="Het certificaat waarmee de dienst zich aanmeldt bij Microsoft 365",
        remedy=(
            "Laat de beheerder op tijd een nieuw certificaat maken, dat in Microsoft Entra zetten en het "
            "proberen met: stukkenstroom login."
        ),
    )


def _end_of_tokens(path: Path) -> End | None:
    try:
        used = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
    return End(
        last_day=legal_day(used) + timedelta(days=_IDLE_DAYS),
        warn_days=_IDLE_WARN_DAYS,
        what="De aanmelding bij Microsoft 365, die lang niet is gebruikt,",
        remedy="Start de dienst, of laat de beheerder opnieuw aanmelden met: stukkenstroom login.",
    )
