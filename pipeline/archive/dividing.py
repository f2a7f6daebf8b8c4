"""Decide what becomes of a paper that is several things: once filed for each thing that it is.

Pure: values in, values out. A request opens a dossier of its own, and so does a decision of the
board, for each starts terms of its own. Everything else goes into the dossier of the request above
it on the sheet: information for the parents lies where the consent of the staff is asked (WMS 8 lid 6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from pipeline.archive import plan as archive
from pipeline.archive.settling import REQUESTS, settled
from pipeline.dates import dutch_date
from pipeline.folding import fold
from pipeline.values import (
    ASKED,
    HOLDERS,
    WHOLE_COUNCIL,
    Dossier,
    Filed,
    Held,
    HeldPaper,
    Judgement,
    Kind,
    Right,
    Share,
    holder_words,
)

Meaning = TypeVar("Meaning")

SHEET_ENDING = " - verdeling.xlsx"
_OWN_MATTER = (*REQUESTS, Kind.BESLUIT_NA_ADVIES)
"""Kinds that start terms, and so have a dossier of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What can be chosen on the sheet, each by the words that are shown for it.

    Attributes:
        kinds: Kinds of papers.
        rights: Rights of this council.
    """

    kinds: Mapping[str, Kind]
    rights: Mapping[str, Right]

    @property
    def holders(self) -> tuple[str, ...]:
        """Give for whom something can be."""
        return (WHOLE_COUNCIL, *HOLDERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One thing that a paper is, understood.

    Attributes:
        kind: What it is.
        right: The right a request rests on; its id is empty when only its holder was named.
        holder: For whom it is; empty when that was not said.
        subject: What it is about.
        answer_by: Day by which an answer is asked.
    """

    kind: Kind
    right: Right | None
    holder: str
    subject: str
    answer_by: date | None


# --- what stands on the sheet at first -------------------------------------------------


def proposal(
    paper: HeldPaper, filed: tuple[Filed, ...], words: Vocabulary, labels: Mapping[Kind, str]
) -> tuple[Share, ...]:
    """Fill in what was found: as what it is filed already, else a row for each right in its text.

    Args:
        paper: The paper.
        filed: Its filings, when it is filed already.
        words: What can be chosen.
        labels: Dutch name of each kind.
    """
    if filed:
        return tuple(_already(one, words, labels) for one in filed)
    judgement = paper.verdict.judgement
    if judgement is None:
        return (_row(paper, "", None, words),)
    asked = tuple(right for right in judgement.rights if right.right in ASKED.values())
    if asked:
        kinds = {right: kind for kind, right in ASKED.items()}
        return tuple(_row(paper, labels[kinds[right.right]], right, words) for right in asked)
    both = tuple(kind for kind in judgement.likeliest if kind in ASKED)
    guessed = both if len(both) > 1 else (judgement.kind,)
    return tuple(_row(paper, labels[kind], None, words) for kind in guessed)


def _row(paper: HeldPaper, sort: str, right: Right | None, words: Vocabulary) -> Share:
    facts = paper.facts
    return Share(
        sort=sort,
        right=_shown(right, words),
        holder=right.geleding if right else "",
        subject=facts.subject,
        answer_by=f"{facts.answer_date:%d-%m-%Y}" if facts.answer_date else "",
    )


def _shown(right: Right | None, words: Vocabulary) -> str:
    return next((shown for shown, one in words.rights.items() if right and one.id == right.id), "")


def _already(paper: Filed, words: Vocabulary, labels: Mapping[Kind, str]) -> Share:
    rights = paper.judgement.rights
    right = rights[0] if len(rights) == 1 else None
    return Share(
        sort=labels[paper.kind],
        right=_shown(right, words),
        holder=right.geleding if right else "",
        subject=paper.title,
        recorded=f"Al opgeborgen als {paper.kenmerk}.",
    )


# --- what she filled in ----------------------------------------------------------------


