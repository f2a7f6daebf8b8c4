"""Time term computations on one core; figures for README and notes, not a test.

    PYTHONPATH=. python tests/benchmarks/terms.py [COUNT]

Works out COUNT (default 100,000) terms: every term of the law and three of a reglement, each from a
day and with school holidays drawn at random, always the same ones. Target: under five seconds.
"""

import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from pipeline.dates import SchoolHolidays
from pipeline.procedures.terms import NumberFrom, Term, compute, reglement_term
from pipeline.settings.law import Law, load_law

CONFIG = Path(__file__).parents[2] / "config"
FIRST, DAYS = date(2024, 9, 2), 365 * 5
SEED = 20261103


def terms(law: Law) -> tuple[Term, ...]:
    """Give every term that has an outcome."""
    own = (
        reglement_term("adviesaanvraag", 6, "week", "21", only_summer=True),
        reglement_term("instemmingsverzoek", 6, "week", "21", exclude_holidays=True),
        reglement_term("termijn_overleg", 14, "dag", "5"),
    )
    return (*(term for term in law.terms.values() if term.number_from is NumberFrom.LAW), *own)


def questions(law: Law, count: int) -> list[tuple[Term, date, SchoolHolidays | None]]:
    """Draw terms, triggers and regions, the same at every run."""
    draw = random.Random(SEED)  # noqa: S311  # no secret
    known, regions = terms(law), (*law.school_holidays.values(), None)
    return [
        (draw.choice(known), FIRST + timedelta(days=draw.randrange(DAYS)), draw.choice(regions))
        for _ in range(count)
    ]


def main() -> None:
    """Print seconds of processor time and computations a second."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    law = load_law(CONFIG)
    asked = questions(law, count)
    started = time.process_time()
    for term, trigger, holidays in asked:
        compute(term, trigger, law.calendar, holidays)
    seconds = time.process_time() - started
    print(f"{count:,} termijnen in {seconds:.2f} s: {count / seconds:,.0f} per seconde")


if __name__ == "__main__":
    main()
