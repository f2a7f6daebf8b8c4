"""Every sample paper and every file of the demo, taken apart and judged, against what was expected of it.

The expectations were written by hand before anything was run.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.edges import shipped
from pipeline.edges.learning import read_model
from pipeline.edges.mail.opening import open_up
from pipeline.edges.reading import read
from pipeline.office import Bench
from pipeline.roads.post import examine, judge_document
from pipeline.settings.council import load_council
from pipeline.settings.kinds import load_kinds
from pipeline.settings.law import load_rights
from pipeline.values import (
    Address,
    Classified,
    Council,
    Disposition,
    Document,
    Held,
    PartVerdict,
    Relation,
    SenderRole,
    StartsProcedure,
    Verdict,
)
from pipeline.wiring import MODEL

SAMPLES = Path(__file__).parent / "samples"
SUFFIX = ".expected.json"
PAPERS = sorted(p for p in SAMPLES.iterdir() if not p.name.endswith((SUFFIX, ".md")))
DEMO = shipped.config_folder() / "demo"
DEMO_ROWS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "demo_expected.json").read_text(encoding="utf-8")
)
DEMO_FILES = list(dict.fromkeys(row["file"] for row in DEMO_ROWS))
TODAY = date(2026, 11, 21)
HELD_VERDICTS = (PartVerdict.UNREADABLE, PartVerdict.OTHER)

COUNCIL = Council(
    name="CMR Veenrijk College",
    short="CMR Veenrijk",
    organ="cmr",
    regime="wms-vo",
    region="noord",
    board="College van Bestuur Stichting Veenrijk",
    mailbox=Address(email="cmr@veenrijk.example", name="CMR Veenrijk College"),
    secretary=Address(email="m.oosterhuis@veenrijk.example", name="Marijke Oosterhuis"),
    chair=Address(email="y.demir@veenrijk.example", name="Yusuf Demir"),
    own_addresses=("cmr@veenrijk.example", "m.oosterhuis@veenrijk.example", "y.demir@veenrijk.example"),
    relations=(
        Relation(name="College van Bestuur", email="bestuur@veenrijk.example", role=SenderRole.BEVOEGD_GEZAG),
        Relation(
            name="Anneke van Houten", email="a.vanhouten@veenrijk.example", role=SenderRole.BEVOEGD_GEZAG
        ),
        Relation(name="Pieter Smit", email="p.smit@veenrijk.example", role=SenderRole.BEVOEGD_GEZAG),
        Relation(name="CNVO", email="cnvo@vakbond.example", role=SenderRole.BEKEND),
        Relation(
            name="Scholingsbureau De Brug", email="info@scholingsbureau.example", role=SenderRole.BEKEND
        ),
    ),
    groups=("PMR",),
    pause_minutes=0,
    fixed_items=(),
    closing_items=(),
    papers_days_before=None,
    public_edition=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A part as it was taken apart and judged."""

    document: Document
    verdict: Verdict

    @property
    def is_filed(self) -> bool:
        """It goes into the archive without a person."""
        return self.document.is_paper and isinstance(self.verdict, Classified)

    @property
    def is_held(self) -> bool:
        """A person is asked."""
        return self.document.verdict in HELD_VERDICTS or (
            self.document.is_paper and isinstance(self.verdict, Held)
        )

    @property
    def kind(self) -> str | None:
        """What it is filed as; of a held paper the best guess."""
        judgement = self.verdict.judgement if self.document.is_paper else None
        return judgement.kind.value if judgement else None

    @property
    def starts(self) -> str:
        """Whether it starts a procedure."""
        judgement = self.verdict.judgement if self.document.is_paper else None
        return judgement.starts_procedure.value if judgement else StartsProcedure.NEE.value


@cache
def bench_of(council: Council | None) -> Bench:
    """Give the bench at which everything is judged, with the shipped rules."""
    config = shipped.config_folder()
    return Bench(
        council=council,
        kinds=load_kinds(config),
        rights=load_rights(config),
        opener=open_up,
        reader=read,
        model=read_model(config / MODEL),
    )


def judged(content: bytes, name: str, council: Council | None, known: frozenset[str]) -> list[Outcome]:
    bench = bench_of(council)
    taken = examine(content, name, bench, known=known, seen_on=TODAY)
    return [
        Outcome(document=one, verdict=judge_document(one, taken.message, bench)) for one in taken.documents
    ]


@cache
def of_sample(paper: Path) -> list[Outcome]:
    """Judge a sample; the tests below ask about it more than once."""
    council = COUNCIL if expectation(paper)["council"] else None
    return judged(paper.read_bytes(), paper.name, council, frozenset())


@cache
def of_demo() -> dict[str, list[Outcome]]:
    """Judge the demo in order: what comes a second time is known by then."""
    council = load_council(DEMO / "raad.toml", None).council
    known: set[str] = set()
    outcomes = {}
    for name in DEMO_FILES:
        path = DEMO / name
        outcomes[name] = judged(path.read_bytes(), path.name, council, frozenset(known))
        known |= {one.document.part.sha256 for one in outcomes[name] if one.is_filed or one.is_held}
    return outcomes


