"""Write the lists made for the secretary: terms, incoming papers, proof of sending.

They say what the journal knows and are always current; nobody types in them. The same content gives
the same bytes, and a file that already holds them is left alone. May touch: the file it is asked to
write.
"""

from datetime import date
from pathlib import Path

from openpyxl.styles import PatternFill

from pipeline.contexts import Urgency
from pipeline.dates import legal_day
from pipeline.dispatch.outcomes import explained, moment_words, state_words
from pipeline.dispatch.parcels import way_words
from pipeline.dispatch.plan import message_id
from pipeline.edges import files
from pipeline.edges.excel.sheet import (
    DATE_FORMAT,
    Heading,
    Preface,
    Value,
    add_row,
    new_sheet,
    to_bytes,
    with_filter,
)
from pipeline.procedures.overview import (
    actor_words,
    cautions_of,
    is_sure,
    left_words,
    meeting_of,
    running,
    step_lines,
    subject_of,
    urgency_of,
)
from pipeline.values import Deadline, Dispatch, DispatchState, Filed, Procedure, Sending

_TERMS = (
    Heading(name="nog", width=11),
    Heading(name="dossier", width=11),
    Heading(name="onderwerp", width=25),
    Heading(name="termijn", width=15),
    Heading(name="aan zet", width=12),
    Heading(name="telt vanaf", width=15),
    Heading(name="uiterste dag (strikt)", width=13),
    Heading(name="met verlenging", width=12),
    Heading(name="vergadering", width=12),
    Heading(name="nog te doen", width=32),
    Heading(name="grondslag", width=26),
    Heading(name="hoe berekend", width=38),
    Heading(name="let op", width=32),
)
_RECEIVED_PLACE = 5
_FILLS = {
    Urgency.VERLOPEN: PatternFill("solid", fgColor="E6A79E"),
    Urgency.DEZE_WEEK: PatternFill("solid", fgColor="F2C9A8"),
    Urgency.BINNENKORT: PatternFill("solid", fgColor="F7EBC3"),
    Urgency.RUIM: PatternFill("solid", fgColor="DCE8E0"),
}
"""Colours by urgency, as in the overview on paper; the words tell it too."""
_UNCONFIRMED = f'{DATE_FORMAT}" (?)"'
"""The column "nog te doen" tells what the question mark asks."""
_NO_DAY, _AT_ONCE = "te bepalen", "zo spoedig mogelijk"

_INCOMING = (
    Heading(name="kenmerk", width=15),
    Heading(name="ontvangen", width=14),
    Heading(name="afzender", width=32),
    Heading(name="onderwerp", width=48),
    Heading(name="soort", width=24),
    Heading(name="dossier", width=12),
    Heading(name="bestand", width=60),
)
_PROOF = (
    Heading(name="lid", width=26),
    Heading(name="e-mailadres", width=30),
    Heading(name="editie", width=12),
    Heading(name="bestand", width=36),
    Heading(name="verzonden", width=17),
    Heading(name="stand", width=24),
    Heading(name="toelichting", width=44),
    Heading(name="controlegetal van het bestand", width=19),
    Heading(name="berichtnummer", width=57),
)
_SHOWN_DIGITS = 16


def write_terms(path: Path, procedures: tuple[Procedure, ...], today: date) -> None:
    """Write Termijnen.xlsx: a row per term that runs, soonest first, coloured by urgency."""
    sheet = new_sheet("Termijnen", _TERMS)
    for procedure, term in running(procedures):
        cells = add_row(sheet, _term(procedure, term, today))
        urgency = urgency_of(term, today)
        if urgency in _FILLS:
            cells[0].fill = _FILLS[urgency]
        if not is_sure(procedure, term):
            cells[_RECEIVED_PLACE].number_format = _UNCONFIRMED
    files.write(path, to_bytes(with_filter(sheet)))


def _term(procedure: Procedure, term: Deadline, today: date) -> tuple[Value, ...]:
    return (
        left_words(term, today),
        procedure.dossier,
        procedure.title,
        subject_of(procedure, term),
        actor_words(procedure, term),
        term.trigger,
        term.strict or (_AT_ONCE if term.basis else _NO_DAY),
        term.last_day,
        meeting_of(procedure, term),
        _bullets(procedure.to_do),
        term.basis.words if term.basis else "",
        "\n".join(step_lines(term)),
        _bullets(cautions_of(term)),
    )


def _bullets(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def write_incoming(path: Path, papers: tuple[Filed, ...], labels: tuple[tuple[str, str], ...]) -> None:
    """Write Ingekomen stukken.xlsx: a row per paper, in the order given.

    Args:
        path: The file.
        papers: The papers.
        labels: Pairs of kind and Dutch name; a kind without one is shown by its id.
    """
    names = dict(labels)
    sheet = new_sheet("Ingekomen stukken", _INCOMING)
    for paper in papers:
        kind = names.get(paper.kind.value, paper.kind.value.replace("_", " "))
        sender = paper.origin.sender or paper.facts.sender
        received = legal_day(paper.received.at)
        add_row(sheet, (paper.kenmerk, received, sender, paper.title, kind, paper.dossier, paper.path))
    files.write(path, to_bytes(with_filter(sheet)))


def write_proof(path: Path, sending: Sending, dispatches: tuple[Dispatch, ...]) -> None:
    """Write the proof of a sending: what was sent above, a row per member below."""
    preface = (
        Preface(text=f"Verzendbewijs {sending.meeting} – editie {sending.edition}", bold=True),
        Preface(text=f"Bestand: {sending.file or '(nog niet gemaakt)'} – stand: {sending.state.value}"),
        *((Preface(text=f"Gemaild: {way_words(sending.parcel)}"),) if way_words(sending.parcel) else ()),
        Preface(text=f"Controlegetal van het bestand (sha256): {sending.final_sha256}"),
        Preface(text=f"Controlegetal van het goedgekeurde concept (sha256): {sending.concept}"),
    )
    sheet = new_sheet("Verzendbewijs", _PROOF, preface)
    for dispatch in dispatches:
        add_row(sheet, _dispatch(dispatch))
    files.write(path, to_bytes(with_filter(sheet)))


def _dispatch(dispatch: Dispatch) -> tuple[Value, ...]:
    on_paper = dispatch.state is DispatchState.AFDRUK
    return (
        dispatch.member,
        dispatch.to,
        dispatch.edition,
        dispatch.file,
        moment_words(dispatch.sent_at),
        state_words(dispatch),
        explained(dispatch),
        dispatch.sha256[:_SHOWN_DIGITS],
        "" if on_paper else message_id(dispatch),
    )
