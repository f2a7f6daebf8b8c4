"""Prove that nothing was lost: every arrival is opened again and held against the journal.

Only reads.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.archive import accounts
from pipeline.archive.accounts import Account, Finding
from pipeline.office import Office
from pipeline.values import Arrival, PartVerdict, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was counted, and what does not add up.

    Attributes:
        arrivals: Things that came in.
        parts: Parts that were found in them, opened again.
        verdicts: How many parts have each verdict.
        findings: What does not add up; empty when all does.
    """

    arrivals: int
    parts: int
    verdicts: Mapping[PartVerdict, int]
    findings: tuple[Finding, ...]

    @property
    def judged(self) -> int:
        """Number of parts that have a verdict."""
        return sum(self.verdicts.values())


def verify(office: Office) -> Proof:
    """Open every arrival again, and hold its parts, verdicts and papers against each other."""
    with office.journal.transaction() as ledger:
        arrivals, rows, filed = ledger.arrivals(), ledger.paper_rows(), ledger.filed()
        problems = {one.job.key: one.problem for one in ledger.failed_jobs()}
    findings: list[Finding] = []
    verdicts: Counter[PartVerdict] = Counter()
    known: set[str] = set()
    parts = 0
    for account in _accounts(arrivals, problems, office):
        findings += accounts.findings_of(account, rows)
        verdicts.update(one.verdict for one in account.documents)
        known |= {f"{account.arrival.key}#{one.part.number}" for one in account.documents}
        parts += len(account.parts)
    lying = {entry.path: entry.sha256 for entry in office.werkmap.listing(Place.ARCHIEF, digests=True)}
    findings += (*accounts.strays(rows, frozenset(known)), *accounts.not_in_archive(filed, lying))
    return Proof(arrivals=len(arrivals), parts=parts, verdicts=verdicts, findings=tuple(findings))


def _accounts(
    arrivals: tuple[Arrival, ...], problems: Mapping[str, str], office: Office
) -> Iterator[Account]:
    """Open the arrivals one by one: only one is in memory."""
    for arrival in arrivals:
        job = f"arrival:{arrival.key}"
        with office.journal.transaction() as ledger:
            documents, work = ledger.documents(arrival.key), ledger.job_state(job)
        path = office.originals.path(arrival.sha256)
        content = path.read_bytes() if path.is_file() else None
        opened = office.opener(content, arrival.name) if content is not None else None
        yield Account(
            arrival=arrival,
            documents=documents,
            original=hashlib.sha256(content).hexdigest() if content is not None else "",
            parts=tuple(one.part for one in opened.parts) if opened else (),
            work=work,
            problem=problems.get(job, ""),
        )
