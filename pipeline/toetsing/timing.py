"""The days in a request, held against the council's own term and its meeting. Pure."""

from pipeline.dates import dutch_date
from pipeline.toetsing.case import FindingState, RequestCase


def in_time(case: RequestCase) -> tuple[FindingState, str]:
    """Tell whether an answer can still matter for the decision, and Dutch why."""
    decided, end = case.facts.decision_date, case.term_end
    if decided is None:
        return FindingState.ZELF_BEOORDELEN, "Het verzoek noemt geen dag waarop het besluit valt."
    if decided <= case.received:
        received = dutch_date(case.received)
        told = f"De besluitdatum, {dutch_date(decided)}, ligt niet na de ontvangst op {received}."
        return FindingState.NIET_GEVONDEN, told
    if end is None:
        told = f"Het besluit valt op {dutch_date(decided)}; beoordeel of dat u genoeg tijd geeft."
        return FindingState.ZELF_BEOORDELEN, told
    day = dutch_date(decided)
    if decided <= end:
        told = f"Het besluit valt op {day}; de termijn van de raad loopt tot en met {dutch_date(end)}."
        return FindingState.NIET_GEVONDEN, told
    told = f"Het besluit valt op {day}, na het einde van de termijn van de raad op {dutch_date(end)}."
    return FindingState.GEVONDEN, told


def doubts(case: RequestCase) -> tuple[str, ...]:
    """Propose in Dutch what to do about days that do not fit; empty when they do."""
    found = (_decision(case), _wish(case), _meeting(case))
    return tuple(text for text in found if text)


def _decision(case: RequestCase) -> str:
    decided, end = case.facts.decision_date, case.term_end
    if decided is None:
        return ""
    if decided <= case.received:
        return (
            f"Het verzoek noemt {dutch_date(decided)} als besluitdatum; dat is niet na de ontvangst. "
            "Vraag het bestuur of het besluit al is genomen."
        )
    if end is None or decided > end:
        return ""
    return (
        f"Het bestuur wil op {dutch_date(decided)} besluiten, maar de termijn van de raad loopt tot en met "
        f"{dutch_date(end)}. Vraag het bestuur zijn besluit uit te stellen tot na die dag."
    )


def _wish(case: RequestCase) -> str:
    wish, end = case.facts.answer_date, case.term_end
    if wish is None or end is None or wish >= end:
        return ""
    return (
        f"Het bestuur vraagt een antwoord uiterlijk {dutch_date(wish)}. Dat is een wens: de termijn van "
        f"de raad loopt tot en met {dutch_date(end)}."
    )


def _meeting(case: RequestCase) -> str:
    wish, meeting = case.facts.answer_date, case.meeting
    if wish is None or meeting is None or meeting <= wish:
        return ""
    return (
        f"Op de gevraagde dag, {dutch_date(wish)}, heeft de raad nog niet vergaderd: de eerstvolgende "
        f"vergadering is op {dutch_date(meeting)}. Laat het bestuur weten wanneer u antwoordt."
    )
