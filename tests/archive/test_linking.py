"""To which running matter a mail belongs, and when a person is asked instead."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.archive.linking import (
    Link,
    bare_subject,
    is_answer,
    link_by_papers,
    link_by_subject,
    link_of_mail,
    linked_dossier,
)
from pipeline.values import (
    DateCandidate,
    Dossier,
    Facts,
    Filed,
    Judgement,
    Kind,
    Origin,
    Received,
    ReceivedBasis,
    StartsProcedure,
)

FOUR = Dossier(
    number="2026-0004",
    title="Formatieplan",
    kind=Kind.INSTEMMINGSVERZOEK,
    opened_on=date(2026, 3, 2),
    folder="2026-0004 Instemmingsverzoek Formatieplan",
    year_folder="2025-2026",
)
DOSSIERS = (FOUR, replace(FOUR, number="2026-0005"), replace(FOUR, number="2026-0006"))
BOARD = "bestuur@zandhof.example"


def filed(dossier: str, subject: str = "Formatieplan", sender: str = BOARD) -> Filed:
    return Filed(
        origin=Origin(arrival="mail", part="2", name="a.pdf", sender=sender, mail_subject=subject),
        kenmerk=f"{dossier}-01",
        dossier=dossier,
        path="",
        kind=Kind.OVERIG,
        title="",
        sha256="",
        received=Received(
            at=datetime(2026, 11, 20, 9, tzinfo=UTC),
            basis=ReceivedBasis.SERVER,
            confirmed=True,
            candidates=(DateCandidate(day=date(2026, 11, 20), source="mail"),),
        ),
        facts=Facts(),
        judgement=Judgement(
            kind=Kind.OVERIG,
            confidence=1,
            evidence=(),
            likeliest=(Kind.OVERIG,),
            starts_procedure=StartsProcedure.NEE,
        ),
    )


def told(link: Link) -> str | tuple[str, ...]:
    return link.dossier.number if link.dossier else link.rivals


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("RE: uw kenmerk 2026-0004", "2026-0004"),
        ("Zie stuk 2026-0004-02.", "2026-0004"),
        ("2026-0004 en 2026-0004-03", "2026-0004"),
        ("2026-0004 en 2026-0005", None),
        ("2026-0099", None),
        ("12026-0004", None),
        ("2026-00041", None),
        ("", None),
    ],
)
def test_linked_dossier(text: str, number: str | None) -> None:
    """One known kenmerk links; several, an unknown one or part of a longer number do not."""
    found = linked_dossier(text, DOSSIERS)
    assert (found.number if found else None) == number


@pytest.mark.parametrize(
    ("subject", "text", "answered", "expected"),
    [
        ("2026-0004", "", (), "2026-0004"),
        ("2026-0004", "eerder ging het om 2026-0005", (), "2026-0004"),
        ("vraag", "over 2026-0005", (), "2026-0005"),
        ("vraag", "", ({"2026-0006"},), "2026-0006"),
        ("vraag", "", ({"2026-0006"}, {"2026-0005"}), "2026-0006"),
        ("vraag", "", ({"2026-0099"},), ()),
        ("2026-0004", "", ({"2026-0004", "2026-0005"},), "2026-0004"),
        ("vraag", "2026-0004 en 2026-0005", ({"2026-0005"},), "2026-0005"),
        ("vraag", "2026-0004 en 2026-0005", ({"2026-0006"},), "2026-0006"),
        ("vraag", "2026-0004 en 2026-0005", (), ()),
        ("2026-0004", "", ({"2026-0005"},), ("2026-0004", "2026-0005")),
        ("vraag", "2026-0004", ({"2026-0005"},), ("2026-0004", "2026-0005")),
        ("vraag", "", ({"2026-0005", "2026-0006"},), ("2026-0005", "2026-0006")),
        ("2026-0004 en 2026-0005", "", (), ("2026-0004", "2026-0005")),
        ("", "", (), ()),
    ],
)
def test_a_kenmerk_comes_before_what_is_answered_and_a_quarrel_is_asked(
    subject: str, text: str, answered: tuple[set[str], ...], expected: str | tuple[str, ...]
) -> None:
    """A text that names several matters in passing says nothing; a title that does is asked about."""
    link = link_of_mail(subject, text, tuple(frozenset(one) for one in answered), DOSSIERS)
    assert told(link) == expected
    assert link.is_silent == (expected == ())
    assert bool(link.why) == (link.dossier is not None)


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("RE: Formatieplan", "formatieplan"),
        ("Antw: FW:  Formatieplan 2027", "formatieplan 2027"),
        ("Re[2]: Formatieplan", "formatieplan"),
        ("[EXTERN] RE: Formatieplan", "formatieplan"),
        ("Doorgestuurd: Formatieplan", "formatieplan"),
        ("Formatieplan", "formatieplan"),
        ("Reglement: wijziging", "reglement: wijziging"),
        ("RE:", ""),
    ],
)
def test_reply_marks_come_off_and_nothing_else(subject: str, bare: str) -> None:
    assert bare_subject(subject) == bare
    assert is_answer(subject) == (bare != subject.casefold())


@pytest.mark.parametrize(
    ("subject", "writer", "running", "expected"),
    [
        ("RE: Formatieplan", BOARD, ("2026-0004",), "2026-0004"),
        ("RE: formatieplan", BOARD, ("2026-0004",), "2026-0004"),
        ("RE: Formatieplan", BOARD, ("2026-0004", "2026-0005"), ()),
        ("RE: Formatieplan", "ouder@thuis.example", ("2026-0004",), ()),
        ("RE: Formatieplan 2027", BOARD, ("2026-0004",), ()),
        ("RE: ", BOARD, ("2026-0004",), ()),
    ],
)
def test_a_subject_links_to_one_matter_of_the_same_correspondent(
    subject: str, writer: str, running: tuple[str, ...], expected: str | tuple[str, ...]
) -> None:
    papers = tuple(filed(number) for number in running)
    assert told(link_by_subject(subject, frozenset({writer}), papers, DOSSIERS)) == expected


def test_no_subject_never_links() -> None:
    """Two mails without a subject have nothing in common."""
    assert link_by_subject("RE:", frozenset({BOARD}), (filed("2026-0004", ""),), DOSSIERS).is_silent


def test_a_mail_that_only_brings_known_papers_is_about_their_matter() -> None:
    assert told(link_by_papers((filed("2026-0005"), filed("2026-0005")), DOSSIERS)) == "2026-0005"
    assert link_by_papers((filed("2026-0005"), filed("2026-0004")), DOSSIERS).is_silent
    assert link_by_papers((), DOSSIERS).is_silent
