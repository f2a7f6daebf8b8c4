"""Read ``config/procedures/*.yaml``: the procedures, and the events and letters they are made of.

Reads only below the folder it is given. Every fault of every file is told at once.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from pipeline.errors import Problem, SettingsError
from pipeline.procedures.catalogue import TermCatalogue
from pipeline.procedures.definition import (
    EMPTY,
    FILLED,
    OWN_TERM,
    Choice,
    Condition,
    Definition,
    EventRule,
    LetterRule,
    PaperRule,
    TaskRule,
    TermRule,
)
from pipeline.settings.law_tables import Checked, Text, is_day
from pipeline.settings.problems import Table
from pipeline.settings.yaml_tables import doubled_ids, read_whole
from pipeline.values import AnswerKind, Kind, ProcedureState

_FOLDER = "procedures"
_COMMON = f"{_FOLDER}/gebeurtenissen.yaml"
_Regimes = list[Literal["wms-po", "wms-vo", "wms-so", "wor", "wmcz"]]
_When = dict[str, list[Text]]
_Answer = Annotated[AnswerKind, Field(strict=False)]
_State = Annotated[ProcedureState, Field(strict=False)]
_Kind = Annotated[Kind, Field(strict=False)]


class _EventRow(Table):
    question: Text
    answer: _Answer
    choices: dict[Text, Text] = Field(default_factory=dict)
    hint: str = ""
    ahead: bool = False
    not_before: str = ""
    needs: str = ""
    state: _State | None = None
    when: _When = Field(default_factory=dict)


class _EventChange(Table):
    """What one procedure asks differently."""

    question: Text | None = None
    hint: str | None = None
    not_before: str | None = None
    state: _State | None = None
    when: _When | None = None


class _CommonLetter(Table):
    name: Text
    to: Literal["bestuur", "andere_geledingen"] = "bestuur"
    records: str = ""
    answers: dict[Text, Text] = Field(default_factory=dict)


class _CommonFile(Checked):
    events: dict[Text, _EventRow]
    letters: dict[Text, _CommonLetter]

    def faults(self) -> tuple[str, ...]:
        """Tell which events are named that do not exist."""
        named = [name for row in self.events.values() for name in (row.not_before, row.needs, *row.when)]
        named += [name for row in self.letters.values() for name in (row.records, *row.answers)]
        unknown = sorted({name for name in named if name} - set(self.events))
        return tuple(f"De gebeurtenis '{name}' bestaat niet." for name in unknown)


class _TermRow(Table):
    term: Text
    own_kind: _Kind | None = None
    starts: Annotated[list[Text], Field(min_length=1)]
    earliest: bool = False
    late_start: str = ""
    not_for: list[Text] = Field(default_factory=list)
    for_kind: Literal["advies", "instemming", ""] = ""
    regimes: _Regimes = Field(default_factory=list)
    when: _When = Field(default_factory=dict)
    provisional: str = ""
    met_by: list[Text] = Field(default_factory=list)
    ended_by: list[Text] = Field(default_factory=list)
    ended_how: str = ""
    extended_by: str = ""
    also_from: str = ""
    letter: str = ""


class _TaskRow(Table):
    text: Text
    when: _When = Field(default_factory=dict)
    term: str = ""
    until: list[Text] = Field(default_factory=list)


class _LetterRow(Table):
    template: Text
    when: _When | None = None
    basis: str = ""


class _PaperRow(Table):
    kind: _Kind
    records: dict[Text, Literal["received", "decision_date", "document_date"]]


class _ProcedureFile(Checked):
    id: Text
    name: Text
    regimes: Annotated[_Regimes, Field(min_length=1)]
    kind: _Kind
    opened_by: list[_Kind] = Field(default_factory=list)
    by_hand: bool = False
    yearly: Annotated[str, Field(pattern=r"^\d\d-\d\d$")] | None = None
    right: Literal["advies", "instemming", ""] = ""
    events: Annotated[list[Text], Field(min_length=1)]
    questions: dict[Text, _EventChange] = Field(default_factory=dict)
    terms: list[_TermRow] = Field(default_factory=list)
    tasks: list[_TaskRow] = Field(default_factory=list)
    letters: list[_LetterRow] = Field(default_factory=list)
    papers: list[_PaperRow] = Field(default_factory=list)

    def faults(self) -> tuple[str, ...]:
        """Tell what does not fit together."""
        opened = bool(self.opened_by or self.by_hand or self.yearly)
        rules = (
            (bool(self.yearly and not is_day(self.yearly)), f"De dag '{self.yearly}' bestaat niet."),
            (not opened, "Niets opent deze procedure: vul opened_by, by_hand of yearly in."),
            (
                any((row.term == OWN_TERM) != (row.own_kind is not None) for row in self.terms),
                f"own_kind hoort bij de term '{OWN_TERM}', en alleen daarbij.",
            ),
            (
                any(bool(row.ended_by) != bool(row.ended_how) for row in self.terms),
                "ended_by en ended_how horen bij elkaar: vul beide in of geen.",
            ),
        )
        return tuple(text for wrong, text in rules if wrong)


def load_procedures(config: Path, catalogue: TermCatalogue) -> tuple[Definition, ...]:
    """Read every procedure, in the order of their files.

    Args:
        config: The folder that holds ``procedures/``.
        catalogue: The terms of the law, to check what procedures name.

    Raises:
        SettingsError: With every problem of every file.
    """
    problems: list[Problem] = []
    common = read_whole(_CommonFile, config, _COMMON, problems)
    files = sorted(path.name for path in (config / _FOLDER).glob("*.yaml"))
    rows = {
        name: row
        for name in files
        if f"{_FOLDER}/{name}" != _COMMON
        and (row := read_whole(_ProcedureFile, config, f"{_FOLDER}/{name}", problems)) is not None
    }
    problems += doubled_ids((row.id for row in rows.values()), _FOLDER)
    if common is not None:
        for name, row in rows.items():
            problems += _unknown(row, common, catalogue, f"{_FOLDER}/{name}")
    if problems or common is None:
        raise SettingsError(tuple(problems))
    return tuple(_definition(row, common) for row in rows.values())


# --- what does not exist ---------------------------------------------------------------


def _unknown(row: _ProcedureFile, common: _CommonFile, catalogue: TermCatalogue, place: str) -> list[Problem]:
    """Report every event, answer, term and letter that a procedure names and that does not exist."""
    missing = [
        *(("events", event) for event in row.events if event not in common.events),
        *(("questions", event) for event in row.questions if event not in row.events),
        *(("terms", one.term) for one in row.terms if one.term != OWN_TERM and one.term not in catalogue),
        *(
            ("tasks term", one.term)
            for one in row.tasks
            if one.term and one.term not in [term.term for term in row.terms]
        ),
        *(("letters", one.template) for one in row.letters if one.template not in common.letters),
        *(
            ("terms letter", one.letter)
            for one in row.terms
            if one.letter and one.letter not in [letter.template for letter in row.letters]
        ),
        *((what, event) for what, event in _named_events(row) if event not in row.events),
    ]
    answers = [
        (event, answer)
        for when in _all_conditions(row)
        for event, given in when.items()
        for answer in given
        if event in common.events and answer not in (EMPTY, FILLED, *common.events[event].choices)
    ]
    return [
        *(Problem(place=f"{place} [{what}]", text=f"'{name}' bestaat hier niet.") for what, name in missing),
        *(
            Problem(place=f"{place} [{event}]", text=f"Het antwoord '{answer}' bestaat niet.")
            for event, answer in answers
        ),
    ]


def _named_events(row: _ProcedureFile) -> Iterable[tuple[str, str]]:
    for term in row.terms:
        named = (*term.starts, *term.met_by, *term.ended_by, term.extended_by, term.also_from)
        yield from (("terms", event) for event in named if event)
    for task in row.tasks:
        yield from (("tasks", event) for event in task.until)
    for paper in row.papers:
        yield from (("papers", event) for event in paper.records)
    for when in _all_conditions(row):
        yield from (("when", event) for event in when)


def _all_conditions(row: _ProcedureFile) -> Iterable[_When]:
    yield from (one.when for one in row.terms)
    yield from (one.when for one in row.tasks)
    yield from (one.when for one in row.letters if one.when)
    yield from (one.when for one in row.questions.values() if one.when)


# --- values ----------------------------------------------------------------------------


def _definition(row: _ProcedureFile, common: _CommonFile) -> Definition:
    yearly = row.yearly.split("-") if row.yearly else None
    return Definition(
        id=row.id,
        name=row.name,
        regimes=tuple(row.regimes),
        kind=row.kind,
        opened_by=tuple(row.opened_by),
        by_hand=row.by_hand,
        yearly=(int(yearly[0]), int(yearly[1])) if yearly else None,
        right=row.right,
        events=tuple(_event(one, row, common) for one in row.events),
        terms=tuple(_term(one) for one in row.terms),
        tasks=tuple(
            TaskRule(text=one.text, when=_conditions(one.when), term=one.term, until=tuple(one.until))
            for one in row.tasks
        ),
        letters=tuple(_letter(one, common.letters[one.template], row.events) for one in row.letters),
        papers=tuple(PaperRule(kind=one.kind, records=tuple(one.records.items())) for one in row.papers),
    )


def _conditions(when: Mapping[str, list[str]]) -> tuple[Condition, ...]:
    return tuple(Condition(event=event, answers=tuple(answers)) for event, answers in when.items())


def _event(event: str, procedure: _ProcedureFile, common: _CommonFile) -> EventRule:
    """Make an event of a procedure: what it asks differently goes before, what it lacks binds nothing."""
    row, change = common.events[event], procedure.questions.get(event, _EventChange())
    bound = row.not_before if change.not_before is None else change.not_before
    return EventRule(
        id=event,
        question=change.question or row.question,
        answer=row.answer,
        choices=tuple(Choice(id=one, label=label) for one, label in row.choices.items()),
        hint=row.hint if change.hint is None else change.hint,
        ahead=row.ahead,
        not_before=bound if bound in procedure.events else "",
        needs=row.needs if row.needs in procedure.events else "",
        state=change.state or row.state,
        when=_conditions(row.when if change.when is None else change.when),
    )


def _term(row: _TermRow) -> TermRule:
    return TermRule(
        term=row.term,
        own_kind=row.own_kind,
        starts=tuple(row.starts),
        earliest=row.earliest,
        late_start=row.late_start,
        not_for=tuple(row.not_for),
        for_kind=row.for_kind,
        regimes=tuple(row.regimes),
        when=_conditions(row.when),
        provisional=row.provisional,
        met_by=tuple(row.met_by),
        ended_by=tuple(row.ended_by),
        ended_how=row.ended_how,
        extended_by=row.extended_by,
        also_from=row.also_from,
        letter=row.letter,
    )


def _letter(row: _LetterRow, common: _CommonLetter, events: list[str]) -> LetterRule:
    """Make a letter of a procedure; it records only what this procedure asks."""
    return LetterRule(
        template=row.template,
        name=common.name,
        when=None if row.when is None else _conditions(row.when),
        records=common.records if common.records in events else "",
        answers=tuple((event, answer) for event, answer in common.answers.items() if event in events),
        basis=row.basis,
        to_sections=common.to == "andere_geledingen",
    )
