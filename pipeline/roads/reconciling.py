"""Once a day the whole mailbox is held against the journal: a mail that was never taken in is an alarm.

    notice_reconciliation -> reconcile -> (everything listed anew) -> unseen

What still lies in the mailbox is fetched by the next look; what a person moved among the done mail
before the service saw it, only a person can move back. A done mail without a Message-ID cannot be
matched where moving gives it another key; of that nothing is concluded.
"""

from pipeline.office import Office
from pipeline.ports import Ledger, MailboxEntry
from pipeline.roads.collecting import MAIL
from pipeline.values import Job, JobKind

_UNSEEN = "postbus-unseen"


def notice_reconciliation(office: Office) -> None:
    """Add the reconciliation of today."""
    today = office.today().isoformat()
    job = Job(key=f"reconcile:{today}", kind=JobKind.RECONCILE, subject=today, due=office.clock())
    with office.journal.transaction() as ledger:
        ledger.add_job(job)


def reconcile(job: Job, office: Office) -> None:
    """Find what lies in the mailbox and does not stand in the journal.

    Raises:
        PostbusAwayError: The mailbox cannot be reached; it is tried again.
    """
    entries = office.postbus.list_all()
    with office.journal.transaction() as ledger:
        unseen = tuple(one for one in entries if not _is_known(one, ledger))
        done = sum(one.done for one in unseen)
        if len(unseen) > done:
            ledger.set_fact(MAIL.bookmark, "")
        if unseen:
            ledger.note("mailbox-differs", job.subject, f"{len(unseen)} van {len(entries)}")
        ledger.set_fact(_UNSEEN, str(done or ""))
        ledger.finish_job(job)


def _is_known(entry: MailboxEntry, ledger: Ledger) -> bool:
    if ledger.arrival(MAIL.key(entry)) is not None:
        return True
    if not entry.message_id:
        return entry.done
    return bool(ledger.arrivals_with_message_id(entry.message_id))


def unseen(ledger: Ledger) -> tuple[str, ...]:
    """Tell, in Dutch, of done mail that was never taken in; empty when there is none."""
    count = int(ledger.fact(_UNSEEN) or 0)
    if not count:
        return ()
    some = "ligt 1 bericht dat" if count == 1 else f"liggen {count} berichten die"
    it = "het" if count == 1 else "ze"
    return (
        f"Tussen de verwerkte post {some} de dienst nooit heeft gelezen. Zet {it} terug bij de nieuwe post.",
    )
