"""To whom a request is addressed, held against who holds the right. Pure."""

import re
from dataclasses import dataclass

from pipeline.folding import fold
from pipeline.toetsing.case import FindingState, RequestCase
from pipeline.toetsing.ground import Ground, council_words, holder_of
from pipeline.values import WHOLE_COUNCIL

_OPENING = re.compile(
    r"^\W{0,3}(?:aan|geachte|beste)\b[\s:]*(?P<who>[^\n]{1,120})", re.IGNORECASE | re.MULTILINE
)
_LOOKED_AT = 1_500
_COUNCILS = (
    ("clientenraad", re.compile(r"clientenraad|\bc?cr\b")),
    ("or", re.compile(r"ondernemingsraad|\b[cg]?or\b")),
    ("opr", re.compile(r"ondersteuningsplanraad|\bopr\b")),
    ("gmr", re.compile(r"gemeenschappelijke medezeggenschapsraad|\bgmr\b|\bgmr-")),
    ("cmr", re.compile(r"centrale medezeggenschapsraad|\bcmr\b")),
    ("mr", re.compile(r"medezeggenschapsraad|\bmr\b(?!\.? ?[a-z]\w*\.)|\bmr-")),
)
_GELEDINGEN = (
    ("personeel", re.compile(r"personeelsgeleding|personeelsdeel|\bpmr\b|\bp-?g?mr\b|\bp-mr\b")),
    ("ouders", re.compile(r"\boudergeleding|\bouder-|\bouderdeel|\bomr\b|\bo-mr\b")),
    ("leerlingen", re.compile(r"\bleerling(?:en)?geleding|\bleerling(?:en)?deel|\blmr\b|\bl-mr\b")),
)
_SAME = ({"mr", "cmr"},)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who is addressed.

    Attributes:
        words: As written; empty when nobody was found.
        organ: ``mr``, ``gmr`` …; empty when only a geleding, or nobody known, is named.
        geledingen: ``personeel``, ``ouders``, ``leerlingen``; empty for a council as a whole.
    """

    words: str
    organ: str
    geledingen: frozenset[str]

    @property
    def is_known(self) -> bool:
        """A council or geleding was recognised."""
        return bool(self.organ or self.geledingen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Whether the addressee is the right one: a state, Dutch why, and a Dutch proposal."""

    state: FindingState
    note: str = ""
    proposal: str = ""


def read_addressee(case: RequestCase) -> Addressee:
    """Read who is addressed: as was found before, else from the first lines that address somebody.

    A line that also names a geleding of the same council goes before one that does not.
    """
    lines = [match["who"] for match in _OPENING.finditer(case.text[:_LOOKED_AT])]
    known = [found for words in (case.facts.addressee, *lines) if (found := _recognise(words)).is_known]
    if not known:
        return _recognise("")
    same = (one for one in known if one.geledingen and one.organ in ("", known[0].organ))
    return next(same, known[0])


def _recognise(words: str) -> Addressee:
    folded = fold(words)
    geledingen = frozenset(name for name, pattern in _GELEDINGEN if pattern.search(folded))
    organ = next((name for name, pattern in _COUNCILS if pattern.search(folded)), "")
    return Addressee(words=" ".join(words.split()).rstrip(" ,:;"), organ=organ, geledingen=geledingen)


def hold_against(case: RequestCase, ground: Ground) -> Fit:
    """Tell whether a request is addressed to the council, and within it to who holds the right."""
    addressee = read_addressee(case)
    if not addressee.is_known:
        return Fit(
            state=FindingState.ZELF_BEOORDELEN, note="Niet gevonden is aan wie het verzoek is gericht."
        )
    if addressee.organ and not _is_same(addressee.organ, case.organ):
        return _other_council(addressee, case)
    if not ground.geleding:
        return _unknown_holder(addressee, ground, case)
    if _fits(addressee.geledingen, ground.geleding):
        return Fit(state=FindingState.GEVONDEN, note=f"Gericht aan: {addressee.words}.")
    return _other_holder(addressee, ground, case)


def _is_same(organ: str, council: str) -> bool:
    return organ == council or any({organ, council} <= same for same in _SAME)


def _fits(geledingen: frozenset[str], holder: str) -> bool:
    if holder == WHOLE_COUNCIL:
        return not geledingen
    wanted = {name for name, _ in _GELEDINGEN if name in holder}
    return bool(geledingen & wanted) and geledingen <= wanted


def _other_council(addressee: Addressee, case: RequestCase) -> Fit:
    own = council_words(case.organ)
    return Fit(
        state=FindingState.NIET_GEVONDEN,
        note=f"Gericht aan: {addressee.words}.",
        proposal=f"Het verzoek is gericht aan {council_words(addressee.organ)} ({addressee.words}), "
        f"maar kwam bij {own}. Vraag het bestuur of het voor {own} is bedoeld.",
    )


def _unknown_holder(addressee: Addressee, ground: Ground, case: RequestCase) -> Fit:
    note = f"Gericht aan: {addressee.words}."
    right = ground.right
    if right is None or right.right != ground.asked or _fits(addressee.geledingen, right.geleding):
        return Fit(state=FindingState.GEVONDEN, note=note)
    holder = holder_of(right.geleding, case.organ)
    return Fit(
        state=FindingState.ZELF_BEOORDELEN,
        note=f"{note} Als het om {right.written} gaat, heeft {holder} het recht.",
    )


def _other_holder(addressee: Addressee, ground: Ground, case: RequestCase) -> Fit:
    holder = holder_of(ground.geleding, case.organ)
    source = ground.right.written if ground.right and not ground.suggested else "het artikel dat het noemt"
    return Fit(
        state=FindingState.NIET_GEVONDEN,
        note=f"Gericht aan: {addressee.words}. Het recht is van {holder}.",
        proposal=f"Het verzoek is gericht aan {addressee.words}, maar {source} geeft het recht aan {holder}. "
        f"Vraag het bestuur het verzoek aan {holder} te richten.",
    )
