"""Facts about papers with the same bytes in a meeting."""

from datetime import UTC, date, datetime

from pipeline.meetings.placed import lies_in, once_each
from pipeline.values import (
    DateCandidate,
    Facts,
    Filed,
    Judgement,
    Kind,
    Origin,
    Received,
    ReceivedBasis,
    StartsProcedure,
)


def filed(kenmerk: str, sha256: str = "a") -> Filed:
    return Filed(
        origin=Origin(arrival="postbus:1", part="2", name="Brief.pdf"),
        kenmerk=kenmerk,
        dossier=kenmerk[:9],
        path=f"{kenmerk} Brief.pdf",
        kind=Kind.OVERIG,
        title="Brief",
        sha256=sha256,
        received=Received(
            at=datetime(2026, 11, 16, 9, tzinfo=UTC),
            basis=ReceivedBasis.SERVER,
            confirmed=True,
            candidates=(DateCandidate(day=date(2026, 11, 16), source="server"),),
        ),
        facts=Facts(),
        judgement=Judgement(
            kind=Kind.OVERIG,
            confidence=1.0,
            evidence=(),
            likeliest=(),
            starts_procedure=StartsProcedure.NEE,
        ),
    )


CONSENT, ADVICE = filed("2026-0001-01"), filed("2026-0002-01")


def test_a_paper_lies_there_whatever_it_is_called() -> None:
    assert lies_in(CONSENT, [("a", "03 Formatie/Mijn brief.pdf")], (CONSENT,))
    assert not lies_in(CONSENT, [("b", "03 Formatie/2026-0001-01 Brief.pdf")], (CONSENT,))


def test_one_request_on_the_agenda_says_nothing_of_another_in_the_same_letter() -> None:
    lying = [("a", "03 Formatie/2026-0001-01 Brief.pdf")]
    assert lies_in(CONSENT, lying, (CONSENT, ADVICE))
    assert not lies_in(ADVICE, lying, (CONSENT, ADVICE))


def test_within_one_item_the_same_pages_lie_once() -> None:
    information, other = filed("2026-0001-02"), filed("2026-0001-03", "b")
    assert once_each((CONSENT, information, other)) == (CONSENT, other)
    assert lies_in(information, [("a", "03 Formatie/Brief.pdf")], (CONSENT, information))
