"""One look at the words of a text leaves no phrase out that stands in it."""

import re
from pathlib import Path

import pytest

from pipeline.folding import flatten, zone_of
from pipeline.phrase_index import PhraseIndex, phrases
from pipeline.phrases import read_phrase
from pipeline.settings.kinds import load_kinds
from pipeline.settings.samples import APART, load_samples

CONFIG = Path(__file__).parents[1] / "config"
WRITTEN = ("leggen ... ter advies", "ter (advies|instemming)", "namens de {raad}", "(voorgenomen |)besluit*")


def standing(found: PhraseIndex, text: str) -> list[str]:
    names = {read_phrase(written).written: written for written in WRITTEN}
    return [names[phrase.written] for phrase in found.candidates(zone_of(text))]


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("", {3}),
        ("Wij leggen dit ter advies voor.", {0, 1, 3}),
        ("Dit is ter instemming.", {1, 3}),
        ("Wij leggen dit ter instemming voor.", {1, 3}),
        ("Namens de raad: een besluit.", {2, 3}),
        ("ADVIES! Ter, leggen.", {0, 1, 3}),
    ],
)
def test_what_has_all_its_words_may_stand_there(text: str, candidates: set[int]) -> None:
    """The last needs no whole word, so that only a search can tell."""
    assert standing(phrases(*WRITTEN), text) == [WRITTEN[number] for number in sorted(candidates)]


def test_a_phrase_that_is_named_twice_counts_once() -> None:
    assert len(phrases("ter advies", "ter instemming", "ter advies").phrases) == 2


def test_without_phrases_nothing_stands_anywhere() -> None:
    assert not phrases().stands_in(zone_of("Ter advies."))


def test_one_phrase_in_one_zone_is_enough() -> None:
    zones = zone_of("Geachte leden,"), zone_of("Dit leggen wij u ter advies voor.")
    assert phrases("ter advies", "ter instemming").stands_in(*zones)
    assert not phrases("ter instemming").stands_in(*zones)


def test_of_all_cues_none_that_stands_in_a_sample_is_left_out() -> None:
    rules = load_kinds(CONFIG)
    found = PhraseIndex.of(
        cue.phrase for rule in rules for part in (rule, *rule.subkinds) for cue in part.cues
    )
    places = {phrase.written: place for place, phrase in enumerate(found.phrases)}
    for sample in load_samples(CONFIG / "voorbeelden" / APART)[::12]:
        zone = zone_of(flatten(sample.text))
        candidates = [places[phrase.written] for phrase in found.candidates(zone)]
        standing = [
            place
            for place, phrase in enumerate(found.phrases)
            if re.search(phrase.written, zone.folded) is not None
        ]
        assert set(standing) <= set(candidates), sample.name
        assert candidates == sorted(candidates)
        assert len(candidates) < len(found.phrases) / 3, "nearly all are refused together"
