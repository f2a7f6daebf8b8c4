"""Decide what the council's letters say, from what is known of the dossier.

Pure. A letter is always a concept: the secretary reads, completes and sends it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from pipeline import contexts
from pipeline.dates import dutch_date, dutch_weekday_date
from pipeline.letters import words
from pipeline.values import Actor, Council, Deadline, Filed, Kind, Procedure, holder_words, is_own_term

OPEN = "[NOG"
"""Begins every piece that is still to be written; a letter that holds it is not sent."""
_NAME = re.compile(
    r"^(?P<dossier>\d{4}-\d{4})\s+(?P<letter>.+?)"
    r"(?:\s+-\s+concept|\s+-\s+kopie|\s+\(?(?:onder|ge)tekend\)?|\s+definitief|\s+\(\d+\))*\.(?:docx|pdf)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a letter is written from.

    Attributes:
        procedure: The procedure as it stands.
        name: What the procedure is, in Dutch: ``adviesaanvraag``.
        known: What was told: the answer of each event.
        request: The paper that opened it; None when a person did.
        papers: Titles of all papers in the dossier.
        council: The council.
        today: Date of the letter.
        term_words: The council's own term in words, ``zes weken``; empty when it has no number.
        right_words: The right in Dutch: ``artikel 11 onder m WMS``; empty when unknown.
        missing: What the request lacks, as the formal check found; one line each.
        from_complete: The council's own term begins only once the request is complete.
        basis: What the letter rests on, as the procedure's definition cites it; may be empty.
        term: The running term that asks for this letter; None without one.
        waits: Ids of terms in which the board must wait rather than act.
    """

    procedure: Procedure
    name: str
    known: Mapping[str, str]
    request: Filed | None
    papers: tuple[str, ...]
    council: Council
    today: date
    term_words: str
    right_words: str
    missing: tuple[str, ...]
    from_complete: bool
    basis: str
    term: Deadline | None
    waits: tuple[str, ...]

    def day(self, event: str) -> str:
        """Write the day of an event: ``3 november 2026``; empty when it was not told."""
        answer = self.known.get(event, "")
        return dutch_date(date.fromisoformat(answer)) if answer else ""

    @property
    def own(self) -> Deadline | None:
        """Give the council's own term, while it runs."""
        return next((one for one in self.procedure.deadlines if is_own_term(one.term)), None)

    @property
    def begins(self) -> str:
        """Say when the council's own term begins, while that is not known and nothing was agreed on."""
        known = {"volledig_op", "verlengd_tot"} & self.known.keys()
        if known or not self.from_complete:
            return ""
        return f"De termijn van {self.term_words} begint op de dag waarop uw verzoek volledig is."

    @property
    def is_decided(self) -> bool:
        """Tell whether the board has taken its decision."""
        told = {"besluit_genomen_op", "besluit_meegedeeld_op"} & self.known.keys()
        return bool(told) or self.procedure.kind is Kind.BESLUIT_NA_ADVIES

    @property
    def owed(self) -> Deadline | None:
        """Give the first running term in which the board must act."""
        board = Actor.BEVOEGD_GEZAG
        running = self.procedure.deadlines
        acting = (one for one in running if one.actor is board and one.term not in self.waits)
        return next(acting, None)


def concept_name(dossier: str, letter: str) -> str:
    """Name the concept of a letter: ``2026-0009 Advies - concept.docx``."""
    return f"{dossier} {letter} - concept.docx"


def final_name(dossier: str, letter: str, number: int) -> str:
    """Name a letter that is sent; ``number`` tells letters of one name apart, from 1."""
    return f"{dossier} {letter}{f' {number}' if number > 1 else ''}.pdf"


def read_name(name: str) -> tuple[str, str]:
    """Read dossier and name of the letter from a file name; both empty when it is no letter of ours."""
    found = _NAME.match(name)
    return (found["dossier"], found["letter"]) if found else ("", "")


def write(template: str, matter: Matter) -> contexts.LetterContext:
    """Fill a letter.

    Args:
        template: Name of its template.
        matter: What it is written from.
    """
    return _WRITERS[template](matter)