def expectation(paper: Path) -> dict[str, Any]:
    return json.loads(paper.with_name(paper.name + SUFFIX).read_text(encoding="utf-8"))


def named(outcomes: list[Outcome], part: str) -> Outcome:
    """Find a part by its number, its file name, or ``body``."""
    for one in outcomes:
        is_body = part == "body" and one.document.part.disposition is Disposition.BODY
        if is_body or part in (one.document.part.number, one.document.part.name):
            return one
    raise LookupError(part)


def differences(expected: dict[str, Any], found: Outcome) -> Iterator[str]:
    facts = found.document.facts
    if found.document.verdict.value != expected["verdict"]:
        yield "verdict"
    elif found.kind != expected["kind"] and not (found.is_held and expected["must_review"] is not False):
        yield "kind"
    if expected["must_review"] is not None and found.is_held != expected["must_review"]:
        yield "must_review"
    if found.starts != expected.get("starts_procedure", found.starts):
        yield "starts_procedure"
    for key in ("document_date", "answer_date"):
        day = getattr(facts, key)
        if key in expected and (str(day) if day else None) != expected[key]:
            yield key
    if expected.get("subject", "").lower() not in facts.subject.lower():
        yield "subject"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.name)
def test_a_sample_is_judged_as_expected(paper: Path) -> None:
    """Verdict, kind, review, start, days and subject."""
    differing = [
        f"{part['part']}: {key}"
        for part in expectation(paper)["parts"]
        for key in differences(part, named(of_sample(paper), part["part"]))
    ]
    assert not differing


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.name)
def test_no_sample_is_filed_as_a_wrong_kind_or_starts_what_it_may_not(paper: Path) -> None:
    """What is not sure is held."""
    for part in expectation(paper)["parts"]:
        found = named(of_sample(paper), part["part"])
        if found.is_filed:
            assert found.kind == part["kind"]
            assert part["must_review"] is not True
        if found.starts == "ja":
            assert part["kind"] in ("adviesaanvraag", "instemmingsverzoek")
            assert part.get("starts_procedure", "ja") == "ja"


@pytest.mark.parametrize("name", DEMO_FILES)
def test_a_file_of_the_demo_is_judged_as_expected(name: str) -> None:
    """What the demo shows: which papers are filed as what, which are held, and what is no paper."""
    rows = [row for row in DEMO_ROWS if row["file"] == name]
    found = {row["part"]: told(named(of_demo()[name], row["part"])) for row in rows}
    assert found == {row["part"]: (row["outcome"], row["verdict"], row["kind"]) for row in rows}


def told(one: Outcome) -> tuple[str, str, str | None]:
    outcome = "filed" if one.is_filed else "held" if one.is_held else "none"
    return outcome, one.document.verdict.value, one.kind


def test_the_demo_starts_exactly_the_requests_of_the_board() -> None:
    """Three letters and one mail that was passed on; the false one and the copies start nothing."""
    started = {
        (name, one.document.part.number)
        for name, outcomes in of_demo().items()
        for one in outcomes
        if one.starts == "ja"
    }
    assert started == {
        ("postbus/2026-11-10-adviesaanvraag-onderwijsteams.eml", "2"),
        ("postbus/2026-11-16-instemmingsverzoek-vakantierooster.eml", "2"),
        ("postbus/2026-11-17-instemmingsverzoek-formatieplan-pmr.eml", "2"),
        ("postbus/2026-11-17-fw-adviesaanvraag-verbouwing-aula.eml", "1"),
    }


@pytest.mark.parametrize(
    ("name", "part", "subject", "day"),
    [
        ("postbus/2026-11-02-besluit-pilot-flexrooster.eml", "2", "Pilot Flexrooster", date(2026, 11, 2)),
        ("postbus/2026-11-09-begroting-2027-ter-informatie.eml", "3", "", None),
        (
            "postbus/2026-11-10-adviesaanvraag-onderwijsteams.eml",
            "2",
            "Invoering onderwijsteams per 1 augustus 2027",
            date(2026, 11, 10),
        ),
        ("postbus/2026-11-10-adviesaanvraag-onderwijsteams.eml", "4", "", None),
        (
            "postbus/2026-11-16-instemmingsverzoek-vakantierooster.eml",
            "2",
            "Vakantierooster en roostervrije dagen 2027-2028",
            date(2026, 11, 13),
        ),
        (
            "postbus/2026-11-18-concept-notulen-3-november.eml",
            "2",
            "Overlegvergadering 3 november",
            date(2026, 11, 3),
        ),
        ("inkomend/Jaarverslag CMR 2025-2026 definitief.docx", "0", "", None),
    ],
)
def test_a_paper_of_the_demo_says_what_it_is_about_and_of_which_day_it_is(
    name: str, part: str, subject: str, day: date | None
) -> None:
    facts = named(of_demo()[name], part).document.facts
    assert (facts.subject, facts.document_date) == (subject, day)
