"""``journal verify`` proves that nothing was lost, and finds what was broken on purpose."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playing import Play, tree

from pipeline.edges.originals import Originals
from pipeline.roads.verifying import Proof, verify
from pipeline.values import PartVerdict, Place


def proof_of(play: Play) -> Proof:
    with play.office(works=False) as office:
        return verify(office)


def change(play: Play, statement: str) -> None:
    with sqlite3.connect(play.data / "journaal.sqlite3") as database:
        assert database.execute(statement).rowcount > 0
    database.close()


def original(play: Play, content: bytes) -> Path:
    """Find the original that holds these bytes."""
    return next(
        path
        for path in (play.data / "originelen").rglob("*")
        if path.is_file() and content in path.read_bytes() and b"Subject:" in path.read_bytes()
    )


def test_a_council_that_has_worked_adds_up(lived: Play) -> None:
    """Two mails: a note with a request and its annex, and a question that is held."""
    before = tree(lived.base)
    proof = proof_of(lived)
    assert proof.findings == ()
    assert (proof.arrivals, proof.parts, proof.judged) == (2, 5, 5)
    assert proof.verdicts == {
        PartVerdict.CONTAINER: 1,
        PartVerdict.COVERING_NOTE: 1,
        PartVerdict.PAPER: 2,
        PartVerdict.BODY_IS_LETTER: 1,
    }
    changed = {path for path, digest in tree(lived.base).items() if before.get(path) != digest}
    assert not [path for path in changed if "sqlite3" not in path and "lock" not in path]


def _lose_original(play: Play) -> None:
    original(play, b"vraag").unlink()


def _change_original(play: Play) -> None:
    path = original(play, b"vraag")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"erbij")


def _lose_verdict(play: Play) -> None:
    change(play, "DELETE FROM documents WHERE verdict = 'covering_note'")


def _lose_all_verdicts(play: Play) -> None:
    change(play, "DELETE FROM papers WHERE state = 'held'")
    change(play, "DELETE FROM documents WHERE verdict = 'body_is_letter'")


def _double_verdict(play: Play) -> None:
    change(
        play,
        "INSERT INTO documents SELECT arrival, 99, sha256, verdict, value FROM documents "
        "WHERE verdict = 'covering_note'",
    )


def _lose_paper(play: Play) -> None:
    change(play, "DELETE FROM papers WHERE state = 'held'")


def _forget_filing(play: Play) -> None:
    change(play, "UPDATE papers SET state = 'planned' WHERE kenmerk = '2026-0001-02'")


def _lose_arrival(play: Play) -> None:
    change(play, "UPDATE papers SET paper = 'elders#1' WHERE state = 'held'")


def _empty_archive(play: Play) -> None:
    next(play.place(Place.ARCHIEF).rglob("2026-0001-01*.docx")).unlink()


def _edit_archive(play: Play) -> None:
    next(play.place(Place.ARCHIEF).rglob("2026-0001-01*.docx")).write_bytes(b"anders")


@pytest.mark.parametrize(
    ("spoil", "codes"),
    [
        (_lose_original, ["original-missing"]),
        (_change_original, ["original-changed"]),
        (_lose_verdict, ["part-without-verdict"]),
        (_lose_all_verdicts, ["forgotten"]),
        (_double_verdict, ["double-verdict"]),
        (_lose_paper, ["no-place"]),
        (_forget_filing, ["not-put-away"]),
        (_lose_arrival, ["no-place", "paper-without-part"]),
        (_empty_archive, ["not-in-archive"]),
        (_edit_archive, ["not-in-archive"]),
    ],
)
def test_what_is_broken_on_purpose_is_found(
    lived: Play, spoil: Callable[[Play], None], codes: list[str]
) -> None:
    spoil(lived)
    proof = proof_of(lived)
    assert [one.code for one in proof.findings] == codes
    assert all(one.text[0].isupper() or one.text[0] in "'2" for one in proof.findings)


def test_post_that_still_waits_is_named(lived: Play) -> None:
    lived.drop("nieuw.txt", b"Beste raad,\n\nEen vraag.\n")
    with lived.office() as office:
        from pipeline.flow import look_around  # noqa: PLC0415

        look_around(office, quiet_seconds=0)
    (found,) = proof_of(lived).findings
    assert found.code == "waiting"
    assert found.text.startswith("'nieuw.txt' van ")


def test_work_that_failed_says_why(lived: Play) -> None:
    lived.drop("nieuw.txt", b"Beste raad,\n\nEen vraag.\n")
    with lived.office() as office:
        from pipeline.flow import look_around  # noqa: PLC0415

        look_around(office, quiet_seconds=0)
        job = office.journal.claim()
        while job is not None and not job.subject.startswith("inkomend"):
            job = office.journal.claim()
        assert job is not None
        office.journal.retry_later(job, "De schijf is vol.")
    (found,) = proof_of(lived).findings
    assert found.code == "failed"
    assert found.text.endswith("De schijf is vol.")


def test_the_originals_are_where_the_proof_looks(lived: Play) -> None:
    """Every original is found by its digest, and every mail that was taken apart says who it is."""
    store = Originals(lived.data / "originelen")
    with lived.office(works=False) as office, office.journal.transaction() as ledger:
        for arrival in ledger.arrivals():
            assert store.path(arrival.sha256).is_file()
            assert arrival.message_id
            assert len(arrival.content) == 64
