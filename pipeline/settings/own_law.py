"""What somebody of the council read in the official text: wet.toml raises facts of the shipped law.

Reads the one file it is given. A fact that was read counts as read verbatim (V); who read it, when
and where goes along with it. What the law leaves to a reglement cannot be filled in here.
"""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from pipeline.classify.citations import CatalogueRight
from pipeline.dates import Unit, dutch_date, dutch_day_month
from pipeline.errors import Problem, SettingsError
from pipeline.procedures.catalogue import Direction, Extension, NumberFrom, Status, Term, TermKind
from pipeline.procedures.explain import length_words
from pipeline.settings.fields import Day, Text, read_settings
from pipeline.settings.law import Law
from pipeline.settings.law_tables import MONTH_DAY, is_day
from pipeline.settings.problems import Table

Rights = tuple[CatalogueRight, ...]


class FactRow(Table):
    """Eén bepaling die iemand in de officiële tekst heeft gelezen."""

    termijn: Text | None = Field(
        default=None, description="Id van de termijn", examples=["WMS-32-3-nietigheid"]
    )
    recht: Text | None = Field(default=None, description="Id van het recht", examples=["WMS-11-h1"])
    gelezen_op: Day = Field(description="Dag waarop de tekst is gelezen")
    door: Text = Field(description="Wie de tekst heeft gelezen")
    bron: Text = Field(description="Waar de tekst staat", examples=["wetten.overheid.nl"])
    lengte: Annotated[int, Field(ge=1)] | None = Field(default=None, description="Getal dat de tekst noemt")
    eenheid: Literal["dag", "week", "maand", "jaar"] | None = Field(
        default=None, description="Eenheid van de lengte"
    )
    dag: Annotated[str, Field(pattern=MONTH_DAY)] | None = Field(
        default=None, description="Vaste dag die de tekst noemt, als maand-dag", examples=["04-30"]
    )
    verlenging: Literal["geldt", "geldt niet"] | None = Field(
        default=None, description="Geldt de Algemene termijnenwet voor deze termijn?"
    )
    tekst: Text | None = Field(default=None, description="Woorden van de wet; alleen bij een recht")


class OwnLawFile(Table):
    """wet.toml."""

    gelezen: list[FactRow] = Field(default=[], description="Bepalingen die iemand heeft gelezen")


def load_own_law(path: Path | None, law: Law, rights: Rights, today: date) -> tuple[Law, Rights]:
    """Read wet.toml and raise the facts it names.

    Args:
        path: The file; None when the council has none.
        law: The law as it is shipped.
        rights: The catalogue as it is shipped.
        today: Legal day; nothing can have been read after it.

    Raises:
        SettingsError: With every problem of the file.
    """
    if path is None:
        return law, rights
    file, problems = read_settings(OwnLawFile, path)
    facts = tuple(file.gelezen) if file else ()
    problems += fact_problems(facts, law, rights, today, path.name)
    if problems:
        raise SettingsError(problems)
    return raise_facts(facts, law, rights)


def raise_facts(facts: Iterable[FactRow], law: Law, rights: Rights) -> tuple[Law, Rights]:
    """Raise facts that were found without problems; everything else stays as it is."""
    terms = dict(law.terms)
    for fact in facts:
        if fact.termijn:
            terms[fact.termijn] = _raised_term(terms[fact.termijn], fact)
        rights = tuple(_raised_right(right, fact) if _is_meant(right, fact) else right for right in rights)
    return replace(law, terms=MappingProxyType(terms)), rights


def _is_meant(right: CatalogueRight, fact: FactRow) -> bool:
    return right.id == fact.recht and right.is_valid_on(fact.gelezen_op)


def _raised_right(right: CatalogueRight, fact: FactRow) -> CatalogueRight:
    text = fact.tekst or right.text
    return replace(right, text=text, confidence="V", later="", read_on=fact.gelezen_op)


def _raised_term(term: Term, fact: FactRow) -> Term:
    """Raise a term; a number that was doubted by itself stays doubted until the number is given too."""
    raised = replace(
        term,
        confidence="V",
        number_confidence=term.number_confidence if _number_stays_doubted(term, fact) else "V",
        status=Status.KNOWN,
        amendments=tuple(change for change in term.amendments if change.since > fact.gelezen_op),
    )
    if fact.lengte and fact.eenheid:
        raised = replace(raised, length=fact.lengte, unit=Unit(fact.eenheid), number_from=NumberFrom.LAW)
    if fact.dag:
        raised = replace(raised, month_day=(int(fact.dag[:2]), int(fact.dag[3:])))
    if fact.verlenging:
        extension = Extension.ATW if fact.verlenging == "geldt" else Extension.NONE
        raised = replace(raised, extension=extension, extension_confidence="V")
    return replace(raised, notes=(*term.notes, _note(term, raised, fact)))


def _number_stays_doubted(term: Term, fact: FactRow) -> bool:
    doubted = term.number_confidence != term.confidence and term.kind is not TermKind.PROMPT
    return doubted and fact.lengte is None and fact.dag is None


def _note(before: Term, after: Term, fact: FactRow) -> str:
    read = f"Gelezen door {fact.door} op {dutch_date(fact.gelezen_op)} ({fact.bron})"
    old, new = _number(before), _number(after)
    return f"{read}; daarbij is {old} gewijzigd in {new}." if old and old != new else f"{read}."


