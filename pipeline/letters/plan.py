"""Decide what the council's letters say, from what is known of the dossier.

Pure. A letter is always a concept: the secretary reads and sends it.
"""

from datetime import date

from pipeline import contexts
from pipeline.dates import dutch_date, dutch_weekday_date
from pipeline.values import BylawTerm, Council, Deadline, Filed, Kind, Procedure

FUNCTION = "ambtelijk secretaris"
_UNITS = {"dag": ("dag", "dagen"), "week": ("week", "weken"), "maand": ("maand", "maanden")}
_NUMBERS = (
    "",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
)


def acknowledgement(
    request: Filed, procedure: Procedure, council: Council, *, today: date, term_words: str
) -> contexts.AcknowledgementContext:
    """Fill the letter that confirms receipt of a request.

    Args:
        request: The request as filed.
        procedure: What it started.
        council: The council.
        today: Date of the letter.
        term_words: The term in words, ``zes weken``; empty when it has no number.
    """
    deadline = procedure.deadlines[0]
    right = "instemming" if request.kind is Kind.INSTEMMINGSVERZOEK else "advies"
    return contexts.AcknowledgementContext(
        raad=council.name,
        raad_email=council.mailbox.email,
        geadresseerde=(council.board,),
        datum=dutch_date(today),
        ons_kenmerk=request.dossier,
        uw_kenmerk=request.facts.reference,
        betreft=f"Ontvangstbevestiging {_kind_word(request.kind)} {request.title}",
        aanhef="Geacht bestuur",
        soort=_kind_word(request.kind),
        onderwerp=f"‘{request.title}’",
        ontvangen_op=_received(request, deadline.trigger),
        recht=right,
        houder=_holder(procedure.right_holder),
        termijn=term_words,
        grondslag=_basis(deadline),
        uiterste_datum=dutch_weekday_date(deadline.strict) if deadline.strict else "",
        vergadering=dutch_weekday_date(procedure.meeting_day) if procedure.meeting_day else "",
        secretaris=council.secretary.name,
        functie=FUNCTION,
    )


def acknowledgement_name(dossier: str) -> str:
    """Name the concept of the letter."""
    return f"{dossier} Ontvangstbevestiging - concept.docx"


def words_for(term: BylawTerm) -> str:
    """Write a term in words: ``zes weken buiten de schoolvakanties``."""
    one, many = _UNITS[term.unit]
    number = _NUMBERS[term.length] if term.length < len(_NUMBERS) else str(term.length)
    pauses = " buiten de schoolvakanties" if term.without_school_holidays else ""
    return f"{number} {one if term.length == 1 else many}{pauses}"


def _received(request: Filed, trigger: date) -> str:
    """Name the day of receipt; while it is not sure, so that nobody can overlook it in the concept."""
    if request.received.confirmed:
        return dutch_date(trigger)
    others = (day.day for day in request.received.candidates if day.day != trigger)
    asked = " of ".join(dutch_date(day) for day in others)
    return f"{dutch_date(trigger)} [NOG TE BEVESTIGEN{f', of {asked}' if asked else ''}]"


def _kind_word(kind: Kind) -> str:
    return "instemmingsverzoek" if kind is Kind.INSTEMMINGSVERZOEK else "adviesaanvraag"


def _holder(holder: str) -> str:
    known = {
        "personeel": "de personeelsgeleding",
        "ouders": "de oudergeleding",
        "leerlingen": "de leerlinggeleding",
        "ouders_en_leerlingen": "de geleding ouders en leerlingen",
        "ouders_of_leerlingen": "de geleding ouders of leerlingen",
    }
    return known.get(holder, "de raad")


def _basis(deadline: Deadline) -> str:
    if deadline.basis is None:
        return ""
    law = "het medezeggenschapsreglement" if deadline.basis.law == "reglement" else f"de {deadline.basis.law}"
    return f"artikel {deadline.basis.article} van {law}"
