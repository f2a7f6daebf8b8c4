"""Time the daily round of many councils; figures for README and notes, not a test.

    PYTHONPATH=.:tests python tests/benchmarks/round.py [COUNCILS] [--profile]

Makes COUNCILS (default 50) werkmappen, each with a journal of its own in which 25 procedures hold 50
terms that run, and makes the rounds of ten days in a row: the rooster is read, every procedure is read,
what may stand otherwise that day is counted anew, what changed is written, and what falls due is chosen.
On a day with something to tell a mail is rendered and laid in the outbox with its proof; it is told
apart. Not counted: starting the service, and the zaakkaarten, letters and lists that a change draws up.
For 5,000 councils the mean of a council and day is taken times 5,000: extrapolated, not measured.
Target: under 60 seconds, the mails apart.
"""

import cProfile
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from playing import Play, copy_council, make_council

from pipeline import wiring
from pipeline.edges.clock import frozen_clock
from pipeline.office import Office
from pipeline.roads import notices, rounds
from pipeline.roads.letters import drafted_key
from pipeline.roads.procedures import open_case, tell
from pipeline.values import EventSource, Job, JobKind

MANY, TARGET = 5000, 60
FIRST, DAYS = "2026-11-23T09:00", 10
DECIDED = (("besluit_genomen_op", "2026-11-20"), ("besluit_meegedeeld_op", "2026-11-21"), ("gevolgd", "nee"))
SORTS = (
    *(("advies-wms", DECIDED),) * 10,  # own term, suspension and dispute: thirty terms
    *(("advies-wms", ()),) * 5,
    *(("instemming-wms", ()),) * 4,
    ("instemming-wms", (("besluit_meegedeeld_op", "2026-11-20"),)),  # own term and nullity
    *(("initiatief-wms", ()),) * 4,
    ("informatie-wms", ()),  # five terms with a date
)
PROCEDURES, TERMS = 25, 50
MAIL = "daarna: dagmail de deur uit"


def fill(office: Office) -> None:
    """Open the procedures, begun over the last eight weeks, and make the first round."""
    begun = [date(2026, 10, 1) + timedelta(days=2 * number) for number in range(len(SORTS))]
    with office.journal.transaction() as ledger:
        for (name, told), day in zip(SORTS, begun, strict=True):
            dossier = open_case(office.rulebook.definition(name), f"Zaak {day}", day, ledger, office)
            case = next(one for one in ledger.procedures() if one.dossier == dossier)
            confirmed = [("ontvangst_bevestigd_op", str(day))] if name.startswith(("advies", "inst")) else []
            tell(case, (*confirmed, *told), ledger, office, source=EventSource.ZAAKKAART)
        procedures = ledger.procedures()
        for one in procedures:
            for letter in office.rulebook.definition(one.definition).letters:
                ledger.set_fact(drafted_key(one, letter), "gedaan")
    held = (len(procedures), sum(term.strict is not None for one in procedures for term in one.deadlines))
    if held != (PROCEDURES, TERMS):
        message = f"{held} is not {PROCEDURES} procedures with {TERMS} terms"
        raise AssertionError(message)
    rounds.notice_round(office)
    rounds.make_round(next_job(office, JobKind.ROUND), office)
    while (waiting := office.journal.claim()) is not None:
        finish(waiting, office)


def next_job(office: Office, kind: JobKind) -> Job:
    """Take the next job of a kind; what comes before it is left undone."""
    while (job := office.journal.claim()) is not None:
        if job.kind is kind:
            return job
        finish(job, office)
    message = f"no {kind} to do"
    raise LookupError(message)


def finish(job: Job, office: Office) -> None:
    """Strike a job that is not measured."""
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)


Found = dict[str, list[tuple[float, float]]]
"""Per step and council: seconds on the clock, and seconds of processor time."""


def timed(found: Found, step: str, work: Callable[[], object], profile: cProfile.Profile | None) -> None:
    """Do a step and note its seconds."""
    clock, processor = time.perf_counter(), time.process_time()
    if profile:
        profile.runcall(work)
    else:
        work()
    seconds = (time.perf_counter() - clock, time.process_time() - processor)
    found.setdefault(step, []).append(seconds)


def measure(play: Play, found: Found, profile: cProfile.Profile | None) -> None:
    """Make the rounds of one council, day after day, as a service does that goes on running."""
    day = [frozen_clock(FIRST)()]
    with wiring.open_office(play.root, play.data, lambda: day[0], works=True) as office:
        one_day(office, {}, None, day)  # the first one reads everything for the first time
        for _ in range(DAYS):
            one_day(office, found, profile, day)


def one_day(office: Office, found: Found, profile: cProfile.Profile | None, day: list[datetime]) -> None:
    """Make the round of the next day; a mail that follows from it is told apart."""
    day[0] += timedelta(days=1)
    timed(found, "ronde opmerken", lambda: rounds.notice_round(office), profile)
    job = next_job(office, JobKind.ROUND)
    timed(found, "ronde maken", lambda: rounds.make_round(job, office), profile)
    while (waiting := office.journal.claim()) is not None:
        if waiting.kind is JobKind.NOTICE:
            timed(found, MAIL, partial(notices.deliver, waiting, office), profile)
        else:
            finish(waiting, office)


def main() -> None:
    """Print seconds per step, extrapolated."""
    count = next((int(one) for one in sys.argv[1:] if one.isdigit()), 50)
    profile = cProfile.Profile() if "--profile" in sys.argv else None
    found: Found = {}
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        full = make_council(base / "vol")
        with wiring.open_office(full.root, full.data, frozen_clock(FIRST), works=True) as office:
            fill(office)
        plays = [copy_council(full, base / f"raad-{number}") for number in range(count)]
        measure(copy_council(full, base / "warm"), {}, None)
        for play in plays:
            measure(play, found, profile)
        mails = sum(len(play.mails()) for play in plays)
    print(f"{count} raden, elk {PROCEDURES} procedures met {TERMS} lopende termijnen; {mails} dagmails")
    mail = found.pop(MAIL, [(0.0, 0.0)])
    whole = [tuple(map(sum, zip(*steps, strict=True))) for steps in zip(*found.values(), strict=True)]
    print(
        f"{'gemiddeld per dag':28}{'per raad':>12}{'rekentijd':>12}{f'{MANY:,} raden':>14}{'rekentijd':>12}"
    )
    for step, seconds in (*found.items(), ("samen", whole), (MAIL, mail)):
        clock, processor = (statistics.fmean(column) for column in zip(*seconds, strict=True))
        each = f"{1000 * clock:9.1f} ms{1000 * processor:9.1f} ms"
        print(f"{step:28}{each}{MANY * clock:12.0f} s{MANY * processor:10.0f} s")
    print(f"geschat uit {len(whole)} rondes van {count} raden, één na één; doel: {TARGET} s")
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)


if __name__ == "__main__":
    main()
