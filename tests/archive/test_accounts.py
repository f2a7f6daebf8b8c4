"""Each thing that can be wrong in the books is found, and books that are right have no finding."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.archive.accounts import Account, findings_of, needs_place, strays
from pipeline.values import (
    Arrival,
    DateCandidate,
    Disposition,
    Document,
    PaperRow,
    Part,
    PartVerdict,
    Received,
    ReceivedBasis,
    Via,
)

ARRIVAL = Arrival(
    key="postbus:a",
    via=Via.POSTBUS,
    name="brief.eml",
    sha256="heel",
    size_bytes=12,
    received=Received(
        at=datetime(2026, 11, 16, 9, tzinfo=UTC),
        basis=ReceivedBasis.SERVER,
        confirmed=True,
        candidates=(DateCandidate(day=date(2026, 11, 16), source="mail"),),
    ),
)


def part(number: str, sha256: str) -> Part:
    return Part(
        number=number,
        name="",
        content_type="application/pdf",
        disposition=Disposition.ATTACHMENT,
        content_id="",
        sha256=sha256,
        size_bytes=5,
    )


NOTE = Document(part=part("1", "een"), verdict=PartVerdict.COVERING_NOTE, reason="")
LETTER = Document(part=part("2", "twee"), verdict=PartVerdict.PAPER, reason="")
GOOD = Account(
    arrival=ARRIVAL,
    documents=(NOTE, LETTER),
    original="heel",
    parts=(NOTE.part, LETTER.part),
    work="done",
    problem="",
)
FILED = PaperRow(paper="postbus:a#2", state="filed", sha256="twee")
ROWS = {FILED.paper: FILED}


def codes(account: Account, *rows: PaperRow) -> list[str]:
    found = findings_of(account, {row.paper: row for row in rows})
    assert all(one.text.startswith("'brief.eml' van 16 november 2026: ") for one in found)
    return [one.code for one in found]


@pytest.mark.parametrize("state", ["filed", "held", "undone"])
def test_books_that_add_up_have_no_finding(state: str) -> None:
    assert codes(GOOD, replace(FILED, state=state)) == []
    assert strays(ROWS, frozenset({"postbus:a#1", "postbus:a#2"})) == ()


@pytest.mark.parametrize(
    ("account", "rows", "expected"),
    [
        (replace(GOOD, original="", parts=()), (FILED,), ["original-missing"]),
        (replace(GOOD, original="anders"), (FILED,), ["original-changed"]),
        (
            replace(GOOD, parts=(NOTE.part, LETTER.part, part("3", "drie"))),
            (FILED,),
            ["part-without-verdict"],
        ),
        (replace(GOOD, parts=(LETTER.part,)), (FILED,), ["verdict-without-part"]),
        (replace(GOOD, parts=(part("1", "x"), LETTER.part)), (FILED,), ["part-changed"]),
        (replace(GOOD, documents=(NOTE, NOTE, LETTER)), (FILED,), ["double-verdict"]),
        (GOOD, (), ["no-place"]),
        (GOOD, (FILED, replace(FILED, paper="postbus:a#1", sha256="een")), ["needless-place"]),
        (GOOD, (replace(FILED, sha256="x"),), ["other-bytes"]),
        (GOOD, (replace(FILED, state="planned"),), ["not-put-away"]),
        (replace(GOOD, documents=(), work="waiting"), (), ["waiting"]),
        (replace(GOOD, documents=(), work="stuck", problem="De schijf is vol."), (), ["failed"]),
        (replace(GOOD, documents=(), work=""), (), ["forgotten"]),
        (replace(GOOD, documents=(), work="done"), (), ["forgotten"]),
    ],
)
def test_each_fault_is_found_and_nothing_else(
    account: Account, rows: tuple[PaperRow, ...], expected: list[str]
) -> None:
    assert codes(account, *rows) == expected


def test_a_paper_that_came_from_nowhere_is_named() -> None:
    (found,) = strays(ROWS, frozenset({"postbus:a#1"}))
    assert (found.code, found.subject) == ("paper-without-part", "postbus:a#2")


@pytest.mark.parametrize("verdict", list(PartVerdict))
def test_what_may_be_a_paper_needs_a_place(verdict: PartVerdict) -> None:
    placed = {
        PartVerdict.PAPER,
        PartVerdict.BODY_IS_LETTER,
        PartVerdict.UNREADABLE,
        PartVerdict.OTHER,
    }
    assert needs_place(replace(LETTER, verdict=verdict), Via.POSTBUS) == (verdict in placed)


def test_an_empty_file_that_somebody_dropped_is_asked_about() -> None:
    empty = Document(part=part("0", "leeg"), verdict=PartVerdict.EMPTY, reason="")
    assert needs_place(empty, Via.INKOMEND)
    assert not needs_place(empty, Via.POSTBUS)
