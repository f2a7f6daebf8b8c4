"""Facts about what a held paper says of the other parts of its mail."""

from dataclasses import replace

from received import RECEIVED

from pipeline.archive.siblings import came_in, siblings_of
from pipeline.values import (
    Caution,
    Disposition,
    Document,
    Facts,
    Filed,
    Held,
    HeldPaper,
    Judgement,
    Kind,
    Origin,
    Part,
    PartVerdict,
    StartsProcedure,
)

LABELS = {kind: kind.value for kind in Kind}
MINUTES = Judgement(
    kind=Kind.NOTULEN,
    confidence=0.7,
    evidence=(),
    likeliest=(Kind.NOTULEN,),
    starts_procedure=StartsProcedure.NEE,
)


def part(number: str, name: str, verdict: PartVerdict, reason: str = "") -> Document:
    return Document(
        part=Part(
            number=number,
            name=name,
            content_type="application/pdf",
            disposition=Disposition.ATTACHMENT,
            content_id="",
            sha256=number * 64,
            size_bytes=9,
        ),
        verdict=verdict,
        reason=reason,
    )


def held(number: str, name: str, *, judgement: Judgement | None = None, variant: str = "") -> HeldPaper:
    return HeldPaper(
        origin=Origin(arrival="postbus:1", part=number, name=name, variant=variant),
        sha256=number * 64,
        place=name,
        verdict=Held(judgement=judgement, reasons=("Twijfel.",)),
        facts=Facts(),
        received=RECEIVED,
    )


def filed(number: str, name: str, kenmerk: str, *, variant: str = "") -> Filed:
    return Filed(
        origin=Origin(arrival="postbus:1", part=number, name=name, variant=variant),
        kenmerk=kenmerk,
        dossier=kenmerk[:9],
        path=f"{kenmerk}.pdf",
        kind=Kind.AGENDA,
        title="Agenda",
        sha256=number * 64,
        received=RECEIVED,
        facts=Facts(),
        judgement=MINUTES,
    )


def test_every_other_part_is_named_in_the_order_of_the_mail() -> None:
    paper = held("4", "vraag.pdf")
    documents = (
        part("1", "", PartVerdict.COVERING_NOTE),
        part("2", "agenda.pdf", PartVerdict.PAPER),
        part("3", "notulen.pdf", PartVerdict.PAPER),
        part("4", "vraag.pdf", PartVerdict.PAPER),
        part("5", "afspraak.ics", PartVerdict.CALENDAR),
        part("6", "oud.pdf", PartVerdict.DUPLICATE, "Dit stuk was al eerder ontvangen."),
    )
    placed = (paper, held("3", "notulen.pdf", judgement=MINUTES), filed("2", "agenda.pdf", "2026-0001-01"))
    assert siblings_of(paper, (), documents, placed, LABELS) == (
        "de tekst van de mail zelf: begeleidende tekst",
        "agenda.pdf: agenda (opgeborgen als 2026-0001-01)",
        "notulen.pdf: misschien notulen (wacht op u)",
        "afspraak.ics: uitnodiging voor de agenda",
        "oud.pdf: Dit stuk was al eerder ontvangen.",
    )


def test_what_is_no_paper_to_her_is_not_told_of() -> None:
    """Logos, wrappings, and the second version of the text."""
    paper = held("2", "vraag.pdf")
    documents = (
        part("0", "", PartVerdict.CONTAINER),
        part("1", "", PartVerdict.DUPLICATE, "Dit is dezelfde tekst in een andere opmaak."),
        part("2", "vraag.pdf", PartVerdict.PAPER),
        part("3", "image001.png", PartVerdict.SIGNATURE_PICTURE),
        part("4", "", PartVerdict.EMPTY),
    )
    assert siblings_of(paper, (), documents, (paper,), LABELS) == ()


def test_its_own_pictures_are_not_its_siblings() -> None:
    paper = held("2", "Foto's.pdf", variant="bladen")
    pages = (held("2", "a.jpg"), held("3", "b.jpg"))
    documents = tuple(part(one.origin.part, one.place, PartVerdict.UNREADABLE) for one in pages)
    assert siblings_of(paper, pages, documents, (paper,), LABELS) == ()


def test_what_one_paper_is_besides_is_named_with_its_kenmerk() -> None:
    paper = held("2", "brief.pdf", variant="2")
    documents = (part("2", "brief.pdf", PartVerdict.PAPER),)
    placed = (paper, filed("2", "brief.pdf", "2026-0001-01"))
    assert siblings_of(paper, (), documents, placed, LABELS) == (
        "brief.pdf: agenda (opgeborgen als 2026-0001-01)",
    )


def test_a_part_that_is_filed_and_one_that_waits_are_told_apart() -> None:
    paper = held("3", "toelichting.pdf")
    documents = tuple(part(number, "", PartVerdict.PAPER) for number in "123")
    placed = (filed("1", "rooster.pdf", "2026-0017-01"), held("2", "fusie.pdf", judgement=MINUTES), paper)
    assert siblings_of(paper, (), documents, placed, LABELS) == (
        "rooster.pdf: agenda (opgeborgen als 2026-0017-01)",
        "fusie.pdf: misschien notulen (wacht op u)",
    )


def test_the_body_of_the_mail_has_a_name_among_its_siblings() -> None:
    paper = held("2", "begroting.pdf")
    documents = (part("1", "", PartVerdict.BODY_IS_LETTER), part("2", "begroting.pdf", PartVerdict.PAPER))
    placed = (held("1", "", judgement=MINUTES), paper)
    assert siblings_of(paper, (), documents, placed, LABELS) == (
        "de tekst van de mail zelf: misschien notulen (wacht op u)",
    )


def test_pictures_that_were_laid_out_one_by_one_name_each_other() -> None:
    paper = held("2", "a.jpg")
    documents = tuple(part(number, "", PartVerdict.UNREADABLE) for number in "23")
    assert siblings_of(paper, (), documents, (paper, held("3", "b.jpg")), LABELS) == ("b.jpg (wacht op u)",)


def test_a_guess_without_cues_is_not_named() -> None:
    paper, other = held("1", "vraag.pdf"), held("2", "lijst.pdf", judgement=MINUTES)
    verdict = replace(other.verdict, cautions=(Caution.NO_CUE,))
    documents = tuple(part(number, "", PartVerdict.PAPER) for number in "12")
    placed = (paper, replace(other, verdict=verdict))
    assert siblings_of(paper, (), documents, placed, LABELS) == ("lijst.pdf (wacht op u)",)


def test_what_came_in_a_zip_did_not_come_in_a_mail() -> None:
    whole = part("0", "stukken.zip", PartVerdict.CONTAINER)
    zipped = replace(whole, part=replace(whole.part, content_type="application/zip"))
    assert came_in((zipped, part("1", "a.pdf", PartVerdict.PAPER))) == "hetzelfde zipbestand 'stukken.zip'"
    assert came_in((whole,)) == "dezelfde mail"
    assert came_in((part("1", "a.pdf", PartVerdict.PAPER),)) == "dezelfde mail"