def mail(
    council: Council, dossier: str, letter: str, file: str, *, to_sections: bool
) -> contexts.LetterMailContext:
    """Fill the mail that carries a letter; only the board is asked to confirm that it got it."""
    return contexts.LetterMailContext(
        raad=council.name,
        onderwerp=f"{letter} ({dossier})",
        aanhef=words.TO_SECTIONS if to_sections else words.to_board(council),
        bevestiging=not to_sections,
        brief=f"de brief ‘{letter}’",
        kenmerk=dossier,
        bestand=file,
        secretaris=council.secretary.name,
        functie=contexts.SECRETARY_FUNCTION,
        antwoordadres=council.mailbox.email,
    )


# --- what all letters share ------------------------------------------------------------

Letter = TypeVar("Letter", bound=contexts.LetterContext)


def _letter(kind: type[Letter], matter: Matter, subject: str, *, chair: bool = False, **own: Any) -> Letter:
    """Make a letter of its own fields and those that all letters have."""
    council, request = matter.council, matter.request
    return kind(
        raad=council.name,
        raad_email=council.mailbox.email,
        geadresseerde=own.pop("geadresseerde", (council.board,)),
        datum=dutch_date(matter.today),
        ons_kenmerk=matter.procedure.dossier,
        uw_kenmerk=own.pop("uw_kenmerk", request.facts.reference if request else ""),
        betreft=f"{subject} {matter.procedure.title}",
        aanhef=own.pop("aanhef", words.to_board(council)),
        soort=matter.name,
        onderwerp=f"‘{matter.procedure.title}’",
        houder=holder_words(matter.procedure.right_holder),
        voorzitter=council.chair.name if chair else "",
        secretaris=council.secretary.name,
        functie=contexts.SECRETARY_FUNCTION,
        **own,
    )


def _right(matter: Matter) -> str:
    return "instemming" if matter.procedure.kind is Kind.INSTEMMINGSVERZOEK else "advies"


def _meeting(matter: Matter) -> str:
    day = matter.procedure.meeting_day
    return dutch_weekday_date(day) if day else ""


def _last(term: Deadline | None) -> str:
    return dutch_weekday_date(term.strict) if term and term.strict else ""


def _received(matter: Matter) -> str:
    """Name the day of receipt; while it is not sure, so that nobody can overlook it in the concept."""
    told = matter.day("ontvangen_op")
    if told:
        return told
    first, *others = sorted({one.day for one in matter.procedure.received.candidates})
    asked = " of ".join(dutch_date(day) for day in others)
    return f"{dutch_date(first)} [NOG TE BEVESTIGEN{f', of {asked}' if asked else ''}]"


def _requested(matter: Matter) -> str:
    """Name the date of the request: of its letter, else of its receipt."""
    day = matter.request.facts.document_date if matter.request else None
    return dutch_date(day) if day else _received(matter)


def _missing(matter: Matter) -> tuple[str, ...]:
    """List what the request lacks: as the secretary says, else as the formal check found."""
    told = matter.known.get("ontbreekt", "")
    lines = tuple(part.strip() for part in re.split(r"[;\n]", told) if part.strip())
    return lines or matter.missing


# --- each letter -----------------------------------------------------------------------


def _acknowledgement(matter: Matter) -> contexts.LetterContext:
    term = matter.own
    return _letter(
        contexts.AcknowledgementContext,
        matter,
        f"Ontvangstbevestiging {matter.name}",
        ontvangen_op=_received(matter),
        recht=_right(matter),
        termijn=matter.term_words,
        grondslag=term.basis.words if term and term.basis else "",
        uiterste_datum="" if matter.begins else _last(term),
        begin=matter.begins,
        vergadering=_meeting(matter),
    )


def _supplement(matter: Matter) -> contexts.LetterContext:
    until = _last(matter.own)
    runs = f"De termijn van de raad loopt nu tot en met {until}." if until else ""
    return _letter(
        contexts.SupplementContext,
        matter,
        f"Verzoek om aanvulling van uw {matter.name}",
        ontvangen_op=_received(matter),
        ontbreekt=_missing(matter),
        termijn=matter.begins or runs,
    )


def _advice(matter: Matter) -> contexts.LetterContext:
    outcome = {"voorwaarden": "positief onder voorwaarden", "geen": "geen advies"}
    chosen = matter.known.get("strekking", "")
    return _letter(
        contexts.AdviceContext,
        matter,
        "Advies",
        chair=True,
        datum_verzoek=_requested(matter),
        wor=matter.council.regime == "wor",
        recht_tekst=words.of_law(matter.right_words),
        vergadering=_meeting(matter),
        overleg_op=matter.day("overleg_op"),
        uitkomst=outcome.get(chosen, chosen),
    )


