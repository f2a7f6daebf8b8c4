"""The journal: durable values, jobs with leases, one process at a time, a chain that shows tampering."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.edges.as_json import to_json
from pipeline.edges.journal import SqliteJournal
from pipeline.edges.journal.chain import first_break
from pipeline.errors import AlreadyRunningError, JournalAwayError
from pipeline.values import (
    Arrival,
    DateCandidate,
    Dossier,
    Facts,
    Held,
    HeldPaper,
    Job,
    JobKind,
    Kind,
    Origin,
    Received,
    ReceivedBasis,
    Via,
)

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    opened = SqliteJournal(tmp_path, lambda: NOW)
    yield opened
    opened.close()


def arrival(key: str) -> Arrival:
    received = Received(
        at=NOW,
        basis=ReceivedBasis.SERVER,
        confirmed=True,
        candidates=(DateCandidate(day=NOW.date(), source="postbus"),),
    )
    return Arrival(
        key=key, via=Via.POSTBUS, name="brief.eml", sha256="a" * 64, size_bytes=12, received=received
    )


def job(key: str, due: datetime = NOW) -> Job:
    return Job(key=key, kind=JobKind.ARRIVAL, subject=key, due=due)


def test_a_value_comes_back_as_it_was(journal: SqliteJournal) -> None:
    with journal.transaction() as ledger:
        ledger.keep_arrival(arrival("a"))
    with journal.transaction() as ledger:
        assert ledger.arrival("a") == arrival("a")
        assert ledger.arrival("b") is None


def test_many_that_came_in_are_written_down_at_once(journal: SqliteJournal) -> None:
    """Each with its line in the chain; work that is known, done or not, is not added again."""
    with journal.transaction() as ledger:
        ledger.note("test", "eerder", "")
        ledger.add_job(job("b"))
        ledger.finish_job(job("b"))
        ledger.take_in([arrival("a"), arrival("b")], [job("a"), job("b"), job("c")])
        ledger.note("test", "later", "")
        ledger.take_in([], [])
    with journal.transaction() as ledger:
        assert ledger.digests_of(["a", "b", "x"]) == {"a": "a" * 64, "b": "a" * 64}
        assert ledger.digests_of([]) == {}
        assert [line.subject for line in ledger.lines()] == ["eerder", "a", "b", "later"]
        assert first_break(ledger.chain()) is None
        assert [ledger.job_state(key) for key in ("a", "b", "c")] == ["waiting", "done", "waiting"]


def test_dossiers_are_found_by_their_numbers(journal: SqliteJournal) -> None:
    first, second, third = (
        Dossier(
            number=f"2026-000{number}",
            title="Rooster",
            kind=Kind.OVERIG,
            opened_on=NOW.date(),
            folder=f"2026-000{number} Rooster",
            year_folder="2026-2027",
        )
        for number in (1, 2, 3)
    )
    with journal.transaction() as ledger:
        for dossier in (second, first, third):
            ledger.save_dossier(dossier)
        assert ledger.dossiers_named({"2026-0003", "2026-0001", "2026-0099"}) == (first, third)
        assert ledger.dossiers_named(()) == ()


def test_only_what_waits_by_itself_takes_a_place(journal: SqliteJournal) -> None:
    """What was settled lies there no more, and a picture that became a page lies with its paper."""
    held = HeldPaper(
        origin=Origin(arrival="a", part="1", name="brief.pdf", sender=""),
        sha256="a" * 64,
        place="brief.pdf",
        verdict=Held(judgement=None, reasons=()),
        facts=Facts(),
        received=arrival("a").received,
    )
    page = replace(held, origin=replace(held.origin, part="2"), place="foto.jpg", page_of="a#1")
    settled = replace(held, origin=replace(held.origin, part="3"), place="weg.pdf")
    with journal.transaction() as ledger:
        for paper in (held, page, settled):
            ledger.hold(paper)
        ledger.undo(settled)
        assert ledger.held_places() == {"brief.pdf"}


def test_a_failed_block_changes_nothing(journal: SqliteJournal) -> None:
    with pytest.raises(KeyError), journal.transaction() as ledger:  # noqa: PT012  # the block is the subject
        ledger.keep_arrival(arrival("a"))
        ledger.note("test", "a", "tekst")
        raise KeyError
    with journal.transaction() as ledger:
        assert ledger.arrival("a") is None
        assert ledger.last_seq() == 0


def test_the_same_key_is_worked_off_once(journal: SqliteJournal) -> None:
    with journal.transaction() as ledger:
        assert ledger.add_job(job("k"))
    claimed = journal.claim()
    assert claimed == job("k")
    with journal.transaction() as ledger:
        ledger.finish_job(job("k"))
        assert not ledger.add_job(job("k"))
    assert journal.claim() is None


def test_a_leased_job_is_not_given_twice_but_a_restart_frees_it(tmp_path: Path) -> None:
    first = SqliteJournal(tmp_path, lambda: NOW)
    with first.transaction() as ledger:
        ledger.add_job(job("k"))
    assert first.claim() is not None
    assert first.claim() is None
    first.close()
    second = SqliteJournal(tmp_path, lambda: NOW)
    second.take_over()
    assert second.claim() == job("k")
    second.close()


def test_work_is_not_due_before_its_time_of_the_legal_clock(journal: SqliteJournal) -> None:
    with journal.transaction() as ledger:
        ledger.add_job(job("later", NOW + timedelta(minutes=10)))
    assert journal.claim() is None


def test_after_three_failures_a_person_is_asked(
    journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.edges.journal.journal.BACK_OFF_SECONDS", (0.0, 0.0, 3600.0))
    with journal.transaction() as ledger:
        ledger.add_job(job("k"))
    answers = []
    while claimed := journal.claim():
        answers.append(journal.retry_later(claimed, "De schijf is vol."))
    assert answers == [True, True, False]
    with journal.transaction() as ledger:
        assert [stuck.problem for stuck in ledger.failed_jobs()] == ["De schijf is vol."]


def test_work_waits_as_long_as_the_other_side_asked(
    journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the back-off of our own, shorter or longer."""
    now = [1000.0]
    monkeypatch.setattr("pipeline.edges.journal.journal.time.time", lambda: now[0])
    with journal.transaction() as ledger:
        ledger.add_job(job("k"))
    for wait in (5.0, 5000.0):
        claimed = journal.claim()
        assert claimed is not None
        journal.retry_later(claimed, "Even wachten.", for_ever=True, wait_seconds=wait)
        now[0] += wait - 1
        assert journal.claim() is None
        now[0] += 1
    assert journal.claim() is not None


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    first, second = SqliteJournal(tmp_path, lambda: NOW), SqliteJournal(tmp_path, lambda: NOW)
    first.take_over()
    with pytest.raises(AlreadyRunningError):
        second.take_over()
    first.close()
    second.take_over()
    second.close()


