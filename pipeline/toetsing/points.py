"""One point of the checklist, held against a request. Pure."""

from dataclasses import dataclass, replace

from pipeline.folding import Zone, zone_of
from pipeline.toetsing.addressee import Fit
from pipeline.toetsing.case import Finding, FindingState, RequestCase
from pipeline.toetsing.checklist import Check, Item
from pipeline.toetsing.ground import Ground, asked
from pipeline.toetsing.quoting import first, quote, sentence_start
from pipeline.toetsing.timing import in_time

_NAMED_WITHIN = 2_500
"""Characters after what was found in which each group must be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What is needed to hold every point against a request.

    Attributes:
        case: The request.
        zone: Its text, made ready for searching.
        ground: The right it rests on.
        fit: Whether it is addressed to the right body.
    """

    case: RequestCase
    zone: Zone
    ground: Ground
    fit: Fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of a point, and what is missing of it.

    Attributes:
        state: What became of it.
        sentence: Where it stands; may be empty.
        note: Dutch; may be empty.
        absent: Names of the groups that are not named.
    """

    state: FindingState
    sentence: str = ""
    note: str = ""
    absent: tuple[str, ...] = ()


def find(points: Points, item: Item) -> tuple[Finding, str]:
    """Hold a point against a request; gives the finding, and the line for what is missing or ``""``."""
    reason = _not_asked(points, item)
    if reason:
        return _finding(points, item, Answer(state=FindingState.NIET_VAN_TOEPASSING, note=reason)), ""
    answer = _unless_uncertain(points, item, _ANSWERS[item.check](points, item))
    is_missing = answer.state is FindingState.NIET_GEVONDEN and bool(item.missing)
    line = item.missing.replace("{groepen}", _listed(answer.absent)) if is_missing else ""
    return _finding(points, item, answer), line


def _finding(points: Points, item: Item, answer: Answer) -> Finding:
    whole = None if points.ground.may_be_of_geleding else item.whole_council
    remarks = [answer.note]
    if answer.state is not FindingState.NIET_VAN_TOEPASSING:
        remarks += [item.note, whole.note if whole else ""]
    return Finding(
        item=item.id,
        question=item.question,
        basis=whole.basis if whole else item.basis,
        severity=item.severity,
        confidence=whole.confidence if whole else item.confidence,
        state=answer.state,
        sentence=answer.sentence,
        note=" ".join(remark for remark in remarks if remark),
    )


def _listed(names: tuple[str, ...]) -> str:
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


# --- is it asked? ----------------------------------------------------------------------


def _not_asked(points: Points, item: Item) -> str:
    """Say in Dutch why a point is not asked; empty when it is."""
    only, ground = item.only, points.ground
    if only.right and only.right != asked(points.case):
        return f"Alleen bij een verzoek om {only.right}."
    if only.geleding and not ground.may_be_of_geleding:
        return "Alleen als een geleding het recht heeft."
    if only.rights and not _rests_on(ground, only.rights):
        return "Deze vraag hoort bij een ander recht dan dit verzoek noemt."
    if only.cues and first(only.cues, points.zone) is None:
        return "In de tekst wijst hier niets op."
    return ""


def _rests_on(ground: Ground, ids: tuple[str, ...]) -> bool:
    rights = ground.cited or ((ground.right,) if ground.right else ())
    return any(right.id in ids for right in rights)


def _unless_uncertain(points: Points, item: Item, answer: Answer) -> Answer:
    """Leave to a person what is only asked because of a right that words suggest."""
    depends = bool(item.only.rights) or (item.only.geleding and not points.ground.is_of_geleding)
    if not depends or not points.ground.suggested or answer.state is not FindingState.NIET_GEVONDEN:
        return answer
    return replace(
        answer, state=FindingState.ZELF_BEOORDELEN, note="Niet gevonden; of dit geldt, is nog niet zeker."
    )


# --- by its words ----------------------------------------------------------------------


def _by_words(points: Points, item: Item) -> Answer:
    zone = points.zone
    there, opposite = quote(item.found, zone), quote(item.against, zone)
    if item.judge:
        return Answer(state=FindingState.ZELF_BEOORDELEN, sentence=there or quote(item.hints, zone))
    if opposite and there:
        note = f"De tekst spreekt zichzelf tegen. Er staat ook: “{there}”"
        return Answer(state=FindingState.ZELF_BEOORDELEN, sentence=opposite, note=note)
    if opposite:
        note = "Deze zin wijst op het tegendeel."
        return Answer(state=FindingState.NIET_GEVONDEN, sentence=opposite, note=note)
    if there:
        return _each_named(zone, item, there) if item.groups else _found(there)
    if hint := quote(item.hints, zone):
        note = "Misschien staat het hier; beoordeel of dit genoeg is."
        return Answer(state=FindingState.ZELF_BEOORDELEN, sentence=hint, note=note)
    return Answer(state=FindingState.NIET_GEVONDEN, absent=tuple(group.name for group in item.groups))


def _found(sentence: str) -> Answer:
    return Answer(state=FindingState.GEVONDEN, sentence=sentence)


def _each_named(zone: Zone, item: Item, sentence: str) -> Answer:
    starts = [match.start() for cue in item.found if (match := cue.search(zone))]
    after = zone_of(zone.text[sentence_start(zone, min(starts)) : min(starts) + _NAMED_WITHIN])
    absent = tuple(group.name for group in item.groups if first(group.cues, after) is None)
    if not absent:
        return _found(sentence)
    named = tuple(group.name for group in item.groups if group.name not in absent)
    told = f"Genoemd: {_listed(named)}. " if named else ""
    return Answer(
        state=FindingState.NIET_GEVONDEN,
        sentence=sentence,
        note=f"{told}Niet genoemd: {_listed(absent)}.",
        absent=absent,
    )


# --- by what is known ------------------------------------------------------------------


def _right_named(points: Points, item: Item) -> Answer:
    ground, case = points.ground, points.case
    sentence = quote(item.found, points.zone)
    if ground.given and ground.given != asked(case):
        note = "Wat wordt gevraagd en wat het artikel geeft, verschillen; zie de voorstellen."
        return Answer(state=FindingState.ZELF_BEOORDELEN, sentence=sentence, note=note)
    if ground.cited and not ground.given:
        note = "Er staan verschillende rechten in; zie de voorstellen."
        return Answer(state=FindingState.ZELF_BEOORDELEN, sentence=sentence, note=note)
    if ground.cited:
        named = "; ".join(f"{right.written} ({right.label})" for right in ground.cited)
        return Answer(state=FindingState.GEVONDEN, sentence=sentence, note=f"Genoemd: {named}.")
    return _not_exact(ground, sentence)


def _not_exact(ground: Ground, sentence: str) -> Answer:
    right = ground.right
    told = f"Een vermoeden: {right.written} ({right.label}), {right.right}." if right else ""
    if sentence and ground.given:
        note = f"Het artikel staat er, het onderdeel niet. {told}".strip()
        return Answer(state=FindingState.GEVONDEN, sentence=sentence, note=note)
    if sentence:
        note = f"Niet zeker is welk recht wordt bedoeld. {told}".strip()
        return Answer(state=FindingState.ZELF_BEOORDELEN, sentence=sentence, note=note)
    return Answer(state=FindingState.NIET_GEVONDEN, note=told)


def _organ(points: Points, item: Item) -> Answer:
    return Answer(state=points.fit.state, sentence=quote(item.found, points.zone), note=points.fit.note)


def _in_time(points: Points, item: Item) -> Answer:
    state, note = in_time(points.case)
    return Answer(state=state, sentence=quote(item.found, points.zone), note=note)


def _annexes(points: Points, item: Item) -> Answer:
    count, sentence = points.case.annexes, quote(item.found, points.zone)
    if count:
        number = "Er kwam 1 bijlage mee" if count == 1 else f"Er kwamen {count} bijlagen mee"
        note = f"{number}; kijk of u er genoeg aan heeft en of alles leesbaar is."
        return Answer(state=FindingState.GEVONDEN, sentence=sentence, note=note)
    if sentence:
        note = "Het verzoek noemt een bijlage, maar er kwam er geen mee."
        return Answer(state=FindingState.NIET_GEVONDEN, sentence=sentence, note=note)
    note = "Er kwamen geen bijlagen mee en het verzoek noemt er geen; beoordeel of u genoeg weet."
    return Answer(state=FindingState.ZELF_BEOORDELEN, note=note)


_ANSWERS = {
    None: _by_words,
    Check.RECHT: _right_named,
    Check.ORGAAN: _organ,
    Check.OP_TIJD: _in_time,
    Check.BIJLAGEN: _annexes,
}
