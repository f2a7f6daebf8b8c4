"""Decide where papers go: which dossier, which number, which name, or ``Te beoordelen/``.

Pure: values in, values out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline.archive import naming
from pipeline.archive.settling import (
    ENDS_A_TERM,
    OF_A_TERM,
    REQUESTS,
    as_overig,
    followed,
    must_stay,
    no_annex,
    released,
    settled,
)
from pipeline.values import (
    Address,
    Classified,
    Document,
    Dossier,
    Filed,
    Held,
    HeldPaper,
    Judgement,
    Kind,
    Origin,
    PartVerdict,
    Received,
    StartsProcedure,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A paper with its verdict, ready to be filed or held.

    Attributes:
        origin: Where it came from.
        document: The part and what it says.
        verdict: What it is.
        received: When it was received.
        correspondent: Who sent it, of a forwarded mail who sent the original; None when unknown.
        pages: The pictures it was made of, when it was.
        is_chosen: A person said what it is.
    """

    origin: Origin
    document: Document
    verdict: Verdict
    received: Received
    correspondent: Address | None = None
    pages: tuple[HeldPaper, ...] = ()
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPlan:
    """What is to happen with the papers of one arrival.

    Attributes:
        dossiers: New dossiers, in order of number.
        filed: Papers with their place.
        held: Papers for ``Te beoordelen/``.
    """

    dossiers: tuple[Dossier, ...]
    filed: tuple[Filed, ...]
    held: tuple[HeldPaper, ...]


def plan_filing(
    judged: tuple[Judged, ...],
    *,
    labels: Mapping[Kind, str],
    today: date,
    last_serial: int,
    into: Dossier | None,
    used_numbers: int,
    taken: frozenset[str],
) -> FilingPlan:
    """Decide what happens with the papers of one arrival.

    A mail with one request is one dossier: its other papers are the annexes of that request,
    also when they are not sure by themselves; such a one is filed as another paper (Overig). With two
    requests each has its own dossier, and a paper that could belong to either is held.

    Args:
        judged: The papers, in the order of the mail.
        labels: Dutch name of each kind, for titles.
        today: Legal day of opening a dossier.
        last_serial: Highest serial of this calendar year.
        into: Dossier that the mail names, if any.
        used_numbers: Paper numbers already given in that dossier.
        taken: Names that lie in ``Te beoordelen/`` already.
    """
    if into is not None:
        judged = tuple(_asked_about(paper, into) if _starts(paper) else paper for paper in judged)
    if any(_starts(paper) for paper in judged) or _open_request(judged):
        judged = tuple(map(_beside_request, judged))
    heads = _heads(judged)
    annexes = tuple(p for p in judged if p not in heads and _is_annex(p)) if len(heads) == 1 else ()
    dossiers: list[Dossier] = []
    filed: list[Filed] = []
    for offset, head in enumerate(heads):
        dossier = into or _open(head, labels, today, last_serial + 1 + offset)
        dossiers += [] if into else [dossier]
        first = (used_numbers + len(filed) if into else 0) + 1
        papers = (head, *map(_as_annex, annexes))
        filed += [_filed(paper, dossier, first + n, labels) for n, paper in enumerate(papers)]
    rest = tuple(paper for paper in judged if paper not in heads and paper not in annexes)
    pages = (page for paper in judged for page in paper.pages)
    held = (*_held(rest, _open_request(judged), taken), *pages)
    return FilingPlan(dossiers=tuple(dossiers), filed=tuple(filed), held=held)


def _asked_about(paper: Judged, into: Dossier) -> Judged:
    """Hold a request that names a running matter: it may be a reminder, or something new."""
    reason = (
        f"Dit lijkt een verzoek, maar het gaat over zaak {into.number}. Hoort het daarbij? Sleep het dan "
        f"naar de map 'Bij {into.number}'; maak die zo nodig zelf. Is het een nieuw verzoek? Sleep het dan "
        "naar de map van de juiste soort."
    )
    return replace(paper, verdict=Held(judgement=paper.verdict.judgement, reasons=(reason,)))


def _heads(judged: tuple[Judged, ...]) -> tuple[Judged, ...]:
    """Find the papers that begin a dossier.

    These are the sure requests; without one what a person chose, else the first sure paper, unless a
    request in the same mail is still to be decided: then everything waits for that decision.
    """
    sure = tuple(paper for paper in judged if isinstance(paper.verdict, Classified))
    starting = tuple(paper for paper in sure if _starts(paper))
    chosen = tuple(paper for paper in sure if paper.is_chosen)
    return starting or chosen or (() if _open_request(judged) else sure[:1])


def _open_request(judged: tuple[Judged, ...]) -> Judged | None:
    """Find a held paper that may be a request."""
    held = (paper for paper in judged if isinstance(paper.verdict, Held))
    return next((paper for paper in held if _kind(paper) in REQUESTS), None)


