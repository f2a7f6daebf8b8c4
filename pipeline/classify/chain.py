"""The doubts, in order: each one is a reason why a person must look before anything happens.

Pure. A doubt only answers; what follows from it is decided in ``plan.py``. Adding a doubt = one
function and one line in ``DOUBTS``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.classify.direction import Direction, Speaker, names_council
from pipeline.classify.page import Page, Zone, fold
from pipeline.classify.rules import STRONG, Cue, Score, Writer, make_cue, search
from pipeline.values import Council, Facts, Kind, Right, SenderRole

_FEWEST_WORDS = 8
_LOOKED_AT = 6_000
_FEWEST_FOR_SHARE = 15
_LEAST_CLEAN = 0.62
_ENOUGH = 0.6
_ENOUGH_TO_START = 0.75
_RIVAL = 4.0
_RIVAL_LEAD = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper to be judged.

    Attributes:
        text: What it says; of a mail only what the sender wrote now.
        facts: What the text says of itself.
        subject: Subject of the mail it came in; empty for a file.
        sender_role: What the sender is to the council.
        bulk: It came with the headers of a mailing list.
        file_name: Name of the file; empty for the body of a mail.
        is_mail_body: It is the body of a mail, so that the mail's subject is its own.
        rights: Rights of the council that the text appeals to.
        council: The council; None when none was given, so that trust is not known.
    """

    text: str
    facts: Facts
    subject: str = ""
    sender_role: SenderRole = SenderRole.ONBEKEND
    bulk: bool = False
    file_name: str = ""
    is_mail_body: bool = False
    rights: tuple[Right, ...] = ()
    council: Council | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that is known when the doubts are asked.

    Attributes:
        paper: The paper.
        page: Its zones.
        speaker: Who speaks.
        ranked: All kinds, best first; at least two.
        confidence: 0 to 1.
    """

    paper: Paper
    page: Page
    speaker: Speaker
    ranked: tuple[Score, ...]
    confidence: float

    @property
    def best(self) -> Score:
        """The best kind."""
        return self.ranked[0]

    @property
    def is_request(self) -> bool:
        """The best kind can start a procedure."""
        return self.best.rule.starts_procedure and self.best.points > 0

    @property
    def may_be_request(self) -> bool:
        """One of the two best kinds can start a procedure and has something to show for it."""
        return any(score.rule.starts_procedure and score.points >= STRONG for score in self.ranked[:2])


def has_too_little_text(text: str) -> bool:
    """Tell whether there are fewer words than a sentence has."""
    return len(re.findall(r"[^\W\d_]{2,40}", text[:_LOOKED_AT])) < _FEWEST_WORDS


# --- the doubts ------------------------------------------------------------------------


def _garbled(case: Case) -> str:
    words = case.paper.text[:_LOOKED_AT].split()
    clean = sum(1 for word in words if _is_clean(word))
    if len(words) < _FEWEST_FOR_SHARE or clean / len(words) >= _LEAST_CLEAN:
        return ""
    return "De tekst is slecht leesbaar; waarschijnlijk is het een slechte scan."


def _no_cue(case: Case) -> str:
    if case.best.points > 1:
        return ""
    return "Er is geen duidelijke aanwijzing gevonden wat voor stuk dit is."


def _two_kinds(case: Case) -> str:
    first, second = case.ranked[0], case.ranked[1]
    if second.points < _RIVAL or first.points - second.points >= _RIVAL_LEAD:
        return ""
    return f"Twee soorten passen ongeveer even goed: {first.rule.label} en {second.rule.label}."


def _unsure(case: Case) -> str:
    enough = _ENOUGH_TO_START if case.is_request else _ENOUGH
    if case.confidence >= enough or case.best.points <= 1:
        return ""
    return (
        f"Waarschijnlijk is dit {case.best.rule.label}, maar de aanwijzingen zijn te zwak om "
        f"daarop te handelen."
    )


def _not_in_own_words(case: Case) -> str:
    if not case.is_request or case.best.in_own_words >= STRONG:
        return ""
    return (
        "Alleen het onderwerp of de bestandsnaam noemt een verzoek; in het stuk zelf staat het "
        "niet duidelijk."
    )


def _several_rights(case: Case) -> str:
    rights = case.paper.rights
    if not case.is_request or len({(right.right, right.geleding) for right in rights}) < 2:  # noqa: PLR2004
        return ""
    return (
        "In dit stuk staan verzoeken met verschillende rechten of rechthebbenden; misschien zijn "
        "het er meer dan één."
    )


def _other_right(case: Case) -> str:
    asked = {Kind.ADVIESAANVRAAG: "advies", Kind.INSTEMMINGSVERZOEK: "instemming"}.get(case.best.rule.kind)
    named = {right.right for right in case.paper.rights}
    if asked is None or not named or asked in named:
        return ""
    return f"Het stuk vraagt om {asked}, maar noemt een artikel over {' en '.join(sorted(named))}."


def _asks_both(case: Case) -> str:
    scores = {score.rule.kind: score for score in case.ranked}
    both = [scores.get(kind) for kind in (Kind.ADVIESAANVRAAG, Kind.INSTEMMINGSVERZOEK)]
    if not case.is_request or any(score is None or score.points < _RIVAL for score in both):
        return ""
    return "Het stuk lijkt zowel om advies als om instemming te vragen."


_APPROVAL = make_cue("ter goedkeuring (aan|voor|door|van) (de |)({raad})", 1)
_APPROVAL_ASKED = make_cue(
    "(vragen|vraag|verzoek|verzoeken|graag|leggen) ... (uw|jullie) (goedkeuring|akkoord)", 1
)
_APPROVAL_SHORT = make_cue("(leggen|leg|voorgelegd) ... ter goedkeuring", 1)


def _approval(case: Case) -> str:
    if case.best.rule.writer is Writer.RAAD or case.speaker.direction is Direction.EIGEN:
        return ""
    if not _any_in(
        (_APPROVAL, _APPROVAL_ASKED, _APPROVAL_SHORT), case.page.title, case.page.body, case.page.subject
    ):
        return ""
    return (
        "Er wordt om goedkeuring van de raad gevraagd; de wet kent alleen advies en instemming. "
        "Vraag wat bedoeld is."
    )


_DRAFT_TITLE = (
    make_cue("concept(-| |)(advies|instemming|aanvraag|verzoek|brief)*", 1),
    make_cue("(adviesaanvraag|instemmingsverzoek) (-|in |versie |)(concept|conceptversie)", 1),
    make_cue("(ter bespreking|eerste versie|conceptversie|kladversie|voorlopige versie|werkversie)", 1),
    make_cue("(v|versie |v.)0(.|,)*", 1),
)
_DRAFT_TEXT = (
    make_cue("(dit|het) is (nog |)(een |)(concept*|eerste (versie|opzet)|voorlopig*)", 1),
    make_cue(
        "(nog |)(geen|niet de) (formele|officiele|definitieve) (adviesaanvraag|aanvraag|"
        "instemmingsverzoek|verzoek|vraag)",
        1,
    ),
    make_cue(
        "(formele|officiele|definitieve) (adviesaanvraag|aanvraag|instemmingsverzoek|verzoek) "
        "... (volgt|later|daarna|sturen|ontvang*|komt)",
        1,
    ),
    make_cue(
        "(informeel|alvast|vooruitlopend|vast) ... (voorleggen|bespreken|meelezen|meedenken|reageren|mening)",
        1,
    ),
    make_cue("(ter bespreking|eerste versie|eerste concept)", 1),
    make_cue("(concept|versie 0*|v0*) ... (adviesaanvraag|instemmingsverzoek)", 1),
)
_DRAFT_NAME = make_cue("(concept|v0 *|v0*|versie 0*|draft|klad)", 1)


def _draft(case: Case) -> str:
    page = case.page
    is_draft = (
        _any_in(_DRAFT_TITLE, page.title, page.subject)
        or _any_in(_DRAFT_TEXT, page.opening)
        or _any_in((_DRAFT_NAME,), page.file_name)
    )
    if not case.may_be_request or not is_draft:
        return ""
    return "Het lijkt een concept of een stuk ter bespreking; vraag of de termijn al is begonnen."


_FOLLOW_UP = (
    make_cue(
        "(herinnering|rappel|aanvulling|aanvullend*|nagezonden|nagekomen|nazending|correctie|erratum) *", 1
    ),
)
_FOLLOW_UP_TEXT = (
    make_cue(
        "(zoals |)eerder (toegezonden|toegestuurd|gestuurd|verzonden|verstuurd|aan u voorgelegd|ingediend)", 1
    ),
    make_cue("(herinner|herinneren|herinnert) ... (u|jullie) ... aan", 1),
    make_cue(
        "(aanvullende|nagekomen|ontbrekende|gewijzigde|aangepaste|nadere) (stukken|bijlage*|"
        "informatie|gegevens|versie) ... (bij|op|behorend*|over|inzake) ... (adviesaanvraag|"
        "instemmingsverzoek|aanvraag|verzoek)",
        1,
    ),
    make_cue(
        "(aanvulling|toelichting|toevoeging|wijziging|correctie) (op|bij|van) (de|het|onze|ons|"
        "mijn) (eerdere |eerder ... |)(adviesaanvraag|instemmingsverzoek|aanvraag|verzoek)",
        1,
    ),
    make_cue(
        "(nog geen|geen) (advies|instemming|reactie|antwoord|besluit) ... (ontvangen|mogen "
        "ontvangen|vernomen|gehad)",
        1,
    ),
    make_cue("(onze|ons|mijn) (adviesaanvraag|instemmingsverzoek|aanvraag|verzoek) (van|d.d.|dd.|dd) ", 1),
)


def _follow_up(case: Case) -> str:
    if not case.may_be_request:
        return ""
    titles = _any_in(_FOLLOW_UP, case.page.title, case.page.subject, case.page.file_name)
    if not titles and not _any_in(_FOLLOW_UP_TEXT, case.page.body):
        return ""
    return "Dit lijkt een aanvulling of herinnering; het hoort waarschijnlijk bij een lopend dossier."


_MORE_TALK = (
    make_cue("nader overleg", 1),
    make_cue(
        "(voornemens|van plan|overwegen|overweegt|geneigd) ... (af te wijken|afwijken|niet te volgen)", 1
    ),
    make_cue("(nog geen|geen definitief) besluit", 1),
    make_cue(
        "(voordat|alvorens|eer) ... (definitief besluit*|besluit te nemen|besluit nemen|"
        "besluiten|te besluiten)",
        1,
    ),
)


def _more_talk(case: Case) -> str:
    kind, subkind = case.best.rule.kind, case.best.subkind
    is_talk = kind is Kind.OVERIG and subkind is not None and subkind.id == "nader_overleg"
    if not is_talk and kind is not Kind.BESLUIT_NA_ADVIES:
        return ""
    if not is_talk and not _any_in(_MORE_TALK, case.page.body):
        return ""
    return (
        "Het bestuur wil eerst nader overleg; dit is nog niet het besluit. De termijn na het "
        "besluit begint nu niet."
    )


def _stranger(case: Case) -> str:
    if not case.is_request or case.paper.council is None:
        return ""
    return {
        SenderRole.ONBEKEND: "De afzender is niet bekend; alleen het bevoegd gezag kan een procedure beginnen.",
        SenderRole.BEKEND: "De afzender is bekend, maar niet als bevoegd gezag.",
        SenderRole.RAAD: "Dit komt van een adres van de raad; bevestig dat het bevoegd gezag het vraagt.",
    }.get(case.paper.sender_role, "")


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


_FAMILIES = (
    ("or", re.compile(r"ondernemingsraad|\b[cg]?or\b|\bpvt\b")),
    ("clientenraad", re.compile(r"clientenraad|\bc?cr\b")),
    ("gmr", re.compile(r"gemeenschappelijke|\bgmr\b|-gmr\b")),
    ("cmr", re.compile(r"centrale medezeggenschapsraad|\bcmr\b")),
    ("mr", re.compile(r"medezeggenschapsraad|\bmr\b")),
)
_ALSO = {("cmr", "mr")}


def _other_body(case: Case) -> str:
    council, addressee = case.paper.council, case.paper.facts.addressee
    if not case.is_request or council is None or not names_council(addressee):
        return ""
    family = next((name for name, pattern in _FAMILIES if pattern.search(fold(addressee))), council.organ)
    if family == council.organ or (council.organ, family) in _ALSO:
        return ""
    return f"Het verzoek is gericht aan {addressee}; dat is een ander orgaan dan deze raad."


DOUBTS: tuple[Callable[[Case], str], ...] = (
    _garbled,  # a bad scan can say anything
    _no_cue,
    _two_kinds,
    _unsure,
    _not_in_own_words,  # the covering mail asks, this is only its attachment
    _asks_both,
    _several_rights,
    _other_right,
    _approval,  # schools write "goedkeuring" when they mean instemming
    _draft,
    _follow_up,
    _more_talk,  # WMS 17 d: talks come before the decision
    _sides_differ,
    _other_body,
    _unclear_letter,  # dropped in a folder: only the text can tell
    _stranger,
)


def _any_in(cues: tuple[Cue, ...], *zones: Zone) -> bool:
    return any(search(cue, zone) for cue in cues for zone in zones)


_CLEAN = re.compile(
    r"[(\"'\u2018\u201c]?(?:[^\W\d_]{2,40}(?:[-'/\u2019][^\W\d_]{1,40}){0,4}|"
    r"[\u20ac]?[\d.,:/%\u20ac-]{1,20}|[aeikuAEIKU&\u2013\u2022*-]|"
    r"[A-Z]\.)[)\"'\u2019\u201d]?[.,;:!?]{0,3}"
)


def _is_clean(word: str) -> bool:
    """A word, number or date as people write it; a word of four letters has a vowel."""
    if _CLEAN.fullmatch(word) is None:
        return "@" in word or "www." in word or word.startswith("http")
    letters = fold(word).strip(".,;:!?()\"'")
    return len(letters) < 4 or not letters.isalpha() or any(vowel in letters for vowel in "aeiouy")  # noqa: PLR2004
