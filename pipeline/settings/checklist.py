"""Read ``config/law/checklist.yaml``: what a request is held against. Every fault is told at once.

May touch: the folder it is given, reading only.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipeline.errors import Problem, SettingsError
from pipeline.phrase_search import Phrase
from pipeline.phrases import PhraseError, read_phrase
from pipeline.settings.law_tables import Checked, Confidence, Text
from pipeline.settings.problems import Table
from pipeline.settings.yaml_tables import check_rows, check_table, doubled_ids, parse_yaml
from pipeline.toetsing.checklist import (
    Check,
    Checklist,
    Flag,
    Group,
    Item,
    ItemList,
    Only,
    Secrecy,
    Severity,
    WholeCouncil,
)
from pipeline.values import Kind

FILE = "law/checklist.yaml"
_OTHERS = ("flags", "secrecy", "not_read")
_GROUPS = "{groepen}"
_Regimes = list[Literal["wms-po", "wms-vo", "wms-so", "wor", "wmcz"]]


class _OnlyTable(Table):
    right: Literal["", "advies", "instemming"] = ""
    rights: list[Text] = Field(default_factory=list)
    geleding: bool = False
    cues: list[Text] = Field(default_factory=list)


class _WholeCouncilTable(Table):
    basis: Text
    confidence: Confidence
    note: Text


class _ItemRow(Checked):
    id: Text
    question: Text
    basis: Text
    severity: Literal["wettelijk", "goed_gebruik"]
    confidence: Confidence
    only: _OnlyTable = _OnlyTable()
    check: Literal["recht", "orgaan", "op_tijd", "bijlagen"] | None = None
    found: list[Text] = Field(default_factory=list)
    hints: list[Text] = Field(default_factory=list)
    against: list[Text] = Field(default_factory=list)
    per: dict[str, list[Text]] = Field(default_factory=dict)
    missing: str = ""
    judge: bool = False
    note: str = ""
    whole_council: _WholeCouncilTable | None = None

    def faults(self) -> tuple[str, ...]:
        """Tell what does not fit together."""
        settled = self.check or self.judge or self.found or self.hints
        rules = (
            (not settled, "Zo wordt dit punt nooit gevonden: geef found, hints, check of judge."),
            (
                bool(self.missing) and self.severity != "wettelijk",
                "missing hoort alleen bij een wettelijk punt; haal de regel weg.",
            ),
            (
                (_GROUPS in self.missing) != bool(self.per and self.missing),
                f"{_GROUPS} in missing hoort bij per; gebruik beide of geen.",
            ),
            (bool(self.per) and not self.found, "per zoekt na wat found vindt: geef ook found."),
        )
        phrases = (
            *self.found,
            *self.hints,
            *self.against,
            *self.only.cues,
            *(cue for cues in self.per.values() for cue in cues),
        )
        return (*(text for wrong, text in rules if wrong), *_bad(phrases))


class _ListTable(Checked):
    title: Text
    regimes: _Regimes
    kinds: list[Literal["adviesaanvraag", "instemmingsverzoek"]]
    rights: list[Text] = Field(default_factory=list)


class _FlagRow(Checked):
    id: Text
    basis: Text
    regimes: _Regimes
    cues: list[Text]
    text: Text

    def faults(self) -> tuple[str, ...]:
        """Tell which phrases cannot be read."""
        return _bad(self.cues)


class _SecrecyTable(Checked):
    basis: Text
    asked: list[Text]
    aspects: dict[str, list[Text]]

    def faults(self) -> tuple[str, ...]:
        """Tell which phrases cannot be read."""
        return _bad((*self.asked, *(cue for cues in self.aspects.values() for cue in cues)))


class _NotReadRow(Checked):
    regime: Text
    text: Text

    @property
    def id(self) -> str:
        """Name of the row."""
        return self.regime


def load_checklist(config: Path) -> Checklist:
    """Read the checklist.

    Args:
        config: The folder that holds ``law/``.

    Raises:
        SettingsError: With every problem of the file.
    """
    problems: list[Problem] = []
    table = parse_yaml(config, FILE, problems)
    lists = tuple(
        found
        for name, part in table.items()
        if name not in _OTHERS and (found := _list(str(name), part, problems)) is not None
    )
    flags = check_rows(_FlagRow, table, FILE, "flags", problems)
    secrecy = _secrecy(table, problems)
    not_read = check_rows(_NotReadRow, table, FILE, "not_read", problems)
    problems += doubled_ids(_ids(table), FILE)
    problems += doubled_ids((row.id for row in flags), FILE)
    if table and not lists:
        problems.append(Problem(place=FILE, text="Er staat geen enkele lijst in; zet het bestand terug."))
    if problems or secrecy is None:
        raise SettingsError(tuple(problems))
    return Checklist(
        lists=lists,
        flags=tuple(_flag(row) for row in flags),
        secrecy=secrecy,
        not_read=tuple((row.regime, row.text) for row in not_read),
    )


def _ids(table: dict[str, object]) -> tuple[str, ...]:
    """Give the id of every point, also of lists that hold other mistakes."""
    parts = (part for name, part in table.items() if name not in _OTHERS and isinstance(part, dict))
    rows = (row for part in parts if isinstance(part.get("items"), list) for row in part["items"])
    return tuple(str(row["id"]) for row in rows if isinstance(row, dict) and "id" in row)


def _bad(phrases: Iterable[str]) -> tuple[str, ...]:
    faults = []
    for phrase in dict.fromkeys(phrases):
        try:
            read_phrase(phrase)
        except PhraseError as error:
            faults.append(f"Deze aanwijzing klopt niet: {error}.")
    return tuple(faults)


def _list(name: str, part: object, problems: list[Problem]) -> ItemList | None:
    place = f"{FILE} {name}"
    if not isinstance(part, dict):
        problems.append(Problem(place=place, text="Hier hoort een eigen blok, met title, regimes en items."))
        return None
    head = {key: value for key, value in part.items() if key != "items"}
    table = check_table(_ListTable, head, place, problems)
    before = len(problems)
    rows = check_rows(_ItemRow, part, place, "items", problems)
    if table is None or len(problems) > before:
        return None
    return ItemList(
        id=name,
        title=table.title,
        regimes=tuple(table.regimes),
        kinds=tuple(Kind(kind) for kind in table.kinds),
        rights=tuple(table.rights),
        items=tuple(_item(row) for row in rows),
    )


def _item(row: _ItemRow) -> Item:
    whole = row.whole_council
    return Item(
        id=row.id,
        question=row.question,
        basis=row.basis,
        severity=Severity(row.severity),
        confidence=row.confidence,
        only=Only(
            right=row.only.right,
            rights=tuple(row.only.rights),
            geleding=row.only.geleding,
            cues=_phrases(row.only.cues),
        ),
        check=Check(row.check) if row.check else None,
        found=_phrases(row.found),
        hints=_phrases(row.hints),
        against=_phrases(row.against),
        groups=_groups(row.per),
        missing=row.missing,
        judge=row.judge,
        note=row.note,
        whole_council=WholeCouncil(basis=whole.basis, confidence=whole.confidence, note=whole.note)
        if whole
        else None,
    )


def _secrecy(table: dict[str, object], problems: list[Problem]) -> Secrecy | None:
    part = table.get("secrecy")
    if not table:
        return None
    place = f"{FILE} secrecy"
    row = check_table(_SecrecyTable, part if isinstance(part, dict) else {}, place, problems)
    if row is None or row.faults():
        return None
    return Secrecy(basis=row.basis, asked=_phrases(row.asked), aspects=_groups(row.aspects))


def _flag(row: _FlagRow) -> Flag:
    return Flag(
        id=row.id, basis=row.basis, regimes=tuple(row.regimes), cues=_phrases(row.cues), text=row.text
    )


def _groups(table: dict[str, list[str]]) -> tuple[Group, ...]:
    return tuple(Group(name=name, cues=_phrases(cues)) for name, cues in table.items())


def _phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(read_phrase(text) for text in texts)
