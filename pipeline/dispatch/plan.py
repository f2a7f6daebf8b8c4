"""Decide who gets which file of a sending, and what becomes of a message whose outcome is not known.

Pure. Recipients of a bundle come from leden.xlsx and the edition's allow-list only; whoever
cannot be mailed is held by name and never holds up the others.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from pipeline.values import (
    Address,
    Dispatch,
    DispatchState,
    Edition,
    Member,
    Sending,
    SentFile,
)

PAPER = "papier"
NOTICE = "aankondiging"
"""Stands for the edition of a message that only announces a sending."""
MESSAGE_DOMAIN = "stukkenstroom.invalid"


def plan_dispatches(
    sending: Sending,
    recipients: tuple[tuple[Member, Edition], ...],
    *,
    day: date,
    domains: tuple[str, ...],
    unconfirmed: frozenset[str] = frozenset(),
    confidential: bool = False,
) -> tuple[Dispatch, ...]:
    """Decide who gets the files of a sending to the members: one message for each file.

    Args:
        sending: The sending; its files are known.
        recipients: Every row of leden.xlsx with the edition it may see.
        day: Day of sending: who is a member then gets it.
        domains: Allowed recipient domains; empty = all.
        unconfirmed: New addresses to which the secretary did not say yes.
        confidential: Who has a password or wants a name on it gets a copy of her own.
    """
    return tuple(
        _own_copy(_dispatch(sending, file, member, domains, unconfirmed), member, confidential=confidential)
        for member, edition in recipients
        if edition.name == sending.edition and member.is_member_on(day)
        for file in _files_for(sending, member)
    )


def _own_copy(dispatch: Dispatch, member: Member, *, confidential: bool) -> Dispatch:
    """Have a copy made for one member, when it is confidential and mailed; its digest is not known yet."""
    if not confidential or dispatch.state is DispatchState.AFDRUK or not (member.password or member.named):
        return dispatch
    return replace(dispatch, protected=bool(member.password), named=member.named, sha256="")


def _files_for(sending: Sending, member: Member) -> tuple[SentFile, ...]:
    """Give the files of a member; what is printed is never smaller or in parts."""
    return sending.whole if member.delivery == PAPER else sending.files


def _dispatch(
    sending: Sending, file: SentFile, member: Member, domains: tuple[str, ...], unconfirmed: frozenset[str]
) -> Dispatch:
    state, reason = DispatchState.GEPLAND, ""
    if member.delivery == PAPER:
        state, reason = DispatchState.AFDRUK, "krijgt de stukken op papier"
    elif not member.email:
        state, reason = DispatchState.AANGEHOUDEN, "In leden.xlsx staat geen e-mailadres; vul het in."
    elif _is_outside(member.email, domains):
        state, reason = DispatchState.AANGEHOUDEN, _OUTSIDE
    elif member.email in unconfirmed:
        state, reason = DispatchState.AANGEHOUDEN, NEW_ADDRESS
    return Dispatch(
        id=dispatch_id(sending, f"{member.email}|{member.name}", file.part),
        member=member.name,
        to=member.email if state is not DispatchState.AFDRUK else "",
        edition=sending.edition,
        file=file.name,
        sha256=file.sha256,
        state=state,
        reason=reason,
        part=file.part,
        parts=file.parts,
        linked=sending.goes_as_link and state is not DispatchState.AFDRUK,
    )


def _is_outside(email: str, domains: tuple[str, ...]) -> bool:
    """Tell whether an address lies outside the allowed domains; without any, none does."""
    return bool(domains) and email.rpartition("@")[2] not in domains


def anew(one: Dispatch, sending: Sending, member: Member, domains: tuple[str, ...]) -> Dispatch | None:
    """Give the message that can go now in the place of one that waited for something, or that came back.

    Args:
        one: A message of the sending.
        sending: The sending.
        member: Who it is for, as leden.xlsx has her now; her address is confirmed.
        domains: Allowed recipient domains; empty = all.

    Returns:
        The same message, or another one to another address; None when nothing has changed for it.
    """
    if one.bounced and member.email not in ("", one.to):
        fresh = with_address(to_another_address(one, sending, member.email), member.email, domains)
    elif one.state is DispatchState.AANGEHOUDEN and _has_what_it_waits_for(one, member):
        fresh = with_address(one, member.email, domains)
    else:
        return None
    return fresh if fresh.state is DispatchState.GEPLAND else None


def _has_what_it_waits_for(held: Dispatch, member: Member) -> bool:
    wants_password = held.reason == UNPROTECTED
    return bool(member.password) if wants_password else not held.to or held.reason == NEW_ADDRESS


def with_address(held: Dispatch, email: str, domains: tuple[str, ...]) -> Dispatch:
    """Plan a message that was held for want of an address; without a good one it stays held."""
    if not email or _is_outside(email, domains):
        return held
    return replace(held, to=email, state=DispatchState.GEPLAND, reason="")


def to_another_address(came_back: Dispatch, sending: Sending, email: str) -> Dispatch:
    """Give the message that takes the place of one that came back: another one, still without its address."""
    return replace(
        came_back,
        id=dispatch_id(sending, f"{email}|{came_back.member}", came_back.part),
        to="",
        state=DispatchState.AANGEHOUDEN,
        reason="",
        draft="",
        sent_at=None,
        outcome=None,
        outcome_detail="",
        within="",
    )


def plan_single(
    sending: Sending, person: Address, domains: tuple[str, ...], file: SentFile | None = None
) -> Dispatch:
    """Decide one message to one person; without ``file`` it carries the one file of the sending."""
    outside = _is_outside(person.email, domains)
    file = file or sending.whole[0]
    return Dispatch(
        id=dispatch_id(sending, f"{person.email}|{person.name}", file.part),
        member=person.name,
        to=person.email,
        edition=sending.edition,
        file=file.name,
        sha256=file.sha256,
        state=DispatchState.AANGEHOUDEN if outside else DispatchState.GEPLAND,
        reason=_OUTSIDE if outside else "",
        part=file.part,
        parts=file.parts,
    )


def plan_trial(
    sending: Sending,
    person: Address,
    domains: tuple[str, ...],
    *,
    member: Member | None = None,
    confidential: bool = False,
) -> tuple[Dispatch, ...]:
    """Decide the messages of a concept for the secretary or the chair: one for each file.

    Args:
        sending: The sending; its files are known.
        person: Who gets it.
        domains: Allowed recipient domains; empty = all.
        member: The row of that person in leden.xlsx, when its password and name count; None = they do not.
        confidential: Then they do.
    """
    planned = tuple(plan_single(sending, person, domains, file) for file in sending.files)
    return tuple(_own_copy(one, member, confidential=confidential) if member else one for one in planned)


def plan_notice(sending: Sending, secretary: Address) -> Dispatch:
    """Decide the message that announces a sending to the secretary; it carries no file."""
    return Dispatch(
        id=dispatch_id(sending, f"{NOTICE}|{secretary.email}"),
        member=secretary.name,
        to=secretary.email,
        edition=NOTICE,
        file="",
        sha256="",
        state=DispatchState.GEPLAND,
    )


UNPROTECTED = "Bij dit lid staat in leden.xlsx geen wachtwoord meer; zonder wachtwoord gaat het niet weg."
NEW_ADDRESS = "Nieuw adres; beantwoord eerst de mail waarin de dienst vraagt of het klopt."
_OUTSIDE = "Het domein van dit adres staat niet op de lijst van de beheerder."


def dispatch_id(sending: Sending, recipient: str, part: int = 0) -> str:
    """Give a message its stable id: one sending reaches one recipient once, with each part once."""
    of_part = f"|deel {part}" if part else ""
    return hashlib.sha256(f"{sending.id}|{recipient}{of_part}".encode()).hexdigest()[:32]


def message_id(dispatch: Dispatch) -> str:
    """Give the Message-ID of a message, without brackets."""
    return f"{dispatch.id}@{MESSAGE_DOMAIN}"


def dispatch_of(message_id: str) -> str:
    """Give the id of the message that a Message-ID of ours, without brackets, names."""
    return message_id.partition("@")[0].lower()


def after_restart(dispatch: Dispatch, *, was_sent: bool | None) -> Dispatch:
    """Decide what to do with a message whose outcome is unknown after a crash.

    Args:
        dispatch: The message, in state ``bezig``.
        was_sent: What the transport knows; None when it cannot tell.
    """
    if was_sent is None:
        return replace(dispatch, state=DispatchState.MOGELIJK_VERZONDEN, reason=UNCERTAIN)
    if was_sent:
        return replace(dispatch, state=DispatchState.VERZONDEN, reason="")
    return replace(dispatch, state=DispatchState.GEPLAND, reason="", draft="", sent_at=None)


UNCERTAIN = "De dienst viel uit tijdens het verzenden; vraag de ontvanger of het bericht er is."
OLD_DATABASE = (
    "De gegevens van de dienst zijn ouder dan het verzendbewijs; dit bericht is mogelijk al verzonden."
)


def against_proof(dispatch: Dispatch, *, proof_seq: int, last_seq: int) -> Dispatch:
    """Hold a planned message when the database is older than the newest proof in the werkmap.

    Args:
        dispatch: A planned message.
        proof_seq: Highest journal number that a proof in the werkmap names; 0 without proofs.
        last_seq: Highest number in the journal.
    """
    if proof_seq <= last_seq or dispatch.state is not DispatchState.GEPLAND:
        return dispatch
    return replace(dispatch, state=DispatchState.MOGELIJK_VERZONDEN, reason=OLD_DATABASE)


CHANGED_ADDRESS = (
    "Het adres in leden.xlsx is na de goedkeuring gewijzigd; er is niets naar het oude adres gegaan."
)


def to_whom_it_may(dispatch: Dispatch, email: str, domains: tuple[str, ...]) -> Dispatch:
    """Look once more, just before it leaves, whether a message goes where leden.xlsx says it may.

    Args:
        dispatch: A message that carries papers to a member.
        email: Her address as leden.xlsx has it now; may be empty.
        domains: Allowed recipient domains; empty = all.
    """
    if dispatch.state is not DispatchState.GEPLAND:
        return dispatch
    if dispatch.to != email:
        return replace(dispatch, to="", within="", state=DispatchState.AANGEHOUDEN, reason=CHANGED_ADDRESS)
    if _is_outside(email, domains):
        return replace(dispatch, within="", state=DispatchState.AANGEHOUDEN, reason=_OUTSIDE)
    return dispatch


def is_changed(dispatch: Dispatch) -> bool:
    """Tell whether a message is held because its file changed."""
    return dispatch.reason.startswith(CHANGED_FILE)


CHANGED_FILE = "Het bestand in Verstuurd is na de goedkeuring gewijzigd; daarom gaat het niet mee."


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What the proof of a message in the werkmap says.

    Attributes:
        state: Where it stood; None without a proof.
        within: Id of the message to several in which it went along; empty = it went by itself.
    """

    state: DispatchState | None = None
    within: str = ""


