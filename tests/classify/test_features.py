"""What the learned model may look at."""

import math
from dataclasses import replace

from pipeline.classify.features import features_of
from pipeline.classify.plan import Paper, look
from pipeline.edges import shipped
from pipeline.intake.facts import find_facts
from pipeline.settings.kinds import load_kinds
from pipeline.values import SenderRole

KINDS = load_kinds(shipped.config_folder())
TEXT = """Geachte raad,

Graag uw advies over het rooster van 2026 en het rooster van 2027.

Hoogachtend,
Rector"""
PAPER = Paper(text=TEXT, facts=find_facts(TEXT, None, "", ""), subject="Advies rooster", is_mail_body=True)


def seen(paper: Paper) -> dict[str, float]:
    return dict(features_of(paper, *look(paper, KINDS)))


def test_words_of_text_title_and_closing_are_told_apart() -> None:
    names = set(seen(PAPER))
    assert {"w:rooster", "t:rooster", "s:rector"} <= names
    assert "t:rector" not in names


def test_a_word_that_returns_counts_damped() -> None:
    assert seen(PAPER)["w:rooster"] == 1 + math.log(2)
    assert seen(PAPER)["w:advies"] == 1.0


def test_four_letters_of_a_word_are_a_feature_but_not_across_words() -> None:
    """So a word that was never seen, or is not written right, still says something."""
    names = set(seen(PAPER))
    assert {"p:_adv", "p:dvie", "p:ies_", "q:roos"} <= names
    assert not any(" " in name for name in names if name.startswith(("p:", "q:")))
    assert "p:n#" not in names


def test_letters_count_as_often_as_the_words_they_stand_in() -> None:
    assert seen(PAPER)["p:oste"] == 1 + math.log(2)


def test_numbers_become_one_mark() -> None:
    """What a paper is does not hang on a year or an amount."""
    names = set(seen(PAPER))
    assert "w:#" in names
    assert not any("2026" in name for name in names)


def test_cue_points_lie_between_minus_one_and_one() -> None:
    points = [value for name, value in seen(PAPER).items() if name.startswith("c:")]
    assert points
    assert all(-1 <= value <= 1 for value in points)


def test_circumstances_are_told_by_name() -> None:
    names = set(seen(replace(PAPER, sender_role=SenderRole.BEVOEGD_GEZAG, bulk=True)))
    assert {
        "is:afzender bevoegd_gezag",
        "is:verzendlijst",
        "is:aanhef",
        "is:tekst van een mail",
        "is:kort",
    } <= names
    assert "is:bestand" not in names
