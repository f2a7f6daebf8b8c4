"""Decide whether a moved concept approves a sending, and until when that can be taken back.

Pure. An approval binds what was approved: the concept as it was made, of papers as they lie there now.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.values import (
    BuiltBundle,
    Council,
    MeetingPlace,
    Sending,
    SendingState,
    SendPurpose,
)

PURPOSES = {
    MeetingPlace.VERSTUREN: SendPurpose.LEDEN,
    MeetingPlace.PROEF: SendPurpose.PROEF,
    MeetingPlace.VOORZITTER: SendPurpose.VOORZITTER,
}
"""What moving a concept into each of these folders means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A moved file is a concept that may go: this sending follows."""

    sending: Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A moved file may not go: Dutch, why."""

    reason: str


def judge_approval(
    *,
    meeting: str,
    place: MeetingPlace,
    file_name: str,
    sha256: str,
    concepts: tuple[BuiltBundle, ...],
    current: tuple[str, ...],
    problems: tuple[str, ...],
    sendings: tuple[Sending, ...],
    chair_groups: tuple[str, ...],
    due: datetime,
) -> Approved | Refused:
    """Decide what a file in ``Versturen/`` (or a folder for one person) means.

    Args:
        meeting: Name of the meeting folder.
        place: The folder it was moved to.
        file_name: Name of the moved file.
        sha256: Its digest.
        concepts: Every concept the journal knows of this meeting.
        current: Manifests of the meeting as it lies there now.
        problems: What blocks approval now.
        sendings: Earlier sendings of this meeting; their number is part of the id.
        chair_groups: Groups whose confidential papers the chair may see.
        due: Instant at which it leaves.
    """
    concept = next((known for known in concepts if known.sha256 == sha256), None)
    purpose = PURPOSES[place]
    if concept is None:
        return Refused(
            reason="Dit bestand is geen concept dat de dienst heeft gemaakt, of het is daarna gewijzigd."
        )
    if purpose is SendPurpose.VOORZITTER and not set(concept.plan.edition.groups) <= set(chair_groups):
        return Refused(reason="De voorzitter staat in leden.xlsx niet in de groep van deze editie.")
    if purpose is SendPurpose.LEDEN and _was_approved(sha256, sendings):
        return Refused(reason="Dit concept is al goedgekeurd; wie het moest krijgen staat in Verstuurd.")
    if purpose is SendPurpose.LEDEN and problems:
        return Refused(reason="In LET OP.txt staat nog iets open; los dat eerst op.")
    if purpose is SendPurpose.LEDEN and concept.plan.manifest not in current:
        return Refused(
            reason="De stukken, de agenda of de ledenlijst zijn gewijzigd nadat dit concept is gemaakt."
        )
    identity = hashlib.sha256(f"{meeting}|{purpose}|{sha256}|{len(sendings)}".encode()).hexdigest()[:24]
    return Approved(
        sending=Sending(
            id=identity,
            meeting=meeting,
            purpose=purpose,
            edition=concept.plan.edition.name,
            concept=sha256,
            manifest=concept.plan.manifest,
            place=f"{place.value}/{file_name}",
            notice="",
            due=due,
            state=SendingState.AANGEKONDIGD,
        )
    )


def _was_approved(sha256: str, sendings: tuple[Sending, ...]) -> bool:
    """Tell whether a concept already went, or is on its way, to the members: once is once."""
    return any(
        one.concept == sha256
        and one.purpose is SendPurpose.LEDEN
        and one.state is not SendingState.GEANNULEERD
        for one in sendings
    )


def pages_of(bundle: BuiltBundle) -> tuple[tuple[str, int, int], ...]:
    """Tell what stands where, and how long all of it is: concept and final file must agree on this."""
    placed = tuple((one.paper.number, one.first_page, one.pages) for one in bundle.papers)
    missing = tuple((one.number, 0, 0) for one in bundle.placeholders)
    return (*placed, *missing, ("", 0, bundle.pages))


def pause_ends(now: datetime, council: Council, purpose: SendPurpose) -> datetime:
    """Tell when an approved sending leaves; a concept for one person leaves at once."""
    return now + timedelta(minutes=council.pause_minutes if purpose is SendPurpose.LEDEN else 0)


def notice_name(file_name: str, clock: str) -> str:
    """Name the announcement beside an approved concept; ``clock`` is ``20.45``."""
    return f"{file_name.removesuffix('.pdf')} - wordt verzonden om {clock} uur.txt"
