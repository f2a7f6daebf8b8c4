"""What she can do with a held paper: fitted to why it is held, and never a guess that does harm."""

from dataclasses import replace

import pytest
from received import RECEIVED

from pipeline.archive.steps import asks_sender, steps_for
from pipeline.values import (
    Address,
    Caution,
    Facts,
    Held,
    HeldPaper,
    Judgement,
    Kind,
    Obstacle,
    Origin,
    StartsProcedure,
)

FOLDERS = {kind: f"Map {kind.value}" for kind in Kind}
REQUEST, OTHER = "'Map adviesaanvraag'", "'Map overig'"


def paper(kind: Kind | None, *cautions: Caution, obstacle: Obstacle = Obstacle.NONE) -> HeldPaper:
    judgement = (
        Judgement(
            kind=kind,
            confidence=0.6,
            evidence=(),
            likeliest=(kind,),
            starts_procedure=StartsProcedure.VRAAG,
        )
        if kind
        else None
    )
    return HeldPaper(
        origin=Origin(arrival="a", part="1", name="stuk"),
        sha256="0" * 64,
        place="stuk",
        verdict=Held(judgement=judgement, reasons=("Twijfel.",), cautions=cautions),
        facts=Facts(),
        received=RECEIVED,
        obstacle=obstacle,
        correspondent=Address(email="a@b.example"),
    )


def steps(held: HeldPaper) -> str:
    return "\n".join(steps_for(held, FOLDERS))


def test_a_request_tells_what_follows_from_a_yes() -> None:
    text = steps(paper(Kind.ADVIESAANVRAAG))
    assert (
        f"nieuw verzoek aan uw raad? Sleep het stuk dan naar {REQUEST}. Daarmee begint de procedure." in text
    )
    assert steps(paper(Kind.NOTULEN)).startswith(
        "Sleep het stuk naar de juiste map, bijvoorbeeld 'Map notulen'."
    )


@pytest.mark.parametrize(
    ("caution", "first", "then"),
    [
        (
            Caution.OTHER_BODY,
            "Vraag eerst aan het bevoegd gezag voor welke raad",
            "Is het tóch voor uw raad?",
        ),
        (Caution.SENDER, "Vraag eerst aan het bevoegd gezag of het dit verzoek echt", "Klopt dat?"),
    ],
)
def test_what_has_to_be_checked_comes_first(caution: Caution, first: str, then: str) -> None:
    """The folder that starts a procedure is only named after the check, and on a condition."""
    lines = steps_for(paper(Kind.ADVIESAANVRAAG, caution), FOLDERS)
    assert lines[0].startswith(first)
    named = [line for line in lines if REQUEST in line]
    assert [line.startswith(then) for line in named] == [True]
    assert any(OTHER in line and "Er begint dan niets" in line for line in lines)


def test_a_strange_request_to_another_body_has_both_checks() -> None:
    lines = steps_for(paper(Kind.ADVIESAANVRAAG, Caution.OTHER_BODY, Caution.SENDER), FOLDERS)
    assert [line.startswith("Vraag eerst aan het bevoegd gezag") for line in lines[:3]] == [True, True, False]


def test_without_a_cue_no_kind_is_named() -> None:
    text = steps(paper(Kind.ADVIESAANVRAAG, Caution.NO_CUE))
    assert REQUEST not in text
    assert f"de map die past; past er geen, kies dan {OTHER}" in text


@pytest.mark.parametrize("held", [paper(None), paper(Kind.NOTULEN, Caution.BADLY_READ)])
def test_a_scan_is_read_before_it_is_put_anywhere(held: HeldPaper) -> None:
    lines = steps_for(held, FOLDERS)
    assert lines[0].startswith("Open het stuk en lees het zelf")
    assert lines[1].startswith("Sleep het")


def test_a_program_is_not_to_be_opened_or_read() -> None:
    text = steps(paper(None, obstacle=Obstacle.PROGRAM))
    assert "Open dit bestand niet" in text
    assert "lezen" not in text
    assert "leesbaar" not in text


@pytest.mark.parametrize("obstacle", [one for one in Obstacle if one])
def test_whatever_cannot_be_read_has_a_way_out(obstacle: Obstacle) -> None:
    """Nothing can be thrown away in Te beoordelen."""
    text = steps(paper(None, obstacle=obstacle))
    assert f"Sleep het naar {OTHER}: daar blijft het bewaard." in text
    assert ("hiernaast klaar" in text) == asks_sender(paper(None, obstacle=obstacle))


@pytest.mark.parametrize("obstacle", [Obstacle.EMPTY, Obstacle.PACKED, Obstacle.UNKNOWN, Obstacle.RECORDING])
def test_nobody_is_asked_to_read_what_cannot_be_read(obstacle: Obstacle) -> None:
    assert "lezen" not in steps(paper(None, obstacle=obstacle))


def test_a_paper_that_follows_another_needs_no_decision() -> None:
    text = steps(replace(paper(Kind.NOTULEN), follows="a#2"))
    assert text.startswith("U hoeft hier niets te doen")
    assert "Map notulen" not in text


def test_of_what_a_paper_is_besides_no_sender_is_asked() -> None:
    bound = paper(None, obstacle=Obstacle.DAMAGED)
    assert not asks_sender(replace(bound, origin=replace(bound.origin, variant="bladen")))
