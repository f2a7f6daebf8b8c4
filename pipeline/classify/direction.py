"""Who speaks in a paper: the board to the council, or the council itself.

This is decided before the kind, because the same words mean different things on either side: a
request for advice and the advice that answers it are full of the same terms. Pure.
"""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.classify.page import Page
from pipeline.classify.rules import Cue, Where, make_cue, shown
from pipeline.folding import fold
from pipeline.values import Council, Evidence, Facts, SenderRole


class Direction(StrEnum):
    """Who speaks."""

    INKOMEND = "inkomend"
    """The board, or somebody on its behalf, to the council."""
    EIGEN = "eigen"
    """The council."""
    ONBEKEND = "onbekend"


_OWN = (
    make_cue(
        "(ontvingen|ontving) (wij|we|de {raad}) ... (van u|uw|adviesaanvraag|instemmingsverzoek|verzoek)", 4
    ),
    make_cue("heeft de {raad} ... (adviesaanvraag|instemmingsverzoek) ... ontvangen", 4),
    make_cue(
        "(uw|jullie) (adviesaanvraag|instemmingsverzoek|adviesvraag|verzoek om (advies|instemming))", 3.5
    ),
    make_cue("(uw|jullie) (voorgenomen besluit|voornemen)", 2.5),
    make_cue("(brengt|brengen) (de {raad}|wij|we) ... advies", 3.5),
    make_cue("de {raad} (stemt|verleent|onthoudt|adviseert|verzoekt u|roept|brengt|beroept|stelt u)", 3),
    make_cue("(wij|we) (stemmen|onthouden|verlenen|adviseren)", 2.5),
    make_cue("(stemt|stemmen) (de {raad}|wij|we)", 2.5),
    make_cue("(adviseert|verzoekt|onthoudt|verleent) de {raad}", 3),
    make_cue("de {raad} ... (heeft|hebben) ... (ingestemd|advies uitgebracht)", 2),
    make_cue("(wij|we|ons) als {raad}", 2),
    make_cue("namens de {raad}", 3, Where.SLOT),
    make_cue("(voorzitter|secretaris|vicevoorzitter) (van (de |)|)({raad})", 2.5, Where.SLOT),
    make_cue(
        "(geacht|geachte|beste) (leden van (het|de) |heer ... |mevrouw ... |)({bestuur}|college)",
        2.5,
        Where.BEGIN,
    ),
)
_INCOMING = (
    make_cue("namens (het |de |)({bestuur})", 3, Where.SLOT),
    make_cue(
        "(voorzitter|lid|secretaris) (van |)(het |de |)(college van bestuur|raad van bestuur|cvb|rvb)",
        3,
        Where.SLOT,
    ),
    make_cue(
        "(directeur*|bestuurder|rector|schoolleider|locatieleider|teamleider|directrice)", 2, Where.SLOT
    ),
    make_cue("(uw|jullie) (schriftelijke |gemotiveerde |positieve |negatieve |)(advies|instemming)", 2.5),
    make_cue(
        "(leggen|leg|verzoeken|verzoek|vragen|vraag|sturen|stuur|zenden|bieden) (wij|we|ik) (u|"
        "jullie|je|hierbij|de {raad})",
        2,
    ),
    make_cue(
        "(wij|we|ik) (leggen|leg|verzoeken|verzoek|vragen|vraag|sturen|stuur) (u|jullie|hierbij|de {raad})", 2
    ),
    make_cue("({bestuur}|wij|ik) (is|zijn|ben|heeft|hebben|heb) (het |)(voornemens|voornemen|van plan)", 2),
    make_cue("({bestuur}) (verzoekt|vraagt|legt|heeft ... voorgenomen|heeft besloten|stelt ... voor)", 2.5),
    make_cue("(verzoekt|vraagt|legt|biedt) ({bestuur}) ... {raad}", 2.5),
)
_GREETING = make_cue(
    "(geacht|geachte|beste|dag|hallo|hoi) (leden van (de |het |)|dames en heren van de |"
    "allen van de |)({raad})",
    2,
)
_TO_COUNCIL = make_cue("({raad})", 1)
_TO_BOARD = make_cue("({bestuur})", 1)
_ADDRESSED = 2.5
_BY_ROLE = 3.0
_DECISIVE = 2.0
_CEILING = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks in a paper, and why.

    Attributes:
        direction: The conclusion from text and sender together.
        by_text: The conclusion from the text alone.
        addressed_to_council: The council is addressed by name.
        from_board: The text shows that the board signs or asks, whoever sent it.
        evidence: Strongest first.
    """

    direction: Direction
    by_text: Direction
    addressed_to_council: bool
    from_board: bool
    evidence: tuple[Evidence, ...]


def find_speaker(page: Page, facts: Facts, role: SenderRole, council: Council | None) -> Speaker:
    """Decide who speaks, from the words, the addressee and the role of the sender."""
    own = [*_evidence(_OWN, page), *_addressed(facts, _TO_BOARD)]
    board = [*_evidence(_INCOMING, page), *_board_name(page, council)]
    greeted = _addressed(facts, _TO_COUNCIL) or _evidence((_GREETING,), page)
    by_text = _conclude(_sum(own), _sum([*board, *greeted]))
    direction = _conclude(
        _sum(own) + _BY_ROLE * (role is SenderRole.RAAD),
        _sum([*board, *greeted]) + _BY_ROLE * (role is SenderRole.BEVOEGD_GEZAG),
    )
    chosen = own if direction is Direction.EIGEN else [*board, *greeted]
    return Speaker(
        direction=direction,
        by_text=by_text,
        addressed_to_council=bool(greeted) or _GREETING.phrase.search(page.opening) is not None,
        from_board=by_text is Direction.INKOMEND and bool(board),
        evidence=tuple(chosen) if direction is not Direction.ONBEKEND else (),
    )


def names_council(words: str) -> bool:
    """Tell whether words, as of an address line, name a council or one of its sections."""
    return _TO_COUNCIL.phrase.pattern.search(fold(words)) is not None


def _evidence(cues: tuple[Cue, ...], page: Page) -> list[Evidence]:
    found: list[Evidence] = []
    for cue in cues:
        zone = {Where.BEGIN: page.opening, Where.SLOT: page.closing}.get(cue.where, page.body)
        if match := cue.phrase.search(zone):
            sentence = zone.sentence_at(match.start(), match.end())
            found.append(Evidence(cue=shown(zone, match), sentence=sentence, weight=cue.weight))
    return found


def _addressed(facts: Facts, cue: Cue) -> list[Evidence]:
    if not facts.addressee or not cue.phrase.pattern.search(fold(facts.addressee)):
        return []
    return [Evidence(cue="gericht aan", sentence=facts.addressee, weight=_ADDRESSED)]


def _board_name(page: Page, council: Council | None) -> list[Evidence]:
    """The board's own name under the letter."""
    if council is None or not council.board.strip() or fold(council.board) not in page.closing.folded:
        return []
    return [Evidence(cue="ondertekend door", sentence=council.board, weight=_ADDRESSED)]


def _sum(evidence: list[Evidence]) -> float:
    return min(sum(item.weight for item in evidence), _CEILING)


def _conclude(own: float, incoming: float) -> Direction:
    if abs(own - incoming) < _DECISIVE:
        return Direction.ONBEKEND
    return Direction.EIGEN if own > incoming else Direction.INKOMEND
