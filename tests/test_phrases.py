"""Searching for a phrase leaves out what cannot match, and never anything that can."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.folding import flatten, zone_of
from pipeline.phrases import read_phrase
from pipeline.settings.kinds import load_kinds
from pipeline.settings.samples import APART, load_samples

CONFIG = Path(__file__).parents[1] / "config"
SHARE = 8


def cues() -> tuple[str, ...]:
    rules = load_kinds(CONFIG)
    parts = [part for rule in rules for part in (rule, *rule.subkinds)]
    return tuple(dict.fromkeys(cue.text for part in parts for cue in part.cues))


def first_matches(pattern: re.Pattern[str], texts: list[str]) -> list[tuple[int, int] | None]:
    return [found.span() if (found := pattern.search(text)) else None for text in texts]


def samples() -> Iterator[str]:
    for sample in load_samples(CONFIG / "voorbeelden" / APART)[::SHARE]:
        yield flatten(sample.text)


@pytest.mark.parametrize("part", range(4))
def test_a_search_gives_what_the_pattern_alone_gives(part: int) -> None:
    zones = [zone_of(text) for text in samples()]
    for written in cues()[part::4]:
        phrase = read_phrase(written)
        found = [match.span() if (match := phrase.search(zone)) else None for zone in zones]
        assert found == first_matches(phrase.pattern, [zone.folded for zone in zones]), written


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("adviesaanvra*", "de adviesaanvragen"),
        ("(v|versie |v.)0(.|,)*", "plan v0.3"),
        ("(v|versie |v.)0(.|,)*", "versie 0,3"),
        ("(x|y)(de |)z", "xde z"),
        ("(x|y)(de |)z", "yz"),
        ("(als|ben) (de |)(bezorgde |)(ouder|ouders)", "ik ben bezorgde ouder"),
        ("namens ({raad}|{bestuur})", "namens het college van bestuur"),
        ("ter (advisering|advies)…voor", "wij leggen dit ter advies aan u voor"),
        ("(☒|[x]) ter instemming", "☒ ter instemming"),
        ("(erbij|present)( |):", "present :"),
        ("({raad}) zegt", "de mr zegt"),
        ("wet medezeggenschap*", "een wet, een wet medezeggenschapsraden"),
        ("€", "prijs: €5"),
        ("a", "aa a"),
        ("leggen ... advies", f"leggen{' ' * 80}advies"),
        ("vraag * ... advies", f"vraag {'a' * 30}{' ' * 80}advies"),
        (
            "vraag {raad} ... advies",
            f"vraag gemeenschappelijke medezeggenschapsraad{' ' * 80}advies",
        ),
        (
            "vraag {bestuur} ... advies",
            f"vraag de algemene directeur-bestuurder{' ' * 80}advies",
        ),
    ],
)
def test_what_a_match_needs_stands_in_it(written: str, text: str) -> None:
    phrase, zone = read_phrase(written), zone_of(text)
    alone = phrase.pattern.search(zone.folded)
    found = phrase.search(zone)
    assert alone is not None
    assert found is not None
    assert found.span() == alone.span()


def test_a_match_is_sought_where_all_that_it_needs_stands_near() -> None:
    """What is needed stands beside the first beginning, and near enough to the second only."""
    text = f"advies. wij leggen dit voor. {'Iets anders. ' * 40} leggen ter advies"
    found = read_phrase("leggen ... advies").search(zone_of(text))
    assert found is not None
    assert found.start() == text.rindex("leggen")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("leggen ... ter (advisering|advies)", "leggen wij dit voor"),
        ("advies", "schooladvies"),
        ("artikel 11 ... (wms|wor)", "artikel 12 wms"),
    ],
)
def test_a_text_without_the_words_is_refused_before_the_pattern_is_made(written: str, text: str) -> None:
    phrase = read_phrase(written)
    words = zone_of(text).words.keys()
    assert any(words.isdisjoint(need.words) and not need.pieces for need in phrase.needs)
    assert phrase.search(zone_of(text)) is None


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("uw advies. graag", "Wij zien uw advies. Graag voor 1 mei.", "uw advies. graag"),
        ("hoe dan? ... zo", "Hoe dan? Nou zo.", "hoe dan? nou zo"),
        ("leggen ... voor", "Wij leggen. Daar voor.", None),
        ("leggen ... voor", "Wij leggen art. 8 van de wet voor.", "leggen art. 8 van de wet voor"),
        ("de ... de ... raad", "de de de raad", "de de de raad"),
        ("*", "", ""),
    ],
)
def test_a_match_may_go_beyond_a_sentence_only_where_the_phrase_does(
    written: str, text: str, found: str | None
) -> None:
    match, zone = read_phrase(written).search(zone_of(text)), zone_of(text)
    alone = read_phrase(written).pattern.search(zone.folded)
    assert (match and match[0]) == (alone and alone[0])
    assert (match[0] if match else None) == found
