"""On which right a request rests, or may rest, and what is wrong with that. Pure.

What the text cites with certainty decides. Words only suggest a right: the suggestion is shown
as one, and only ever leads to a question.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.folding import fold
from pipeline.toetsing.case import RequestCase
from pipeline.toetsing.checklist import RightFacts
from pipeline.values import ASKED, HOLDERS, WHOLE_COUNCIL

_LOOKED_AT = 6_000
_IN_SUBJECT = 3
_SHORT = 4
"""A keyword of this length or less is an abbreviation, and must be a word by itself."""
_COUNCILS = {
    "mr": "de MR",
    "gmr": "de GMR",
    "cmr": "de CMR",
    "or": "de OR",
    "opr": "de ondersteuningsplanraad",
    "clientenraad": "de cliëntenraad",
}
_ALSO_FOR = {"cmr": ("mr", "cmr"), "gmr": ("mr", "gmr")}
"""Organs whose rights a council has besides its own: a GMR steps in for matters of several schools."""
_SECTORS = {"po": ("po",), "vo": ("vo",), "so": ("so", "vso")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a request rests on.

    Attributes:
        cited: Rights of the council's own law that the text cites with certainty.
        right: The one that counts: cited, else suggested by words; None without either.
        suggested: True when ``right`` is only suggested.
        given: ``advies`` or ``instemming``: what the text's own article gives; empty when that is
            not certain, or differs.
        asked: ``advies`` or ``instemming``: what the text asks.
        geledingen: Who may hold it by the articles that the text names: one when that is certain,
            empty when it names none.
    """

    cited: tuple[RightFacts, ...]
    right: RightFacts | None
    suggested: bool
    given: str
    asked: str
    geledingen: frozenset[str]

    @property
    def geleding(self) -> str:
        """Who certainly holds the right; empty when that is not certain."""
        return _only(self.geledingen)

    @property
    def is_of_geleding(self) -> bool:
        """A geleding certainly holds the right, whichever it is."""
        return bool(self.geledingen) and WHOLE_COUNCIL not in self.geledingen

    @property
    def may_be_of_geleding(self) -> bool:
        """A geleding holds the right, or words suggest that one does."""
        fits = self.right is not None and self.right.right == self.asked and not self.geledingen
        return self.is_of_geleding or (fits and self.right_geleding not in ("", WHOLE_COUNCIL))

    @property
    def right_geleding(self) -> str:
        """Who holds ``right``, certain or suggested; empty without a right."""
        return self.right.geleding if self.right else ""


def asked(case: RequestCase) -> str:
    """Tell what is asked: ``advies`` or ``instemming``."""
    return ASKED[case.kind]


def council_words(organ: str) -> str:
    """Name a council: ``de GMR``."""
    return _COUNCILS.get(organ, "de raad")


def holder_of(geleding: str, organ: str) -> str:
    """Name who holds a right: ``de personeelsgeleding van de MR``; empty when not known."""
    if geleding == WHOLE_COUNCIL:
        council = council_words(organ)
        return f"{council} als geheel"
    holder = HOLDERS.get(geleding, "")
    return f"{holder} van {council_words(organ)}" if holder else ""


def is_of_regime(right: RightFacts, regime: str) -> bool:
    """Tell whether a right stands in the law of a regime, and holds for its kind of school."""
    law, _, school = regime.partition("-")
    sectors = _SECTORS.get(school, ())
    fits = not right.sectors or not sectors or any(one in sectors for one in right.sectors)
    return right.law.lower().split()[0] == law and fits


def is_of_organ(right: RightFacts, organ: str) -> bool:
    """Tell whether a right can belong to a council of this sort."""
    return any(one in _ALSO_FOR.get(organ, (organ,)) for one in right.organ.split(" of "))


def ground_of(case: RequestCase, rights: Iterable[RightFacts]) -> Ground:
    """Work out what a request rests on.

    Args:
        case: The request.
        rights: The catalogue, from which a right is suggested when none is cited.
    """
    cited = tuple(right for right in case.cited if is_of_regime(right, case.regime))
    possible = tuple(right for right in case.possible if is_of_regime(right, case.regime))
    own = cited or possible
    right = next((one for one in cited if one.right == asked(case)), cited[0] if cited else None)
    return Ground(
        cited=cited,
        right=right or suggest(case, possible) or suggest(case, rights),
        suggested=right is None,
        given=_only({one.right for one in own}),
        asked=asked(case),
        geledingen=frozenset([right.geleding] if right else [one.geleding for one in own]),
    )


