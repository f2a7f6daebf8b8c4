"""Using a model: plain arithmetic whose outcome can be worked out by hand."""

import math
from typing import Any

import pytest

from pipeline.classify.model import model_of, opinion_of
from pipeline.values import Kind

TOLD: dict[str, Any] = {
    "version": "hand",
    "kinds": (Kind.AGENDA, Kind.NOTULEN),
    "rarity": {"w:opening": 2.0, "w:aanwezig": 1.0},
    "weights": {"w:opening": (3.0, -3.0), "w:aanwezig": (-3.0, 3.0), "is:aanhef": (1.0, 0.0)},
    "bias": (0.5, 0.0),
    "temperature": 2.0,
    "samples": 2,
}
TWO = model_of(**TOLD)


def test_the_outcome_is_softmax_of_the_weighed_sums_over_the_temperature() -> None:
    """One word of length 1: (0.5 + 3) / 2 against (0 - 3) / 2."""
    chances = opinion_of(TWO, {"w:opening": 1.7}).chances
    assert chances[Kind.AGENDA] == pytest.approx(1 / (1 + math.exp(-1.5 - 1.75)))
    assert sum(chances.values()) == pytest.approx(1)


def test_rare_words_weigh_more_and_length_does_not_count() -> None:
    """Rarity 2 and 1 give the unit vector (2, 1) / sqrt 5; twice the words are the same paper."""
    once, twice = ({"w:opening": n, "w:aanwezig": n} for n in (1.0, 2.0))
    expected = (0.5 + 3 * (2 - 1) / math.sqrt(5)) / 2 - (3 * (1 - 2) / math.sqrt(5)) / 2
    chance = opinion_of(TWO, once).chances[Kind.AGENDA]
    assert chance == pytest.approx(1 / (1 + math.exp(-expected)))
    assert opinion_of(TWO, twice).chances[Kind.AGENDA] == pytest.approx(chance)


def test_pieces_of_words_are_brought_to_length_apart_from_the_words() -> None:
    """One word and one piece each keep their full weight."""
    more = {"rarity": TOLD["rarity"] | {"p:noti": 5.0}, "weights": TOLD["weights"] | {"p:noti": (0.0, 1.0)}}
    model = model_of(**TOLD | more)
    chance = opinion_of(model, {"w:opening": 1.0, "p:noti": 3.0}).chances[Kind.AGENDA]
    assert chance == pytest.approx(1 / (1 + math.exp(-(0.5 + 3 + 3 - 1) / 2)))


def test_circumstances_are_not_brought_to_length() -> None:
    assert opinion_of(TWO, {"is:aanhef": 1.0}).chances[Kind.AGENDA] == pytest.approx(
        1 / (1 + math.exp(-0.75))
    )


def test_what_it_never_saw_is_passed_over() -> None:
    assert opinion_of(TWO, {"w:onbekend": 9.0}).chances == opinion_of(TWO, {}).chances


def test_the_words_that_spoke_are_named_strongest_first_and_circumstances_are_not() -> None:
    terms = opinion_of(TWO, {"w:opening": 1.0, "w:aanwezig": 0.2, "is:aanhef": 1.0}).terms
    assert [term.words for term in terms] == ["opening"]
    assert not terms[0].in_title


def test_a_title_word_is_said_to_stand_in_the_title() -> None:
    titled = model_of(**TOLD | {"rarity": {"t:agenda": 1.0}, "weights": {"t:agenda": (2.0, 0.0)}})
    assert opinion_of(titled, {"t:agenda": 1.0}).terms[0].in_title


@pytest.mark.parametrize(
    "change",
    [
        {"weights": {"w:opening": (1.0,), "w:aanwezig": (1.0, 2.0)}},
        {"weights": {"is:aanhef": (1.0, 2.0, 3.0, 4.0)}},
        {"weights": {"is:aanhef": (1.0, math.nan)}},
        {"bias": (0.0,)},
        {"temperature": 0.0},
        {"temperature": math.inf},
        {"rarity": {"w:opening": 2.0, "w:aanwezig": math.inf}},
    ],
)
def test_numbers_that_do_not_fit_the_kinds_make_no_model(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"width|numbers|shape"):
        model_of(**TOLD | change)


def test_a_word_without_its_rarity_makes_no_model() -> None:
    with pytest.raises(KeyError):
        model_of(**TOLD | {"rarity": {}})
