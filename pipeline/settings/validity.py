"""Find rows of the law that hold on the same days though they say the same thing.

Pure. A change of the law is a new row with its own first day; the row it replaces ends the day before.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from operator import attrgetter

from pipeline.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """When one row holds.

    Attributes:
        id: Id of the row.
        subject: What may hold only once on a day, e.g. the id or the place in the law.
        first: First day; None = since ever.
        last: Last day, inclusive; None = open.
    """

    id: str
    subject: str
    first: date | None
    last: date | None

    @property
    def begins(self) -> date:
        """Give the first day, also when none is recorded."""
        return self.first or date.min

    @property
    def ends(self) -> date:
        """Give the last day, also when it is open."""
        return self.last or date.max


def overlap_problems(rows: Iterable[Validity], file: str) -> list[Problem]:
    """Report every subject for which more than one row holds on some day.

    Args:
        rows: Rows in any order.
        file: Name of the file, for the messages.

    Returns:
        One problem for each such subject, at the id of the first row.
    """
    by_subject: dict[str, list[Validity]] = defaultdict(list)
    for row in rows:
        by_subject[row.subject].append(row)
    return [
        Problem(place=f"{file} {found[0].id}", text=_explain(found))
        for found in by_subject.values()
        if _overlap(found)
    ]


def _overlap(rows: list[Validity]) -> bool:
    ordered = sorted(rows, key=attrgetter("begins"))
    return any(later.begins <= earlier.ends for earlier, later in pairwise(ordered))


def _explain(rows: list[Validity]) -> str:
    ids = tuple(dict.fromkeys(row.id for row in rows))
    what = "Dit id" if len(ids) == 1 else f"'{rows[0].subject}' (bij {' en '.join(ids)})"
    return (
        f"{what} staat er {len(rows)} keer, en er zijn dagen waarop meer dan één regel geldt. Laat de ene "
        "eindigen (valid_until) voordat de andere begint (valid_from), of houd er één."
    )