def _only(values: set[str] | frozenset[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""


# --- what words suggest ----------------------------------------------------------------


def suggest(case: RequestCase, rights: Iterable[RightFacts]) -> RightFacts | None:
    """Give the right that the words of a request point to most; None when none does.

    A right to something else than is asked is only suggested by the subject. Where two are equal,
    what is asked goes before the other right, and the council's own organ before another's.
    """
    usable = [
        right
        for right in rights
        if right.right in ASKED.values()
        and is_of_regime(right, case.regime)
        and is_of_organ(right, case.organ)
    ]
    subject, text = fold(case.facts.subject), fold(" ".join(case.text[:_LOOKED_AT].split()))
    scored = [(points, right) for right in usable if (points := _points(right, subject, text, asked(case)))]
    if not scored:
        return None
    return max(scored, key=lambda one: (one[0], one[1].right == asked(case), case.organ in one[1].organ))[1]


def _points(right: RightFacts, subject: str, text: str, wanted: str) -> int:
    words = [_word(keyword) for keyword in right.keywords]
    in_subject = sum(_IN_SUBJECT for word in words if word.search(subject))
    if right.right != wanted and not in_subject:
        return 0
    return in_subject + sum(1 for word in words if word.search(text))


def _word(keyword: str) -> re.Pattern[str]:
    end = r"(?!\w)" if len(keyword) <= _SHORT else ""
    return re.compile(rf"(?<!\w){re.escape(fold(keyword))}{end}")


# --- what is wrong with it -------------------------------------------------------------


def doubts(case: RequestCase, ground: Ground) -> tuple[str, ...]:
    """Say in Dutch what does not fit in the right that is named; empty when all fits."""
    found = (
        *_other_regimes(case),
        _two_rights(ground),
        _other_right(case, ground),
        _suggests_other(case, ground),
        _other_organ(case, ground),
        _changed(ground),
    )
    return tuple(text for text in found if text)


def _other_regimes(case: RequestCase) -> tuple[str, ...]:
    wrong = [right for right in case.cited if not is_of_regime(right, case.regime)]
    if case.possible and not case.cited and not any(is_of_regime(one, case.regime) for one in case.possible):
        council = council_words(case.organ)
        text = f"Het artikel dat het verzoek noemt, geldt niet voor {council}."
        return (f"{text} Vraag het bestuur op welk artikel het verzoek berust.",)
    return tuple(
        f"Het verzoek noemt {right.written}, maar dat artikel geldt niet voor {council_words(case.organ)}. "
        "Vraag het bestuur op welk artikel het verzoek berust."
        for right in wrong
    )


def _two_rights(ground: Ground) -> str:
    differing = {(right.right, right.geleding) for right in ground.cited}
    if len(differing) <= 1:
        return ""
    named = "; ".join(
        f"{right.written}: {right.right}, {_holder_of(right.geleding)}" for right in ground.cited
    )
    return (
        f"Het verzoek noemt artikelen met verschillende rechten of rechthebbenden ({named}). "
        "Ga na of dit één verzoek is, of dat ieder recht een eigen verzoek nodig heeft."
    )


def _holder_of(geleding: str) -> str:
    return HOLDERS.get(geleding, f"de {geleding}")


def _other_right(case: RequestCase, ground: Ground) -> str:
    if not ground.given or ground.given == asked(case) or ground.given not in ASKED.values():
        return ""
    if ground.suggested or ground.right is None:
        return (
            f"Het verzoek vraagt {asked(case)}, maar het artikel dat het noemt geeft alleen {ground.given}. "
            "Vraag het bestuur welk recht het bedoelt."
        )
    return (
        f"Het verzoek vraagt {asked(case)}, maar {ground.right.written} geeft {ground.given}. "
        "Vraag het bestuur welk recht het bedoelt."
    )


def _suggests_other(case: RequestCase, ground: Ground) -> str:
    right = ground.right
    if right is None or not ground.suggested or ground.given or right.right == asked(case):
        return ""
    return (
        f"Het verzoek vraagt {asked(case)}, maar de woorden wijzen op {right.written} ({right.label}): "
        f"{right.right}. Dit is een vermoeden. Vraag het bestuur welk recht het bedoelt."
    )


def _other_organ(case: RequestCase, ground: Ground) -> str:
    right = ground.right
    if right is None or ground.suggested or is_of_organ(right, case.organ):
        return ""
    owner = " of ".join(council_words(one) for one in right.organ.split(" of "))
    return (
        f"{right.written[0].upper()}{right.written[1:]} is een recht van {owner}, "
        f"niet van {council_words(case.organ)}. Vraag het bestuur het verzoek aan {owner} te richten, "
        "of uit te leggen waarom het bij u ligt."
    )


def _changed(ground: Ground) -> str:
    right = ground.right
    if right is None or ground.suggested or not right.later:
        return ""
    return f"Let op bij {right.written}: {right.later}"
