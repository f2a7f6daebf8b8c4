"""Commands about papers: ``classify`` says what files are, and why; it touches nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import cli
from pipeline.cli.options import (
    DONE,
    NEEDS_A_PERSON,
    clock_of,
    find_or_none,
    json_option,
    put_json,
    say,
    shared,
)
from pipeline.errors import WrongUseError

if TYPE_CHECKING:
    from pipeline.office import Bench
    from pipeline.values import Council, Document, Verdict


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="BESTAND…", type=click.Path(path_type=Path))
@click.option(
    "--raad",
    "raad",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="RAAD.TOML",
    help="Instellingen van de raad.",
)
@shared
@json_option
def classify(
    *,
    files: tuple[Path, ...],
    raad: Path | None,
    werkmap: Path | None,
    data: Path | None,  # noqa: ARG001  # all commands take it
    now: str | None,
    as_json: bool,
) -> int:
    """Zeg van bestanden wat ze zijn, en waarom; er verandert niets."""
    from pipeline.dates import legal_day  # noqa: PLC0415
    from pipeline.flow_post import examine, judge_document  # noqa: PLC0415

    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise WrongUseError(
            f"missing files: {missing}",
            wat=f"Niet gevonden: {', '.join(missing)}.",
            doe="Controleer de namen.",
        )
    bench, today = _bench(_council(raad, werkmap)), legal_day(clock_of(now)())
    review = False
    for path in files:
        taken = examine(path.read_bytes(), path.name, bench, known=frozenset(), seen_on=today)
        for document in taken.documents:
            row = _row(path, document, judge_document(document, taken.message, bench))
            review = review or bool(row["review"])
            put_json(row) if as_json else say(_told(row))
    return NEEDS_A_PERSON if review else DONE


def _council(raad: Path | None, werkmap: Path | None) -> "Council | None":
    """Read the council, when one is given or the current folder lies in a werkmap."""
    from pipeline.settings.council import load_council  # noqa: PLC0415
    from pipeline.values import Place  # noqa: PLC0415

    root = None if raad else find_or_none(werkmap)
    path = raad or (root / Place.INSTELLINGEN / "raad.toml" if root else None)
    return load_council(path, None).council if path else None


def _bench(council: "Council | None") -> "Bench":
    from pipeline.edges import shipped  # noqa: PLC0415
    from pipeline.edges.mail.opening import open_up  # noqa: PLC0415
    from pipeline.edges.reading import read  # noqa: PLC0415
    from pipeline.office import Bench  # noqa: PLC0415
    from pipeline.settings.kinds import load_kinds  # noqa: PLC0415
    from pipeline.settings.law import load_rights  # noqa: PLC0415

    config = shipped.config_folder()
    return Bench(
        council=council, kinds=load_kinds(config), rights=load_rights(config), opener=open_up, reader=read
    )


def _row(path: Path, document: "Document", verdict: "Verdict") -> dict[str, object]:
    """Make the JSON of one part."""
    from pipeline.values import Held, PartVerdict  # noqa: PLC0415

    is_paper, judgement, facts = document.is_paper, verdict.judgement, document.facts
    unread = document.verdict in (PartVerdict.UNREADABLE, PartVerdict.OTHER)
    shown = judgement if is_paper else None
    return {
        "file": str(path),
        "part": document.part.number,
        "name": document.part.name,
        "verdict": document.verdict.value,
        "kind": shown.kind.value if shown else None,
        "confidence": shown.confidence if shown else (0.0 if is_paper or unread else 1.0),
        "review": (is_paper and isinstance(verdict, Held)) or unread,
        "starts_procedure": shown.starts_procedure.value if shown else "nee",
        "evidence": [
            {"cue": one.cue, "sentence": one.sentence, "weight": one.weight}
            for one in (shown.evidence if shown else ())
        ],
        "regime": shown.regime if shown else "",
        "rights": [
            {"id": one.id, "right": one.right, "geleding": one.geleding}
            for one in (shown.rights if shown else ())
        ],
        "subject": facts.subject,
        "sender": facts.sender,
        "document_date": _iso(facts.document_date),
        "answer_date": _iso(facts.answer_date),
        "decision_date": _iso(facts.decision_date),
    }


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _told(row: dict[str, object]) -> str:
    """Tell one part to a person."""
    name = row["name"] or f"deel {row['part']}"
    evidence = row["evidence"] if isinstance(row["evidence"], list) else []
    cues = "; ".join(str(one["cue"]) for one in evidence[:3])
    what = f"{row['kind']} ({row['confidence']:.0%})" if row["kind"] else str(row["verdict"])
    ask = " - iemand moet dit beoordelen" if row["review"] else ""
    return f"{row['file']}: {name}: {what}{ask}{f' [{cues}]' if cues else ''}"
