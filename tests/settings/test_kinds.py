"""The kinds of papers as config/soorten.yaml describes them."""

from pathlib import Path

import pytest

from pipeline.classify.rules import make_cue
from pipeline.errors import SettingsError
from pipeline.folding import zone_of
from pipeline.settings.kinds import load_kinds
from pipeline.values import Kind

CONFIG = Path(__file__).parents[2] / "config"


def broken(tmp_path: Path, old: str, new: str) -> tuple[str, ...]:
    text = (CONFIG / "soorten.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "soorten.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_kinds(tmp_path)
    return tuple(str(problem) for problem in caught.value.problems)


def test_every_kind_is_described_once_in_their_order() -> None:
    assert [rule.kind for rule in load_kinds(CONFIG)] == list(Kind)


def test_only_requests_start_procedures() -> None:
    starting = {rule.kind for rule in load_kinds(CONFIG) if rule.starts_procedure}
    assert starting == {Kind.ADVIESAANVRAAG, Kind.INSTEMMINGSVERZOEK}


def test_every_folder_name_is_different_also_without_case() -> None:
    folders = [rule.folder.casefold() for rule in load_kinds(CONFIG)]
    assert len(set(folders)) == len(folders)


def test_every_cue_finds_itself_or_has_a_gap() -> None:
    """A phrase without special signs matches its own words: no phrase is dead."""
    cues = [cue for rule in load_kinds(CONFIG) for cue in rule.cues if not set(cue.text) & set("(|){}*.")]
    assert cues
    for cue in cues:
        assert cue.phrase.pattern.search(cue.text.lower())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("- id: agenda", "- id: agenda_x", "Deze waarde bestaat niet"),
        ("  naam: Agenda\n", "", "ontbreekt"),
        ("  naam: Agenda\n", "  naam: Agenda\n  nam: x\n", "bestaat niet"),
        ("  start: true", "  start: misschien", "ja of nee"),
        ('"convocatie": 4.5', '"convocatie": 45', "ten hoogste 10"),
        ('"convocatie": 4.5', '"convocatie (": 4.5', "klopt niet"),
        ('"convocatie": 4.5', '"{gemeente}": 4.5', "klopt niet"),
        ('"convocatie": 4.5', '"(een |)... convocatie": 4.5', "spaties om de drie punten"),
        ("  map: Agenda\n", "  map: notulen\n", "twee keer"),
        ("  map: Agenda\n", "  map: ../agenda\n", "mapnaam"),
        ("soorten:\n", "soorten:\n-\n", "bruikbaar"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    problems = broken(tmp_path, old, new)
    assert any(words in problem and "soorten.yaml" in problem for problem in problems), problems


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    text = (CONFIG / "soorten.yaml").read_text(encoding="utf-8")
    text = text.replace('"convocatie": 4.5', '"convocatie (": 4.5').replace('"agenda": -2', '"agenda)": -2')
    (tmp_path / "soorten.yaml").write_text(text.replace("map: Factuur", "map: Scholing"), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_kinds(tmp_path)
    assert len(caught.value.problems) >= 3


@pytest.mark.parametrize("content", [None, b"soorten: [", b"\xff\xfe\x00"])
def test_a_missing_or_broken_file_is_one_clear_problem(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "soorten.yaml").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_kinds(tmp_path)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("adviesaanvra*", "de adviesaanvragen", True),
        ("advies", "schooladvies", False),
        ("advies", "adviezen", False),
        ("leggen ... ter (advisering|advies)", "leggen wij u dit ter advies voor", True),
        ("leggen ... ter (advisering|advies)", "leggen wij neer. nu ter advies", False),
        ("namens de {raad}", "namens de cmr", True),
        ("namens de {raad}", "namens de raad van bestuur", False),
        ("namens ({raad}|{bestuur})", "namens het college van bestuur", True),
        ("{raad}", "mr. a. de wit", False),
        ("(a (b|c)|d)*", "a bx", True),
    ],
)
def test_a_phrase_means_what_the_manual_says(phrase: str, text: str, found: bool) -> None:  # noqa: FBT001
    cue = make_cue(phrase, 1)
    assert (cue.phrase.pattern.search(text) is not None) is found
    assert (cue.phrase.search(zone_of(text)) is not None) is found