def with_draft_left(dispatch: Dispatch) -> Dispatch:
    """Say of a message that does not go that its draft could not be taken away."""
    told = dispatch.reason.removesuffix(DRAFT_LEFT).strip()
    return replace(dispatch, reason=f"{told} {DRAFT_LEFT}".strip())


DRAFT_LEFT = (
    "In de map Concepten van de postbus kan dit bericht nog klaarstaan; de dienst mag het daar niet "
    "weghalen. Verwijder het daar zelf."
)


def before_sending(dispatch: Dispatch, *, proven: DispatchState | None, attached: str) -> Dispatch:
    """Look at a planned message once more, just before it leaves.

    Args:
        dispatch: The message as the journal has it.
        proven: What its own proof in the werkmap says; None without a proof.
        attached: Digest of the file as it lies there now; empty when none goes along.

    Returns:
        The message unchanged when it may leave; under way when only the transport can tell; else held.
    """
    if dispatch.state is not DispatchState.GEPLAND:
        return dispatch
    if proven is DispatchState.BEZIG:
        return replace(dispatch, state=DispatchState.BEZIG)
    if proven in (DispatchState.VERZONDEN, DispatchState.MOGELIJK_VERZONDEN):
        return replace(dispatch, state=DispatchState.MOGELIJK_VERZONDEN, reason=OLD_DATABASE)
    if attached != dispatch.sha256:
        return replace(dispatch, state=DispatchState.AANGEHOUDEN, reason=CHANGED_FILE)
    return dispatch
