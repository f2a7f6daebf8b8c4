"""What a term is: the value into which the rows of ``config/law/terms.yaml`` are read.

Pure values. Lengths are in the term's own unit. A fact carries how sure it is: ``V`` read
verbatim, ``P`` paraphrased, ``K`` own knowledge. Texts marked "Dutch" are for people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.dates import Unit
from pipeline.errors import TermInputError
from pipeline.values import Actor, Basis, BylawTerm

BYLAW, AGREEMENT = "reglement", "afspraak"
_SURENESS = ("V", "P", "K")


class TermKind(StrEnum):
    """What a term does."""

    DEADLINE = "deadline"
    """Somebody must act before the end."""
    SUSPENSION = "suspension"
    """Something may not happen before the end (opschorting)."""
    INTERVAL = "interval"
    """Something must happen again before the end."""
    VALIDITY = "validity"
    """Something holds up to and including the end."""
    FIXED_DATE = "fixed_date"
    """A day of the calendar, every year."""
    PROMPT = "prompt"
    """No number: zo spoedig mogelijk, tijdig, terstond."""


class Direction(StrEnum):
    """Which way a term is counted from its event."""

    FORWARD = "forward"
    BACK = "back"


class Extension(StrEnum):
    """Whether the Algemene termijnenwet lengthens a term that ends on a rest day."""

    ATW = "atw"
    UNSETTLED = "unsettled"
    NONE = "none"


class Pauses(StrEnum):
    """Which days do not count; never anything for a term set by law."""

    NONE = "none"
    SCHOOLVAKANTIES = "schoolvakanties"
    ZOMERVAKANTIE = "zomervakantie"


class Status(StrEnum):
    """Whether a term may be acted on."""

    KNOWN = "known"
    UNVERIFIED = "unverified"


class NumberFrom(StrEnum):
    """Who gives the length of a term whose length the law leaves open."""

    LAW = "law"
    REGLEMENT = "reglement"
    AFSPRAAK = "afspraak"
    REGELING = "regeling"
    NOBODY = "nobody"
    """The text was not found: no number may be filled in at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change of the law after the text that was read: first day, Dutch text, confidence."""

    since: date
    text: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term and everything needed to count it and to explain it.

    Attributes:
        id: ``WMS-34-2``; empty for a free computation.
        name: Dutch name for people.
        law: ``WMS``, ``WOR`` …, ``reglement``; empty when no basis was given.
        article: As cited, e.g. ``34``.
        paragraph: Lid and onderdeel, e.g. ``8 onder b``; may be empty.
        kind: What it does.
        confidence: Of the text it rests on.
        number_confidence: Of its length or its day.
        extension_confidence: Of the statement that the Algemene termijnenwet applies or not.
        status: Unverified is only ever a warning.
        actor: Who must act; for an opschorting who must wait.
        event: Dutch clause on what happened on the day of the trigger.
        must: Dutch, what must be done.
        lapse: Dutch, what happens when it lapses; may be empty.
        ends_early: Dutch, what ends it before its time; may be empty.
        not_for: Dutch, what it does not hold for; may be empty.
        notes: Dutch remarks.
        direction: Which way it is counted.
        length: Number of units; None for a fixed date, a prompt, or when others set it.
        unit: None when there is no length.
        number_from: Who sets the length.
        month_day: Month and day of a fixed date.
        extension: Whether a rest day moves its end.
        pauses: Which days do not count.
        amendments: Changes after the text read, oldest first.
        next_term: Id of the term that starts when this one was used in time; may be empty.
        valid_from: First day on which it can be triggered; None = not recorded.
        valid_until: Last day, inclusive; None = open.
        for_schools: True when the law is about schools, so that school holidays matter to people.
        earlier: The same term as it was before ``valid_from``, newest first; see ``on``.
    """

    id: str
    name: str
    law: str
    article: str
    paragraph: str
    kind: TermKind
    confidence: str
    number_confidence: str
    extension_confidence: str
    actor: Actor
    event: str
    status: Status = Status.KNOWN
    must: str = ""
    lapse: str = ""
    ends_early: str = ""
    not_for: str = ""
    notes: tuple[str, ...] = ()
    direction: Direction = Direction.FORWARD
    length: int | None = None
    unit: Unit | None = None
    number_from: NumberFrom = NumberFrom.LAW
    month_day: tuple[int, int] | None = None
    extension: Extension = Extension.NONE
    pauses: Pauses = Pauses.NONE
    amendments: tuple[Amendment, ...] = ()
    next_term: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    for_schools: bool = False
    earlier: tuple["Term", ...] = ()

    def on(self, day: date) -> "Term":
        """Give the term as it was on a day; itself when no text of that day is known."""
        if not self.earlier or self._holds(day):
            return self
        return next((term for term in self.earlier if term._holds(day)), self)  # noqa: SLF001  # its own kind

    def _holds(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

    @property
    def only_warns(self) -> bool:
        """True when it may never start, guard, close or lapse anything by itself."""
        return self.status is Status.UNVERIFIED or "K" in (self.confidence, self.number_confidence)

    @property
    def may_close(self) -> bool:
        """True when its lapse may be recorded without a person: read verbatim, number included.

        That nothing lengthens it must have been read too: else it may end later than it seems.
        """
        unlengthened = self.extension is Extension.NONE and self.extension_confidence != "V"
        return not self.only_warns and not unlengthened and self.confidence == self.number_confidence == "V"

    @property
    def is_statutory(self) -> bool:
        """True for a term that stands in a law."""
        return self.law not in ("", BYLAW) and self.number_from is NumberFrom.LAW

    @property
    def basis(self) -> Basis | None:
        """Where the term comes from, as sure as its weakest fact; None when nobody said so."""
        if not self.law:
            return None
        weakest = max(self.confidence, self.number_confidence, key=_SURENESS.index)
        return Basis(law=self.law, article=self.article, paragraph=self.paragraph, confidence=weakest)

    @property
    def cited(self) -> str:
        """Cite the place in Dutch: ``artikel 34 lid 2 WMS``."""
        if self.law == BYLAW:
            return f"het reglement ({self.article})" if self.article else "het reglement"
        place = self.article if not self.paragraph else f"{self.article} {_lid(self.paragraph)}"
        return f"artikel {place} {self.law}" if self.article else self.law


TermCatalogue = Mapping[str, Term]
"""Every term by its id."""


def _lid(paragraph: str) -> str:
    return f"lid {paragraph}" if paragraph[0].isdigit() else paragraph


# --- terms of the council's own reglement ----------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _BylawKind:
    """Dutch words for a term that a reglement sets; ``complete`` is its event when it starts only then."""

    key: str
    name: str
    event: str
    complete: str = ""
    lapse: str
    actor: Actor = Actor.RAAD


_ADVICE = _BylawKind(
    key="termijn_advies",
    name="advies uitbrengen",
    event="de adviesaanvraag is ontvangen",
    complete="de adviesaanvraag is volledig ontvangen",
    lapse="De termijn is verstreken zonder advies. Er is dan geen advies uitgebracht; het bevoegd gezag kan "
    "mogelijk zonder advies besluiten (nog te controleren).",
)
_CONSENT = _BylawKind(
    key="termijn_instemming",
    name="beslissen over instemming",
    event="het instemmingsverzoek is ontvangen",
    complete="het instemmingsverzoek is volledig ontvangen",
    lapse="De termijn is verstreken zonder instemming. Zwijgen is geen instemming.",
)
_MEETING = _BylawKind(
    key="termijn_overleg",
    name="overleg op verzoek",
    event="het verzoek om overleg is ontvangen",
    complete="het verzoek om overleg, met de redenen, is ontvangen",
    lapse="De termijn is verstreken zonder overleg. Herinner de ander aan het verzoek.",
    actor=Actor.BEIDE,
)
_BYLAW_KINDS = {
    "adviesaanvraag": _ADVICE,
    "termijn_advies": _ADVICE,
    "instemmingsverzoek": _CONSENT,
    "termijn_instemming": _CONSENT,
    "uitnodiging": _MEETING,
    "overleg": _MEETING,
    "termijn_overleg": _MEETING,
}


def bylaw_term(term: BylawTerm) -> Term:
    """Make the term that a reglement sets for one kind of request.

    Raises:
        TermInputError: It has no usable number or unit.
    """
    return reglement_term(
        term.kind.value,
        term.length,
        term.unit,
        term.article,
        term.without_school_holidays,
        only_summer=term.only_summer,
        starts_when_complete=term.starts_when_complete,
    )


def reglement_term(
    kind: str,
    length: int | None,
    unit: str | None,
    article: str,
    exclude_holidays: bool = False,  # noqa: FBT001, FBT002  # a fact of the reglement, not a switch
    *,
    only_summer: bool = False,
    starts_when_complete: bool = False,
) -> Term:
    """Make a term of the council's own reglement; no law lengthens it.

    Args:
        kind: ``adviesaanvraag``, ``instemmingsverzoek``, ``uitnodiging``, or a parameter such as
            ``termijn_advies``.
        length: Number of units, positive; None when the reglement gives none.
        unit: ``dag``, ``week``, ``maand`` or ``jaar``.
        article: Article of the reglement, as the council cites it.
        exclude_holidays: True when school holidays do not count.
        only_summer: True when of those only the summer holiday does not count.
        starts_when_complete: True when it starts once the request is complete.

    Raises:
        TermInputError: There is no usable number or unit.
    """
    words = _BYLAW_KINDS.get(kind) or _own_words(kind)
    if length is None or not unit:
        raise missing_number("het reglement", words.name)
    if length <= 0:
        raise TermInputError(f"bylaw length {length}", wat=not_positive(length), doe=_POSITIVE)
    pauses = Pauses.ZOMERVAKANTIE if only_summer else Pauses.SCHOOLVAKANTIES
    return Term(
        id=f"{BYLAW}-{words.key}",
        name=words.name,
        law=BYLAW,
        article=article,
        paragraph="",
        kind=TermKind.DEADLINE,
        confidence="V",
        number_confidence="V",
        extension_confidence="V",
        actor=words.actor,
        event=(starts_when_complete and words.complete) or words.event,
        lapse=words.lapse,
        length=length,
        unit=known_unit(unit),
        number_from=NumberFrom.REGLEMENT,
        pauses=pauses if exclude_holidays or only_summer else Pauses.NONE,
        for_schools=True,
    )


def _own_words(kind: str) -> _BylawKind:
    return _BylawKind(key=kind, name=kind.replace("_", " "), event="de termijn is gaan lopen", lapse="")


# --- faults in what was asked ----------------------------------------------------------

_POSITIVE = "Geef een heel getal van 1 of meer."
_UNITS = {
    "dag": Unit.DAG,
    "dagen": Unit.DAG,
    "week": Unit.WEEK,
    "weken": Unit.WEEK,
    "maand": Unit.MAAND,
    "maanden": Unit.MAAND,
    "jaar": Unit.JAAR,
    "jaren": Unit.JAAR,
}


def known_unit(unit: str) -> Unit:
    """Read a unit, singular or plural.

    Raises:
        TermInputError: It is no unit of a legal term.
    """
    found = _UNITS.get(unit.strip().lower())
    if found is None:
        raise TermInputError(
            f"unknown unit {unit!r}",
            wat=f"De eenheid '{unit}' is onbekend.",
            doe="Kies dag, week, maand of jaar.",
        )
    return found


def not_positive(length: int) -> str:
    """Say in Dutch that a length makes no term."""
    return f"Een termijn van {length} bestaat niet."


def positive(length: int) -> int:
    """Give a length back when it can be counted.

    Raises:
        TermInputError: It is zero or negative.
    """
    if length <= 0:
        raise TermInputError(f"length {length}", wat=not_positive(length), doe=_POSITIVE)
    return length


def missing_number(source: str, name: str) -> TermInputError:
    """Make the error for a term whose number the council itself has to fill in."""
    return TermInputError(
        f"no number for {name}",
        wat=f"{source[0].upper()}{source[1:]} geeft geen termijn voor '{name}': vul hem in.",
        doe="Neem het getal en het artikel over uit uw eigen reglement of afspraak.",
    )