def plan_decision(
    held: HeldPaper,
    kind: Kind,
    *,
    followers: tuple[HeldPaper, ...],
    labels: Mapping[Kind, str],
    today: date,
    last_serial: int,
    into: Dossier | None,
    used_numbers: int,
) -> FilingPlan:
    """Decide where a paper goes whose kind a person has settled, and those that waited for it.

    Of these what was not sure goes along as another paper (Overig), as beside a request that was sure;
    what may begin or end a term stays held, by itself.

    Args:
        held: The paper as it was held.
        kind: What the person says it is.
        followers: Papers of the same mail that waited on this decision.
        labels: Dutch name of each kind.
        today: Legal day of opening a dossier.
        last_serial: Highest serial of this calendar year.
        into: Dossier the person chose, if any.
        used_numbers: Paper numbers already given in that dossier.
    """
    title = _title(held.facts.subject, "", held.origin.name, labels[kind])
    dossier = into or _with_secrecy(_dossier(kind, title, labels, today, last_serial + 1), held.origin)
    first = (used_numbers if into else 0) + 1
    head = _filed_by_person(held, settled(held.verdict.judgement, kind), dossier, first, labels)
    filed = [_addition(head) if into else head]
    along = (follower for follower in followers if not must_stay(follower))
    for number, follower in enumerate(along, start=first + 1):
        filed.append(_filed_by_person(follower, followed(follower), dossier, number, labels))
    left = tuple(released(follower) for follower in followers if must_stay(follower))
    return FilingPlan(dossiers=() if into else (dossier,), filed=tuple(filed), held=left)


def _filed_by_person(
    held: HeldPaper, judgement: Judgement, dossier: Dossier, number: int, labels: Mapping[Kind, str]
) -> Filed:
    kind = judgement.kind
    title = _title(held.facts.subject, "", held.origin.name, labels[kind])
    kenmerk = f"{dossier.number}-{number:02d}"
    return Filed(
        origin=held.origin,
        kenmerk=kenmerk,
        dossier=dossier.number,
        path=_path(dossier, kenmerk, title, held.facts.document_date, held.place),
        kind=kind,
        title=title,
        sha256=held.sha256,
        received=held.received,
        facts=held.facts,
        judgement=judgement,
        signatures=held.signatures,
    )


def _addition(paper: Filed) -> Filed:
    """Make a paper an addition to a running matter: it starts nothing of its own."""
    return replace(paper, judgement=replace(paper.judgement, starts_procedure=StartsProcedure.NEE))


def held_again(paper: Filed, taken: frozenset[str]) -> HeldPaper:
    """Make the held paper of a filing that was taken back."""
    return HeldPaper(
        origin=paper.origin,
        sha256=paper.sha256,
        place=naming.free_name(_name_again(paper), taken),
        verdict=Held(
            judgement=paper.judgement,
            reasons=(f"U hebt het opbergen als {paper.kenmerk} teruggedraaid.",),
        ),
        facts=paper.facts,
        received=paper.received,
        signatures=paper.signatures,
    )


def _name_again(paper: Filed) -> str:
    """Name a filed paper as it came; its place in the archive knows what it is."""
    name, ending = paper.origin.name or paper.title, naming.extension(paper.path)
    return naming.safe_file(name if naming.extension(name) == ending else f"{name}{ending}")


# --- parts of the decision -------------------------------------------------------------


def _starts(paper: Judged) -> bool:
    verdict = paper.verdict
    return isinstance(verdict, Classified) and verdict.judgement.starts_procedure is StartsProcedure.JA


def _is_annex(paper: Judged) -> bool:
    """Tell whether a paper may follow the head of its mail without a decision of its own."""
    return isinstance(paper.verdict, Classified) or (
        paper.document.verdict is PartVerdict.PAPER
        and paper.verdict.judgement is not None
        and paper.verdict.judgement.kind not in OF_A_TERM
    )


def _beside_request(paper: Judged) -> Judged:
    """Hold a decision or reaction that came with a request, however sure: an annex ends no term."""
    verdict = paper.verdict
    if paper.is_chosen or not isinstance(verdict, Classified) or verdict.judgement.kind not in ENDS_A_TERM:
        return paper
    return replace(paper, verdict=no_annex(verdict.judgement))


def _as_annex(paper: Judged) -> Judged:
    """Follow the head of its mail: a guess that was not sure is not put down as what it is."""
    guess = paper.verdict.judgement
    if guess is None or isinstance(paper.verdict, Classified):
        return paper
    return replace(paper, verdict=Classified(judgement=as_overig(guess)))


def _open(head: Judged, labels: Mapping[Kind, str], today: date, serial: int) -> Dossier:
    kind = _kind(head)
    dossier = _dossier(kind, _document_title(head, labels[kind]), labels, today, serial)
    return _with_secrecy(dossier, head.origin)