def test_the_chain_shows_a_changed_line_but_survives_an_erased_text(tmp_path: Path) -> None:
    opened = SqliteJournal(tmp_path, lambda: NOW)
    for number in range(3):
        with opened.transaction() as ledger:
            ledger.note("filed", f"2026-000{number}", "Brief van het bestuur")
    database = sqlite3.connect(tmp_path / "journaal.sqlite3")
    database.execute("DELETE FROM line_texts WHERE seq = 2")
    database.commit()
    with opened.transaction() as ledger:
        assert first_break(ledger.chain()) is None
        assert [line.text for line in ledger.lines()] == [
            "Brief van het bestuur",
            "",
            "Brief van het bestuur",
        ]
    database.execute("UPDATE lines SET subject = '2026-0009' WHERE seq = 2")
    database.commit()
    database.close()
    with opened.transaction() as ledger:
        assert first_break(ledger.chain()) == 2
    opened.close()


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "journaal.sqlite3").write_bytes(b"this is not a database" * 100)
    with pytest.raises(JournalAwayError):
        SqliteJournal(tmp_path, lambda: NOW)


def test_the_migration_and_the_schema_agree(tmp_path: Path) -> None:
    """Every column of schema.py exists in a migrated database, and nothing more."""
    from pipeline.edges.journal.schema import METADATA  # noqa: PLC0415

    SqliteJournal(tmp_path, lambda: NOW).close()
    database = sqlite3.connect(tmp_path / "journaal.sqlite3")
    made = {
        (table, row[1])
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for row in database.execute(f"PRAGMA table_info({table})")
        if table != "alembic_version"
    }
    database.close()
    assert made == {
        (table.name, column.name) for table in METADATA.tables.values() for column in table.columns
    }


def test_only_a_lease_is_not_waited_for(journal: SqliteJournal) -> None:
    """What follows a claim is flushed again: SQLite calls that level 2, FULL."""
    with journal.transaction() as ledger:
        ledger.add_job(job("a"))
    assert journal.claim() == job("a")
    (level,) = journal._database.connection().execute("PRAGMA synchronous").fetchone()
    assert level == 2


def test_lines_of_one_transaction_follow_each_other(journal: SqliteJournal) -> None:
    with journal.transaction() as ledger:
        for number in range(3):
            ledger.note("test", str(number), "tekst")
    with journal.transaction() as ledger:
        ledger.note("test", "3", "tekst")
        chain = ledger.chain()
    assert [line.subject for line in chain] == ["0", "1", "2", "3"]
    assert first_break(chain) is None


def test_a_journal_of_the_first_version_is_brought_up_to_date_and_keeps_what_it_knows(tmp_path: Path) -> None:
    """What came in before has no Message-ID on record; it is read all the same."""
    SqliteJournal(tmp_path, lambda: NOW).close()
    database = sqlite3.connect(tmp_path / "journaal.sqlite3")
    for column in ("message_id", "content"):
        database.execute(f"DROP INDEX ix_arrivals_{column}")
        database.execute(f"ALTER TABLE arrivals DROP COLUMN {column}")
    database.execute("UPDATE alembic_version SET version_num = '0001'")
    old = to_json(arrival("oud")).replace(',"message_id":""', "").replace('"content":"",', "")
    database.execute("INSERT INTO arrivals (key, sha256, value) VALUES ('oud', 'a', ?)", (old,))
    database.commit()
    database.close()
    opened = SqliteJournal(tmp_path, lambda: NOW)
    with opened.transaction() as ledger:
        assert "message_id" not in old
        assert ledger.arrival("oud") == arrival("oud")
        ledger.keep_arrival(replace(arrival("nieuw"), message_id="x@y", content="c"))
        assert [one.key for one in ledger.arrivals_with_message_id("x@y")] == ["nieuw"]
        assert [one.key for one in ledger.arrivals_with_content("c")] == ["nieuw"]
        assert ledger.arrivals_with_message_id("") == ()
    opened.close()
