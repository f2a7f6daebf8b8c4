"""The formal check of a request: its text held against the law, and the form in its folder.

    assess -> lay_form

The program proposes; it never refuses a request.
"""

from pathlib import Path

from pipeline import contexts
from pipeline.classify.citations import CatalogueRight, CitationState, find_citations
from pipeline.dates import dutch_date, legal_day
from pipeline.office import Office
from pipeline.procedures.definition import RECEIVED, RIGHT
from pipeline.procedures.standing import answers_of
from pipeline.toetsing.case import Assessment, Finding, RequestCase
from pipeline.toetsing.checklist import RightFacts, Severity
from pipeline.toetsing.plan import check_request
from pipeline.values import ASKED, Document, Filed, Procedure

FORM = "Toetsing"
_REGIMES = {
    "wms-po": "WMS, primair onderwijs",
    "wms-vo": "WMS, voortgezet onderwijs",
    "wms-so": "WMS, speciaal onderwijs",
    "wor": "WOR",
    "wmcz": "Wmcz 2018",
}


def request_of(procedure: Procedure, office: Office) -> Filed | None:
    """Find the paper that opened a procedure; None when a person did, or it was taken back."""
    with office.journal.transaction() as ledger:
        return ledger.paper(procedure.paper)


def assess(procedure: Procedure, office: Office) -> Assessment | None:
    """Hold the request of a procedure against the law; None for what is no request."""
    request = request_of(procedure, office)
    document = _document(request, office) if request else None
    if request is None or request.kind not in ASKED or document is None or document.reading is None:
        return None
    rights = tuple(right_facts(one) for one in office.rulebook.rights if one.is_valid_on(office.today()))
    case = _case(procedure, request, document.reading.text, rights, office)
    return check_request(case, office.rulebook.checklist, rights)


def _document(request: Filed, office: Office) -> Document | None:
    with office.journal.transaction() as ledger:
        documents = ledger.documents(request.origin.arrival)
    return next((one for one in documents if one.part.number == request.origin.part), None)


def right_facts(right: CatalogueRight) -> RightFacts:
    """Give what the check needs of a right."""
    return RightFacts(
        id=right.id,
        law=right.law,
        article=right.place,
        right=right.right,
        organ=right.organ,
        geleding=right.geleding,
        label=right.label,
        text=right.text,
        keywords=right.keywords,
        sectors=right.sectors,
        later=right.later,
        read_on=right.read_on,
    )


def _case(
    procedure: Procedure, request: Filed, text: str, rights: tuple[RightFacts, ...], office: Office
) -> RequestCase:
    by_id = {one.id: one for one in rights}
    cited = find_citations(text, office.rulebook.rights)
    sure = [one.options[0].id for one in cited if one.state is CitationState.GEVONDEN]
    told = answers_of(procedure.events)
    chosen = [told[RIGHT]] if told.get(RIGHT) in by_id else sure
    own = next((one for one in procedure.deadlines if one.answers_request), None)
    with office.journal.transaction() as ledger:
        beside = [one for one in ledger.filed() if one.dossier == request.dossier and one != request]
    received = told.get(RECEIVED)
    return RequestCase(
        text=text,
        kind=request.kind,
        regime=office.council.regime,
        organ=office.council.organ,
        cited=tuple(by_id[one] for one in dict.fromkeys(chosen) if one in by_id),
        possible=tuple(
            by_id[option.id]
            for one in cited
            if one.state is CitationState.ALLEEN_ARTIKEL
            for option in one.options
            if option.id in by_id
        ),
        facts=request.facts,
        received=request.received.earliest if received is None else legal_day(request.received.at),
        term_end=own.strict if own else None,
        annexes=len(beside),
        meeting=procedure.meeting_day,
    )


# --- the form --------------------------------------------------------------------------


def lay_form(procedure: Procedure, folder: Path, office: Office) -> None:
    """Lay the form in the folder of a procedure, as Word and as PDF; one she worked on stays hers."""
    found, request = assess(procedure, office), request_of(procedure, office)
    if found is None or request is None:
        return
    target = folder / f"{FORM}.docx"
    with office.journal.transaction() as ledger:
        ours = ledger.fact(f"form:{procedure.dossier}")
    filled, made = form(procedure, found, request, office), office.workshop.cache / f"{FORM}.docx"
    office.disk.make_folder(made.parent)
    office.workshop.templates.render("toetsingsformulier", filled, made)
    fresh = office.disk.sha256_of(made)
    if target.is_file() and office.disk.sha256_of(target) not in (ours, fresh):
        return
    office.disk.copy(made, target, fresh)
    with office.journal.transaction() as ledger:
        ledger.set_fact(f"form:{procedure.dossier}", fresh)
    office.lay_pdf("toetsingsformulier", filled, target.with_suffix(".pdf"))


def form(
    procedure: Procedure, found: Assessment, request: Filed, office: Office
) -> contexts.ExaminationContext:
    """Fill the toetsingsformulier."""
    right = found.right
    suggested = " (voorstel: het verzoek noemt geen artikel)" if found.suggested else ""
    return contexts.ExaminationContext(
        raad=office.council.name,
        dossier=procedure.dossier,
        onderwerp=procedure.title,
        ontvangen_op=dutch_date(request.received.earliest),
        afzender=request.facts.sender or request.origin.sender,
        soort=office.rulebook.definition(procedure.definition).name,
        regime=_REGIMES.get(office.council.regime, ""),
        recht_tekst=f"{right.written}{suggested}" if right else "",
        houder=found.right_holder,
        wettekst=right.text if right else "",
        wettekst_stand=_state_of_text(right, office),
        conclusie=found.conclusions,
        vlaggen=found.flags,
        regels=tuple(_line(one) for one in found.findings),
    )


def _state_of_text(right: RightFacts | None, office: Office) -> str:
    """Say of which day the text is that is shown; one of the council's own has none."""
    if right is None or not right.text:
        return ""
    read_on = right.read_on or office.rulebook.text_read.get(right.law)
    state = f"stand {dutch_date(read_on)}" if read_on else "zoals door u gelezen"
    return f"{state}{f'; later: {right.later}' if right.later else ''}"


def _line(finding: Finding) -> contexts.ToetsLine:
    practice, read = finding.severity is Severity.GOED_GEBRUIK, finding.confidence != "K"
    basis = finding.basis.removeprefix("goed gebruik").removeprefix("; ")
    return contexts.ToetsLine(
        nummer=finding.item,
        vraag=finding.question,
        grondslag=basis if read else f"{basis[:1].upper()}{basis[1:]}",
        bevinding=finding.state.value.replace("_", " "),
        wettelijk=not practice and read,
        eigen_lezing=not practice and not read,
        zin=finding.sentence,
        toelichting=finding.note,
    )
