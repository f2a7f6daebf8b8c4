"""Commands about procedures: ``show`` tells where one stands, ``event`` records or takes back."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import cli, dutch
from pipeline.cli.options import DONE, NEEDS_A_PERSON, clock_of, find, json_option, put_json, say, shared
from pipeline.errors import WrongUseError

if TYPE_CHECKING:
    from pipeline.office import Office
    from pipeline.ports import Ledger
    from pipeline.procedures.definition import Definition
    from pipeline.values import Deadline, Procedure, ProcedureEvent


@cli.group(cls=dutch.DutchGroup)
def procedure() -> None:
    """Bekijk een procedure, of leg vast wat er gebeurde."""


@procedure.command()
@click.argument("kenmerk")
@shared
@json_option
def show(*, kenmerk: str, werkmap: Path | None, data: Path | None, now: str | None, as_json: bool) -> int:
    """Toon waar een procedure staat en wat er gebeurde."""
    from pipeline import wiring  # noqa: PLC0415

    root = find(werkmap)
    with (
        wiring.open_office(root, wiring.data_folder(data, root), clock_of(now), works=False) as office,
        office.journal.transaction() as ledger,
    ):
        found = _find(kenmerk, ledger)
        definition = office.rulebook.definition(found.definition)
    if as_json:
        put_json(_json(found))
    else:
        say("\n".join(_lines(found, definition)))
    return NEEDS_A_PERSON if found.to_do else DONE


@procedure.command()
@click.argument("kenmerk")
@click.argument("gebeurtenis")
@click.argument("antwoord", default="")
@click.option("--terugnemen", "withdraw", is_flag=True, help="Neem de gebeurtenis terug.")
@click.option("--reden", "reason", default="", metavar="TEKST", help="Waarom; komt bij de opmerking.")
@shared
@json_option
def event(
    *,
    kenmerk: str,
    gebeurtenis: str,
    antwoord: str,
    withdraw: bool,
    reason: str,
    werkmap: Path | None,
    data: Path | None,
    now: str | None,
    as_json: bool,
) -> int:
    """Leg een gebeurtenis vast, of neem er een terug."""
    from pipeline import wiring  # noqa: PLC0415

    if withdraw == bool(antwoord):
        raise WrongUseError(
            "answer and withdraw",
            wat="Geef een antwoord of --terugnemen, niet allebei en niet geen van beide.",
        )
    root = find(werkmap)
    with wiring.open_office(root, wiring.data_folder(data, root), clock_of(now), works=True) as office:
        found = _record(kenmerk, gebeurtenis, antwoord, reason, office)
        definition = office.rulebook.definition(found.definition)
    if as_json:
        put_json(_json(found))
    else:
        say("\n".join(("Vastgelegd.", *_lines(found, definition))))
    return NEEDS_A_PERSON if found.to_do else DONE


def _record(kenmerk: str, name: str, answer: str, reason: str, office: "Office") -> "Procedure":
    """Record an answer as the zaakkaart would; what she would be refused is wrong use here."""
    from pipeline.procedures.answers import check_answer  # noqa: PLC0415
    from pipeline.roads.cards import checks  # noqa: PLC0415
    from pipeline.roads.procedures import tell  # noqa: PLC0415
    from pipeline.values import EventSource  # noqa: PLC0415

    with office.journal.transaction() as ledger:
        found = _find(kenmerk, ledger)
    definition = office.rulebook.definition(found.definition)
    given, problem = check_answer(name, answer, found, definition, checks(office))
    if problem:
        raise WrongUseError(problem, wat=problem, doe="Er is niets vastgelegd.")
    remark = (("opmerking", reason),) if reason and definition.event("opmerking") else ()
    with office.journal.transaction() as ledger:
        return tell(found, ((name, given), *remark), ledger, office, source=EventSource.OPDRACHT)


def _find(kenmerk: str, ledger: "Ledger") -> "Procedure":
    found = ledger.procedure(kenmerk)
    if found is None:
        numbers = ", ".join(one.dossier for one in ledger.procedures()) or "geen"
        raise WrongUseError(
            f"no procedure {kenmerk}",
            wat=f"Er is geen procedure met kenmerk {kenmerk}.",
            doe=f"Kies uit: {numbers}.",
        )
    return found


# --- what is shown ---------------------------------------------------------------------


def _lines(found: "Procedure", definition: "Definition") -> tuple[str, ...]:
    from pipeline.procedures import overview  # noqa: PLC0415
    from pipeline.values import holder_words  # noqa: PLC0415

    return (
        f"{found.dossier} {found.title}",
        f"Stand: {overview.state_words(found)}; recht van: {holder_words(found.right_holder)}",
        *(f"Loopt: {_term(term)}" for term in found.deadlines),
        *(f"Klaar: {done.deadline.name}, {done.how}" for done in found.done),
        *(f"Te doen: {task}" for task in found.to_do),
        *(_event(one, definition) for one in found.events),
    )


def _term(term: "Deadline") -> str:
    from pipeline.dates import dutch_weekday_date  # noqa: PLC0415

    if term.strict is None:
        return f"{term.name}, zonder uiterste dag"
    extended = term.last_day if term.last_day != term.strict else None
    also = f" (met verlenging {dutch_weekday_date(extended)})" if extended else ""
    return f"{term.name}, uiterlijk {dutch_weekday_date(term.strict)}{also}"


def _event(one: "ProcedureEvent", definition: "Definition") -> str:
    rule = definition.event(one.field)
    asked = f"{rule.question} ({one.field})" if rule else one.field
    told = f"{one.number:>3}. {one.recorded_at:%d-%m-%Y} {asked}: {one.answer} [{one.source.value}]"
    return f"{told} (teruggenomen)" if one.withdrawn_at else told


def _json(found: "Procedure") -> dict[str, object]:
    from pipeline.procedures.questions import deadline_json  # noqa: PLC0415

    return {
        "dossier": found.dossier,
        "procedure": found.definition,
        "title": found.title,
        "state": found.state.value,
        "right_holder": found.right_holder,
        "terms": [deadline_json(term) for term in found.deadlines],
        "done": [
            {"term": one.deadline.term, "day": one.day.isoformat(), "how": one.how} for one in found.done
        ],
        "to_do": list(found.to_do),
        "events": [
            {key: str(value) if value is not None else None for key, value in asdict(one).items()}
            for one in found.events
        ],
    }
