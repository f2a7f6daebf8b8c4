"""Commands about terms: ``deadlines`` lists what runs, ``deadlines compute`` works one out in steps."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import cli, dutch
from pipeline.cli.options import (
    DONE,
    NEEDS_A_PERSON,
    clock_of,
    find,
    json_option,
    must_exist,
    put_json,
    say,
    shared,
)
from pipeline.errors import StukkenstroomError, WrongUseError

if TYPE_CHECKING:
    from pipeline.settings.law import Law
    from pipeline.values import Deadline, Procedure


@cli.group(cls=dutch.DutchGroup, invoke_without_command=True)
@shared
@json_option
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BESTAND",
    help="Schrijf een agendabestand.",
)
@click.pass_context
def deadlines(
    ctx: click.Context,
    *,
    werkmap: Path | None,
    data: Path | None,
    now: str | None,
    as_json: bool,
    ics: Path | None,
) -> int:
    """Toon de lopende termijnen, de vroegste eerst."""
    if ctx.invoked_subcommand is not None:
        return DONE
    from pipeline import wiring  # noqa: PLC0415
    from pipeline.edges import files  # noqa: PLC0415
    from pipeline.procedures.overview import running  # noqa: PLC0415

    if ics is not None:
        must_exist(ics.parent)
    root = find(werkmap)
    with wiring.open_office(root, wiring.data_folder(data, root), clock_of(now), works=False) as office:
        with office.journal.transaction() as ledger:
            pairs = running(ledger.procedures())
        if ics is not None:
            files.write(ics, office.calendar_file(pairs, office.council.name))
    for procedure, term in pairs:
        if as_json:
            put_json(_row(procedure, term))
        else:
            say(_line(procedure, term))
    if not pairs:
        say("Er lopen geen termijnen.", as_json=as_json)
    unsure = any(_needs_a_person(procedure, term) for procedure, term in pairs)
    return NEEDS_A_PERSON if unsure else DONE


def _needs_a_person(procedure: "Procedure", term: "Deadline") -> bool:
    """Tell whether a day has to be confirmed or filled in; what the law gives no number for does not."""
    from pipeline.procedures.overview import is_confirmed  # noqa: PLC0415

    return not is_confirmed(procedure) or (term.strict is None and term.basis is None)


def _row(procedure: "Procedure", term: "Deadline") -> dict[str, object]:
    from pipeline.procedures.questions import deadline_json  # noqa: PLC0415

    computed = deadline_json(term, None)
    return {
        "dossier": procedure.dossier,
        "procedure": procedure.kind.value,
        "term": term.term,
        "strict": computed["strict"],
        "last_day": computed["last_day"],
        "actor": term.actor.value,
        "state": procedure.state.value,
        "basis": computed["basis"],
        "warnings": computed["warnings"],
    }


def _line(procedure: "Procedure", term: "Deadline") -> str:
    from pipeline.dates import dutch_weekday_date  # noqa: PLC0415

    open_end = "zo spoedig mogelijk" if term.basis else "nog te bepalen"
    last = dutch_weekday_date(term.strict) if term.strict else open_end
    return f"{procedure.dossier}  {last}  {term.name}: {procedure.title}"


@deadlines.command()
@shared
@json_option
@click.option("--term", default="", metavar="ID", help="Termijn uit de wet, bijvoorbeeld WMS-34-2.")
@click.option("--length", "length", type=int, metavar="GETAL", help="Lengte van een eigen termijn.")
@click.option("--unit", "unit", default="", metavar="EENHEID", help="dag, week, maand of jaar.")
@click.option("--basis", default="", metavar="GRONDSLAG", help="wet, reglement, statuut …")
@click.option("--exclude", default="", metavar="WAT", help="schoolvakanties of zomervakantie.")
@click.option("--region", default="", metavar="REGIO", help="noord, midden of zuid.")
@click.option(
    "--trigger", default="", metavar="DATUM", help="Dag waarop de termijn begint (de dag erna is dag 1)."
)
@click.option("--before", default="", metavar="DATUM", help="Dag vanaf wanneer wordt teruggeteld.")
@click.option(
    "--file",
    "questions",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BESTAND",
    help="Veel vragen tegelijk: JSON, één object per regel.",
)
def compute(
    *,
    werkmap: Path | None,  # noqa: ARG001
    data: Path | None,  # noqa: ARG001
    now: str | None,
    as_json: bool,
    questions: Path | None,
    **options: str | int | None,
) -> int:
    """Reken een termijn uit, in stappen en met de grondslag."""
    from pipeline.dates import legal_day  # noqa: PLC0415
    from pipeline.edges import shipped  # noqa: PLC0415
    from pipeline.settings.law import load_law  # noqa: PLC0415

    law, today = load_law(shipped.config_folder()), legal_day(clock_of(now)())
    if questions is not None:
        return _answer_all(_read_questions(questions), law, today)
    deadline = _answer({key: value for key, value in options.items() if value not in ("", None)}, law, today)
    if as_json:
        put_json(_json(deadline, None))
    else:
        _explain(deadline)
    return DONE


def _read_questions(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as fault:
        raise WrongUseError(
            f"cannot read {path}",
            wat=f"Het bestand {path} kan niet worden gelezen.",
            doe="Controleer de naam.",
        ) from fault


def _answer_all(lines: Iterable[str], law: "Law", today: date) -> int:
    """Answer every question; a bad row tells its error and the rest is computed."""
    faults = 0
    for line in lines:
        number: object = None
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise WrongUseError("row is no object", wat="Deze regel is geen JSON-object.")
            number = row.get("id")
            put_json(_json(_answer(row, law, today), number))
        except json.JSONDecodeError:
            faults += 1
            put_json({"id": number, "error": "Deze regel is geen geldige JSON."})
        except StukkenstroomError as fault:
            faults += 1
            put_json({"id": number, "error": f"{fault.wat} {fault.doe}"})
    return NEEDS_A_PERSON if faults else DONE


def _answer(row: dict[str, object], law: "Law", today: date) -> "Deadline":
    from pipeline.procedures.questions import answer, question_from_row  # noqa: PLC0415

    return answer(question_from_row(row), law.terms, law.calendar, law.school_holidays, today)


def _json(deadline: "Deadline", number: object) -> dict[str, object]:
    from pipeline.procedures.questions import deadline_json  # noqa: PLC0415

    return {**deadline_json(deadline, None), "id": number}


def _explain(deadline: "Deadline") -> None:
    from pipeline.dates import dutch_weekday_date  # noqa: PLC0415

    for step in deadline.steps:
        say(f"- {step.text}")
    if deadline.strict:
        say(f"Uiterste dag: {dutch_weekday_date(deadline.strict)}")
    if deadline.last_day and deadline.last_day != deadline.strict:
        say(f"Met verlenging: {dutch_weekday_date(deadline.last_day)}")
    if deadline.advised:
        say(f"Aangeraden: {dutch_weekday_date(deadline.advised)}")
    for warning in deadline.warnings:
        say(f"Let op: {warning.text}")