def understand(shares: tuple[Share, ...], words: Vocabulary, today: date) -> tuple[Portion | str, ...]:
    """Understand every row that is new, or say in Dutch what is wrong with it.

    Args:
        shares: The rows that were not filed before.
        words: What can be chosen.
        today: Legal day; by a day before it nobody can answer any more.
    """
    found = tuple(_understood(share, words, today) for share in shares)
    return tuple(_TWICE if one in found[:place] else one for place, one in enumerate(found))


_TWICE = "deze regel staat er twee keer. Maak één van de twee leeg."


def _understood(share: Share, words: Vocabulary, today: date) -> Portion | str:
    kind = _chosen(share.sort, words.kinds)
    if kind is None:
        return _no_kind(share)
    right = _chosen(share.right, words.rights)
    holder = next((one for one in words.holders if _same(one, share.holder, holder_words(one))), "")
    answer_by = _day(share.answer_by)
    problem = (
        _misread(share, right, holder, answer_by)
        or _wrong_day(answer_by, today)
        or _wrong_right(kind, right, holder)
    )
    if problem:
        return problem
    return Portion(
        kind=kind,
        right=right or _holder_only(kind, holder),
        holder=right.geleding if right else holder,
        subject=share.subject,
        answer_by=answer_by,
    )


def _misread(share: Share, right: Right | None, holder: str, answer_by: date | None) -> str:
    """Say which cell of a row cannot be understood."""
    if share.right and right is None:
        return "dit recht staat niet in de lijst. Kies het met het pijltje naast de cel, of maak de cel leeg."
    if share.holder and not holder:
        return (
            f"'{share.holder}' staat niet in de lijst. Kies bij 'voor wie' uit de lijst of maak de cel leeg."
        )
    if share.answer_by and answer_by is None:
        return f"'{share.answer_by}' is geen bestaande dag. Schrijf de datum zo: 16-11-2026."
    return "" if share.subject else "schrijf in de kolom 'onderwerp' waar het over gaat."


_FURTHEST = timedelta(days=365)
"""A day beyond this is a slip, as on the zaakkaart."""


def _wrong_day(answer_by: date | None, today: date) -> str:
    """Say why by this day no answer can be asked."""
    if answer_by is None or today <= answer_by <= today + _FURTHEST:
        return ""
    if answer_by < today:
        return f"{dutch_date(answer_by)} is al voorbij. Controleer de datum, of maak de cel leeg."
    return f"{dutch_date(answer_by)} is meer dan een jaar vooruit. Controleer het jaartal."


def _no_kind(share: Share) -> str:
    if not share.sort:
        return "kies een soort, of maak de hele regel leeg."
    return f"'{share.sort}' is geen soort. Kies een soort uit de lijst."


def _wrong_right(kind: Kind, right: Right | None, holder: str) -> str:
    """Say what does not fit between the kind, the right and for whom it is."""
    if right is None:
        return ""
    if kind not in ASKED:
        return "een recht hoort alleen bij een adviesaanvraag of instemmingsverzoek. Maak 'recht' leeg."
    if right.right in ASKED.values() and right.right != ASKED[kind]:
        return f"dit recht gaat over {right.right}. Kies een andere soort of een ander recht."
    if holder and holder != right.geleding:
        return (
            f"dit recht is van {holder_words(right.geleding)}, niet van {holder_words(holder)}. "
            "Maak 'voor wie' leeg of kies een ander recht."
        )
    return ""


def _holder_only(kind: Kind, holder: str) -> Right | None:
    """Keep who holds the right of a request while the right itself is not known."""
    return Right(id="", right=ASKED[kind], geleding=holder) if kind in ASKED and holder else None


def _same(one: str, typed: str, other: str) -> bool:
    return bool(typed) and fold(typed) in (fold(one), fold(other))


def _chosen(typed: str, meanings: Mapping[str, Meaning]) -> Meaning | None:
    return next((meaning for shown, meaning in meanings.items() if fold(shown) == fold(typed)), None)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None


