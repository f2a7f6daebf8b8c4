"""A source is looked for around its signs only, and what is found is what the pattern alone finds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.classify import citation_forms, citation_sources
from pipeline.settings.samples import APART, load_samples

CONFIG = Path(__file__).parents[2] / "config"


def texts() -> Iterator[str]:
    for place, sample in enumerate(load_samples(CONFIG / "voorbeelden" / APART)):
        yield sample.text
        if place % 5 == 0:
            yield sample.text.replace(" ", "-")
            yield sample.text.replace(" ", "\n  ").upper()


def test_a_source_is_found_wherever_the_pattern_finds_one() -> None:
    for text in texts():
        alone = [(match.start(), match.end()) for match in citation_sources._SOURCE.finditer(text)]
        assert [(one.start, one.end) for one in citation_sources._sources(text)] == alone


@pytest.mark.parametrize(
    "text",
    [
        "volgens de  wet",
        "die\nWet",
        "het GMR-huishoudelijk-reglement",
        "-- reglementsregeling",
        "a" * 60 + "-reglement",
        "uavg, AVG en bw",
        "het adviesbesluit en de besluitenlijst",
        "de Wet op het primair onderwijs",
        "een arbowet, de wet medezeggenschap op scholen",
        "cli\u00ebntenraad: wet medezeggenschap cli\u00ebnten zorginstellingen 2018",
    ],
)
def test_so_it_is_with_what_stands_before_a_sign(text: str) -> None:
    alone = [(match.start(), match.end()) for match in citation_sources._SOURCE.finditer(text)]
    assert [(one.start, one.end) for one in citation_sources._sources(text)] == alone


def test_a_lone_number_is_found_wherever_the_pattern_finds_one() -> None:
    for text in texts():
        read = (citation_forms._read(text, match) for match in citation_forms._ALONE.finditer(text))
        assert citation_forms.lone_places(text) == tuple(place for place in read if place.has_parts)
