"""What comes back: a report on a message of ours, while its mail is taken in, changes where that stands.

    post (machine mail) -> take_report -> the proof is made anew, a bounce is told at once

Nothing is sent again here: who was not reached stays work for a person until an address changes.
"""

from datetime import timedelta

from pipeline.dispatch.outcomes import after_report, lacking
from pipeline.dispatch.plan import dispatch_of
from pipeline.dispatch.together import meant
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.values import DeliveryReport, Dispatch, Job, JobKind, Sending, SendPurpose

BOUNCE = "bounce"
"""Subject of the notice that tells of a message that came back."""
_REMEMBERED = timedelta(days=60)


def take_report(report: DeliveryReport, ledger: Ledger, office: Office) -> None:
    """Record what a report says of a message of ours; one on a message we do not know changes nothing."""
    known = ledger.dispatch(dispatch_of(report.message_id))
    sending = ledger.sending_of(known.id) if known else None
    if known is None or sending is None:
        return
    for one in meant(known, ledger.dispatches(sending.id), report, sending):
        now = after_report(one, report)
        if now != one:
            _write_down(now, sending, ledger, office)


def _write_down(now: Dispatch, sending: Sending, ledger: Ledger, office: Office) -> None:
    """Record what became of a message; what came back is told."""
    outcome = now.outcome.value if now.outcome else ""
    ledger.save_dispatch(sending.id, now)
    ledger.note(f"message-{outcome}", now.id, now.outcome_detail)
    turn = f"{now.id}:{outcome}"
    if sending.purpose is SendPurpose.LEDEN:
        ledger.add_job(Job(key=f"proof:{turn}", kind=JobKind.PROOF, subject=sending.id, due=office.clock()))
    if now.bounced and sending.purpose is not SendPurpose.DIENST:
        ledger.add_job(
            Job(key=f"bounce:{turn}", kind=JobKind.NOTICE, subject=BOUNCE, detail=now.id, due=office.clock())
        )


def not_reached(ledger: Ledger, office: Office) -> tuple[str, ...]:
    """Tell, in Dutch, who lacks what was sent in the last two months because it came back."""
    since = office.clock() - _REMEMBERED
    recent = (one for one in ledger.sendings() if one.due >= since)
    return tuple(
        f"Niet aangekomen bij {one.member}{f' ({one.to})' if one.to else ''}: "
        f"{one.file or 'bericht van de dienst'}"
        for sending in recent
        for one in lacking(ledger.dispatches(sending.id))
    )