# --- where it goes ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """What is there already.

    Attributes:
        filed: Filings of this paper, by kenmerk.
        dossiers: Those dossiers, by number.
        used: Paper numbers given in each of them.
        taken: Identities of papers of the same arrival that are in use.
    """

    filed: tuple[Filed, ...] = ()
    dossiers: Mapping[str, Dossier]
    used: Mapping[str, int]
    taken: frozenset[str]


def plan_division(
    paper: HeldPaper,
    portions: tuple[Portion, ...],
    shelves: Shelves,
    *,
    followers: tuple[HeldPaper, ...],
    labels: Mapping[Kind, str],
    today: date,
    last_serial: int,
) -> archive.FilingPlan:
    """Decide where a paper goes that is several things, and those that waited for it.

    Args:
        paper: The paper as it is held, or would be held again.
        portions: What it is, at least one, in the order of the sheet.
        shelves: What is there already.
        followers: Papers of the same mail that waited on this decision; they go with the first thing.
        labels: Dutch name of each kind.
        today: Legal day of opening a dossier.
        last_serial: Highest serial of this calendar year.
    """
    opened: list[Dossier] = []
    filed: list[Filed] = []
    held: list[HeldPaper] = []
    used = dict(shelves.used)
    into = _last_matter(shelves)
    portions = portions if into else _in_order(portions)
    for portion, copy in zip(portions, _copies(paper, portions, shelves), strict=True):
        needed = portion.kind in _OWN_MATTER or (into is None and not opened)
        plan = archive.plan_decision(
            copy,
            portion.kind,
            followers=() if filed else followers,
            labels=labels,
            today=today,
            last_serial=last_serial + len(opened),
            into=None if needed else into,
            used_numbers=used.get(into.number, 0) if into and not needed else 0,
        )
        opened += plan.dossiers
        into = plan.dossiers[0] if plan.dossiers else into
        filed += plan.filed
        held += plan.held
        number = plan.filed[0].dossier
        used[number] = used.get(number, 0) + len(plan.filed)
    return archive.FilingPlan(dossiers=tuple(opened), filed=tuple(filed), held=tuple(held))


def _in_order(portions: tuple[Portion, ...]) -> tuple[Portion, ...]:
    """Put the first request before what stands above it, which belongs to it as well."""
    first = next((place for place, one in enumerate(portions) if one.kind in _OWN_MATTER), 0)
    return (portions[first], *portions[:first], *portions[first + 1 :])


def _last_matter(shelves: Shelves) -> Dossier | None:
    """Give the dossier of the last request it was filed as, else of its last filing."""
    own = [one for one in shelves.filed if one.kind in _OWN_MATTER] or list(shelves.filed)
    return shelves.dossiers[own[-1].dossier] if own else None


def _copies(paper: HeldPaper, portions: tuple[Portion, ...], shelves: Shelves) -> tuple[HeldPaper, ...]:
    """Give the paper once for each thing: an identity, subject, answer day and right of its own."""
    variants = _free_variants(paper, len(portions), shelves)
    return tuple(
        replace(
            paper,
            origin=replace(paper.origin, variant=variant),
            facts=replace(paper.facts, subject=_title(portion), answer_date=portion.answer_by),
            verdict=Held(judgement=_judgement(paper, portion), reasons=paper.verdict.reasons),
        )
        for portion, variant in zip(portions, variants, strict=True)
    )


def _free_variants(paper: HeldPaper, count: int, shelves: Shelves) -> tuple[str, ...]:
    """Name the identities of new filings: of a held paper the first keeps its own."""
    own = paper.origin.variant
    found = [] if shelves.filed else [own]
    number = 2
    while len(found) < count:
        variant = f"{own}-{number}" if own else str(number)
        if replace(paper.origin, variant=variant).paper not in shelves.taken:
            found.append(variant)
        number += 1
    return tuple(found)


def _title(portion: Portion) -> str:
    """Give the subject; of what is no request with those it is for, so that the copies can be told apart."""
    if portion.kind in ASKED or portion.holder in ("", WHOLE_COUNCIL):
        return portion.subject
    return f"{portion.subject}, voor {holder_words(portion.holder)}"


def _judgement(paper: HeldPaper, portion: Portion) -> Judgement:
    judgement = settled(paper.verdict.judgement, portion.kind)
    return replace(judgement, rights=(portion.right,) if portion.right else ())
