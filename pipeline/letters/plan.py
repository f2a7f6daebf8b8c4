"""Decide what the council's letters say, from what is known of the dossier.

Pure. A letter is always a concept: the secretary reads and sends it.
"""

from datetime import date

from pipeline import contexts
from pipeline.dates import dutch_date, dutch_weekday_date
from pipeline.values import Council, Deadline, Filed, Kind, Procedure

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
        ontvangen_op=dutch_date(deadline.trigger),
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


def words_for(length: int, unit: str) -> str:
    """Write a term in words: ``zes weken``."""
    one, many = _UNITS[unit]
    number = _NUMBERS[length] if length < len(_NUMBERS) else str(length)
    return f"{number} {one if length == 1 else many}"


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
