"""Looking back in the journal: was this here before, what does it answer, what became of it.

Only reads. Touches only the connection it is given.
"""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from pipeline.edges.as_json import from_json, to_json
from pipeline.edges.journal import schema, statements
from pipeline.edges.journal.rows import Rows
from pipeline.edges.journal.schema import HELD
from pipeline.values import Arrival, Filed, HeldPaper, PaperRow


class Tracing(Rows):
    """What the journal knows of the past of a mail or a paper."""

    def arrivals(self) -> tuple[Arrival, ...]:
        """Read everything that ever came in, oldest first."""
        return self._values(Arrival, statements.ALL_ARRIVALS)

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
        return self._standing(statements.WITH_BYTES, sha256=sha256)

    def papers_of(self, arrival: str) -> tuple[Filed | HeldPaper, ...]:
        """Find the papers of an arrival that are filed, planned or held."""
        return self._standing(statements.OF_ARRIVAL, first=f"{arrival}#", end=f"{arrival}$")

    def papers_in(self, dossiers: Collection[str]) -> tuple[Filed, ...]:
        """Read the papers that lie, or will lie, in these dossiers."""
        return self._values(Filed, statements.PLACED_IN, dossiers=to_json(list(dossiers)))

    def paper_rows(self) -> Mapping[str, PaperRow]:
        """Read where every paper stands, undone ones included, by its identity."""
        return {row["paper"]: PaperRow(**row) for row in self._run(statements.PAPER_ROWS)}

    def _standing(self, wanted: statements.Statement, **given: object) -> tuple[Filed | HeldPaper, ...]:
        return tuple(
            from_json(HeldPaper, row["value"]) if row["state"] == HELD else from_json(Filed, row["value"])
            for row in self._run(wanted, **given)
        )

    def digests_of(self, keys: Collection[str]) -> Mapping[str, str]:
        """Tell of which of these keys something came in, with its digest."""
        return {
            row["key"]: row["sha256"] for row in self._run(statements.DIGESTS_OF, keys=to_json(list(keys)))
        }

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
        return frozenset(row["number"] for row in self._run(statements.SENT_FOR, dispatch=dispatch))

    def job_state(self, key: str) -> str:
        """Tell whether a piece of work is ``waiting``, ``done`` or ``stuck``; empty when there is none."""
        return str(self._first(statements.JOB_STATE, wanted=key) or "")
