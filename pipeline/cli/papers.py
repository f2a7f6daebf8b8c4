"""Commands about papers: ``classify`` says what files are, and why; it touches nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import cli, dutch
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
    from collections.abc import Iterator, Mapping

    from pipeline.office import Bench
    from pipeline.values import Council, Document, Kind, Verdict

    Parts = tuple[tuple[Document, Verdict], ...]


@cli.command()
@click.argument(
    "files",
    cls=dutch.Argument,
    nargs=-1,
    required=True,
    metavar="BESTAND…",
    type=click.Path(path_type=Path),
    explained="Een of meer bestanden: mails (.eml) of losse stukken.",
)
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
    data: Path | None,
    now: str | None,
    as_json: bool,
) -> int:
    """Zeg van bestanden wat ze zijn, en waarom; er verandert niets."""
    from pipeline.dates import legal_day  # noqa: PLC0415
    from pipeline.edges.sandbox import shared_workers  # noqa: PLC0415
    from pipeline.roads.post import examine, judge_document  # noqa: PLC0415

    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise WrongUseError(
            f"missing files: {missing}",
            wat=f"Niet gevonden: {', '.join(missing)}.",
            doe="Controleer de namen.",
        )
    shared_workers().start()
    bench = _bench(_council(raad, werkmap), *((), None) if raad else _machine(werkmap, data))
    today = legal_day(clock_of(now)())
    review = False
    for path in files:
        taken = examine(path.read_bytes(), path.name, bench, known=frozenset(), seen_on=today)
        parts = tuple((one, judge_document(one, taken.message, bench)) for one in taken.documents)
        review = review or any(_needs_a_person(*part) for part in parts)
        if as_json:
            for part in parts:
                put_json(_row(path, *part))
        else:
            say(_told(path, parts, bench) + ("\n" if path is not files[-1] else ""))
    return NEEDS_A_PERSON if review else DONE


def _council(raad: Path | None, werkmap: Path | None) -> "Council | None":
    """Read the council, when one is given or the current folder lies in a werkmap."""
    from pipeline.settings.council import load_council  # noqa: PLC0415
    from pipeline.values import Place  # noqa: PLC0415

    root = None if raad else find_or_none(werkmap)
    path = raad or (root / Place.INSTELLINGEN / "raad.toml" if root else None)
    return load_council(path, None).council if path else None


def _machine(werkmap: Path | None, data: Path | None) -> "tuple[tuple[str, ...], Path | None]":
    """Name the receiving servers of the werkmap and its data folder, when there is one."""
    from pipeline import wiring  # noqa: PLC0415

    root = find_or_none(werkmap)
    folder = wiring.data_folder(data, root) if root else None
    return wiring.machine_settings(folder).servers if folder else (), folder


def _bench(council: "Council | None", servers: tuple[str, ...], data: Path | None) -> "Bench":
    from pipeline.edges import shipped  # noqa: PLC0415
    from pipeline.edges.ocr import ScanReader  # noqa: PLC0415
    from pipeline.edges.sandbox import shared_workers  # noqa: PLC0415
    from pipeline.office import Bench  # noqa: PLC0415
    from pipeline.settings.kinds import load_kinds  # noqa: PLC0415
    from pipeline.settings.law import load_rights  # noqa: PLC0415
    from pipeline.wiring import learner  # noqa: PLC0415

    config, workers = shipped.config_folder(), shared_workers()
    return Bench(
        council=council,
        kinds=load_kinds(config),
        rights=load_rights(config),
        opener=workers.open_up,
        reader=ScanReader(plain=workers.read, render=workers.render),
        servers=servers,
        model=learner(data).current(),
    )


def _needs_a_person(document: "Document", verdict: "Verdict") -> bool:
    """Tell whether a person has to know of a part: an empty file that came by itself counts too."""
    from pipeline.values import Held, PartVerdict  # noqa: PLC0415

    unread = document.verdict in (PartVerdict.UNREADABLE, PartVerdict.OTHER)
    return (document.is_paper and isinstance(verdict, Held)) or unread or document.is_empty_file


def _row(path: Path, document: "Document", verdict: "Verdict") -> dict[str, object]:
    """Make the JSON of one part."""
    review, facts = _needs_a_person(document, verdict), document.facts
    shown = verdict.judgement if document.is_paper else None
    return {
        "file": str(path),
        "part": document.part.number,
        "name": document.part.name,
        "verdict": document.verdict.value,
        "kind": shown.kind.value if shown else None,
        "confidence": shown.confidence if shown else (0.0 if review else 1.0),
        "review": review,
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


# --- for people ------------------------------------------------------------------------

_MOST_CUES = 3
_NEVER_MORE = 0.99
"""Nothing is shown as wholly certain."""
_WORDS = {
    "paper": "een stuk",
    "body_is_letter": "een brief",
    "covering_note": "begeleidende tekst",
    "signature_picture": "een plaatje, zoals een logo",
    "calendar": "uitnodiging voor de agenda",
    "machine_mail": "automatische mail",
    "duplicate": "dubbel",
    "empty": "leeg",
    "unreadable": "niet leesbaar",
    "container": "meegestuurde mail",
    "other": "bestand dat niet wordt geopend",
}


def _told(path: Path, parts: "Parts", bench: "Bench") -> str:
    """Tell of one file what its parts are; the wrapping around parts says nothing to a person."""
    labels = {rule.kind: rule.label for rule in bench.kinds}
    shown = [part for part in parts if not part[0].part.content_type.startswith("multipart/")]
    lines = [line for part in shown or parts for line in _part_lines(*part, labels)]
    return "\n  ".join((str(path), *lines))


def _part_lines(document: "Document", verdict: "Verdict", labels: "Mapping[Kind, str]") -> "Iterator[str]":
    """Tell one part: what it is, whether somebody must look at it, and what it was recognised by."""
    from pipeline.values import Held  # noqa: PLC0415

    judgement = verdict.judgement if document.is_paper else None
    word = _WORDS[document.verdict]
    if document.verdict.value == "container" and not document.part.content_type.startswith("message/"):
        word = "hier zitten andere stukken in"
    what = word
    if judgement:
        what = f"{labels[judgement.kind]} ({min(judgement.confidence, _NEVER_MORE):.0%})"
    yield f"{_name(document)}{what}"
    if _needs_a_person(document, verdict) and isinstance(verdict, Held):
        yield f"  iemand moet dit beoordelen: {' '.join(verdict.reasons)}"
    found = [one.cue for one in judgement.evidence if one.weight > 0] if judgement else []
    cues = list({cue.casefold(): cue for cue in found}.values())
    if cues:
        yield f"  herkend aan: {'; '.join(cues[:_MOST_CUES])}"


def _name(document: "Document") -> str:
    """Name a part within its file; a file that is no mail has only one, which needs no name."""
    if document.part.disposition.value == "file":
        return ""
    return f"{document.part.name or 'tekst van de mail'}: "