def _dossier(kind: Kind, title: str, labels: Mapping[Kind, str], today: date, serial: int) -> Dossier:
    number = f"{today.year}-{serial:04d}"
    name = title if labels[kind].casefold() in title.casefold() else f"{labels[kind]} {title}"
    return Dossier(
        number=number,
        title=title,
        kind=kind,
        opened_on=today,
        folder=naming.dossier_folder(number, name),
        year_folder=naming.school_year(today),
    )


def new_dossier(kind: Kind, title: str, word: str, *, today: date, serial: int) -> Dossier:
    """Open a dossier without a paper, for a matter that a person begins.

    Args:
        kind: Kind of papers it is about.
        title: What it is about, as she wrote it.
        word: Dutch name of what it is, for the name of its folder.
        today: Legal day.
        serial: Its serial within this calendar year.
    """
    clean = naming.safe(title, naming.FILE_LIMIT)
    dossier = _dossier(kind, clean, {kind: word}, today, serial)
    return replace(dossier, confidential="vertrouwelijk") if _SECRET.search(clean) else dossier


def _with_secrecy(dossier: Dossier, origin: Origin) -> Dossier:
    """Mark a dossier confidential when its paper calls itself so, in title, file name or mail subject."""
    told = f"{dossier.title} {origin.name} {origin.mail_subject}"
    return replace(dossier, confidential="vertrouwelijk") if _SECRET.search(told) else dossier


_SECRET = re.compile(r"vertrouwelijk|geheim|besloten|embargo|strikt persoonlijk", re.IGNORECASE)


def _kind(paper: Judged) -> Kind:
    return paper.verdict.judgement.kind if paper.verdict.judgement else Kind.OVERIG


def _document_title(paper: Judged, fallback: str) -> str:
    document = paper.document
    own = document.reading.title if document.reading else ""
    return _title(document.facts.subject, own, document.part.name, fallback)


def _title(subject: str, own_title: str, name: str, fallback: str) -> str:
    return naming.title_for(subject, own_title, name, fallback)


def _filed(paper: Judged, dossier: Dossier, number: int, labels: Mapping[Kind, str]) -> Filed:
    kind, document = _kind(paper), paper.document
    judgement = paper.verdict.judgement
    title = _document_title(paper, labels[kind])
    kenmerk = f"{dossier.number}-{number:02d}"
    name = _file_name(document) or _name_of_body(document)
    return Filed(
        origin=paper.origin,
        kenmerk=kenmerk,
        dossier=dossier.number,
        path=_path(dossier, kenmerk, title, document.facts.document_date, name),
        kind=kind,
        title=title,
        sha256=document.part.sha256,
        received=paper.received,
        facts=document.facts,
        judgement=judgement or settled(None, kind),
        signatures=document.signatures,
    )


def _file_name(document: Document) -> str:
    return naming.with_ending(document.part.name, document.part.content_type)


def _name_of_body(document: Document) -> str:
    return "bericht.html" if document.part.content_type == "text/html" else "bericht.txt"


def _path(dossier: Dossier, kenmerk: str, title: str, day: date | None, name: str) -> str:
    folder = f"{dossier.year_folder}/{dossier.folder}"
    return naming.paper_path(folder, kenmerk, title, day=day, ending=naming.extension(name) or ".bin")


def _held(papers: tuple[Judged, ...], waits_for: Judged | None, taken: frozenset[str]) -> Iterator[HeldPaper]:
    for paper in papers:
        name = _file_name(paper.document) or _name_for_body(paper)
        place = naming.free_name(naming.safe_file(name), taken)
        taken |= {place}
        follows = waits_for is not None and waits_for is not paper and _is_annex(paper)
        yield HeldPaper(
            origin=paper.origin,
            sha256=paper.document.part.sha256,
            place=place,
            verdict=_why_held(paper, waits_for if follows else None),
            facts=paper.document.facts,
            received=paper.received,
            follows=waits_for.origin.paper if follows and waits_for else "",
            is_sure=isinstance(paper.verdict, Classified),
            signatures=paper.document.signatures,
            obstacle=paper.document.obstacle,
            correspondent=paper.correspondent,
        )


def _name_for_body(paper: Judged) -> str:
    return f"{_document_title(paper, 'Bericht')}{naming.extension(_name_of_body(paper.document))}"


def _why_held(paper: Judged, waits_for: Judged | None) -> Held:
    verdict = paper.verdict
    own = verdict.reasons if isinstance(verdict, Held) else ()
    if waits_for is not None:
        name = waits_for.document.part.name or "de tekst van de mail"
        own = (f"Dit hoort bij '{name}', dat tegelijk binnenkwam; het volgt uw beslissing daarover.", *own)
    cautions = verdict.cautions if isinstance(verdict, Held) else ()
    return Held(judgement=verdict.judgement, reasons=own or _UNPLACED, cautions=cautions)


_UNPLACED = ("Er kwam meer dan één verzoek tegelijk binnen; het is niet duidelijk bij welk dit stuk hoort.",)
