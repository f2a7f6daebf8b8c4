"""What a person can do with a held paper, in the order in which to do it. Pure; Dutch.

Nothing in ``Te beoordelen/`` can be thrown away: what she does not need goes to the folder of
``overig``, where it is kept. The best guess is only named where following it does no harm.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.values import ASKED, Caution, HeldPaper, Kind, Obstacle

_DRAFT_LIES_READY = "Een mail die daarom vraagt, ligt hiernaast klaar: open die en verstuur die zelf."
_LET_IT_LIE = "Laat dit tekstbestand liggen; het verdwijnt vanzelf."

_FIRST: Mapping[Obstacle, tuple[str, ...]] = MappingProxyType(
    {
        Obstacle.PASSWORD: (
            "Vraag de afzender om een exemplaar zonder wachtwoord, en leg dat in de map 'Inkomend'.",
        ),
        Obstacle.DAMAGED: ("Vraag de afzender om een nieuw exemplaar, en leg dat in de map 'Inkomend'.",),
        Obstacle.EMPTY: ("Vraag de afzender om een nieuw exemplaar, en leg dat in de map 'Inkomend'.",),
        Obstacle.NO_TEXT: (
            "Open het stuk en bekijk het zelf: misschien staan er alleen afbeeldingen in.",
            "Is het leeg? Vraag de afzender om een nieuw exemplaar, en leg dat in de map 'Inkomend'.",
        ),
        Obstacle.ENCRYPTED_MAIL: (
            "Vraag de afzender om de mail zonder versleuteling te sturen, en leg die in de map 'Inkomend'.",
        ),
        Obstacle.PACKED: (
            "Vraag de afzender om de stukken als losse bijlagen te sturen, en leg die in de map 'Inkomend'.",
        ),
        Obstacle.ELSEWHERE: ("Krijgt u het hele stuk? Leg dat dan in de map 'Inkomend'.",),
        Obstacle.PROGRAM: (
            "Open dit bestand niet: een programma kan uw computer beschadigen.",
            "Weet u niet waar het vandaan komt? Vraag uw beheerder wat u ermee moet doen.",
        ),
        Obstacle.RECORDING: ("Beluister of bekijk het zelf.",),
        Obstacle.UNKNOWN: (
            "Open dit bestand niet zolang u niet weet wat het is. Vraag het de afzender.",
            "Krijgt u het stuk als pdf of Word-bestand? Leg dat dan in de map 'Inkomend'.",
        ),
    }
)
"""What she does first with what could not be read."""
_BY_HERSELF: Mapping[Obstacle, str] = MappingProxyType(
    {
        Obstacle.PASSWORD: "Kunt u het zelf wel openen en lezen?",
        Obstacle.DAMAGED: "Kunt u het zelf wel openen en lezen?",
        Obstacle.NO_TEXT: "Weet u wat het is?",
        Obstacle.RECORDING: "Weet u wat het is?",
    }
)
"""When she may know what it is all the same."""


def steps_for(paper: HeldPaper, folders: Mapping[Kind, str]) -> list[str]:
    """Give what she can do, one sentence or two each.

    Args:
        paper: The held paper.
        folders: Folder of each kind in ``Te beoordelen/``.
    """
    if paper.follows:
        steps = _follower(folders)
    elif paper.verdict.judgement is None and paper.obstacle is not Obstacle.NONE:
        steps = _unreadable(paper, folders)
    elif paper.verdict.judgement is None:
        steps = _unjudged(folders, can_ask=not paper.origin.variant)
    else:
        steps = _judged(paper, folders)
    return [*steps, _LET_IT_LIE]


def asks_sender(paper: HeldPaper) -> bool:
    """Tell whether its sender can be asked for a readable copy."""
    is_whole = not paper.origin.variant
    return is_whole and paper.obstacle in CAN_BE_ASKED and paper.correspondent is not None


CAN_BE_ASKED = frozenset(
    {
        Obstacle.PASSWORD,
        Obstacle.DAMAGED,
        Obstacle.EMPTY,
        Obstacle.NO_TEXT,
        Obstacle.ENCRYPTED_MAIL,
        Obstacle.PACKED,
    }
)
"""What a sender can take away."""


def _follower(folders: Mapping[Kind, str]) -> list[str]:
    return [
        "U hoeft hier niets te doen: dit stuk gaat vanzelf mee met het stuk waar het bij hoort.",
        f"Hoort het er niet bij? Sleep dit stuk dan zelf. {_choose(folders)}",
    ]


def _unreadable(paper: HeldPaper, folders: Mapping[Kind, str]) -> list[str]:
    herself = _BY_HERSELF.get(paper.obstacle, "")
    return [
        *_FIRST[paper.obstacle],
        *([_DRAFT_LIES_READY] if asks_sender(paper) else []),
        *([f"{herself} {_choose(folders)}"] if herself else []),
        f"Hebt u dit niet meer nodig? Sleep het naar '{folders[Kind.OVERIG]}': daar blijft het bewaard.",
    ]


def _unjudged(folders: Mapping[Kind, str], *, can_ask: bool) -> list[str]:
    """Have her read first what the computer could not, as a scan."""
    return [
        "Open het stuk en lees het zelf.",
        _choose(folders),
        *([_ASK_IF_UNREADABLE] if can_ask else []),
    ]


_ASK_IF_UNREADABLE = (
    "Kunt u het ook niet lezen? Vraag de afzender om een beter leesbaar exemplaar, en leg dat in de map "
    "'Inkomend'."
)


def _choose(folders: Mapping[Kind, str]) -> str:
    """Have her choose without a suggestion."""
    return f"Sleep het naar de map die past; past er geen, kies dan '{folders[Kind.OVERIG]}'."


# --- what was judged -------------------------------------------------------------------


def _judged(paper: HeldPaper, folders: Mapping[Kind, str]) -> list[str]:
    cautions, likeliest = paper.verdict.cautions, _likeliest(paper)
    read = ["Open het stuk en lees het zelf; de computer kon het niet goed lezen."]
    first = read if Caution.BADLY_READ in cautions else []
    if likeliest is None or Caution.NO_CUE in cautions:
        return [*(first or ["Open het stuk en lees het zelf."]), _choose(folders)]
    if likeliest in ASKED:
        return [*first, *_request(cautions, folders[likeliest], folders)]
    return [*first, f"Sleep het stuk naar de juiste map, bijvoorbeeld '{folders[likeliest]}'. {_YOURS}"]


_YOURS = "Dat is uw beslissing."


def _likeliest(paper: HeldPaper) -> Kind | None:
    judgement = paper.verdict.judgement
    return judgement.likeliest[0] if judgement and judgement.likeliest else None


def _request(cautions: tuple[Caution, ...], folder: str, folders: Mapping[Kind, str]) -> list[str]:
    """Say with a request what follows from a yes: a procedure, and its term."""
    other, begins = folders[Kind.OVERIG], f"Sleep het stuk dan naar '{folder}'. Daarmee begint de procedure."
    checks = [_CHECKS[one] for one in cautions if one in _CHECKS]
    if Caution.OTHER_BODY in cautions:
        return [
            *checks,
            f"Is het niet voor uw raad? Stuur het door en sleep het naar '{other}'. Er begint dan niets.",
            f"Is het tóch voor uw raad? {begins}",
        ]
    if checks:
        return [
            *checks,
            f"Klopt dat? {begins}",
            f"Klopt dat niet? Sleep het stuk dan naar '{other}'. Er begint dan niets.",
        ]
    return [
        f"Is dit een nieuw verzoek aan uw raad? {begins}",
        f"Is het iets anders? Sleep het naar de map die past, bijvoorbeeld '{other}'. {_YOURS}",
    ]


_CHECKS: Mapping[Caution, str] = MappingProxyType(
    {
        Caution.OTHER_BODY: "Vraag eerst aan het bevoegd gezag voor welke raad dit verzoek is.",
        Caution.SENDER: (
            "Vraag eerst aan het bevoegd gezag of het dit verzoek echt heeft gestuurd. Bel daarvoor, of mail "
            "naar een adres dat u al kende."
        ),
    }
)
"""What she asks before anything else."""
