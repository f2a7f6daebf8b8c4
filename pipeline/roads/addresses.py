"""Addresses that are new since the last approved sending wait for a yes from the secretary's own mailbox.

    notice_new_addresses -> a mail that asks -> her reply -> take_confirmation -> delivery plans them

Who can write in the werkmap can change leden.xlsx, but cannot write from her mailbox; that is why a
file dropped in a folder confirms nothing. The addresses of the first approved sending are known.
"""

import hashlib
from dataclasses import replace

from pipeline.classify.sender import standing_of
from pipeline.dispatch import confirming
from pipeline.dispatch.plan import dispatch_of
from pipeline.intake.apply import TakenApart
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.values import Arrival, Disposition, Job, JobKind, Member, Message, PartVerdict, Via

NEW = "addresses"
"""Subject of the notice that asks about new addresses."""
_KNOWN, _ASKED = "addresses-known", "addresses-asked:"


def unconfirmed(members: tuple[Member, ...], ledger: Ledger) -> frozenset[str]:
    """Name the addresses of the members that nobody confirmed; none before the first approved sending."""
    kept = frozenset(ledger.fact(_KNOWN).split())
    return frozenset(one.email for one in members if one.email) - kept if kept else frozenset()


def begin(members: tuple[Member, ...], ledger: Ledger) -> None:
    """Know the addresses of leden.xlsx from the first approved sending on; later ones are asked about."""
    if not ledger.fact(_KNOWN):
        ledger.set_fact(_KNOWN, "\n".join(sorted({one.email for one in members if one.email})))


def notice_new_addresses(office: Office) -> None:
    """Have the secretary asked about addresses that are new in leden.xlsx, each set once."""
    members, problems = office.members()
    with office.journal.transaction() as ledger:
        new = sorted(unconfirmed(members, ledger)) if not problems else []
        open_questions = {one for asked in ledger.facts(_ASKED).values() for one in asked.split()}
        if set(new) <= open_questions:
            return
        turn = hashlib.sha256("\n".join(new).encode()).hexdigest()[:24]
        job = Job(key=f"addresses:{turn}", kind=JobKind.NOTICE, subject=NEW, detail=turn, due=office.clock())
        ledger.set_fact(f"{_ASKED}{notice_id(job)}", "\n".join(new))
        ledger.add_job(job)


def waiting(office: Office) -> tuple[str, ...]:
    """Tell, in Dutch, whose new address waits for a yes."""
    members, _ = office.members()
    with office.journal.transaction() as ledger:
        new = unconfirmed(members, ledger)
    return tuple(
        f"Nieuw adres van {one.name} ({one.email}): beantwoord de mail waarin de dienst vraagt of het klopt."
        for one in members
        if one.email in new
    )


def asked_about(job: Job, office: Office) -> tuple[Member, ...]:
    """Name the members whose addresses a question is about, as leden.xlsx has them now."""
    members, _ = office.members()
    with office.journal.transaction() as ledger:
        asked = ledger.fact(f"{_ASKED}{notice_id(job)}").split()
    return tuple(one for one in members if one.email in asked)


def notice_id(job: Job) -> str:
    """Give the id of the sending that carries a notice of the service."""
    return hashlib.sha256(job.key.encode()).hexdigest()[:24]


def take_confirmation(message: Message, arrival: Arrival, office: Office) -> bool:
    """Take a mail as the yes of the secretary to the new addresses she was asked about.

    Returns:
        True when it is such a yes; then it is no paper.
    """
    may_confirm = arrival.via is Via.POSTBUS and message.references and _is_hers(message, office)
    if not may_confirm or not confirming.says_yes(message.own_text):
        return False
    with office.journal.transaction() as ledger:
        asked = _asked_in(message, ledger)
        if asked:
            known = frozenset(ledger.fact(_KNOWN).split())
            ledger.set_fact(_KNOWN, "\n".join(sorted(known | asked)))
            ledger.note("addresses-confirmed", arrival.key, str(len(asked)))
    return bool(asked)


def as_handled(taken: TakenApart) -> TakenApart:
    """Leave out of the archive the text that only said yes; what came along with it goes its own way."""
    return replace(
        taken,
        documents=tuple(
            replace(one, verdict=PartVerdict.COVERING_NOTE, reason=_HANDLED)
            if one.part.disposition is Disposition.BODY
            else one
            for one in taken.documents
        ),
    )


_HANDLED = "Dit is uw akkoord met nieuwe adressen; het is verwerkt."


def _asked_in(message: Message, ledger: Ledger) -> frozenset[str]:
    """Give the addresses that the question names which a mail answers; empty when it answers none."""
    answered = (ledger.sending_of(dispatch_of(one)) for one in message.references)
    sending = next((one for one in answered if one), None)
    return frozenset(ledger.fact(f"{_ASKED}{sending.id}").split()) if sending else frozenset()


def _is_hers(message: Message, office: Office) -> bool:
    """Tell whether a mail is from the secretary or her deputy, and no server says otherwise."""
    council = office.council
    own = {one.email for one in (council.secretary, council.deputy) if one}
    standing = standing_of(message, council, office.servers, dropped=False)
    sender = message.sender.email if message.sender else ""
    return sender in own and not standing.doubt and not message.machine
