"""The service: looks around, works until nothing is due, and never lets one failure stop it.

The one place that catches whatever a piece of work may raise: an error of the product is told
in its own words, anything else is a bug, logged with its traceback, and the work is given back.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable

from pipeline import flow
from pipeline.errors import OperatorError, PostbusAwayError, StukkenstroomError
from pipeline.office import Office
from pipeline.roads.meeting import QUIET_SECONDS
from pipeline.values import Job

LOG = logging.getLogger("stukkenstroom")

ONCE_SECONDS = 30.0
"""Longest time ``once`` waits for files to stand still."""
_LOOK_AGAIN_SECONDS = 0.5


Progress = Callable[[Job], None]
"""Told of every piece of work that was taken up."""


def work_once(office: Office, progress: Progress | None = None) -> tuple[str, ...]:
    """Work until no job is due and no dropped file is still being written, at most 30 s of waiting.

    Args:
        office: The desk.
        progress: Told of every piece of work that was done.

    Returns:
        What waits for a person, in Dutch; that the mailbox is away is among it.

    Raises:
        WerkmapAwayError: The werkmap is not there.
    """
    waited_until = time.monotonic() + ONCE_SECONDS
    while True:
        waiting = _look_once(office)
        done = work_off(office, progress)
        if not done and not waiting:
            break
        if waiting and not done:
            if time.monotonic() > waited_until:
                break
            time.sleep(_LOOK_AGAIN_SECONDS)
    return flow.waits_for_person(office)


def _look_once(office: Office) -> bool:
    """Look around; of a mailbox that is away a person is told with all else that waits."""
    try:
        return flow.look_around(office, quiet_seconds=0.0)
    except PostbusAwayError as fault:
        LOG.warning("look-failed code=%s cause=%s", fault.code, fault)
        return False


def work_off(office: Office, progress: Progress | None = None, stop: threading.Event | None = None) -> int:
    """Work off every job that is due now.

    Args:
        office: The desk.
        progress: Told of every piece of work that was taken up.
        stop: When set, no further piece is taken up.

    Returns:
        How many pieces of work were taken up.

    Raises:
        WerkmapAwayError: The werkmap is not there; what is due keeps its turn.
    """
    taken = 0
    while not (stop and stop.is_set()):
        office.werkmap.confirm()
        job = office.journal.claim()
        if job is None:
            break
        taken += 1
        _attempt(job, office)
        if progress:
            progress(job)
    return taken


def _attempt(job: Job, office: Office) -> None:
    """Do one piece of work; a failure goes back to the journal, never further."""
    try:
        flow.handle(job, office)
    except StukkenstroomError as fault:
        LOG.warning("job-failed kind=%s code=%s cause=%s", job.kind.value, fault.code, fault)
        of_machine = isinstance(fault, OperatorError)
        wait = fault.retry_after if isinstance(fault, OperatorError) else None
        office.journal.retry_later(job, fault.for_secretary(), for_ever=of_machine, wait_seconds=wait)
    except Exception:
        reference = uuid.uuid4().hex[:8]
        LOG.exception("job-bug kind=%s ref=%s", job.kind.value, reference)
        office.journal.retry_later(
            job, f"{StukkenstroomError.wat} Er is niets verloren. (ONBEKEND, ref {reference})"
        )


def run(offices: tuple[Office, ...], wake: threading.Event, stop: threading.Event) -> None:
    """Be the service: look around when woken or after a while, until told to stop.

    Args:
        offices: The desks to work at, in turn.
        wake: Set by whoever sees a change in a folder.
        stop: Set to end after the piece of work at hand.
    """
    told = [""] * len(offices)
    while not stop.is_set():
        for number, office in enumerate(offices):
            told[number] = _one_round(office, stop, told[number])
        wake.wait(flow.PAUSE_BETWEEN_LOOKS.total_seconds())
        wake.clear()


def _one_round(office: Office, stop: threading.Event, told: str = "") -> str:
    """Look around once and work off what is due; what goes wrong in either must not end the service.

    Args:
        office: The desk.
        stop: When set, nothing more is taken up.
        told: Code of what went wrong with the last look; the same is not logged again.

    Returns:
        Code of what went wrong with this look; empty when all went well.
    """
    code = _survive("look", lambda: flow.look_around(office, quiet_seconds=QUIET_SECONDS), told)
    _survive("work", lambda: work_off(office, stop=stop))
    return code


def _survive(step: str, act: Callable[[], object], told: str = "") -> str:
    """Do one step of a round; what goes wrong is logged, and tried again the next time; gives its code."""
    try:
        act()
    except StukkenstroomError as fault:
        level = logging.DEBUG if fault.code == told else logging.WARNING
        LOG.log(level, "%s-failed code=%s cause=%s", step, fault.code, fault)
        return fault.code
    except Exception:
        LOG.exception("%s-bug", step)
    return ""
