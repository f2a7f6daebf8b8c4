"""The doubts, in order: each one is a reason why a person must look before anything happens.

Pure. A doubt only answers; what follows from it is decided in ``plan.py``. Adding a doubt = one
function and one line in ``DOUBTS``.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import islice
from types import MappingProxyType

from pipeline.classify.addressed import other_body
from pipeline.classify.case import (
    ANNEX,
    BEYOND_DOUBT,
    CERTAIN,
    CLEAR_LEAD,
    HARDLY_A_CUE,
    PLAIN,
    SURE,
    SURE_OF_ANNEX,
    SURE_OF_LITTLE,
    SURE_TO_START,
    SURE_WITH_MANY_CUES,
    Case,
    is_ample,
)
from pipeline.classify.direction import Direction
from pipeline.classify.rules import STRONG, Score, Writer
from pipeline.classify.stage import (
    about_running,
    announced,
    covered_otherwise,
    draft,
    follow_up,
    model_letter,
    more_talk,
    no_decision,
    old_request,
    quoted,
    withdrawn,
)
from pipeline.folding import fold
from pipeline.phrase_index import phrases
from pipeline.values import ASKED, Caution, Kind, SenderRole

_FEWEST_WORDS = 8
_LOOKED_AT = 6_000
_FEWEST_FOR_SHARE = 15
_LEAST_CLEAN = 0.62
_SHORTEST_WITH_VOWEL = 4
_ENOUGH = 0.6
LEAST_CERTAIN = 0.6
"""Mean certainty of scanned words below which a person looks. Measured on drawn pages with grain
and specks: at 0.77 nine of ten words were right, at 0.62 eight, at 0.44 (small and blurred) six."""
_ENOUGH_TO_START = 0.75
_RIVAL = 4.0
_ASKS_AMPLY = 5.0
_PLAIN = 2.5
"""Points from which one sentence asks; words about the law and the plan add up, but ask nothing."""


def has_too_little_text(text: str) -> bool:
    """Tell whether there are fewer words than a sentence has."""
    words = re.finditer(r"[^\W\d_]{2,40}", text[:_LOOKED_AT])
    return next(islice(words, _FEWEST_WORDS - 1, None), None) is None


# --- the doubts ------------------------------------------------------------------------


def _garbled(case: Case) -> str:
    words = case.paper.text[:_LOOKED_AT].split()
    clean = sum(times for word, times in Counter(words).items() if _is_clean(word))
    if len(words) < _FEWEST_FOR_SHARE or clean / len(words) >= _LEAST_CLEAN:
        return ""
    return "De tekst is slecht leesbaar; waarschijnlijk is het een slechte scan."


def _poor_scan(case: Case) -> str:
    if case.paper.certainty >= LEAST_CERTAIN:
        return ""
    return (
        "De scan is slecht leesbaar; in de tekst die eruit is gehaald, zitten fouten. Lees het stuk zelf, of "
        "vraag de afzender om een scherpere scan."
    )


def _partly_read(case: Case) -> str:
    return case.paper.unread


def _no_cue(case: Case) -> str:
    return "" if case.has_cue else "Er is geen duidelijke aanwijzing gevonden wat voor stuk dit is."


def _two_kinds(case: Case) -> str:
    first, second = case.ranked[0], case.ranked[1]
    agrees = case.confidence >= SURE_OF_LITTLE and not case.may_be_request
    if agrees or second.points < _RIVAL or first.points - second.points >= CLEAR_LEAD:
        return ""
    return f"Twee soorten passen ongeveer even goed: {first.rule.label} en {second.rule.label}."


def _learned_otherwise(case: Case) -> str:
    """What was learned contradicts the cues; unless these are weak and nobody asks, a person looks."""
    opinion, by_cues = case.opinion, max(case.ranked, key=lambda score: score.points)
    if opinion is None or opinion.best is by_cues.rule.kind or by_cues.points <= HARDLY_A_CUE:
        return ""
    asks = by_cues.rule.starts_procedure or case.best.rule.starts_procedure
    if opinion.confidence >= SURE_OF_LITTLE and by_cues.points < STRONG and not asks:
        return ""
    other = next(score.rule.label for score in case.ranked if score.rule.kind is opinion.best)
    return (
        f"De aanwijzingen in de tekst wijzen op \u201c{by_cues.rule.label}\u201d, maar vergelijkbare stukken "
        f"waren meestal \u201c{other}\u201d."
    )


def _unsure(case: Case) -> str:
    if case.opinion is None:
        enough = _ENOUGH_TO_START if case.is_request else _ENOUGH
    else:
        enough = SURE if case.best.points >= PLAIN else SURE_OF_LITTLE
        enough = SURE_OF_ANNEX if any(found.cue == ANNEX for found in case.best.evidence) else enough
        enough = _enough_to_start(case) if case.is_request else enough
    if case.confidence >= enough or case.best.points <= HARDLY_A_CUE:
        return ""
    label = case.best.rule.label
    return (
        f"Waarschijnlijk hoort dit bij \u201c{label}\u201d, maar de aanwijzingen zijn te zwak om "
        f"zo te handelen."
    )


def _enough_to_start(case: Case) -> float:
    """Many cues for one kind, and what was learned of the same mind, need less of the latter."""
    agree = case.opinion is not None and case.opinion.best is case.best.rule.kind
    return SURE_WITH_MANY_CUES if agree and is_ample(case.ranked) else SURE_TO_START


def _nobody_asks(case: Case) -> str:
    """A title is not a request, and one loose sentence is hardly one.

    Enough is a title with a sentence that asks, a text that asks and gives its grounds, a form
    with a heading and a day for the answer, the board itself that asks by a day, one sentence that
    asks in a text of which what was learned leaves no doubt, or the board in other words of which it
    leaves still less.
    """
    best = case.best
    is_dated = case.paper.facts.answer_date is not None
    chance = case.opinion.chances[best.rule.kind] if case.opinion else 0.0
    is_learned = chance >= BEYOND_DOUBT
    adds_up = best.in_text >= STRONG
    asks = adds_up and best.plainest >= _PLAIN
    enough = (
        asks and (is_learned or best.in_title >= STRONG),
        best.in_heading >= STRONG and is_dated,
        best.in_text >= _ASKS_AMPLY and len(_sentences(best)) > 1 and best.plainest >= _PLAIN,
        chance >= CERTAIN
        and best.points >= PLAIN
        and best.in_text > 0
        and case.paper.sender_role is SenderRole.BEVOEGD_GEZAG,
    )
    if not case.is_request or not case.has_cue or any(enough):
        return ""
    if adds_up and is_dated and _board_asks(case):
        return ""
    return "Er wordt een verzoek genoemd, maar in het stuk zelf wordt het niet duidelijk gedaan."


_A_RIGHT = "(instemming|advies|adviesrecht|instemmingsrecht|adviesplichtig*|instemmingsplichtig*)"
_HEDGED = phrases(
    f"(volgens mij|denk ik|ik denk|geloof ik|dacht ik|naar ik meen) ... {_A_RIGHT}",
    f"{_A_RIGHT} ... (nodig|vereist|moet*|hoort), (denk|geloof|dacht) ik",
    "(volgens mij|denk ik|ik denk|dacht ik|als ik het goed heb|naar ik meen) ... artikel",
    "is (deze|dit) (mail|mailtje|bericht|brief|briefje) ... (genoeg|voldoende)",
    f"(weet|weten) ... (niet|geen idee) ... (of|wat) ... {_A_RIGHT}",
    f"(twijfel|twijfelen|vraag mij af|vraag me af) ... {_A_RIGHT}",
    "(advies|instemming) (en/of|of|dan wel|danwel) (advies|instemming|allebei|informatie)",
    "(als|indien|mocht*) (u|jullie|de {raad}) ... (adviesaanvraag|instemmingsverzoek) ... "
    "(behandel*|zien|ziet|opvat*|beschouw*)",
)


def _hedged(case: Case) -> str:
    """Who asks does not know what for: which right is used must be settled before a term begins."""
    if not case.is_request or not _HEDGED.stands_in(case.page.body):
        return ""
    return "De schrijver weet zelf niet zeker of dit om advies of om instemming vraagt. Vraag wat bedoeld is."


def _sentences(score: Score) -> set[str]:
    """Give the sentences that speak for a kind; more cues in one of them are one."""
    return {found.sentence for found in score.evidence if found.weight > 0 and found.sentence}


def _board_asks(case: Case) -> bool:
    """Tell whether the board asks the council, in a plain sentence or by the article that it names."""
    is_plain = any(found.weight >= STRONG for found in case.best.evidence)
    has_ground = ASKED[case.best.rule.kind] in {right.right for right in case.paper.rights}
    return (
        (is_plain or has_ground)
        and case.paper.sender_role is SenderRole.BEVOEGD_GEZAG
        and case.speaker.direction is Direction.INKOMEND
    )


def _several_rights(case: Case) -> str:
    rights = case.paper.rights
    if not case.is_request or len({(right.right, right.geleding) for right in rights}) < 2:  # noqa: PLR2004
        return ""
    return (
        "In dit stuk worden verschillende rechten of rechthebbenden genoemd; misschien bevat het meer "
        f"dan één verzoek. {_DIVIDE}"
    )


def _other_right(case: Case) -> str:
    asked = ASKED.get(case.best.rule.kind)
    named = {right.right for right in case.paper.rights}
    if asked is None or not named or asked in named:
        return ""
    return f"Het stuk vraagt om {asked}, maar noemt een artikel over {' en '.join(sorted(named))}."


_NAMED_BY = {Kind.ADVIESAANVRAAG: "advi", Kind.INSTEMMINGSVERZOEK: "instem"}


def _asks_both(case: Case) -> str:
    """Hold what asks for both; ``voorgenomen besluit`` and the like stand in either request."""
    both = [score for score in case.ranked if score.rule.kind in _NAMED_BY and _names_its_right(score)]
    asks_both = sum(score.points >= _RIVAL for score in both) == len(_NAMED_BY)
    names_both = all(stem in case.page.body.folded for stem in _NAMED_BY.values())
    if not case.is_request or not (asks_both or (names_both and _TWO_MATTERS.stands_in(case.page.opening))):
        return ""
    return f"Het stuk lijkt zowel om advies als om instemming te vragen. {_DIVIDE}"


_TWO_MATTERS = phrases(
    "(twee|drie|vier|2|3|4) (dingen|zaken|onderwerpen|verzoeken|vragen|kwesties|voorstellen)",
    "op (allebei|beide) ... (reageren|reactie|antwoord)",
    "het (eerste|tweede) (is|gaat|betreft)",
)


_DIVIDE = (
    "Is dat zo? Sleep het stuk dan naar de map 'Meer dan één'. Daar komt een Excel-blad naast te liggen, "
    "waarin u elk verzoek op een eigen regel zet."
)


def _names_its_right(score: Score) -> bool:
    stem = _NAMED_BY[score.rule.kind]
    return any(found.weight > 0 and stem in fold(found.cue) for found in score.evidence)


_APPROVAL = phrases(
    "ter goedkeuring (aan|voor|door|van) (de |)({raad})",
    "(vragen|vraag|verzoek|verzoeken|graag|leggen) ... (uw|jullie) (goedkeuring|akkoord (op|voor|hierop|"
    "hierover|daarop|met|te geven|geven))",
    "(leggen|leg|hierbij|bijgaand|graag|voorgelegd) ... ter goedkeuring",
)


def _approval(case: Case) -> str:
    rule = case.best.rule
    may_ask = rule.writer is Writer.BESTUUR or rule.is_document or case.best.points <= HARDLY_A_CUE
    if not may_ask or case.speaker.direction is Direction.EIGEN:
        return ""
    if not _APPROVAL.stands_in(case.page.title, case.page.body, case.page.subject):
        return ""
    return (
        "Er wordt om goedkeuring van de raad gevraagd; de wet kent alleen advies en instemming. "
        "Vraag wat bedoeld is."
    )


def _stranger(case: Case) -> str:
    if not case.is_request or case.paper.council is None:
        return ""
    return case.paper.sender_doubt or {
        SenderRole.ONBEKEND: "De afzender is onbekend; alleen het bevoegd gezag kan een procedure beginnen.",
        SenderRole.BEKEND: "De afzender is bekend, maar niet als bevoegd gezag.",
        SenderRole.RAAD: "Dit komt van een adres van de raad; bevestig dat het bevoegd gezag het vraagt.",
    }.get(case.paper.sender_role, "")


def _complaint_of_the_board(case: Case) -> str:
    is_complaint = case.best.rule.kind is Kind.KLACHT_OF_BRIEF_ACHTERBAN
    if not is_complaint or not case.has_cue or case.paper.sender_role is not SenderRole.BEVOEGD_GEZAG:
        return ""
    return (
        "Het bevoegd gezag stuurt dit; een klacht of brief van de achterban komt zelden van het bevoegd "
        "gezag zelf."
    )


def _stranger_put_away(case: Case) -> str:
    """A question of somebody the council stands for looks like nothing much, and must not be overlooked."""
    is_stranger = case.paper.sender_role is SenderRole.ONBEKEND and case.paper.council is not None
    if not is_stranger or case.best.rule.kind is not Kind.OVERIG or case.best.points >= PLAIN:
        return ""
    return (
        "Dit komt van iemand die de dienst niet kent; misschien is het een vraag of brief van de achterban."
    )


def _unclear_letter(case: Case) -> str:
    by_folder = case.paper.sender_role is SenderRole.SECRETARIS_MAP and case.paper.council is not None
    if not case.is_request or not by_folder:
        return ""
    if case.speaker.from_board and case.speaker.addressed_to_council:
        return ""
    return "Uit de tekst blijkt niet duidelijk dat het bevoegd gezag dit aan de raad vraagt."


def _sides_differ(case: Case) -> str:
    expected = {SenderRole.BEVOEGD_GEZAG: Direction.INKOMEND, SenderRole.RAAD: Direction.EIGEN}.get(
        case.paper.sender_role
    )
    by_text = case.speaker.by_text
    if case.best.rule.writer is Writer.IEDER or expected is None or by_text in (expected, Direction.ONBEKEND):
        return ""
    return "De afzender en de tekst spreken elkaar tegen over wie dit schrijft: de raad of het bevoegd gezag."


DOUBTS: tuple[Callable[[Case], str], ...] = (
    _garbled,  # a bad scan can say anything
    _poor_scan,
    _partly_read,  # what was not read may be a request
    _no_cue,
    _two_kinds,
    _learned_otherwise,
    _unsure,
    _nobody_asks,  # the covering mail asks, this is only its attachment
    _hedged,
    _asks_both,
    _several_rights,
    _other_right,
    _approval,  # schools write "goedkeuring" when they mean instemming
    draft,
    model_letter,
    follow_up,
    about_running,
    old_request,
    covered_otherwise,
    withdrawn,
    no_decision,
    quoted,
    announced,
    more_talk,  # WMS 17 d: talks come before the decision
    _sides_differ,
    _stranger_put_away,
    _complaint_of_the_board,  # informing of a complaint is not complaining
    other_body,
    _unclear_letter,  # dropped in a folder: only the text can tell
    _stranger,
)

CAUTIONS: Mapping[Callable[[Case], str], Caution] = MappingProxyType(
    {
        _garbled: Caution.BADLY_READ,
        _poor_scan: Caution.BADLY_READ,
        _partly_read: Caution.BADLY_READ,
        _no_cue: Caution.NO_CUE,
        other_body: Caution.OTHER_BODY,
        _stranger: Caution.SENDER,
    }
)
"""Doubts after which a person does something else first than following the best guess."""


_CLEAN = re.compile(
    r"[(\"'\u2018\u201c]?(?:[^\W\d_]{2,40}(?:[-'/\u2019][^\W\d_]{1,40}){0,4}|"
    r"[\u20ac]?[\d.,:/%\u20ac-]{1,20}|[aeikuAEIKU&\u2013\u2022*-]|"
    r"[A-Z]\.)[)\"'\u2019\u201d]?[.,;:!?]{0,3}"
)


_VOWEL = re.compile("[aeiouyAEIOUY]")


def _is_clean(word: str) -> bool:
    """A word, number or date as people write it; a word of four letters has a vowel."""
    if _CLEAN.fullmatch(word) is None:
        return "@" in word or "www." in word or word.startswith("http")
    if _VOWEL.search(word):
        return True
    letters = fold(word).strip(".,;:!?()\"'")
    has_vowel = any(vowel in letters for vowel in "aeiouy")
    return len(letters) < _SHORTEST_WITH_VOWEL or not letters.isalpha() or has_vowel
