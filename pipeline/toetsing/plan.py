"""Hold a request against the law: point by point, with proposals; nothing is ever refused. Pure."""

from collections.abc import Iterable

from pipeline.folding import flatten, without_empty_boxes, zone_of
from pipeline.toetsing import timing
from pipeline.toetsing.addressee import Fit, hold_against
from pipeline.toetsing.case import Assessment, Finding, FindingState, RequestCase
from pipeline.toetsing.checklist import Checklist, ItemList, RightFacts, Severity
from pipeline.toetsing.flags import flags_of
from pipeline.toetsing.ground import Ground, doubts, ground_of, holder_of
from pipeline.toetsing.points import Points, find

_LONGEST = 100_000
"""Characters that are looked at; no request is longer, and hostile length must not cost time."""


def check_request(case: RequestCase, checklist: Checklist, rights: tuple[RightFacts, ...]) -> Assessment:
    """Hold a request against the checklist of its law.

    Args:
        case: The request.
        checklist: What it is held against.
        rights: The catalogue, valid on the day of the request; it suggests a right where none is
            cited, and never decides one.

    Returns:
        A finding for every point, what is missing, and proposals. Never a refusal.
    """
    zone = zone_of(flatten(without_empty_boxes(case.text[:_LONGEST])))
    ground = ground_of(case, rights)
    fit = hold_against(case, ground)
    chosen = choose_list(case, ground, checklist.lists)
    points = Points(case=case, zone=zone, ground=ground, fit=fit)
    found = [find(points, item) for item in chosen.items] if chosen else []
    findings = tuple(finding for finding, _ in found)
    return Assessment(
        title=chosen.title if chosen else "",
        right=ground.right,
        suggested=ground.right is not None and ground.suggested,
        right_holder=_holder(ground, case),
        findings=findings,
        missing=tuple(dict.fromkeys(line for _, line in found if line)),
        conclusions=_conclusions(case, ground, fit, findings, dict(checklist.not_read)),
        flags=flags_of(zone, case.regime, checklist),
    )


def choose_list(case: RequestCase, ground: Ground, lists: Iterable[ItemList]) -> ItemList | None:
    """Choose the list for a request: one for its right goes before one for its kind."""
    usable = [one for one in lists if case.regime in one.regimes and case.kind in one.kinds]
    right = ground.right.id if ground.right else ""
    special = (one for one in usable if right in one.rights)
    return next(special, next((one for one in usable if not one.rights), None))


def _holder(ground: Ground, case: RequestCase) -> str:
    geleding = ground.geleding or (ground.right.geleding if ground.right else "")
    return holder_of(geleding, case.organ)


def _conclusions(
    case: RequestCase, ground: Ground, fit: Fit, findings: tuple[Finding, ...], not_read: dict[str, str]
) -> tuple[str, ...]:
    told = (
        not_read.get(case.regime, ""),
        *doubts(case, ground),
        fit.proposal,
        *timing.doubts(case),
        _whole(findings),
    )
    return tuple(text for text in told if text)


def _whole(findings: tuple[Finding, ...]) -> str:
    """Say what became of the points of the law as a whole; empty without any."""
    legal = [one for one in findings if one.severity is Severity.WETTELIJK]
    absent = [one.item for one in legal if one.state is FindingState.NIET_GEVONDEN]
    open_points = [one.item for one in legal if one.state is FindingState.ZELF_BEOORDELEN]
    rest = f" Beoordeel zelf nog: {', '.join(open_points)}." if open_points else ""
    if not legal:
        return ""
    if absent:
        return (
            f"Niet gevonden: {', '.join(absent)}. Lees het verzoek daarop na; ontbreekt er echt iets, vraag "
            f"dan om aanvulling.{rest}"
        )
    which = "de andere wettelijke punten" if open_points else "elk wettelijk punt"
    return f"Bij {which} is een passende zin gevonden; u beslist of het verzoek volledig is.{rest}"
