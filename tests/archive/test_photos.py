"""Facts about pictures of one mail: the paper proposed of them, and the pictures one by one."""

from datetime import date

from received import RECEIVED

from pipeline.archive.photos import bound_document, bound_paper, loosened, propose
from pipeline.archive.plan import Judged, plan_filing
from pipeline.values import (
    Classified,
    Disposition,
    Document,
    Facts,
    Held,
    Judgement,
    Kind,
    Origin,
    Part,
    PartVerdict,
    Reading,
    StartsProcedure,
)

LABELS = {kind: kind.value for kind in Kind}
SURE = Judgement(
    kind=Kind.ADVIESAANVRAAG,
    confidence=0.99,
    evidence=(),
    likeliest=(Kind.ADVIESAANVRAAG,),
    starts_procedure=StartsProcedure.JA,
)


def picture(number: str, text: str = "", name: str = "IMG.jpg") -> Judged:
    part = Part(
        number=number,
        name=name,
        content_type="image/jpeg",
        disposition=Disposition.ATTACHMENT,
        content_id="",
        sha256=number * 64,
        size_bytes=9,
    )
    read = PartVerdict.PAPER if text else PartVerdict.UNREADABLE
    return Judged(
        origin=Origin(arrival="postbus:1", part=number, name=name),
        document=Document(
            part=part,
            verdict=read,
            reason="",
            reading=Reading(text=text),
        ),
        verdict=Classified(judgement=SURE) if text else Held(judgement=None, reasons=("Niet te lezen.",)),
        received=RECEIVED,
    )


def facts_of(reading: Reading) -> Facts:
    return Facts(sender=f"schrijver van '{reading.text}'")


def proposed(*pictures: Judged) -> Judged:
    return propose(
        pictures, bound_document(pictures, "Rooster", "f" * 64, 99, facts_of), Classified(judgement=SURE)
    )


def test_however_sure_the_text_is_the_paper_waits() -> None:
    """Three pictures that read like a request start nothing without a yes."""
    plan = plan_filing(
        (proposed(picture("2", "Wij vragen advies"), picture("3", "met vriendelijke groet")),),
        labels=LABELS,
        today=date(2026, 11, 23),
        last_serial=0,
        into=None,
        used_numbers=0,
        taken=frozenset(),
    )
    assert plan.filed == ()
    paper, *pages = plan.held
    assert paper.place == "Foto's bij 'Rooster' (2 bladen).pdf"
    assert paper.verdict.judgement == SURE
    assert [page.page_of for page in pages] == [paper.origin.paper] * 2
    assert [page.origin.paper for page in pages] == ["postbus:1#2", "postbus:1#3"]


def test_what_was_read_of_the_pages_is_read_as_one_text() -> None:
    """So are the facts: what stands on the second page counts too."""
    pictures = (picture("2"), picture("3", "eerste"), picture("4", "tweede"))
    document = bound_document(pictures, "Rooster", "f" * 64, 99, facts_of)
    assert document.reading == Reading(text="eerste\n\ntweede", pages=3)
    assert document.facts == Facts(sender="schrijver van 'eerste\n\ntweede'", subject="Rooster")


def test_without_any_text_nothing_is_guessed() -> None:
    assert proposed(picture("2"), picture("3")).verdict.judgement is None


def test_what_a_bound_paper_is_besides_still_knows_its_pictures() -> None:
    origin = proposed(picture("2"), picture("3")).origin
    assert bound_paper(origin) == "postbus:1#2~bladen"
    assert bound_paper(picture("2").origin) == ""


def test_loose_pictures_have_places_of_their_own() -> None:
    """Telephones give every photo the same name, and another may lie there already."""
    loose = loosened(proposed(picture("2"), picture("3")).pages, frozenset({"IMG.jpg"}))
    assert [one.place for one in loose] == ["IMG (2).jpg", "IMG (3).jpg"]
    assert {one.page_of for one in loose} == {""}