def _number(term: Term) -> str:
    if term.month_day:
        return dutch_day_month(date(_ANY_YEAR, *term.month_day))
    return length_words(term)


_ANY_YEAR = 2001


# --- problems --------------------------------------------------------------------------


def fact_problems(
    facts: Iterable[FactRow], law: Law, rights: Rights, today: date, file: str
) -> tuple[Problem, ...]:
    """Find everything that is wrong with facts, each with its place and what to do."""
    seen: set[str] = set()
    problems = []
    for number, fact in enumerate(facts, start=1):
        found = (*_shape_faults(fact, seen, today), *_term_faults(fact, law), *_right_faults(fact, rights))
        problems += [Problem(place=f"{file} [gelezen {number}].{key}", text=text) for key, text in found]
        seen |= {name for name in (fact.termijn, fact.recht) if name}
    return tuple(problems)


_Fault = tuple[str, str]
"""The key at which something is wrong, and Dutch what."""


def _shape_faults(fact: FactRow, seen: set[str], today: date) -> Iterator[_Fault]:
    if bool(fact.termijn) == bool(fact.recht):
        yield "termijn", "Noem in elk blok één termijn of één recht, en niet allebei."
    for key, name in (("termijn", fact.termijn), ("recht", fact.recht)):
        if name and name in seen:
            yield key, f"'{name}' staat al in een eerder blok; houd er één."
    if fact.gelezen_op > today:
        day = dutch_date(fact.gelezen_op)
        yield "gelezen_op", f"{day} ligt in de toekomst: zet hier de dag waarop de tekst is gelezen."
    if (fact.lengte is None) != (fact.eenheid is None):
        yield "lengte", "lengte en eenheid horen bij elkaar: vul beide in of geen van beide."


def _term_faults(fact: FactRow, law: Law) -> Iterator[_Fault]:
    if not fact.termijn:
        return
    if fact.tekst:
        yield "tekst", "tekst hoort bij een recht, niet bij een termijn; haal deze regel weg."
    term = law.terms.get(fact.termijn)
    if term is None:
        yield "termijn", f"De termijn '{fact.termijn}' bestaat niet.{_near(fact.termijn, law.terms)}"
        return
    if term.valid_from and fact.gelezen_op < term.valid_from:
        yield "gelezen_op", f"Deze tekst geldt pas vanaf {dutch_date(term.valid_from)}: lees de tekst van nu."
    yield from _number_faults(fact, term)
    counts = term.kind in (TermKind.DEADLINE, TermKind.SUSPENSION) and term.direction is Direction.FORWARD
    if fact.verlenging and not counts:
        yield "verlenging", f"'{term.name}' kan niet worden verlengd; haal deze regel weg."


_LONGEST = {"dag": 366, "week": 53, "maand": 24, "jaar": 4}
"""More is a slip, which would carry a term out of the calendar and so out of sight."""


def _number_faults(fact: FactRow, term: Term) -> Iterator[_Fault]:
    number = fact.lengte is not None
    if fact.lengte and fact.eenheid and fact.lengte > _LONGEST[fact.eenheid]:
        yield "lengte", f"{fact.lengte} {fact.eenheid} is langer dan een wettelijke termijn. Klopt het getal?"
    if number and term.kind is TermKind.PROMPT:
        yield "lengte", f"Bij '{term.name}' hoort geen getal; haal lengte en eenheid weg."
    elif number and term.kind is TermKind.FIXED_DATE:
        yield "lengte", f"'{term.name}' is een vaste dag: gebruik dag, bijvoorbeeld dag = \"04-30\"."
    elif number and term.number_from not in (NumberFrom.LAW, NumberFrom.NOBODY):
        yield (
            "lengte",
            "De wet laat dit getal aan uw eigen reglement of afspraak: vul het in reglement.toml in.",
        )
    elif term.number_from is NumberFrom.NOBODY and not (number and fact.verlenging):
        yield "lengte", "Van deze termijn is nog geen getal bekend: geef ook lengte, eenheid en verlenging."
    if fact.dag and term.kind is not TermKind.FIXED_DATE:
        yield "dag", f"'{term.name}' is geen vaste dag: gebruik lengte en eenheid."
    elif fact.dag and not is_day(fact.dag):
        yield "dag", f"De dag '{fact.dag}' bestaat niet; schrijf maand-dag, bijvoorbeeld 04-30."


def _right_faults(fact: FactRow, rights: Rights) -> Iterator[_Fault]:
    if not fact.recht:
        return
    if not fact.tekst:
        yield "tekst", "Neem bij tekst de woorden van de wet over."
    for key, value in (("lengte", fact.lengte), ("dag", fact.dag), ("verlenging", fact.verlenging)):
        if value is not None:
            yield key, f"{key} hoort bij een termijn, niet bij een recht; haal deze regel weg."
    named = [right for right in rights if right.id == fact.recht]
    if not named:
        ids = [right.id for right in rights]
        yield "recht", f"Het recht '{fact.recht}' bestaat niet.{_near(fact.recht, ids)}"
    elif not any(_is_meant(right, fact) for right in named):
        yield (
            "gelezen_op",
            f"Het recht '{fact.recht}' gold niet op {dutch_date(fact.gelezen_op)}: lees de tekst van nu.",
        )


def _near(name: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f" Bedoelde u: {', '.join(found)}?" if found else " Controleer het id."
