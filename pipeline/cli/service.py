"""Commands that make a werkmap or do the work: ``init``, ``demo``, ``once``, ``run``, ``status`` …."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import cli, dutch
from pipeline.cli.options import (
    DONE,
    NEEDS_A_PERSON,
    clock_of,
    command_line,
    desks,
    find,
    json_option,
    now_option,
    put_json,
    say,
    shared,
    shared_for_many,
)
from pipeline.errors import WrongUseError

if TYPE_CHECKING:
    from pipeline.roads.verifying import Proof


@cli.command()
@click.argument(
    "folder",
    cls=dutch.Argument,
    metavar="MAP",
    type=click.Path(file_okay=False, path_type=Path),
    explained="Map waarin de werkmap komt; zij mag nog niet bestaan of moet leeg zijn.",
)
@click.option(
    "--data",
    "data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="MAP",
    help="Datamap van de dienst.",
)
def init(folder: Path, data: Path | None) -> int:
    """Maak een nieuwe werkmap met instellingen, ledenlijst en uitleg."""
    from pipeline import wiring  # noqa: PLC0415
    from pipeline.installing import make_werkmap, write_read_me  # noqa: PLC0415
    from pipeline.values import Place  # noqa: PLC0415

    made = make_werkmap(folder.absolute(), data)
    council = wiring.council_settings(made.root).council
    with wiring.open_workshop(made.data, made.root / Place.SJABLONEN) as workshop:
        write_read_me(made.root, council, workshop)
    own_data = ("--data", str(made.data)) if data else ()
    start = command_line(("run", "--werkmap", str(made.root), *own_data))
    say(
        f"De werkmap staat klaar in {made.root}.\n\n"
        "Wat nu:\n"
        f"1. Vul Instellingen/raad.toml en Instellingen/reglement.toml in.\n"
        f"2. Vul Instellingen/leden.xlsx en Instellingen/rooster.xlsx in.\n"
        f"3. Start de dienst: {start}\n\n"
        f"Lees LEES MIJ.pdf in de werkmap. De dienst bewaart haar eigen gegevens in {made.data}."
    )
    return DONE


@cli.command()
@click.argument(
    "folder",
    cls=dutch.Argument,
    metavar="[MAP]",
    required=False,
    type=click.Path(file_okay=False, path_type=Path),
    explained="Map waarin de demo komt; zonder deze een nieuwe map in de huidige.",
)
@now_option
def demo(folder: Path | None, now: str | None) -> int:
    """Laat zien wat Stukkenstroom doet, met een verzonnen raad in een nieuwe map."""
    from pipeline.demo import NOW, run_demo  # noqa: PLC0415

    def tell(line: str) -> None:
        click.echo(line, err=True)

    say(run_demo(folder, clock_of(now or NOW), tell, command_line))
    return DONE


@cli.command()
@shared_for_many
@json_option
def once(*, werkmappen: tuple[Path, ...], data: Path | None, now: str | None, as_json: bool) -> int:
    """Werk alles af wat er nu ligt en stop."""
    from pipeline import wiring  # noqa: PLC0415
    from pipeline.dates import legal_day  # noqa: PLC0415
    from pipeline.service import work_once  # noqa: PLC0415

    places = desks(werkmappen, data)
    for root, folder in places:
        wiring.check_settings(root, folder, legal_day(clock_of(now)()))
    waiting: tuple[str, ...] = ()
    for root, folder in places:
        with wiring.open_office(root, folder, clock_of(now), works=True) as office:
            waiting += work_once(office)
    _tell_waiting(waiting, as_json=as_json, before="Klaar. ")
    return NEEDS_A_PERSON if waiting else DONE


def _tell_waiting(waiting: tuple[str, ...], *, as_json: bool, before: str = "") -> None:
    if as_json:
        for line in waiting:
            put_json({"wacht_op_u": line})
    elif waiting:
        say("\n- ".join((f"{before}Dit wacht op u:", *waiting)))
    else:
        say(f"{before}Er wacht niets op u.")


@cli.command()
@shared_for_many
def run(*, werkmappen: tuple[Path, ...], data: Path | None, now: str | None) -> int:
    """Wees de dienst: blijf kijken en werken tot u stopt (Ctrl+C)."""
    import signal  # noqa: PLC0415
    import threading  # noqa: PLC0415
    from contextlib import ExitStack  # noqa: PLC0415

    from pipeline import wiring  # noqa: PLC0415
    from pipeline.dates import legal_day  # noqa: PLC0415
    from pipeline.service import run as work_on  # noqa: PLC0415

    places = desks(werkmappen, data)
    for root, folder in places:
        wiring.check_settings(root, folder, legal_day(clock_of(now)()))
    wake, stop = threading.Event(), threading.Event()

    def end(_number: int, _frame: object) -> None:
        stop.set()
        wake.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    with ExitStack() as stack:
        offices = []
        for root, folder in places:
            offices.append(stack.enter_context(wiring.open_office(root, folder, clock_of(now), works=True)))
            stack.enter_context(wiring.watching(root, folder, wake))
            say(f"De dienst werkt voor {offices[-1].council.name}. Stop met Ctrl+C.")
        work_on(tuple(offices), wake, stop)
    return DONE


@cli.command()
@shared
@json_option
def status(*, werkmap: Path | None, data: Path | None, now: str | None, as_json: bool) -> int:
    """Toon wat er op u wacht."""
    from pipeline import flow, wiring  # noqa: PLC0415

    root = find(werkmap)
    with wiring.open_office(root, wiring.data_folder(data, root), clock_of(now), works=False) as office:
        waiting = flow.waits_for_person(office)
    _tell_waiting(waiting, as_json=as_json)
    return NEEDS_A_PERSON if waiting else DONE


@cli.command()
@shared
def overnemen(*, werkmap: Path | None, data: Path | None, now: str | None) -> int:  # noqa: ARG001
    """Neem een werkmap over van een andere installatie."""
    from pipeline import wiring  # noqa: PLC0415
    from pipeline.edges.werkmap import read_marker, write_marker  # noqa: PLC0415

    root = find(werkmap)
    read_marker(root)  # only what is a werkmap already can be taken over
    write_marker(root, wiring.installation(wiring.data_folder(data, root)))
    say(f"Deze installatie verzorgt nu {root}. Zorg dat de andere niet meer draait.")
    return DONE


@cli.group("journal")
def journal_group() -> None:
    """Het journaal van de dienst."""


@journal_group.command("verify")
@shared
@json_option
def journal_verify(*, werkmap: Path | None, data: Path | None, now: str | None, as_json: bool) -> int:
    """Controleer of het journaal ongeschonden is en alle post is verantwoord."""
    from pipeline import wiring  # noqa: PLC0415
    from pipeline.roads.verifying import verify  # noqa: PLC0415

    root = find(werkmap)
    folder = wiring.data_folder(data, root)
    _must_hold_a_journal(folder)
    unbroken = _chain_holds(folder, now, as_json=as_json)
    with wiring.open_office(root, folder, clock_of(now), works=False) as office:
        proof = verify(office)
    _tell_proof(proof, as_json=as_json)
    return DONE if unbroken and not proof.findings else NEEDS_A_PERSON


def _chain_holds(folder: Path, now: str | None, *, as_json: bool) -> bool:
    """Check the hash chain of the journal, and say how that went."""
    from pipeline.edges.journal import SqliteJournal  # noqa: PLC0415
    from pipeline.edges.journal.chain import first_break  # noqa: PLC0415

    opened = SqliteJournal(folder, clock_of(now))
    with opened.transaction() as ledger:
        lines = ledger.chain()
    opened.close()
    broken = first_break(lines)
    if as_json:
        put_json({"lines": len(lines), "broken_at": broken})
    elif broken is not None:
        say(f"Het journaal is beschadigd vanaf regel {broken} van {len(lines)}. Zet de reservekopie terug.")
    else:
        say(f"Het journaal klopt: {len(lines)} regels.")
    return broken is None


def _tell_proof(proof: "Proof", *, as_json: bool) -> None:
    if as_json:
        for verdict, count in sorted(proof.verdicts.items()):
            put_json({"verdict": verdict.value, "parts": count})
        put_json({"arrivals": proof.arrivals, "parts": proof.parts, "verdicts": proof.judged})
        for one in proof.findings:
            put_json({"finding": one.code, "subject": one.subject, "text": one.text})
        return
    lines = [f"Post: {proof.arrivals}. Delen daarin: {proof.parts}. Oordelen: {proof.judged}."]
    lines += [f"- {_VERDICTS[verdict.value]}: {count}" for verdict, count in sorted(proof.verdicts.items())]
    if proof.findings:
        lines += ["", "Dit klopt niet:", *(f"- {one.text}" for one in proof.findings)]
    else:
        lines += ["Elk deel heeft één oordeel, en elk stuk ligt op zijn plaats."]
    say("\n".join(lines))


_VERDICTS = {
    "paper": "stuk",
    "body_is_letter": "mail die zelf de brief is",
    "covering_note": "tekst bij een bijlage",
    "signature_picture": "plaatje in een mail",
    "calendar": "uitnodiging voor de agenda",
    "machine_mail": "automatische mail",
    "duplicate": "al eerder ontvangen",
    "empty": "leeg",
    "unreadable": "niet te lezen",
    "container": "omhulsel van andere delen",
    "other": "bestand dat niet wordt geopend",
}
"""Dutch name of each verdict."""


def _must_hold_a_journal(folder: Path) -> None:
    """Opening a journal makes one; there is nothing to verify in that."""
    if not (folder / "journaal.sqlite3").is_file():
        raise WrongUseError(
            f"no journal in {folder}",
            wat=f"In de datamap {folder} ligt geen journaal.",
            doe="Controleer de map achter --data.",
        )


@cli.group("templates")
def templates_group() -> None:
    """De sjablonen."""


@templates_group.command("check")
@shared
@json_option
def templates_check(*, werkmap: Path | None, data: Path | None, now: str | None, as_json: bool) -> int:  # noqa: ARG001
    """Controleer de eigen en meegeleverde sjablonen."""
    from pipeline.cli.options import find_or_none  # noqa: PLC0415
    from pipeline.edges import shipped  # noqa: PLC0415
    from pipeline.edges.templates import Templates  # noqa: PLC0415
    from pipeline.values import Place  # noqa: PLC0415

    root = find_or_none(werkmap)
    problems = Templates(shipped.templates_folder(), root / Place.SJABLONEN if root else None).check()
    for problem in problems:
        if as_json:
            put_json({"place": problem.place, "text": problem.text})
        else:
            say(str(problem))
    if not problems:
        say("Alle sjablonen zijn in orde.", as_json=as_json)
    return NEEDS_A_PERSON if problems else DONE