def _consent(matter: Matter) -> contexts.LetterContext:
    return _letter(
        contexts.ConsentContext,
        matter,
        "Instemming met",
        chair=True,
        datum_verzoek=_requested(matter),
        recht_tekst=words.of_law(matter.right_words),
        vergadering=_meeting(matter),
    )


def _refusal(matter: Matter) -> contexts.LetterContext:
    return _letter(
        contexts.ConsentRefusalContext,
        matter,
        "Geen instemming met",
        chair=True,
        datum_verzoek=_requested(matter),
        recht_tekst=words.of_law(matter.right_words),
        vergadering=_meeting(matter),
    )


def _consultation(matter: Matter) -> contexts.LetterContext:
    told = matter.day("besluit_meegedeeld_op") or matter.day("voornemen_afwijken_op")
    return _letter(
        contexts.ConsultationContext,
        matter,
        "Verzoek om nader overleg over",
        chair=True,
        brief_van=told or _received(matter),
        besloten=matter.is_decided,
        recht_tekst=words.of_law(matter.right_words),
        grondslag=matter.basis,
    )


def _nullity(matter: Matter) -> contexts.LetterContext:
    term = matter.term
    told = matter.day("besluit_meegedeeld_op") or matter.day("uitvoering_gebleken_op")
    return _letter(
        contexts.NullityContext,
        matter,
        "Beroep op de nietigheid van het besluit over",
        chair=True,
        besluit=f"het besluit over ‘{matter.procedure.title}’",
        meegedeeld_op=told or "[NOG IN TE VULLEN: de dag]",
        grondslag=term.basis.words if term and term.basis else "[NOG IN TE VULLEN: het artikel]",
        bron_gecontroleerd=bool(term and term.basis and term.basis.confidence == "V"),
        recht_tekst=words.of_law(matter.right_words),
    )


def _extension(matter: Matter) -> contexts.LetterContext:
    return _letter(
        contexts.ExtensionContext,
        matter,
        "Verzoek om uitstel",
        uiterste_datum=_last(matter.own) or "[NOG IN TE VULLEN: de uiterste dag]",
        gevraagd_tot="",
        reden="",
    )


def _reminder(matter: Matter) -> contexts.LetterContext:
    owed = matter.term or matter.owed
    return _letter(
        contexts.ReminderContext,
        matter,
        "Herinnering",
        wat=owed.name if owed else "[NOG IN TE VULLEN: waar u op wacht]",
        grondslag=owed.basis.words if owed and owed.basis else "",
        uiterste_datum=_last(owed),
        verlopen=bool(owed and owed.last_day and owed.last_day < matter.today),
    )


def _proposal(matter: Matter) -> contexts.LetterContext:
    term = matter.owed
    until = _last(term)
    return _letter(
        contexts.ProposalContext,
        matter,
        "Initiatiefvoorstel",
        chair=True,
        recht_tekst=term.basis.words if term and term.basis else "",
        termijn=f"Wij ontvangen uw schriftelijke reactie graag uiterlijk op {until}." if until else "",
    )


def _routing(matter: Matter) -> contexts.LetterContext:
    others = words.other_sections(matter.procedure.right_holder, matter.council.regime)
    to = " en ".join(others)
    return _letter(
        contexts.RoutingContext,
        matter,
        "Ter kennisneming:",
        geadresseerde=(to[:1].upper() + to[1:],),
        aanhef=words.TO_SECTIONS,
        uw_kenmerk="",
        naar=to,
        recht=_right(matter),
        ontvangen_op=_received(matter),
        stukken=tuple(dict.fromkeys(matter.papers)),
        grondslag=matter.basis,
    )


_WRITERS: Mapping[str, Callable[[Matter], contexts.LetterContext]] = MappingProxyType(
    {
        "ontvangstbevestiging": _acknowledgement,
        "verzoek_om_aanvulling": _supplement,
        "advies": _advice,
        "instemming": _consent,
        "onthouding_instemming": _refusal,
        "nader_overleg": _consultation,
        "beroep_nietigheid": _nullity,
        "uitstel": _extension,
        "herinnering": _reminder,
        "initiatiefvoorstel": _proposal,
        "doorgeleiding": _routing,
    }
)
