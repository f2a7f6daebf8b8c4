"""Decide what a report that came back says of a message, and which members still lack their papers.

Pure. How it is told to people stands here too, for the list and the PDF of the proof alike.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pipeline import contexts
from pipeline.dates import dutch_date, legal_day
from pipeline.dispatch import mails, parcels, together
from pipeline.values import (
    Address,
    Council,
    DeliveryReport,
    Dispatch,
    DispatchState,
    Outcome,
    Sending,
    SendPurpose,
)

_RANK = {
    None: 0,
    Outcome.VERTRAAGD: 1,
    Outcome.BEZORGD: 2,
    Outcome.AFWEZIG: 3,
    Outcome.NIET_BEZORGD: 4,
}
"""What says more counts: a mail that was late and arrived has arrived; one that came back did not."""
_LEFT = (DispatchState.VERZONDEN, DispatchState.MOGELIJK_VERZONDEN)


def after_report(dispatch: Dispatch, report: DeliveryReport) -> Dispatch:
    """Give a message with what a report says of it.

    Whatever comes back proves that it left; a report on a message that was never handed over is
    not believed.
    """
    if dispatch.state not in _LEFT or _RANK[report.outcome] <= _RANK[dispatch.outcome]:
        return dispatch
    return replace(
        dispatch,
        state=DispatchState.VERZONDEN,
        reason="",
        outcome=report.outcome,
        outcome_detail=report.detail,
    )


def lacking(dispatches: Iterable[Dispatch]) -> tuple[Dispatch, ...]:
    """Name the messages of one sending that came back, and whose member was not reached otherwise."""
    messages = tuple(dispatches)
    reached = {(one.member, one.part) for one in messages if one.state in _LEFT and not one.bounced}
    return tuple(one for one in messages if one.bounced and (one.member, one.part) not in reached)


def state_words(dispatch: Dispatch) -> str:
    """Tell in Dutch where a message stands: what was done, or what became of it since."""
    if dispatch.outcome is not None:
        return _OUTCOMES[dispatch.outcome]
    return _STATES[dispatch.state]


def explained(dispatch: Dispatch) -> str:
    """Say in Dutch which part or copy it is, and why it stands where it does; may be empty."""
    told = dispatch.outcome is not None and dispatch.outcome_detail
    why = f"De mailserver meldt: {dispatch.outcome_detail}" if told else dispatch.reason
    what = (parcels.part_words(dispatch), parcels.copy_words(dispatch), together.words(dispatch))
    if not any(what):
        return why
    return ". ".join(text[:1].upper() + text[1:] for text in (*what, why) if text)


_STATES = {
    DispatchState.GEPLAND: "nog te verzenden",
    DispatchState.BEZIG: "wordt verzonden",
    DispatchState.VERZONDEN: "verzonden",
    DispatchState.AFDRUK: "op papier",
    DispatchState.AANGEHOUDEN: "wacht op u",
    DispatchState.MOGELIJK_VERZONDEN: "mogelijk verzonden",
}
_OUTCOMES = {
    Outcome.BEZORGD: "bezorgd",
    Outcome.VERTRAAGD: "verzonden, de bezorging duurt langer",
    Outcome.AFWEZIG: "bezorgd; automatisch antwoord: afwezig",
    Outcome.NIET_BEZORGD: "niet bezorgd",
}


def moment_words(moment: datetime | None) -> str:
    """Write when something was handed over: ``1 december 2026, 20.45 uur``; empty for None."""
    return f"{dutch_date(legal_day(moment))}, {mails.clock(moment)} uur" if moment else ""


def proof(
    council: Council, sending: Sending, dispatches: tuple[Dispatch, ...], *, edition: str
) -> contexts.ProofContext:
    """Fill the proof of a sending: who got what and when.

    Args:
        council: The council.
        sending: The sending, its file known.
        dispatches: Everybody it concerns.
        edition: Name of the edition for people.
    """
    return contexts.ProofContext(
        raad=council.name,
        vergadering=sending.meeting,
        editie=edition,
        bestand="; ".join(text for text in (sending.file, parcels.way_words(sending.parcel)) if text),
        controlegetal=sending.final_sha256,
        regels=tuple(
            contexts.ProofLine(
                naam=one.member,
                adres=one.to,
                verzonden=moment_words(one.sent_at),
                stand=state_words(one),
                toelichting=explained(one),
            )
            for one in dispatches
        ),
    )


def bounce(
    council: Council, sending: Sending, dispatch: Dispatch, reader: Address
) -> contexts.BounceMailContext:
    """Fill the mail that tells the secretary that a message came back."""
    return contexts.BounceMailContext(
        raad=council.name,
        onderwerp=f"Niet aangekomen bij {dispatch.member}",
        aanhef=mails.salutation(reader.name, None),
        ontvanger=dispatch.member,
        adres=dispatch.to,
        bestand=dispatch.file,
        melding=dispatch.outcome_detail,
        doe=_WHOEVER
        if dispatch.member == together.SOMEBODY
        else _REMEDY.get(sending.purpose, _REMEDY[SendPurpose.LEDEN]),
    )


_WHOEVER = (
    "De melding noemt geen adres uit leden.xlsx; dat gebeurt als een lid zijn post laat doorsturen.",
    "Vraag de leden wie de stukken mist, en geef dat lid een afdruk mee.",
)


_REMEDY = {
    SendPurpose.LEDEN: (
        "Klopt het adres niet? Verbeter het in leden.xlsx; dit lid krijgt de stukken dan alsnog.",
        "Klopt het adres wel? Bel het lid, of zet bij dit lid in leden.xlsx 'papier' en geef een afdruk mee.",
    ),
    SendPurpose.BRIEF: (
        "De termijn van de raad is pas gehaald als de brief is aangekomen: bel de ontvanger vandaag.",
        "Klopt het adres niet? Verbeter het bij [[relaties]] in raad.toml en verzend de brief opnieuw.",
    ),
}
