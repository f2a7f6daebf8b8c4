"""Looking back in the journal: was this here before, what does it answer, what became of it.

Only reads. Touches only the connection it is given.
"""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from pipeline.edges.as_json import from_json
from pipeline.edges.journal import schema
from pipeline.edges.journal.rows import FILED, HELD, PLANNED, UNDONE, Rows
from pipeline.values import Arrival, Filed, HeldPaper, PaperRow


class Tracing(Rows):
    """What the journal knows of the past of a mail or a paper."""

    def arrivals(self) -> tuple[Arrival, ...]:
        """Read everything that ever came in, oldest first."""
        return self._all(Arrival, schema.ARRIVALS, sa.true(), sa.literal_column("rowid"))

    def arrivals_with_message_id(self, message_id: str) -> tuple[Arrival, ...]:
        """Find the mails with this Message-ID that were taken apart, oldest first."""
        return self._arrivals_with(schema.ARRIVALS.c.message_id, message_id)

    def arrivals_with_content(self, content: str) -> tuple[Arrival, ...]:
        """Find what said the same and was taken apart, oldest first."""
        return self._arrivals_with(schema.ARRIVALS.c.content, content)

    def _arrivals_with(self, column: sa.Column[str], wanted: str) -> tuple[Arrival, ...]:
        if not wanted:
            return ()
        return self._with(Arrival, column, wanted)

    def papers_with(self, sha256: str) -> tuple[Filed | HeldPaper, ...]:
        """Find the papers with these bytes that are filed, planned or held, oldest first."""
        return self._standing(schema.PAPERS.c.sha256 == sha256)

    def papers_of(self, arrival: str) -> tuple[Filed | HeldPaper, ...]:
        """Find the papers of an arrival that are filed, planned or held."""
        return self._standing(_of_arrival(arrival))

    def papers_in(self, dossiers: Collection[str]) -> tuple[Filed, ...]:
        """Read the papers that lie, or will lie, in these dossiers."""
        table = schema.PAPERS
        placed = sa.and_(table.c.dossier.in_(dossiers), table.c.state.in_((PLANNED, FILED)))
        return self._all(Filed, table, placed, sa.literal_column("rowid"))

    def paper_rows(self) -> Mapping[str, PaperRow]:
        """Read where every paper stands, undone ones included, by its identity."""
        table = schema.PAPERS
        found = self._connection.execute(sa.select(table.c.paper, table.c.state, table.c.sha256))
        return {row.paper: PaperRow(paper=row.paper, state=row.state, sha256=row.sha256) for row in found}

    def _standing(self, where: sa.ColumnElement[bool]) -> tuple[Filed | HeldPaper, ...]:
        table = schema.PAPERS
        wanted = sa.select(table).where(where, table.c.state != UNDONE).order_by(sa.literal_column("rowid"))
        return tuple(
            from_json(HeldPaper, row.value) if row.state == HELD else from_json(Filed, row.value)
            for row in self._connection.execute(wanted)
        )

    def digests_of(self, keys: Collection[str]) -> Mapping[str, str]:
        """Tell of which of these keys something came in, with its digest."""
        arrivals = schema.ARRIVALS
        found = sa.select(arrivals.c.key, arrivals.c.sha256).where(arrivals.c.key.in_(keys))
        return {row.key: row.sha256 for row in self._connection.execute(found)}

    def dossiers_of_mails(self, message_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Tell in which dossiers mails lie: those that came in, and those that were sent.

        Args:
            message_ids: Without brackets.

        Returns:
            By Message-ID the numbers of dossiers; a mail that belongs to none is left out.
        """
        found: dict[str, frozenset[str]] = {}
        for message_id in message_ids:
            numbers = self._received_in(message_id) | self._sent_for(message_id.partition("@")[0])
            if numbers:
                found[message_id] = numbers
        return found

    def _received_in(self, message_id: str) -> frozenset[str]:
        mails = self.arrivals_with_message_id(message_id)
        papers = (paper for mail in mails for paper in self.papers_of(mail.key))
        return frozenset(paper.dossier for paper in papers if isinstance(paper, Filed))

    def _sent_for(self, dispatch: str) -> frozenset[str]:
        """Give the dossier of a letter or notice that we sent; a bundle has none."""
        sent, sendings, dossiers = schema.DISPATCHES, schema.SENDINGS, schema.DOSSIERS
        both = sent.join(sendings, sent.c.sending == sendings.c.id)
        found = sa.select(sendings.c.meeting).select_from(both).where(sent.c.id == dispatch)
        known = sa.select(dossiers.c.number).where(dossiers.c.number.in_(found))
        return frozenset(self._connection.execute(known).scalars())

    def job_state(self, key: str) -> str:
        """Tell whether a piece of work is ``waiting``, ``done`` or ``stuck``; empty when there is none."""
        jobs = schema.JOBS
        return str(self._connection.execute(sa.select(jobs.c.state).where(jobs.c.key == key)).scalar() or "")


def _of_arrival(arrival: str) -> sa.ColumnElement[bool]:
    """Find what is named ``<key>#<part>``: all texts from ``<key>#`` up to ``<key>$``."""
    paper = schema.PAPERS.c.paper
    return sa.and_(paper >= f"{arrival}#", paper < f"{arrival}$")
