"""Say what Graph answered as what a mailbox promises: it is away, or we may not do this."""

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.edges.microsoft.graph import FORBIDDEN, GraphError
from pipeline.errors import AccessDeniedError, PostbusAwayError


@contextmanager
def away(what: str, wat: str) -> Iterator[None]:
    """Translate what goes wrong at Graph.

    Args:
        what: Which of them, for the log.
        wat: Said when it cannot be reached.
    """
    try:
        yield
    except GraphError as fault:
        if fault.status == FORBIDDEN:
            raise AccessDeniedError(f"{what}: {fault}", retry_after=fault.retry_after) from fault
        said = wat if fault.retry_after is None else _WAITS
        raise PostbusAwayError(
            f"{what}: {fault}", wat=said, doe=_BY_ITSELF, retry_after=fault.retry_after
        ) from fault
    except (KeyError, ValueError, TypeError) as fault:  # an answer that is no JSON, or another one
        raise PostbusAwayError(
            f"{what}: strange answer {type(fault).__name__}", wat=wat, doe=_BY_ITSELF
        ) from fault


_WAITS = "Microsoft 365 vraagt de dienst even te wachten."
_BY_ITSELF = "U hoeft niets te doen: de dienst probeert het vanzelf opnieuw en er gaat niets verloren."
