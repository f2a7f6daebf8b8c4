"""Facts about what is told of post that became no paper."""

from pipeline.archive.unfiled import told_unfiled
from pipeline.values import Disposition, Document, Part, PartVerdict


def arrival(*verdicts: PartVerdict, reason: str = "", came_before: bool = False) -> tuple[Document, ...]:
    return tuple(
        Document(
            part=Part(
                number=str(number),
                name="geheim.pdf",
                content_type="application/pdf",
                disposition=Disposition.ATTACHMENT,
                content_id="",
                sha256="0" * 64,
                size_bytes=9,
            ),
            verdict=verdict,
            reason=reason,
            came_before=came_before and verdict is PartVerdict.DUPLICATE,
        )
        for number, verdict in enumerate(verdicts, start=1)
    )


def test_each_sort_is_counted_in_its_own_line() -> None:
    machine = arrival(PartVerdict.CONTAINER, PartVerdict.MACHINE_MAIL)
    told = told_unfiled(
        (
            machine,
            machine,
            arrival(PartVerdict.COVERING_NOTE, PartVerdict.CALENDAR),
            arrival(PartVerdict.EMPTY, PartVerdict.DUPLICATE),  # the second version of an empty text
        )
    )
    assert told == (
        "2 automatische berichten.",
        "1 uitnodiging voor de agenda.",
        "1 bericht zonder inhoud.",
    )


def test_of_what_came_again_the_first_is_named_by_number_only() -> None:
    """The mail leaves the werkmap: no names of files."""
    filed = arrival(
        PartVerdict.COVERING_NOTE,
        PartVerdict.DUPLICATE,
        reason="Dit stuk was al eerder ontvangen: 2026-0005-01, op 10 november 2026.",
        came_before=True,
    )
    waits = arrival(
        PartVerdict.DUPLICATE,
        reason="Dit stuk was al eerder ontvangen, op 3 mei 2026; het ligt in 'Te beoordelen' als 'x.pdf'.",
        came_before=True,
    )
    assert told_unfiled((filed,)) == (
        "1 keer post die al eerder was ontvangen (opgeborgen als 2026-0005-01).",
    )
    assert told_unfiled((filed, waits)) == (
        "2 keer post die al eerder was ontvangen (opgeborgen als 2026-0005-01).",
    )


def test_nothing_is_told_of_nothing() -> None:
    assert told_unfiled(()) == ()
